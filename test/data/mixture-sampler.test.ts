import fc from 'fast-check';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import {
  apportion,
  blockQuotas,
  fixedMixture,
  mixtureSampler,
  samplerNames,
} from '../../src/data/mixture-sampler.ts';
import type { SourcePart } from '../../src/data/mixture.ts';
import type * as permutations from '../../src/data/permutation.ts';
import { permutationSampler, sequentialSampler } from '../../src/data/sampler.ts';
import { streamSeed } from '../../src/run/seed.ts';

const counted = vi.hoisted(() => ({ places: 0 }));
vi.mock('../../src/data/permutation.ts', async (original) => {
  const real = await original<typeof permutations>();
  return {
    permutation: (...given: Parameters<typeof real.permutation>) => {
      const place = real.permutation(...given);
      return (index: number) => {
        counted.places += 1;
        return place(index);
      };
    },
  };
});
beforeEach(() => void (counted.places = 0));

/** Sources side by side, of so many tokens and weights. */
function partsOf(...sources: [tokens: number, weight: number][]): SourcePart[] {
  let start = 0;
  return sources.map(([tokens, weight], index) => {
    const part = { name: `source-${index}`, weight, start, tokens, shards: [tokens] };
    start += tokens;
    return part;
  });
}

const redpajama = partsOf(
  ...[2.5, 4.5, 15, 67, 4.5, 2, 4.5].map((weight): [number, number] => [10_000, weight]),
);

const someParts = fc
  .array(fc.tuple(fc.integer({ min: 40, max: 3000 }), fc.integer({ min: 1, max: 100 })), {
    minLength: 1,
    maxLength: 5,
  })
  .map((sources) => partsOf(...sources));

describe('mixtureSampler', () => {
  test('one source alone is its own sampler, to the sample', () => {
    const parts = partsOf([5000, 3]);
    const alone = permutationSampler({ tokens: 5000, context: 16, seed: 7 });
    const mixed = mixtureSampler(parts, { kind: 'permutation', context: 16, seed: 7 });
    for (const index of [0, 1, 999, 1000, 5_000_001]) expect(mixed.window(index)).toBe(alone.window(index));
    expect(mixed.epochs(311)).toEqual([311 / alone.windowsPerEpoch]);
  });

  test("upstream's RedPajama weights: every thousand samples hold each source to the sample", () => {
    expect(blockQuotas(redpajama)).toEqual([25, 45, 150, 670, 45, 20, 45]);
    const sampler = mixtureSampler(redpajama, { kind: 'permutation', context: 16, seed: 1 });
    for (const block of [0, 1, 17]) {
      const counts = redpajama.map(() => 0);
      for (let slot = 0; slot < 1000; slot++) {
        const source = sampler.source(1000 * block + slot);
        counts[source] = (counts[source] ?? 0) + 1;
      }
      expect(counts).toEqual([25, 45, 150, 670, 45, 20, 45]);
    }
    // Drawn, not dealt: no tenth of a block is far from its share, and blocks differ.
    const order = (block: number) =>
      Array.from({ length: 1000 }, (_, slot) => sampler.source(1000 * block + slot));
    expect(order(0)).not.toEqual(order(1));
    for (let tenth = 0; tenth < 10; tenth++) {
      const common = order(0)
        .slice(100 * tenth, 100 * tenth + 100)
        .filter((source) => source === 3).length;
      expect(Math.abs(common - 67)).toBeLessThan(19); // 4 standard deviations
    }
  });

  test('whatever the sources: each has its windows in the order of its own sampler, none left out, none twice', () => {
    fc.assert(
      fc.property(someParts, fc.constantFrom(...samplerNames), fc.nat(), (parts, kind, seed) => {
        const context = 13;
        const sampler = mixtureSampler(parts, { kind, context, seed });
        const used = parts.map(() => 0);
        const slots = blockQuotas(parts).reduce((a, b) => a + b);
        const own = parts.map(({ start, tokens, weight, name }, index) =>
          mixtureSampler([{ start, tokens, shards: [tokens], weight, name }], {
            kind,
            context,
            seed: parts.length === 1 ? seed : streamSeed(seed, 'source', index),
          }),
        );
        for (let index = 0; index < slots + 50; index++) {
          const source = sampler.source(index);
          expect(sampler.window(index)).toBe(own[source]?.window(used[source] ?? 0));
          used[source] = (used[source] ?? 0) + 1;
          if (index % 97 === 0)
            expect(sampler.epochs(index + 1)).toEqual(used.map((count, i) => own[i]?.epochs(count)[0]));
        }
      }),
      { seed: 3, numRuns: 12 },
    );
  });

  test('a sampler made anew in the middle gives the sample that one which ran from the start gives', () => {
    fc.assert(
      fc.property(
        someParts,
        fc.constantFrom(...samplerNames),
        fc.nat(100_000),
        fc.nat(),
        (parts, kind, from, seed) => {
          const options = { kind, context: 13, seed };
          const running = mixtureSampler(parts, options);
          for (let index = Math.max(0, from - 40); index < from; index++) running.window(index);
          const resumed = mixtureSampler(parts, options);
          for (let index = from; index < from + 30; index++)
            expect([resumed.window(index), resumed.source(index)]).toEqual([
              running.window(index),
              running.source(index),
            ]);
        },
      ),
      { seed: 4, numRuns: 50 },
    );
  });

  test('an epoch of 10^9 windows starts, and goes on anywhere, after a bounded number of steps', () => {
    const alone = partsOf([1_024_000_000_000, 1]);
    mixtureSampler(alone, { kind: 'permutation', context: 1024, seed: 1 }).window(999_999_998);
    expect(counted.places).toBeLessThanOrEqual(1001); // one block of sources, one window
    counted.places = 0;
    const mixed = mixtureSampler(partsOf([1_024_000_000_000, 67], [900_000_000_000, 33]), {
      kind: 'permutation',
      context: 1024,
      seed: 1,
    });
    expect(mixed.window(1_500_000_000)).toBeLessThan(1_924_000_000_000);
    expect(counted.places).toBeLessThanOrEqual(2001); // the first block and the asked one
    counted.places = 0;
    mixed.window(1_500_000_001);
    mixed.epochs(1_500_000_000);
    expect(counted.places).toBe(1);
  });

  test('the first samples are frozen', () => {
    const sampler = mixtureSampler(redpajama, { kind: 'permutation', context: 100, seed: 1337 });
    expect(
      [0, 1, 2, 999, 1000, 1_000_000].map((i) => [sampler.source(i), sampler.window(i)]),
    ).toMatchInlineSnapshot(`
      [
        [
          3,
          36465,
        ],
        [
          3,
          35565,
        ],
        [
          3,
          39565,
        ],
        [
          3,
          38886,
        ],
        [
          3,
          39386,
        ],
        [
          3,
          38040,
        ],
      ]
    `);
  });

  test('a weight that no block can hold, and a source shorter than a window, are named', () => {
    expect(() => blockQuotas(partsOf([100, 1], [100, 9_999_999]))).toThrow(
      'tokens: expected weights of 0.0005 of their sum or more, found 1.0e-7 for source-0',
    );
    expect(blockQuotas(partsOf([100, 1], [100, 1999]))).toEqual([5, 9995]);
    expect(() =>
      mixtureSampler(partsOf([100, 1], [8, 1]), { kind: 'permutation', context: 8, seed: 1 }),
    ).toThrow('source-1: windows of 8 tokens need 9 tokens at least, got 8');
  });
});

test('apportion: whole numbers with the right sum, each within one of its share', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), { minLength: 1 }),
      fc.nat(5000),
      (weights, count) => {
        const whole = apportion(weights, count);
        const total = weights.reduce((a, b) => a + b);
        expect(whole.reduce((a, b) => a + b)).toBe(count);
        whole.forEach((each, i) =>
          expect(Math.abs(each - ((weights[i] ?? 0) / total) * count)).toBeLessThan(1),
        );
      },
    ),
    { seed: 5 },
  );
});

describe('sequentialSampler', () => {
  test('reads shard after shard, no window over a border, and begins again', () => {
    const sampler = sequentialSampler({ tokens: 100, shards: [35, 9, 46, 10], context: 10 });
    expect(sampler.windowsPerEpoch).toBe(7);
    expect(Array.from({ length: 9 }, (_, i) => sampler.window(i))).toEqual([
      0, 10, 20, 44, 54, 64, 74, 0, 10,
    ]);
    expect([6, 7, 14].map((i) => sampler.epoch(i))).toEqual([0, 1, 2]);
    expect(() => sequentialSampler({ tokens: 20, shards: [10, 10], context: 10 })).toThrow(
      'need 11 tokens at least, got 10',
    );
  });

  test("upstream's loader with one rank and micro-batches of one: the same windows (its arithmetic, step by step)", () => {
    const shards = [1000, 777, 65, 129, 2000];
    const [B, T] = [1, 64];
    const expected: number[] = [];
    for (const [shard, tokens] of shards.entries()) {
      const start = shards.slice(0, shard).reduce((a, b) => a + b, 0);
      let position = 0;
      do {
        expected.push(start + position);
        position += B * T;
      } while (position + (B * T + 1) <= tokens);
    }
    const sampler = sequentialSampler({ tokens: 3971, shards, context: T });
    expect(Array.from({ length: expected.length }, (_, i) => sampler.window(i))).toEqual(expected);
    expect(sampler.windowsPerEpoch).toBe(expected.length);
  });
});

describe('fixedMixture', () => {
  test('takes windows of each source by weight, inside it, one at least', () => {
    const parts = partsOf([1001, 3], [101, 1], [31, 0.01]);
    const { starts, sources } = fixedMixture(parts, { context: 10, count: 12 });
    expect(sources).toEqual([...Array<number>(9).fill(0), 1, 1, 1, 2]);
    expect(starts.slice(9)).toEqual([1001, 1031, 1061, 1102]);
    expect(starts[8]).toBeLessThan(991);
  });

  test('fewer of a source that has not so many', () => {
    const { sources } = fixedMixture(partsOf([1001, 1], [21, 1]), { context: 10, count: 20 });
    expect(sources.filter((source) => source === 1).length).toBe(2);
  });
});
