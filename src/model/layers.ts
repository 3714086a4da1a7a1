// Layers that families share, as functions of their weights: linear, norms, dropout, gradients of an embedding.

import { ops } from '../torch/index.ts';
import type { Tensor } from '../torch/index.ts';

/** A linear layer: x W^T + b. */
export type Linear = {
  weight: Tensor; // [out, in]
  bias: Tensor | null; // [out]
};

export type Norm = {
  weight: Tensor; // [C]
  bias: Tensor | null; // [C]
};

/** How a forward pass runs: `seedDropout` is called before each part that drops, so that it can be run again. */
export interface ForwardMode {
  /** 0 where nothing is dropped. */
  dropout: number;
  /** Seeds the stream of dropout for a part: -1 is the embedding, l is block l. */
  seedDropout: (part: number) => void;
}

/** Evaluation, analysis and sampling: nothing is dropped. */
export const evaluationMode: ForwardMode = { dropout: 0, seedDropout: () => undefined };

/** [.., in] -> [.., out]. */
export function apply(x: Tensor, { weight, bias }: Linear): Tensor {
  return ops.linear(x, weight, bias);
}

/** LayerNorm over the last axis: [.., C] -> [.., C]. */
export function layerNorm(x: Tensor, { weight, bias }: Norm, epsilon: number): Tensor {
  return ops.layerNorm(x, [weight.shape[0]], weight, bias, epsilon);
}

/** x / rms(x) * weight over the last axis: [.., C] -> [.., C]. */
export function rmsNorm(x: Tensor, { weight }: Norm, epsilon: number): Tensor {
  return ops.rmsNorm(x, [weight.shape[0]], weight, epsilon);
}

/** Rows of a table of positions for `count` tokens, the first at place `first`, or each at its own [T]: [T, C]. */
export function positionRows(table: Tensor, first: number | Tensor, count: number): Tensor {
  return typeof first === 'number' ? table.narrow(0, first, count) : ops.embedding(table, first);
}

/** Dropout with the stream that is seeded now: any shape. */
export function drop(x: Tensor, { dropout }: ForwardMode): Tensor {
  return dropout === 0 ? x : ops.dropout(x, dropout, true);
}

/** Dropout on the embeddings: [B, T, C] -> [B, T, C]. */
export function dropEmbedded(x: Tensor, mode: ForwardMode): Tensor {
  if (mode.dropout > 0) mode.seedDropout(-1);
  return drop(x, mode);
}

/**
 * Adds an embedding's gradient to its leaf, rows in place: autograd would make a dense gradient of the whole
 * vocabulary and add that to the head's.
 *
 * @param rows      ids [B, T] int64
 * @param gradient  of the rows that were looked up, [B, T, C]
 */
export function addRowGradients(rows: Tensor, gradient: Tensor, leaf: Tensor): void {
  const [B, T, C] = gradient.shape;
  gradientOf(leaf).indexAdd_(0, rows.reshape([B * T]), gradient.reshape([B * T, C]));
}

/** Adds to rows `first`, `first` + 1, ... of a position embedding's gradient: [B, T, C], summed over the batch. */
export function addPositionGradients(gradient: Tensor, leaf: Tensor, first = 0): void {
  gradientOf(leaf)
    .narrow(0, first, gradient.shape[1])
    .add_(gradient.sum([0]));
}

/** A leaf's gradient, to be added to: zeros where it has none yet. */
export function gradientOf(leaf: Tensor): Tensor {
  return (leaf.grad ??= ops.zerosLike(leaf.detach()));
}
