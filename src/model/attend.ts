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

/** One block's tokens of many texts in a row, which see what src/model/packed.ts lets them see. */
export interface PackedBlock {
  /** Where each token stands in its text: [T] int64. */
  readonly places: Tensor;
  /** As `attend`, without dropout. */
  attend(queries: Tensor, keys: Tensor, values: Tensor, options: ProductOptions): Tensor;
}

export interface ProductOptions {
  scale: number;
  /** For ALiBi: what a head's logits gain with each place, [H, 1, 1] float32. */
  slopes?: Tensor;
}

export interface AttendOptions extends ProductOptions {
  dropout: number;
  cache?: BlockCache | PackedBlock | undefined;
}

/** Place of a row's first token in its text, or the places of all of them [T] int64. */
export function firstPlace(cache: BlockCache | PackedBlock | undefined): number | Tensor {
  if (cache === undefined) return 0;
  return 'places' in cache ? cache.places : cache.length;
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
  { scale, dropout, cache, slopes }: AttendOptions,
): Tensor {
  if (cache && 'places' in cache)
    return cache.attend(queries, keys, values, slopes ? { scale, slopes } : { scale });
  const [B, H, T, D] = queries.shape;
  const past = cache?.length ?? 0;
  const all = cache ? cache.extend(keys, values) : { keys, values };
  const S = past + T;
  const shared = { scale, enableGqa: all.keys.shape[1] !== H };
  const mask = slopes
    ? causalBias(slopes.mul(placesUpTo(S, queries.device)), T, S, queries.dtype)
    : past > 0 && T > 1
      ? causalMask(T, S, queries.device)
      : null;
  const isCausal = mask === null && T > 1;
  const y = ops.scaledDotProductAttention(queries, all.keys, all.values, mask, dropout, isCausal, shared); // [B, H, T, D]
  return y.transpose(1, 2).reshape([B, T, H * D]);
}

/** Places of keys counted from the last: 1 - S to 0, [S] float32. */
export function placesUpTo(S: number, device: string): Tensor {
  return ops.arange(1 - S, 1, { dtype: 'float32', device });
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
