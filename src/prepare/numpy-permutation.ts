// NumPy's `default_rng(seed).permutation(count)`, which `datasets` splits with: SeedSequence, PCG64 and Fisher-Yates, to the bit.
// After M. E. O'Neill, "PCG: A Family of Better Random Number Generators" (2014), and NumPy's documented bit stream.

/**
 * The numbers 0..count-1 in NumPy's order.
 *
 * @param count  1 to 2^32 - 1
 * @param seed   whole, 0 to 2^53 - 1
 * @throws RangeError  for another count or seed
 */
export function numpyPermutation(count: number, seed: number): Uint32Array {
  if (!Number.isSafeInteger(count) || count < 1 || count > 0xffffffff)
    throw new RangeError(`permutation: count must be 1 to 2^32 - 1, got ${count}`);
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new RangeError(`permutation: seed must be 0 to 2^53 - 1, got ${seed}`);
  const next = pcg64(seed);
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  for (let last = count - 1; last > 0; last--) {
    const other = upTo(last, next);
    const moved = order[last] ?? 0;
    order[last] = order[other] ?? 0;
    order[other] = moved;
  }
  return order;
}

/** An unbiased draw from 0..last, as NumPy's shuffle makes it: 32 random bits masked, until they are small enough. */
function upTo(last: number, next: () => number): number {
  const mask = 2 ** (32 - Math.clz32(last)) - 1;
  for (;;) {
    const drawn = (next() & mask) >>> 0;
    if (drawn <= last) return drawn;
  }
}

const mask32 = 0xffffffffn;
const mask64 = (1n << 64n) - 1n;
const mask128 = (1n << 128n) - 1n;
const multiplier = 47026247687942121848144207491837523525n;

/** 32 bits at a time: of every 64 the lower half first. */
function pcg64(seed: number): () => number {
  const [a, b, c, d] = seedWords(seed);
  const increment = ((((c << 64n) | d) << 1n) | 1n) & mask128;
  let state = (increment + ((a << 64n) | b)) & mask128;
  state = (state * multiplier + increment) & mask128;
  let upper: number | null = null;
  return () => {
    if (upper !== null) {
      const kept = upper;
      upper = null;
      return kept;
    }
    state = (state * multiplier + increment) & mask128;
    const folded = ((state >> 64n) ^ state) & mask64;
    const turn = state >> 122n;
    const bits = ((folded >> turn) | (folded << ((64n - turn) & 63n))) & mask64;
    upper = Number(bits >> 32n);
    return Number(bits & mask32);
  };
}

/** The first four 64-bit words of NumPy's SeedSequence. */
function seedWords(seed: number): [bigint, bigint, bigint, bigint] {
  const entropy = [seed >>> 0, Math.floor(seed / 2 ** 32)];
  let constant = 0x43b0d7e5;
  const hashed = (value: number): number => {
    const mixed = value ^ constant;
    constant = Math.imul(constant, 0x931e8875);
    return folded(Math.imul(mixed, constant));
  };
  const pool = Array.from({ length: 4 }, (_, i) => hashed(entropy[i] ?? 0));
  for (let from = 0; from < 4; from++)
    for (let to = 0; to < 4; to++)
      if (from !== to)
        pool[to] = folded(
          Math.imul(0xca01f9dd, pool[to] ?? 0) - Math.imul(0x4973f715, hashed(pool[from] ?? 0)),
        );

  let outConstant = 0x8b51f9dd;
  const words = Array.from({ length: 8 }, (_, i) => {
    const mixed = (pool[i % 4] ?? 0) ^ outConstant;
    outConstant = Math.imul(outConstant, 0x58f38ded);
    return BigInt(folded(Math.imul(mixed, outConstant)) >>> 0);
  });
  const word = (i: number): bigint => (words[2 * i] ?? 0n) | ((words[2 * i + 1] ?? 0n) << 32n);
  return [word(0), word(1), word(2), word(3)];
}

/** A 32-bit value with its upper half mixed into the lower one. */
function folded(value: number): number {
  return value ^ (value >>> 16);
}
