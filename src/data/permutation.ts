// A seeded permutation of 0..size-1 computed place by place, without a table. Knows nothing of tokens.
// A Feistel network over a grid just larger than the domain, walked until it lands inside (Black and Rogaway, "Ciphers with
// arbitrary finite domains", 2002). Mixing is Murmur3's finalizer: good enough for shuffling, not for secrets.

const rounds = 8;

/**
 * A bijection of 0..size-1 that looks random, and needs neither memory nor a past: `permutation(size, key)(i)`.
 *
 * @param size  number of places, 1 to 2^48
 * @param key   64 bits; another key gives another order
 * @throws RangeError  when size is not such a number, or a place lies outside
 */
export function permutation(size: number, key: bigint): (place: number) => number {
  if (!Number.isSafeInteger(size) || size < 1 || size > 2 ** 48)
    throw new RangeError(`permutation: size must be 1 to 2^48, got ${size}`);
  const rows = Math.ceil(Math.sqrt(size));
  const columns = Math.ceil(size / rows); // rows * columns exceeds size by less than rows: few walks
  const keys = roundKeys(key);

  return (place) => {
    if (!Number.isInteger(place) || place < 0 || place >= size)
      throw new RangeError(`permutation: place must be 0 to ${size - 1}, got ${place}`);
    let cell = place;
    do cell = shuffleCell(cell, rows, columns, keys);
    while (cell >= size);
    return cell;
  };
}

/** One bijection of the whole grid: row and column in turn are moved by a hash of the other. */
function shuffleCell(cell: number, rows: number, columns: number, keys: Uint32Array): number {
  let row = Math.floor(cell / columns);
  let column = cell % columns;
  for (let round = 0; round < rounds; round += 2) {
    row = (row + hash(column, keys[round] ?? 0)) % rows;
    column = (column + hash(row, keys[round + 1] ?? 0)) % columns;
  }
  return row * columns + column;
}

/** 32 well-mixed bits of a value below 2^32 and a key. */
function hash(value: number, key: number): number {
  let bits = value ^ key;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35) ^ key;
  bits = Math.imul(bits ^ (bits >>> 16), 0x7feb352d);
  return (bits ^ (bits >>> 15)) >>> 0;
}

function roundKeys(key: bigint): Uint32Array {
  const low = Number(BigInt.asUintN(32, key));
  const high = Number(BigInt.asUintN(32, key >> 32n));
  const keys = new Uint32Array(rounds);
  for (let round = 0; round < rounds; round++) keys[round] = hash(hash(low, round * 0x9e3779b9), high);
  return keys;
}
