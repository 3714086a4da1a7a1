// Byte-pair encoding as such: merges found in a table of ranked tokens, and bytes merged by them. Knows no vocabulary by name.
// After Sennrich et al. 2016 and GPT-2's encoder.py.

/** Merges of a vocabulary whose ids are ranks: a pair of ids to the id of the two together. */
export type PairRanks = ReadonlyMap<number, number>;

/** Key of a pair of ids in PairRanks. */
export function pairKey(left: number, right: number): number {
  return left * 0x100000 + right;
}

/** The two ids of a key in PairRanks. */
export function pairOf(key: number): [left: number, right: number] {
  return [Math.floor(key / 0x100000), key % 0x100000];
}

/**
 * Merges behind a list of tokens that byte-pair training found in this order: the bytes of a token, merged by the merges
 * before it, are the two parts it was made of.
 *
 * @param tokens  bytes of each id; the ids of single bytes have no merge
 * @throws Error  when a token is not two earlier ones: the list is not in the order of training
 */
export function pairRanks(tokens: readonly Uint8Array[]): PairRanks {
  const byteIds = singleByteIds(tokens);
  const ranks = new Map<number, number>();
  tokens.forEach((bytes, id) => {
    if (bytes.length === 1) return;
    const [left, right, more] = mergeBytes(bytes, byteIds, ranks);
    if (left === undefined || right === undefined || more !== undefined)
      throw new Error(`byte pairs: token ${id} is not made of two earlier tokens`);
    ranks.set(pairKey(left, right), id);
  });
  return ranks;
}

/** Id of each of the 256 bytes. */
export function singleByteIds(tokens: readonly Uint8Array[]): Uint32Array {
  const ids = new Uint32Array(256).fill(0xffffffff);
  tokens.forEach((bytes, id) => {
    if (bytes.length === 1) ids[bytes[0] ?? 0] = id;
  });
  if (ids.includes(0xffffffff)) throw new Error('byte pairs: not every byte is a token');
  return ids;
}

/**
 * Ids of some bytes: the pair of lowest rank is merged, everywhere from left to right, until none is left.
 *
 * Merging all places of a pair in one pass gives what merging one at a time gives, for a pair with the new token in it
 * has a higher rank; and it keeps a megabyte without a space from taking hours.
 */
export function mergeBytes(bytes: Uint8Array, byteIds: Uint32Array, ranks: PairRanks): number[] {
  let ids = Array.from(bytes, (byte) => byteIds[byte] ?? 0);
  while (ids.length > 1) {
    const best = lowestPair(ids, ranks);
    if (best === null) break;
    ids = mergePair(ids, best.key, best.rank);
  }
  return ids;
}

function lowestPair(ids: readonly number[], ranks: PairRanks): { key: number; rank: number } | null {
  let best: { key: number; rank: number } | null = null;
  for (let i = 0; i + 1 < ids.length; i++) {
    const key = pairKey(ids[i] ?? 0, ids[i + 1] ?? 0);
    const rank = ranks.get(key);
    if (rank !== undefined && (best === null || rank < best.rank)) best = { key, rank };
  }
  return best;
}

function mergePair(ids: readonly number[], key: number, merged: number): number[] {
  const [left, right] = pairOf(key);
  const result: number[] = [];
  for (let i = 0; i < ids.length; i++) {
    if (ids[i] === left && ids[i + 1] === right) {
      result.push(merged);
      i++;
    } else result.push(ids[i] ?? 0);
  }
  return result;
}
