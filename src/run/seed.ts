// Seeds for random streams, as a pure function of the run's seed and of where in the run they are used.
// Nothing has to be saved: a restart, an evaluation or another world size cannot disturb a stream.

const mask = (1n << 64n) - 1n;

/**
 * The seed of one stream at one place, e.g. `streamSeed(seed, 'dropout', step, microStep, rank, layer)`.
 *
 * @returns 64 bits, well mixed; equal arguments give equal seeds for ever
 */
export function streamSeed(seed: number | bigint, stream: string, ...place: (number | bigint)[]): bigint {
  let state = mix(BigInt(seed) & mask);
  for (const byte of Buffer.from(stream)) state = mix(state ^ BigInt(byte));
  for (const number of place) state = mix(state ^ (BigInt(number) & mask));
  return state;
}

/** SplitMix64's step and finalizer (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014). */
function mix(value: bigint): bigint {
  let z = (value + 0x9e3779b97f4a7c15n) & mask;
  z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & mask;
  z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & mask;
  return z ^ (z >> 31n);
}
