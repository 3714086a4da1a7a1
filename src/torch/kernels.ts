// Our own operators (native/torch/kernels), typed: fused kernels for training on a CPU, in bfloat16 or float32. Shapes: N rows
// of tokens, C and O widths. What a kernel does not take is refused by it, with both shapes.

import { op } from './ops.ts';
import type { Tensor } from './tensor.ts';
import type { Dtype } from './types.ts';

/** A kernel by its name in the dispatcher. The types are a promise: native code is behind them. */
const kernel = <F>(name: string): F => op(`inheritune::${name}`) as F;

/** What multiplies bfloat16 pairs on this CPU with this libtorch. */
export const bfloat16Products = kernel<() => 'none' | 'AVX-512' | 'AMX'>('bfloat16_products');

export function hasBfloat16Products(): boolean {
  return bfloat16Products() !== 'none';
}

/** What multiplies float32 in our kernels; elsewhere libtorch's own products are as fast. */
export const float32Products = kernel<() => 'none' | 'AVX-512'>('float32_products');

export function hasFloat32Products(): boolean {
  return float32Products() !== 'none';
}

/** Whether this CPU has AVX-512: without it the compilers' vectors of sixteen are slower than ATen's. */
export const hasWideVectors = kernel<() => boolean>('has_wide_vectors');

/** x weight' (+ bias): [N, C] in bfloat16 or float32, float32 [O, C] and [O] -> [N, O] in the type of x. */
export const linear = kernel<(x: Tensor, weight: Tensor, bias: Tensor | null) => Tensor>('linear');

/** The same into rows of a larger tensor: `out` [N, O]. */
export const linearInto =
  kernel<(out: Tensor, x: Tensor, weight: Tensor, bias: Tensor | null) => void>('linear_into');

/** residual + x weight' (+ bias) in float32 [N, O]. */
export const linearAdd =
  kernel<(residual: Tensor, x: Tensor, weight: Tensor, bias: Tensor | null) => Tensor>('linear_add');

/** Input gradient of a linear layer, or of several side by side: [N, O], weights [O1, C], [O2, C].. -> [N, C]. */
export const linearInputGradient =
  kernel<(gradient: Tensor, weights: Tensor[]) => Tensor>('linear_input_gradient');

/** gradient' x into float32 [O, C], and the sum of gradient's rows into [O]: written, or added to what is there. */
export const linearWeightGradient =
  kernel<(into: Tensor, biasInto: Tensor | null, gradient: Tensor, x: Tensor, add: boolean) => void>(
    'linear_weight_gradient',
  );

/** LayerNorm (centered) or RMS norm of float32 [N, C] -> [N, C] in `dtype`, and each row's mean and 1/deviation [N, 2]. */
export const norm =
  kernel<
    (
      x: Tensor,
      weight: Tensor,
      bias: Tensor | null,
      epsilon: number,
      centered: boolean,
      dtype: Dtype,
    ) => [normed: Tensor, statistics: Tensor]
  >('norm');

/**
 * Adds the norm's input gradient to `xGradient` float32 [N, C], and those of its weights [C] to theirs.
 *
 * @returns `xGradient` rounded to `copy`; an empty tensor for null
 */
export const normBackward =
  kernel<
    (
      xGradient: Tensor,
      gradient: Tensor,
      x: Tensor,
      statistics: Tensor,
      weight: Tensor,
      weightGradient: Tensor,
      biasGradient: Tensor | null,
      centered: boolean,
      copy: Dtype | null,
    ) => Tensor
  >('norm_backward_');

/** GELU, by the error function (exact) or tanh; any shape. */
export const gelu = kernel<(pre: Tensor, exact: boolean) => Tensor>('gelu');

/** In place: `gradient` of gelu(pre) becomes that of pre, and `pre` becomes gelu(pre). */
export const geluBackward = kernel<(gradient: Tensor, pre: Tensor, exact: boolean) => void>('gelu_backward_');

/** silu(gate) * up: [N, F] each, rows any distance apart. */
export const swiglu = kernel<(gate: Tensor, up: Tensor) => Tensor>('swiglu');

/** In place: `gate` and `up` become their gradients, and `gradient` of silu(gate) * up becomes that product. */
export const swigluBackward =
  kernel<(gradient: Tensor, gate: Tensor, up: Tensor) => void>('swiglu_backward_');

/** Rotary embedding of [B, T, H, D] in place, by angles [T, size] in float32; `back` undoes it, as the backward pass does. */
export const rotate = kernel<(x: Tensor, cos: Tensor, sin: Tensor, back: boolean) => Tensor>('rotate_');

/** Causal attention in bf16: queries [B, T, H, D], keys and values [B, T, K, D] -> [B, T, H, D] and log-sums [B, H, T]. */
export const attention =
  kernel<(queries: Tensor, keys: Tensor, values: Tensor, scale: number) => [out: Tensor, logSums: Tensor]>(
    'attention',
  );

/** Gradients of queries, keys and values into three given tensors of their shapes. */
export const attentionBackward =
  kernel<
    (
      queryGradient: Tensor,
      keyGradient: Tensor,
      valueGradient: Tensor,
      gradient: Tensor,
      queries: Tensor,
      keys: Tensor,
      values: Tensor,
      out: Tensor,
      logSums: Tensor,
      scale: number,
    ) => void
  >('attention_backward');

/** Losses [N] in nats, float32, of logits [N, V] (bf16 or float32) and targets [N] int64. */
export const crossEntropyLosses = kernel<(logits: Tensor, targets: Tensor) => Tensor>('cross_entropy');

/** The same losses; the logits become `scale` times their gradient, in place. */
export const crossEntropy =
  kernel<(logits: Tensor, targets: Tensor, scale: number) => Tensor>('cross_entropy_');

/** The common norm of all numbers, float32: a scalar. */
export const gradientNorm = kernel<(gradients: Tensor[]) => Tensor>('gradient_norm');

/** Rates of one AdamW update, the same for all weights. */
export interface AdamwRates {
  lr: number;
  beta1: number;
  beta2: number;
  epsilon: number;
  /** Updates so far, this one counted. */
  updates: number;
  /** Factor on the gradients, for clipping; 1 by default. */
  gradientScale?: number;
}

/** One AdamW update in place, all weights in one visit to memory. Gradients stay as they are. */
export const adamw =
  kernel<
    (
      weights: Tensor[],
      gradients: Tensor[],
      moments1: Tensor[],
      moments2: Tensor[],
      weightDecays: number[],
      rates: AdamwRates,
    ) => void
  >('adamw_');
