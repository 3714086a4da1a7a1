// Many texts in one row, each shared beginning once: what each token may see, where it stands, and the states it comes to.
// No padding: products run over all tokens of the row, attention over one forest of texts at a time.

import { fromTypedArray, ops, scope } from '../torch/index.ts';
import type { Dtype, Tensor } from '../torch/index.ts';
import type { PackedBlock, ProductOptions } from './attend.ts';
import type { KeyValueCache, PrefixCache } from './cache.ts';
import { familyOf } from './families.ts';
import type { Model } from './family.ts';

/** Texts as trees of tokens: every path from a root is the beginning of a text. */
export interface TokenForest {
  ids: readonly number[];
  /** For each token the index of the one before it in its text, lower than its own; -1 begins a text, after the prefix. */
  parents: readonly number[];
}

/**
 * States before the head's last norm of all tokens of some forests, side by side.
 *
 * @param prefix  tokens that went before every text, with room for those of the largest forest; it keeps none of them
 * @returns       [N, C], N tokens in the order of the forests; take rows of it and give them to the family's `finish`
 */
export function packedStates(
  forests: readonly TokenForest[],
  { config, weights }: Model,
  prefix: KeyValueCache | null = null,
): Tensor {
  const { embed, block } = familyOf(config);
  const { device, dtype } = weights.tokenEmbedding;
  return scope(() => {
    const past = prefix?.length ?? 0;
    const ids = forests.flatMap((forest) => forest.ids);
    const tokens = integers(ids, [1, ids.length], device);
    const placesOfRow = forests.flatMap((forest) => placesIn(forest, past));
    const places = integers(placesOfRow, [ids.length], device);
    const parts = partsOf(forests, placesOfRow, past, { device, dtype });
    let x = embed(tokens, weights, config, places); // [1, N, C]
    for (const [layer, blockWeights] of weights.blocks.entries()) {
      const before = x;
      const cache = packedBlock(places, parts, prefix?.blocks[layer]);
      x = scope(() => block(before, blockWeights, layer, config, undefined, cache)); // [1, N, C]
      before.release();
    }
    return x.squeeze(0); // [N, C]
  });
}

/**
 * A cache that holds the states of a text, as the prefix of others. The caller releases it.
 *
 * @param room  tokens of the largest forest that will be beside it
 */
export function fillPrefix(cache: KeyValueCache, ids: readonly number[], { config, weights }: Model): void {
  const { embed, block } = familyOf(config);
  const { device } = weights.tokenEmbedding;
  scope(() => {
    let x = embed(integers(ids, [1, ids.length], device), weights, config, cache.length); // [1, T, C]
    for (const [layer, blockWeights] of weights.blocks.entries()) {
      const before = x;
      x = scope(() => block(before, blockWeights, layer, config, undefined, cache.blocks[layer]));
      before.release();
    }
  });
}

/** One forest's share of a row. */
interface Part {
  start: number;
  count: number;
  /** What each token may see, to add to the logits: [1, 1, T, P + T]; null where it is all tokens before it. */
  mask: Tensor | null;
  /** Places of prefix and forest, [P + T] float32; for ALiBi. */
  places: Tensor;
}

function partsOf(
  forests: readonly TokenForest[],
  placesOfRow: readonly number[],
  past: number,
  { device, dtype }: { device: string; dtype: Dtype },
): Part[] {
  let start = 0;
  return forests.map((forest) => {
    const T = forest.ids.length;
    const isText = past === 0 && forest.parents.every((parent, i) => parent === i - 1);
    const mask = isText
      ? null
      : scope(() =>
          fromTypedArray(maskOf(forest, past), [1, 1, T, past + T])
            .to(dtype)
            .to({ device }),
        );
    const places = Float32Array.from({ length: past + T }, (_, i) =>
      i < past ? i : (placesOfRow[start + i - past] ?? 0),
    );
    const part = { start, count: T, mask, places: fromTypedArray(places, [past + T], { device }) };
    start += T;
    return part;
  });
}

function packedBlock(places: Tensor, parts: readonly Part[], prefix: PrefixCache | undefined): PackedBlock {
  return {
    places,
    attend(queries, keys, values, options) {
      const [, H, N, D] = queries.shape;
      const attended = parts.map((part) => {
        const own = (x: Tensor) => x.narrow(2, part.start, part.count);
        const seen = prefix
          ? prefix.beside(own(keys), own(values))
          : { keys: own(keys), values: own(values) };
        return attendPart(own(queries), seen, part, options); // [1, H, T, D]
      });
      const joined = attended.length === 1 ? attended[0] : ops.cat(attended, 2); // [1, H, N, D]
      return joined.transpose(1, 2).reshape([1, N, H * D]);
    },
  };
}

function attendPart(
  queries: Tensor,
  { keys, values }: { keys: Tensor; values: Tensor },
  { mask, places }: Part,
  { scale, slopes }: ProductOptions,
): Tensor {
  const [, H, T] = queries.shape;
  const added = slopes ? biasOf(slopes, places, T, mask, queries.dtype) : mask;
  const shared = { scale, enableGqa: keys.shape[1] !== H };
  return ops.scaledDotProductAttention(queries, keys, values, added, 0, added === null && T > 1, shared);
}

/** Slope times the distance in the text, and the mask: [1, H, T, S]. In float32 until it is made, as places are large. */
function biasOf(slopes: Tensor, places: Tensor, T: number, mask: Tensor | null, dtype: Dtype): Tensor {
  return scope(() => {
    const S = places.shape[0];
    const own = places.narrow(0, S - T, T).unsqueeze(1); // [T, 1]
    const bias = slopes.mul(places.unsqueeze(0).sub(own)); // [H, T, S]
    const limit = mask
      ? mask.squeeze(0)
      : ops.full([T, S], -Infinity, { dtype, device: places.device }).triu(1); // [.., T, S]
    return bias.add(limit).to(dtype).unsqueeze(0);
  });
}

/** 0 where the row's token may see the column's, minus infinity elsewhere. */
function maskOf({ parents }: TokenForest, past: number): Float32Array {
  const T = parents.length;
  const S = past + T;
  const mask = new Float32Array(T * S).fill(-Infinity);
  for (const [i, parent] of parents.entries()) {
    const row = i * S;
    if (parent >= 0) mask.copyWithin(row, parent * S, parent * S + past + parent + 1);
    else mask.fill(0, row, row + past);
    mask[row + past + i] = 0;
  }
  return mask;
}

function placesIn({ parents }: TokenForest, past: number): number[] {
  const places: number[] = [];
  for (const parent of parents) places.push(parent < 0 ? past : (places[parent] ?? 0) + 1);
  return places;
}

function integers(values: readonly number[], shape: readonly number[], device: string): Tensor {
  return fromTypedArray(BigInt64Array.from(values, BigInt), shape, { device });
}
