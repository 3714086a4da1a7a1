import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fixedWindows, permutationSampler, randomWindowSampler } from '../../src/data/sampler.ts';

/** How often each token is an input in one epoch. */
function inputsOfEpoch(tokens: number, context: number, seed: number, epoch: number): Uint8Array {
  const sampler = permutationSampler({ tokens, context, seed });
  const uses = new Uint8Array(tokens);
  for (let i = 0; i < sampler.windowsPerEpoch; i++) {
    const start = sampler.window(epoch * sampler.windowsPerEpoch + i);
    for (let t = start; t < start + context; t++) uses[t] = (uses[t] ?? 0) + 1;
  }
  return uses;
}

describe('permutationSampler', () => {
  test('each token is an input once per epoch, but for a ragged edge under two windows', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 900 }),
        fc.nat(),
        fc.nat(5),
        (context, more, seed, epoch) => {
          const tokens = context + more;
          const uses = inputsOfEpoch(tokens, context, seed, epoch);
          const used = uses.reduce((sum, use) => sum + use, 0);
          expect(Math.max(...uses)).toBe(1);
          expect(uses.lastIndexOf(1) - uses.indexOf(1) + 1).toBe(used); // side by side
          expect(tokens - 1 - used).toBeLessThan(2 * context);
          expect(uses[tokens - 1]).toBe(0); // the last token is only ever a target
        },
      ),
      { seed: 1, numRuns: 300 },
    );
  });

  test('every input is used in some epoch, the first and the last too', () => {
    const ever = new Uint8Array(100);
    for (let epoch = 0; epoch < 200; epoch++)
      inputsOfEpoch(100, 16, 1, epoch).forEach((use, t) => (ever[t] = (ever[t] ?? 0) | use));
    expect([...ever].indexOf(0)).toBe(99);
  });

  test('two epochs differ in order and offset; the same index always gives the same window', () => {
    const sampler = permutationSampler({ tokens: 100_000, context: 64, seed: 7 });
    const n = sampler.windowsPerEpoch;
    expect(n).toBe(1561);
    const epoch0 = Array.from({ length: n }, (_, i) => sampler.window(i));
    const epoch1 = Array.from({ length: n }, (_, i) => sampler.window(n + i));
    expect(epoch0.map((start) => start % 64)[0]).not.toBe(epoch1.map((start) => start % 64)[0]);
    expect(epoch0.filter((start, i) => Math.abs(start - (epoch1[i] ?? 0)) < 64).length).toBeLessThan(12); // 2 expected
    const fresh = permutationSampler({ tokens: 100_000, context: 64, seed: 7 });
    for (const i of [n + 17, 3, 2 * n - 1, 0, n])
      expect(fresh.window(BigInt(i))).toBe([...epoch0, ...epoch1][i]);
    expect(permutationSampler({ tokens: 100_000, context: 64, seed: 8 }).window(0)).not.toBe(epoch0[0]);
    expect([0, n - 1, n, 2 * n].map((i) => sampler.epoch(i))).toEqual([0, 0, 1, 2]);
  });

  test('an epoch of 10^9 windows starts at once, and any sample of it is found at once', () => {
    const sampler = permutationSampler({ tokens: 1_024_000_000_000, context: 1024, seed: 1 });
    expect(sampler.windowsPerEpoch).toBe(999_999_999);
    const starts = new Set(Array.from({ length: 5000 }, (_, i) => sampler.window(i * 123_457)));
    expect(starts.size).toBe(5000);
    expect(Math.max(...starts) + 1025).toBeLessThanOrEqual(1_024_000_000_000);
  });

  test('the first samples are frozen', () => {
    const sampler = permutationSampler({ tokens: 10_000, context: 100, seed: 1337 });
    expect([0, 1, 2, 99, 1_000_000].map((i) => sampler.window(i))).toEqual([3469, 6469, 4369, 2315, 3096]);
  });

  test('context + 1 tokens are one window; fewer are an error that says so', () => {
    expect(permutationSampler({ tokens: 9, context: 8, seed: 1 }).window(5)).toBe(0);
    expect(() => permutationSampler({ tokens: 8, context: 8, seed: 1 })).toThrow(
      'need 9 tokens at least, got 8',
    );
    const sampler = permutationSampler({ tokens: 9, context: 8, seed: 1 });
    for (const index of [-1, 0.5, 2n ** 60n]) expect(() => sampler.window(index)).toThrow(RangeError);
  });
});

describe('randomWindowSampler', () => {
  test('every start is equally likely, the last possible one included', () => {
    const sampler = randomWindowSampler({ tokens: 18, context: 8, seed: 3 });
    const counts = new Float64Array(10);
    for (let i = 0; i < 10_000; i++) counts[sampler.window(i)] = (counts[sampler.window(i)] ?? 0) + 1;
    expect(counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)).toBeLessThan(34); // p = 1e-4 at 9 degrees
  });

  test('is a pure function of seed and index, frozen', () => {
    const sampler = randomWindowSampler({ tokens: 1_000_000, context: 100, seed: 1337 });
    expect([2, 0, 1].map((i) => sampler.window(i))).toEqual([432375, 475836, 83162]);
  });
});

describe('fixedWindows', () => {
  test('are spread evenly from the first token to the last, without overlap', () => {
    expect(fixedWindows({ tokens: 101, context: 10, count: 4 })).toEqual([0, 20, 50, 70]);
    expect(fixedWindows({ tokens: 101, context: 10, count: 10 })).toEqual([
      0, 10, 20, 30, 40, 50, 60, 70, 80, 90,
    ]);
    expect(fixedWindows({ tokens: 100, context: 10, count: 99 })).toEqual([
      0, 10, 20, 30, 40, 50, 60, 70, 80,
    ]);
  });

  test('never overlap nor leave the stream, whatever the sizes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 2000 }),
        fc.integer({ min: 1, max: 80 }),
        (context, more, count) => {
          const tokens = context + more;
          const starts = fixedWindows({ tokens, context, count });
          expect(starts.length).toBe(Math.min(count, Math.floor((tokens - 1) / context)));
          starts.forEach((start, i) =>
            expect(start).toBeGreaterThanOrEqual(i === 0 ? 0 : (starts[i - 1] ?? 0) + context),
          );
          expect((starts.at(-1) ?? 0) + context + 1).toBeLessThanOrEqual(tokens);
        },
      ),
      { seed: 2, numRuns: 300 },
    );
  });
});
