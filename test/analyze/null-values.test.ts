// The known matrices: rows that sum to 1, and the ranks and columns that the paper's definitions give them.

import { expect, test } from 'vitest';
import { nullMatrices } from '../../src/analyze/null-values.ts';
import { ops, scope } from '../../src/torch/index.ts';
import type { Tensor } from '../../src/torch/index.ts';
import { numbers } from '../golden.ts';
import { checkLiveTensors } from '../live-tensors.ts';

checkLiveTensors();

/** Smallest count of the values, largest first, that hold `share` of their sum. */
function smallestCount(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => b - a);
  const whole = sorted.reduce((sum, value) => sum + value, 0);
  let held = 0;
  return sorted.findIndex((value) => (held += value) / whole >= share - 1e-9) + 1;
}

/** k* at each of the paper's four shares, and m* at 0.9, in float64. */
function measure(matrix: Tensor): { ranks: number[]; columns: number } {
  return scope(() => {
    const wide = matrix.to('float64');
    const energies = numbers(ops.linalgSvdvals(wide).square());
    const masses = numbers(wide.square().sum([0]));
    return {
      ranks: [0.8, 0.85, 0.9, 0.95].map((share) => smallestCount(energies, share)),
      columns: smallestCount(masses, 0.9),
    };
  });
}

test('at 100 tokens they have the ranks and columns of PAPER 1.2', () => {
  const measured = scope(() =>
    Object.fromEntries(nullMatrices(100).map(({ name, matrix }) => [name, measure(matrix)])),
  );
  const { 'random logits, causal': random, ...known } = measured;
  expect(known).toEqual({
    'uniform, causal': { ranks: [3, 4, 5, 8], columns: 30 },
    'uniform, no mask': { ranks: [1, 1, 1, 1], columns: 90 },
    'each token on itself': { ranks: [80, 85, 90, 95], columns: 90 },
    'each token on the one before': { ranks: [79, 84, 89, 94], columns: 89 },
    'first token only': { ranks: [1, 1, 1, 1], columns: 1 },
    'half on the first token, rest uniform': { ranks: [1, 1, 1, 1], columns: 1 },
    '80 % on the first token, rest on itself': { ranks: [1, 1, 1, 14], columns: 1 },
  });
  expect(random?.ranks[2]).toBeGreaterThanOrEqual(18); // numpy over 12 draws: 19.6 and 33.3 in the mean
  expect(random?.ranks[2]).toBeLessThanOrEqual(21);
  expect(random?.columns).toBeGreaterThanOrEqual(30);
  expect(random?.columns).toBeLessThanOrEqual(37);
});

test.each([1, 2, 7, 100])('at %d tokens they are attention: [T, T], rows sum to 1', (T) => {
  scope(() => {
    const all = nullMatrices(T);
    expect(all).toHaveLength(8);
    for (const { name, matrix } of all) {
      expect(matrix.shape, name).toEqual([T, T]);
      expect(matrix.dtype).toBe('float32');
      for (const sum of numbers(matrix.sum([1]))) expect(sum, name).toBeCloseTo(1, 6);
      expect(Math.min(...numbers(matrix)), name).toBeGreaterThanOrEqual(0);
      const later = numbers(matrix.triu(1)).reduce((sum, value) => sum + value, 0);
      expect(later > 0, name).toBe(name === 'uniform, no mask' && T > 1);
    }
  });
});

test('the random one follows its seed', () => {
  const random = (seed: number) =>
    scope(() => numbers(nullMatrices(5, { seed }).at(-1)?.matrix ?? ops.zeros([1])));
  expect(random(1)).toEqual(random(1));
  expect(random(1)).not.toEqual(random(2));
});
