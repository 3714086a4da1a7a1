// Keys and values of the tokens so far, so that the next token costs one token's work and not the whole text's.

import { keep, ops, scope } from '../torch/index.ts';
import type { Tensor } from '../torch/index.ts';
import type { BlockCache } from './attend.ts';

/** A block's cache that can also be looked at with tokens which it does not keep. */
export interface PrefixCache extends BlockCache {
  /** As `extend`, but the next tokens overwrite these; room for them is part of the capacity. */
  beside(keys: Tensor, values: Tensor): { keys: Tensor; values: Tensor };
}

export interface KeyValueCache {
  readonly blocks: readonly PrefixCache[];
  /** Tokens that went through all blocks. */
  readonly length: number;
  release(): void;
}

/**
 * An empty cache for a model of so many layers. Memory is taken when the first tokens come, for all that may come.
 *
 * @param capacity  most tokens it will hold
 */
export function keyValueCache(layers: number, capacity: number): KeyValueCache {
  const blocks = Array.from({ length: layers }, () => blockCache(capacity));
  return {
    blocks,
    get length() {
      return blocks[layers - 1].length;
    },
    release() {
      for (const block of blocks) block.release();
    },
  };
}

function blockCache(capacity: number): PrefixCache & { release(): void } {
  let length = 0;
  let held: { keys: Tensor; values: Tensor } | null = null; // [B, K, capacity, D] each
  const room = (like: Tensor) => {
    const [B, K, , D] = like.shape;
    return scope(() => keep(ops.empty([B, K, capacity, D], { dtype: like.dtype, device: like.device })));
  };
  const beside = (keys: Tensor, values: Tensor) => {
    const T = keys.shape[2];
    if (length + T > capacity)
      throw new RangeError(`cache: holds ${capacity} tokens, got ${length} and ${T} more`);
    held ??= { keys: room(keys), values: room(values) };
    held.keys.narrow(2, length, T).copy_(keys);
    held.values.narrow(2, length, T).copy_(values);
    return { keys: held.keys.narrow(2, 0, length + T), values: held.values.narrow(2, 0, length + T) };
  };
  return {
    get length() {
      return length;
    },
    beside,
    extend(keys, values) {
      const all = beside(keys, values);
      length += keys.shape[2];
      return all;
    },
    release() {
      held?.keys.release();
      held?.values.release();
      held = null;
      length = 0;
    },
  };
}
