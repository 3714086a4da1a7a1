// What a family's fused passes are: each block's forward and backward written out by hand over kernels of ours
// (src/torch/kernels.ts), without autograd. For training on a CPU; the families' own `block` is the reference.
//
// The residual stream and its gradient are float32 [N, C], N = B T; between the norms and the residual additions all is of the
// pass's dtype, bfloat16 or float32.

import type { Dtype, Tensor } from '../../torch/index.ts';
import type { Block, ModelConfig, Weights } from '../family.ts';

/** What all blocks of a pass have in common. */
export interface Pass {
  /** Sequences. */
  B: number;
  /** Tokens of each. */
  T: number;
  /** Of products and of what goes into them. */
  dtype: Dtype;
}

/** Gradient of the residual stream: exact in float32, changed in place, and rounded for the next product. */
export interface StreamGradient {
  exact: Tensor; // [N, C] float32
  rounded: Tensor; // [N, C]; `exact` itself in a float32 pass
}

/** What a forward pass leaves for its backward pass: the caller releases it. */
export type Saved = Readonly<Record<string, Tensor>>;

/** The passes of one family. Methods, so that a family's own types stand where these are named. */
export interface FusedFamily<C = ModelConfig, B = Block, W = Weights, S = Saved> {
  /** Whether the kernels take models of these sizes. */
  fits(config: C): boolean;
  /** Tables that all blocks of a pass share, such as rotary angles. */
  tables(config: C, pass: Pass): Saved;
  /** [N, C] -> [N, C]; `saved` includes x itself. */
  forward(
    x: Tensor,
    weights: B,
    layer: number,
    config: C,
    pass: Pass,
    tables: Saved,
  ): { output: Tensor; saved: S };
  /** Adds the gradients of the block's weights to their leaves, and makes the output's gradient the input's. */
  backward(
    gradient: StreamGradient,
    saved: S,
    weights: B,
    layer: number,
    config: C,
    pass: Pass,
    tables: Saved,
  ): StreamGradient;
  /** The norm before the head: [N, C] -> [N, C], and what its backward pass needs. */
  finish(x: Tensor, weights: W, config: C, pass: Pass): { normed: Tensor; saved: Saved };
  /** Gradient of the last block's output from that of `normed` [N, C]. */
  finishBackward(gradient: Tensor, saved: Saved, weights: W, config: C): StreamGradient;
}
