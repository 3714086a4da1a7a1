// Columns of mass, sink and entropy on matrices whose figures are known (PAPER 1.2's null values at T = 100).

import { describe, expect, test } from 'vitest';
import { entropies, massColumns, sinkShares } from '../../src/analyze/matrix-measures.ts';
import { fromTypedArray, scope } from '../../src/torch/index.ts';
import type { Tensor } from '../../src/torch/index.ts';
import { checkLiveTensors } from '../live-tensors.ts';

checkLiveTensors();

const T = 100;
/** One matrix [1, T, T] from a rule for its entries. */
const matrix = (entry: (query: number, key: number) => number): Tensor =>
  fromTypedArray(
    Float32Array.from({ length: T * T }, (_, at) => entry(Math.floor(at / T), at % T)),
    [1, T, T],
  );
const causalUniform = (query: number, key: number) => (key <= query ? 1 / (query + 1) : 0);
const columnsOf = (entry: (query: number, key: number) => number, eta = 0.9) =>
  scope(() => {
    const { sorted, index } = massColumns(matrix(entry), eta);
    return [sorted[0], index[0]];
  });

describe('columns that hold 90 % of the mass, heaviest first and in index order', () => {
  const previous = (query: number, key: number) => (key === Math.max(0, query - 1) ? 1 : 0);
  test.each([
    ['causal uniform', causalUniform, 30, 30],
    ['full uniform', () => 1 / T, 90, 90],
    ['identity', (query: number, key: number) => (query === key ? 1 : 0), 90, 90],
    ['previous token', previous, 89, 89],
    ['all on the first token', (_: number, key: number) => (key === 0 ? 1 : 0), 1, 1],
    ['all on the last token', (_: number, key: number) => (key === T - 1 ? 1 : 0), 1, 100],
  ])('%s', (_, entry, sorted, index) => {
    expect(columnsOf(entry)).toEqual([sorted, index]);
  });

  test('half on the first token, the rest spread out: one column', () => {
    expect(columnsOf((q, k) => 0.5 * causalUniform(q, k) + (k === 0 ? 0.5 : 0))).toEqual([1, 1]);
  });

  test('an exact boundary counts as reached, and all of the mass takes every column', () => {
    const identity = (query: number, key: number) => (query === key ? 1 : 0);
    expect(columnsOf(identity, 0.5)).toEqual([50, 50]);
    expect(columnsOf(identity, 0.501)).toEqual([51, 51]);
    expect(columnsOf(causalUniform, 1)[0]).toBeLessThanOrEqual(T);
  });
});

test('sink: the share of the first token, averaged over queries', () => {
  const harmonic = Array.from({ length: T }, (_, i) => 1 / (i + 1)).reduce((sum, x) => sum + x, 0);
  expect(scope(() => sinkShares(matrix(causalUniform)))[0]).toBeCloseTo(harmonic / T, 6);
  expect(scope(() => sinkShares(matrix((_, key) => (key === 0 ? 1 : 0))))[0]).toBe(1);
});

test('entropy: the mean of log(t) for causal uniform attention, 0 for attention on one token', () => {
  const logs = Array.from({ length: T }, (_, i) => Math.log(i + 1)).reduce((sum, x) => sum + x, 0);
  expect(scope(() => entropies(matrix(causalUniform)))[0]).toBeCloseTo(logs / T, 5);
  expect(scope(() => entropies(matrix((query, key) => (query === key ? 1 : 0))))[0]).toBe(0);
});
