// Python's random.Random: the Mersenne Twister MT19937 and what `random` makes of its words.
// After Matsumoto and Nishimura (1998) and CPython's description of random(), sample(), choices() and shuffle().

const size = 624;

/** A generator with Python's numbers. */
export interface PythonRandom {
  /** 32 random bits. */
  word(): number;
  /** A float in [0, 1), of 53 bits. */
  random(): number;
  /** A whole number in [0, limit). */
  below(limit: number): number;
  /** `count` different elements, in random order. @throws RangeError  when there are fewer */
  sample<T>(population: readonly T[], count: number): T[];
  /** `count` elements, with repetition. */
  choices<T>(population: readonly T[], count: number): T[];
  /** Permutes in place. */
  shuffle(list: unknown[]): void;
}

/** random.Random(seed) for a whole number. */
export function pythonRandom(seed: number): PythonRandom {
  const state = seededState(seed);
  let next = size;

  const word = (): number => {
    if (next >= size) {
      twist(state);
      next = 0;
    }
    let y = state[next++] ?? 0;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  };
  const random = (): number => {
    const high = word() >>> 5;
    return (high * 0x4000000 + (word() >>> 6)) / 0x20000000000000;
  };
  const below = (limit: number): number => {
    const shift = Math.clz32(limit); // populations here have fewer than 2^32 elements
    for (;;) {
      const bits = word() >>> shift;
      if (bits < limit) return bits;
    }
  };
  const sample = <T>(population: readonly T[], count: number): T[] => {
    const n = population.length;
    if (count > n) throw new RangeError(`sample: ${count} elements of ${n}`);
    let setSize = 21;
    if (count > 5) setSize += 4 ** Math.ceil(Math.log(count * 3) / Math.log(4));
    const indices: number[] = [];
    if (n <= setSize) {
      const pool = population.map((_, index) => index);
      for (let i = 0; i < count; i += 1) {
        const j = below(n - i);
        indices.push(pool[j] ?? 0);
        pool[j] = pool[n - i - 1] ?? 0;
      }
    } else {
      const seen = new Set<number>();
      while (seen.size < count) seen.add(below(n)); // a set keeps the order of first insertion
      indices.push(...seen);
    }
    return indices.map((index) => population[index]);
  };
  const choices = <T>(population: readonly T[], count: number): T[] =>
    Array.from({ length: count }, () => population[Math.floor(random() * population.length)]);
  const shuffle = (list: unknown[]): void => {
    for (let i = list.length - 1; i > 0; i -= 1) {
      const j = below(i + 1);
      [list[i], list[j]] = [list[j], list[i]];
    }
  };
  return { word, random, below, sample, choices, shuffle };
}

function seededState(seed: number): Uint32Array {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`random seed: expected a whole number, got ${seed}`);
  const absolute = Math.abs(seed);
  const high = Math.floor(absolute / 2 ** 32);
  const key = high > 0 ? [absolute >>> 0, high] : [absolute >>> 0];
  const state = new Uint32Array(size);
  state[0] = 19650218;
  for (let i = 1; i < size; i += 1) state[i] = Math.imul(1812433253, mixed(state, i)) + i;
  let i = 1;
  let j = 0;
  const advance = (): void => {
    i += 1;
    if (i < size) return;
    state[0] = state[size - 1] ?? 0;
    i = 1;
  };
  for (let k = Math.max(size, key.length); k > 0; k -= 1) {
    state[i] = ((state[i] ?? 0) ^ Math.imul(mixed(state, i), 1664525)) + (key[j] ?? 0) + j;
    advance();
    j = (j + 1) % key.length;
  }
  for (let k = size - 1; k > 0; k -= 1) {
    state[i] = ((state[i] ?? 0) ^ Math.imul(mixed(state, i), 1566083941)) - i;
    advance();
  }
  state[0] = 0x80000000;
  return state;
}

function mixed(state: Uint32Array, index: number): number {
  const before = state[index - 1] ?? 0;
  return before ^ (before >>> 30);
}

function twist(state: Uint32Array): void {
  for (let i = 0; i < size; i += 1) {
    const y = ((state[i] ?? 0) & 0x80000000) | ((state[(i + 1) % size] ?? 0) & 0x7fffffff);
    state[i] = (state[(i + 397) % size] ?? 0) ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
  }
}
