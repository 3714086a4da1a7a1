// How far a kernel's numbers are from exact ones, in units of what rounding to their dtype may make of them.

import { expect } from 'vitest';
import type { Tensor } from '../../src/torch/index.ts';
import { numbers } from '../golden.ts';

/**
 * Largest error over what is allowed: half a unit in the last place of a bfloat16 (and 1 % of it), or 1e-5 of a float32
 * number, and `absolute`. At most 1 where all is well; infinite where one is NaN and the other is not.
 */
export function excess(actual: Tensor, exact: Tensor, absolute = 0): number {
  expect(actual.shape).toEqual(exact.shape);
  expect(exact.dtype).toBe('float64');
  const [found, wanted] = [numbers(actual.to('float64')), numbers(exact)];
  const narrow = actual.dtype === 'bfloat16';
  let most = 0;
  for (const [i, value] of found.entries()) {
    const right = wanted[i] ?? NaN;
    if (Object.is(value, right) || (value === 0 && right === 0)) continue;
    const size = Math.abs(right);
    const half = narrow ? 1.01 * 2 ** (Math.floor(Math.log2(size)) - 8) : 1e-5 * size;
    const share = Math.abs(value - right) / (half + absolute);
    if (!(share <= most)) most = Number.isNaN(share) ? Infinity : share;
  }
  return most;
}

/** Whether two tensors hold the same bits. */
export function sameBits(a: Tensor, b: Tensor): boolean {
  return (
    a.shape.join() === b.shape.join() && Buffer.from(a.data().buffer).equals(Buffer.from(b.data().buffer))
  );
}
