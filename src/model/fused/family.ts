// What a family's fused passes are: each block's forward and backward written out by hand over kernels of ours
// (src/torch/kernels.ts), without autograd. For training in bfloat16 on a CPU; the families' own `block` is the reference.
//
// The residual stream and its gradient are float32 [N, C], N = B T; between the norms and the residual additions all is bfloat16.

import type { Tensor } from '../../torch/index.ts';
import type { Block, ModelConfig, Weights } from '../family.ts';

/** Sequences and tokens of a batch. */
export interface BatchShape {
  B: number;
  T: number;
}

/** Gradient of the residual stream: exact in float32, changed in place, and rounded for the next product. */
export interface StreamGradient {
  exact: Tensor; // [N, C] float32
  rounded: Tensor; // [N, C] bfloat16
}

/** What a forward pass leaves for its backward pass: the caller releases it. */
export type Saved = Readonly<Record<string, Tensor>>;

/** The passes of one family. Methods, so that a family's own types stand where these are named. */
export interface FusedFamily<C = ModelConfig, B = Block, W = Weights, S = Saved> {
  /** Whether the kernels take models of these sizes. */
  fits(config: C): boolean;
  /** Tables that all blocks of a pass share, such as rotary angles. */
  tables(config: C, shape: BatchShape): Saved;
  /** [N, C] -> [N, C]; `saved` includes x itself. */
  forward(
    x: Tensor,
    weights: B,
    layer: number,
    config: C,
    shape: BatchShape,
    tables: Saved,
  ): { output: Tensor; saved: S };
  /** Adds the gradients of the block's weights to their leaves, and makes the output's gradient the input's. */
  backward(
    gradient: StreamGradient,
    saved: S,
    weights: B,
    layer: number,
    config: C,
    shape: BatchShape,
    tables: Saved,
  ): StreamGradient;
  /** The norm before the head: [N, C] -> bf16 [N, C], and what its backward pass needs. */
  finish(x: Tensor, weights: W, config: C): { normed: Tensor; saved: Saved };
  /** Gradient of the last block's output from that of `normed`, bf16 [N, C]. */
  finishBackward(gradient: Tensor, saved: Saved, weights: W, config: C): StreamGradient;
}
