// Approximate ranks against arithmetic by hand, against numpy, and against float64 svdvals on ten thousand spectra.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { approximateRanks } from '../../src/analyze/rank.ts';
import type { RankOptions } from '../../src/analyze/rank.ts';
import { fromTypedArray, newGenerator, ops, scope } from '../../src/torch/index.ts';
import type { Tensor } from '../../src/torch/index.ts';
import { numbers, readGoldenJson, readGoldenTensors } from '../golden.ts';
import { checkLiveTensors } from '../live-tensors.ts';

checkLiveTensors();

const taus = [0.8, 0.85, 0.9, 0.95];
const force = { direct: 0 }; // tries bounds whatever the size

/** [T, T] from a formula of query and key. */
function matrixOf(T: number, value: (query: number, key: number) => number): Tensor {
  const values = Float32Array.from({ length: T * T }, (_, i) => value(Math.floor(i / T), i % T));
  return fromTypedArray(values, [T, T]);
}

/** Ranks of a formula's matrix; the tensor is freed. */
function ranksOf(T: number, value: (query: number, key: number) => number, options: RankOptions): number[] {
  return scope(() => [...approximateRanks(matrixOf(T, value), { taus, ...options }).ranks]);
}

/** k* by all singular values in float64: the definition, with the documented tie. [N, T, T] -> N * taus. */
function referenceRanks(matrices: Tensor, shares: readonly number[]): number[] {
  const T = matrices.shape.at(-1) ?? 0;
  const values = numbers(ops.linalgSvdvals(matrices.to('float64')));
  return Array.from({ length: values.length / T }, (_, i) => {
    const energies = values.slice(i * T, (i + 1) * T).map((sigma) => sigma * sigma);
    const total = energies.reduce((sum, energy) => sum + energy, 0);
    return shares.map((share) => {
      let [sum, k] = [0, 0];
      while (k < T && sum < (share - 1e-12) * total) sum += energies[k++] ?? NaN;
      return k;
    });
  }).flat();
}

const causalUniform = (query: number, key: number) => (key <= query ? 1 / (query + 1) : 0);
const identity = (query: number, key: number) => Number(query === key);
const previousToken = (query: number, key: number) => Number(key === Math.max(0, query - 1));
const sink = (_: number, key: number) => Number(key === 0);
const sinkAndUniform = (share: number) => (query: number, key: number) =>
  share * Number(key === 0) + (1 - share) * causalUniform(query, key);
const sinkAndDiagonal = (share: number) => (query: number, key: number) =>
  share * Number(key === 0) + (1 - share) * identity(query, key);

describe('matrices known by hand, T = 100', () => {
  test.each([
    ['causal uniform', causalUniform, [3, 4, 5, 8]],
    ['identity', identity, [80, 85, 90, 95]],
    ['previous token', previousToken, [79, 84, 89, 94]],
    ['pure sink', sink, [1, 1, 1, 1]],
  ])('%s', (_, value, expected) => {
    for (const direct of [0, 160])
      for (const causal of [true, false]) expect(ranksOf(100, value, { direct, causal })).toEqual(expected);
  });

  test('full uniform has rank 1', () => {
    for (const direct of [0, 160])
      expect(ranksOf(100, () => 1 / 100, { direct, causal: false })).toEqual([1, 1, 1, 1]);
  });

  test('half on the sink makes uniform attention rank 1; the diagonal takes four fifths', () => {
    const rank = (value: (query: number, key: number) => number) =>
      ranksOf(100, value, { taus: [0.9], ...force })[0];
    expect(rank(sinkAndUniform(0.5))).toBe(1);
    expect(rank(sinkAndUniform(0.2))).toBeGreaterThan(1);
    expect(rank(sinkAndDiagonal(0.8))).toBe(1);
    expect(rank(sinkAndDiagonal(0.7))).toBeGreaterThan(1);
  });
});

describe('boundaries', () => {
  test('an energy exactly at tau is enough, and what is a hair above it is not', () => {
    const diagonal = (values: readonly number[]) => (query: number, key: number) =>
      query === key ? (values[query] ?? 0) : 0;
    expect(ranksOf(4, diagonal([1, 1, 1, 1]), { taus: [0.25, 0.5, 0.75, 1] })).toEqual([1, 2, 3, 4]);
    expect(ranksOf(4, diagonal([1, 1, 1, 1]), { taus: [0.2500001, 0.5000001, 0.7500001] })).toEqual([
      2, 3, 4,
    ]);
    expect(ranksOf(2, diagonal([1, 3]), { taus: [0.9] })).toEqual([1]); // 9 of 10
    expect(ranksOf(2, diagonal([1.0000001, 3]), { taus: [0.9] })).toEqual([2]);
    expect(ranksOf(3, diagonal([2, 0, 1]), { taus: [0.8, 0.81, 1] })).toEqual([1, 2, 2]);
    expect(ranksOf(10, identity, { taus: [0.1, 0.2, 0.3, 0.6, 0.7, 0.9], ...force })).toEqual([
      1, 2, 3, 6, 7, 9,
    ]);
  });

  test('ties of every size, beyond the block and beside it', () => {
    for (const T of [1, 2, 3, 7, 31, 33, 127, 161, 257])
      for (const direct of [0, 4096])
        expect(ranksOf(T, identity, { direct })).toEqual(
          taus.map((tau) => Math.ceil(Math.round(1e6 * tau * T) / 1e6)),
        );
  });

  // Where a Krylov space has not found all copies of a value, bounds that took what it misses for nothing say 46 and 64.
  test.each([
    { copies: 48, value: 0.016, tau: 0.72, rank: 45 },
    { copies: 60, value: 0.013, tau: 0.7, rank: 54 },
  ])('$copies copies of one value, more than a block of vectors finds', ({ copies, value, tau, rank }) => {
    const T = 1024;
    const rest = Math.max(1e-6, 1 - copies * value - 10 * value) / (T - copies - 20);
    const energy = (i: number) => (i < copies ? value : i < copies + 20 ? value / 2 - i * 1e-6 : rest);
    const diagonal = (query: number, key: number) => (query === key ? Math.sqrt(energy(query)) : 0);
    expect(ranksOf(T, diagonal, { taus: [tau], causal: false })).toEqual([rank]);
  });

  test('one token, zeros, and numbers beyond the squares of float32', () => {
    expect(ranksOf(1, () => 1, {})).toEqual([1, 1, 1, 1]);
    expect(ranksOf(5, () => 0, {})).toEqual([1, 1, 1, 1]);
    for (const scale of [1e-30, 1e-12, 1e12, 1e30])
      expect(ranksOf(200, (query, key) => scale * causalUniform(query, key), {})).toEqual(
        ranksOf(200, causalUniform, {}),
      );
  });

  test('matrices of any leading shape, in order', () => {
    scope(() => {
      const stacked = ops.stack([matrixOf(12, identity), matrixOf(12, sink), matrixOf(12, causalUniform)]);
      const { ranks, ways } = approximateRanks(stacked.reshape([1, 3, 1, 12, 12]), { taus });
      expect([...ranks]).toEqual([10, 11, 11, 12, 1, 1, 1, 1, ...ranksOf(12, causalUniform, {})]);
      expect(ways.length).toBe(3);
      expect(approximateRanks(stacked.narrow(0, 0, 0)).ranks.length).toBe(0);
      expect([...approximateRanks(stacked.transpose(1, 2), { causal: false }).ranks]).toEqual([
        11,
        1,
        ranks[10],
      ]);
    });
  });
});

describe('against the full spectrum in float64', () => {
  test('numpy: attention of a model, and of random queries and keys', async () => {
    const golden = readGoldenJson('attention_rank') as {
      taus: number[];
      ranks: Record<string, number[]>; // made by tools/golden/attention_rank.py
    };
    const tensors = await readGoldenTensors('attention_rank');
    expect([...tensors.keys()].sort()).toEqual(Object.keys(golden.ranks).sort());
    for (const [name, attention] of tensors) {
      for (const options of [{}, force])
        for (const causal of name.startsWith('full') ? [false] : [true, false]) {
          const { ranks } = approximateRanks(attention, { taus: golden.taus, causal, ...options });
          expect([...ranks], name).toEqual(golden.ranks[name]);
        }
      attention.release();
    }
  });

  // Singular values of a batch [N, T] by the kind of spectrum.
  const kinds: [string, (place: Tensor, random: Tensor) => Tensor][] = [
    ['flat', (place) => ops.onesLike(place)],
    ['power law', (place, random) => place.add(1).pow(random.narrow(1, 0, 1).mul(-2.5))],
    ['geometric', (place, random) => random.narrow(1, 0, 1).mul(0.5).add(0.5).pow(place)],
    ['uniform', (_, random) => random],
    ['one large', (place, random) => random.mul(0.3).add(place.eq(0).to('float32').mul(5))],
    [
      'two levels',
      (place, random) =>
        place
          .lt(random.narrow(1, 0, 1).mul(24))
          .to('float32')
          .mul(3)
          .add(0.2),
    ],
    ['nearly flat', (_, random) => random.mul(1e-3).add(1)],
    ['low rank', (place, random) => random.mul(place.lt(5).to('float32')).add(1e-4)],
    ['pairs', (place) => place.div(2).floor().add(1).pow(-1)],
    ['wide range', (_, random) => random.mul(-14).exp()],
  ];

  test('10 000 spectra: the bounds never contradict it', () => {
    const generator = newGenerator(5n);
    const [N, T] = [1000, 24];
    const counts = { bounds: 0, float32: 0, float64: 0 };
    const shares = [0.3, 0.5, 0.8, 0.9, 0.95, 0.99];
    for (const [kind, spectrum] of kinds) {
      scope(() => {
        const orthogonal = () => {
          const { 0: q } = ops.linalgQr(ops.randn([N, T, T], { generator, dtype: 'float64' }));
          return q; // [N, T, T]
        };
        const place = ops.arange(T).to('float32').expand([N, T]); // [N, T]
        const sigma = spectrum(place, ops.rand([N, T], { generator }))
          .to('float64')
          .unsqueeze(1); // [N, 1, T]
        const matrices = orthogonal().mul(sigma).matmul(orthogonal()).to('float32'); // [N, T, T]
        const { ranks, ways } = approximateRanks(matrices, { taus: shares, causal: false, ...force });
        expect([...ranks], kind).toEqual(referenceRanks(matrices, shares));
        for (const way of ways) counts[way]++;
      });
    }
    for (const count of Object.values(counts)) expect(count).toBeGreaterThan(100); // each way was tried
  });

  test('random causal attention, flat to so sharp that most of it underflows, sizes around blocks and panels', () => {
    const generator = newGenerator(6n);
    for (const T of [1, 2, 5, 31, 64, 100, 129, 200, 300])
      scope(() => {
        const sharpness = fromTypedArray(new Float32Array([0, 1, 2, 4, 8, 50]), [6, 1, 1]);
        const logits = ops.randn([6, T, T], { generator }).mul(sharpness);
        const mask = ops.ones([T, T], { dtype: 'bool' }).triu(1);
        const attention = ops.softmax(logits.maskedFill(mask, -Infinity), -1); // [6, T, T]
        const expected = referenceRanks(attention, taus);
        for (const options of [{}, force, { direct: 4096 }, { causal: false }])
          expect([...approximateRanks(attention, { taus, ...options }).ranks], `T = ${T}`).toEqual(expected);
      });
  });
});

describe('properties', () => {
  const sizes = fc.record({
    T: fc.integer({ min: 1, max: 40 }),
    seed: fc.bigInt({ min: 0n, max: 1n << 40n }),
  });
  const randomMatrix = (T: number, seed: bigint) => {
    const generator = newGenerator(seed);
    return ops.softmax(ops.randn([T, T], { generator }).mul(ops.rand([], { generator }).mul(6)), -1); // [T, T]
  };
  const full = { causal: false, ...force };

  test('monotone in tau', () => {
    const shares = fc.uniqueArray(fc.double({ min: 0.01, max: 1, noNaN: true }), {
      minLength: 2,
      maxLength: 6,
    });
    fc.assert(
      fc.property(sizes, shares, ({ T, seed }, unsorted) =>
        scope(() => {
          const sorted = [...unsorted].sort((a, b) => a - b);
          const ranks = [...approximateRanks(randomMatrix(T, seed), { taus: sorted, ...full }).ranks];
          expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
          expect(ranks.every((rank) => rank >= 1 && rank <= T)).toBe(true);
        }),
      ),
    );
  });

  test('the same for permuted rows, and for the transpose', () => {
    fc.assert(
      fc.property(sizes, ({ T, seed }) =>
        scope(() => {
          const matrix = randomMatrix(T, seed);
          const permuted = matrix.indexSelect(0, ops.randperm(T, { generator: newGenerator(seed) }));
          const [before, after, turned] = [matrix, permuted, matrix.t()].map((a) => [
            ...approximateRanks(a, { taus, ...full }).ranks,
          ]);
          expect(after).toEqual(before);
          expect(turned).toEqual(before);
        }),
      ),
    );
  });

  test('1 for a matrix of rank one, at every tau below 1', () => {
    fc.assert(
      fc.property(sizes, ({ T, seed }) =>
        scope(() => {
          const generator = newGenerator(seed);
          const vector = () => ops.randn([T], { generator });
          const matrix = ops.outer(vector(), vector());
          expect([...approximateRanks(matrix, { taus: [0.1, 0.9, 0.999], ...full }).ranks]).toEqual([
            1, 1, 1,
          ]);
        }),
      ),
    );
  });
});

test('what does not fit is refused', () => {
  scope(() => {
    const good = matrixOf(4, causalUniform);
    const wrong = (value: unknown) => () => approximateRanks(value as Tensor);
    expect(wrong(good.to('float64'))).toThrow(
      new TypeError('approximateRanks: expected attention in float32, got float64'),
    );
    expect(wrong([1])).toThrow(TypeError);
    expect(wrong(good.narrow(0, 0, 3))).toThrow(
      new RangeError('approximateRanks: expected matrices [.., T, T], got [3, 4]'),
    );
    expect(wrong(good.reshape([16]))).toThrow(RangeError);
    expect(wrong(ops.zeros([2, 0, 0]))).toThrow(RangeError);
    for (const shares of [[], [0], [-0.5], [1.1], [NaN], [0.9, 0.8], [0.9, 0.9]])
      expect(() => approximateRanks(good, { taus: shares })).toThrow(RangeError);
    const sixth = (value: number) =>
      ops.stack([
        good,
        good,
        good,
        good,
        good,
        matrixOf(4, (q, k) => (q === 2 && k === 1 ? value : 0)),
        good,
      ]);
    for (const value of [NaN, Infinity, -Infinity])
      expect(() => approximateRanks(sixth(value))).toThrow(/energy_rank.*matrix 5: expected finite numbers/);
    expect(() => approximateRanks(matrixOf(4, () => 0.25))).toThrow(/matrix 0: .*zeros above the diagonal/);
    expect(() => approximateRanks(matrixOf(4, (q, k) => (q < k ? NaN : 1)))).toThrow(/matrix 0/);
  });
});
