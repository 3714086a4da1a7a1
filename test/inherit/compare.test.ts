// The comparison of two models: paired differences against numpy and scipy, t quantiles, and both stop rules.

import { describe, expect, test } from 'vitest';
import { isMatched, pairedDifference, studentQuantile } from '../../src/inherit/compare.ts';
import type { PairedDifference } from '../../src/inherit/compare.ts';
import { readGoldenJson } from '../golden.ts';

interface Case {
  target: number[];
  reference: number[];
  block: number;
  confidence: number;
  expected: PairedDifference;
}

const golden = readGoldenJson('compare') as { quantiles: [number, number, number][]; cases: Case[] };

test('quantiles of Student’s t equal scipy’s, from one degree of freedom on', () => {
  expect(golden.quantiles.length).toBe(72);
  for (const [probability, freedom, quantile] of golden.quantiles)
    expect(
      Math.abs(studentQuantile(probability, freedom) - quantile) / Math.max(1, Math.abs(quantile)),
      `t(${probability}, ${freedom})`,
    ).toBeLessThan(1e-10);
});

test('paired differences equal numpy’s, windows left over included', () => {
  expect(golden.cases.length).toBe(4);
  for (const { target, reference, expected, ...options } of golden.cases) {
    const found = pairedDifference(Float64Array.from(target), Float64Array.from(reference), options);
    expect(found.blocks).toBe(expected.blocks);
    for (const key of ['mean', 'standardError', 'upperBound'] as const)
      expect(Math.abs(found[key] - expected[key]), key).toBeLessThan(1e-12);
  }
});

test('by hand: four windows in blocks of two', () => {
  // differences 1, 3 | 5, 7: block means 2 and 6, their deviation sqrt(8), standard error sqrt(8 / 2) = 2; t(0.95, 1) = 6.3138
  const found = pairedDifference(Float64Array.of(2, 4, 6, 8), Float64Array.of(1, 1, 1, 1), { block: 2 });
  expect(found.mean).toBe(4);
  expect(found.standardError).toBeCloseTo(2, 12);
  expect(found.upperBound).toBeCloseTo(4 + 2 * 6.313751514675, 9);
});

test('what two models share cancels: only the difference counts', () => {
  const [easy, hard] = [Float64Array.of(1, 1, 1, 1), Float64Array.of(9, 2, 7, 3)];
  const worse = (losses: Float64Array) => losses.map((loss, index) => loss + (index < 2 ? 0.01 : 0.03));
  const [a, b] = [easy, hard].map((losses) => pairedDifference(worse(losses), losses, { block: 2 }));
  expect(a?.mean).toBeCloseTo(0.02, 12);
  expect(b?.mean).toBeCloseTo(0.02, 12);
  expect(a?.standardError).toBeCloseTo(b?.standardError ?? NaN, 12);
});

test('lists that cannot be compared are refused with both numbers', () => {
  expect(() => pairedDifference(new Float64Array(4), new Float64Array(5))).toThrow(
    /same windows, got 4 and 5/,
  );
  expect(() => pairedDifference(new Float64Array(31), new Float64Array(31))).toThrow(/at least 32 .* got 31/);
});

describe('the target is matched', () => {
  const difference = (mean: number, upperBound: number) => ({
    mean,
    upperBound,
    standardError: 0.01,
    blocks: 9,
  });

  test.each([
    ['paired', -0.02, 0.004, true],
    ['paired', 0.001, 0.0099, true], // a little worse, and known well enough
    ['paired', 0.001, 0.01, false], // the bound must be below the tolerance
    ['paired', -0.02, 0.02, false], // better by its mean, but too noisy to say
    ['single', -0.02, 0.02, true], // the paper asks the mean alone
    ['single', 0, 0.02, true],
    ['single', 1e-6, 0, false],
  ] as const)('by the %s rule at mean %d, bound %d: %s', (rule, mean, upperBound, matched) => {
    expect(isMatched(difference(mean, upperBound), { rule, tolerance: 0.01 })).toBe(matched);
  });
});
