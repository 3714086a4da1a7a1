// Attention that all families share: heads, the fused product, and the cache of keys and values for sampling.

import { ops, scope } from '../torch/index.ts';
import type { Dtype, Tensor } from '../torch/index.ts';

/** Keys and values of one block for the tokens that went through it before. */
export interface BlockCache {
  /** Tokens that are in it. */
  readonly length: number;
  /** Takes up those of the next tokens [B, K, T, D], and gives those of all [B, K, length + T, D]. */
  extend(keys: Tensor, values: Tensor): { keys: Tensor; values: Tensor };
}

export interface AttendOptions {
  scale: number;
  dropout: number;
  cache?: BlockCache | undefined;
  /** Added to the logits: [H, 1, S] float32, S tokens so far, for ALiBi. */
  bias?: (tokens: number) => Tensor;
}

/** [B, T, H D] -> [B, H, T, D]. */
export function splitHeads(x: Tensor, heads: number): Tensor {
  const [B, T, C] = x.shape;
  return x.view([B, T, heads, C / heads]).transpose(1, 2);
}

/**
 * Causal attention, fused: the matrix is never made where ATen has a kernel.
 *
 * @param queries  [B, H, T, D]
 * @param keys     [B, K, T, D], and values; K divides H, each group of H / K queries shares one
 * @returns        [B, T, H D]
 */
export function attend(
  queries: Tensor,
  keys: Tensor,
  values: Tensor,
  { scale, dropout, cache, bias }: AttendOptions,
): Tensor {
  const [B, H, T, D] = queries.shape;
  const past = cache?.length ?? 0;
  const all = cache ? cache.extend(keys, values) : { keys, values };
  const S = past + T;
  const shared = { scale, enableGqa: all.keys.shape[1] !== H };
  const mask = bias
    ? causalBias(bias(S), T, S, queries.dtype)
    : past > 0 && T > 1
      ? causalMask(T, S, queries.device)
      : null;
  const isCausal = mask === null && T > 1;
  const y = ops.scaledDotProductAttention(queries, all.keys, all.values, mask, dropout, isCausal, shared); // [B, H, T, D]
  return y.transpose(1, 2).reshape([B, T, H * D]);
}

/** Each key and value head as often as queries share it: [B, K, T, D] -> [B, H, T, D]. */
export function repeatHeads(x: Tensor, heads: number): Tensor {
  const times = heads / x.shape[1];
  return times === 1 ? x : x.repeatInterleave(times, 1);
}

/** True where the last T of S tokens may look: [T, S]. */
function causalMask(T: number, S: number, device: string): Tensor {
  return ops.ones([T, S], { dtype: 'bool', device }).tril(S - T);
}

/**
 * [H, 1, S] and the causal mask as one thing to add: [1, H, T, S]. What a query adds to itself is taken off all its keys,
 * which softmax does not see: then the keys that matter have small numbers, and bfloat16 does not round places together.
 */
function causalBias(bias: Tensor, T: number, S: number, dtype: Dtype): Tensor {
  return scope(() => {
    const own = bias.narrow(2, S - T, T).transpose(1, 2); // [H, T, 1]
    const added = bias.sub(own); // [H, T, S]
    added.maskedFill_(causalMask(T, S, bias.device).logicalNot(), -Infinity);
    return added.to(dtype).unsqueeze(0);
  });
}
