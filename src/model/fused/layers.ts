// Layers of fused passes: norms and linear layers whose gradients go straight into their leaves.

import { ops } from '../../torch/index.ts';
import type { Tensor } from '../../torch/index.ts';
import * as kernels from '../../torch/kernels.ts';
import { gradientOf } from '../layers.ts';
import type { Linear, Norm } from '../layers.ts';
import type { Pass, Saved, StreamGradient } from './family.ts';

/** A norm's kind: LayerNorm is centered, RMS norm is not. */
export interface NormKind {
  epsilon: number;
  centered: boolean;
}

/** A norm's result in the pass's dtype [N, C], and its rows' statistics [N, 2]. */
export function normRows(
  x: Tensor,
  { weight, bias }: Norm,
  { epsilon, centered }: NormKind,
  { dtype }: Pass,
): [Tensor, Tensor] {
  return kernels.norm(x, weight, bias, epsilon, centered, dtype);
}

/** Passes the gradient of a norm's result [N, C] back to the stream that went into it. */
export function normRowsBackward(
  stream: Tensor,
  gradient: Tensor,
  x: Tensor,
  statistics: Tensor,
  { weight, bias }: Norm,
  { centered }: NormKind,
): StreamGradient {
  const isExact = gradient.dtype === stream.dtype;
  const copy = kernels.normBackward(
    stream,
    gradient,
    x,
    statistics,
    weight,
    gradientOf(weight),
    bias && gradientOf(bias),
    centered,
    isExact ? null : gradient.dtype,
  );
  return { exact: stream, rounded: isExact ? stream : copy };
}

/** Adds gradient' x to the gradient of a linear layer's weight, and gradient's sum to its bias's: [N, O], [N, C]. */
export function addLinearGradients({ weight, bias }: Linear, gradient: Tensor, x: Tensor): void {
  const add = weight.grad !== null;
  const into = (weight.grad ??= ops.emptyLike(weight.detach()));
  const biasInto = bias && (add ? bias.grad : (bias.grad = ops.emptyLike(bias.detach())));
  kernels.linearWeightGradient(into, biasInto, gradient, x, add);
}

/** The norm before the head, which ends the stream: [N, C] -> [N, C]. */
export function finishRows(
  x: Tensor,
  norm: Norm,
  kind: NormKind,
  pass: Pass,
): { normed: Tensor; saved: Saved } {
  const [normed, statistics] = normRows(x, norm, kind, pass); // [N, C]
  return { normed, saved: { x, statistics } };
}

/** Where the stream's gradient begins: from that of the last norm's result [N, C]. */
export function finishRowsBackward(
  gradient: Tensor,
  { x, statistics }: Saved,
  norm: Norm,
  kind: NormKind,
): StreamGradient {
  return normRowsBackward(ops.zerosLike(x), gradient, x, statistics, norm, kind);
}

/** Frees tensors as soon as a backward pass is done with them: what is left is the peak of memory. */
export function releaseAll(...used: Tensor[]): void {
  for (const tensor of used) tensor.release();
}
