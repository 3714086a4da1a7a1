// Gradients: backward passes, and the modes (noGrad, autocast) as functions that restore what was before.

import { native } from './native.ts';
import type { Tensor } from './tensor.ts';
import type { Dtype } from './types.ts';

/**
 * Adds the gradient of `output` to the `grad` of every leaf that requires one.
 *
 * @param output    a scalar, or any tensor when `gradient` is given
 * @param gradient  gradient of what follows with respect to `output`, of the same shape
 */
export function backward(output: Tensor, gradient: Tensor | null = null): void {
  native().backward([output], [gradient]);
}

/** Runs `fn` without recording for autograd. */
export function noGrad<R>(fn: () => R): R {
  return withMode(
    () => native().setGradMode(false),
    (before) => native().setGradMode(before),
    fn,
  );
}

/** Runs `fn` with recording on, also inside noGrad. */
export function withGrad<R>(fn: () => R): R {
  return withMode(
    () => native().setGradMode(true),
    (before) => native().setGradMode(before),
    fn,
  );
}

/**
 * Runs `fn` with matrix products in a lower precision, as PyTorch's autocast does.
 *
 * @param dtype  'bfloat16' or 'float16'; 'float32' runs `fn` unchanged
 */
export function autocast<R>(dtype: Dtype, fn: () => R, { device = 'cpu' }: { device?: string } = {}): R {
  const wanted = dtype === 'float32' ? null : dtype;
  return withMode(
    () => native().setAutocast(device, wanted),
    (before) => native().setAutocast(device, before),
    fn,
  );
}

function withMode<M, R>(enter: () => M, restore: (before: M) => void, fn: () => R): R {
  const before = enter();
  try {
    const result = fn();
    if (result instanceof Promise)
      throw new TypeError('noGrad/autocast: the function returned a promise; compute is synchronous');
    return result;
  } finally {
    restore(before);
  }
}
