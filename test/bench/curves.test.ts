// What bench:curves says of loss curves, and how it folds a vocabulary.

import { expect, test } from 'vitest';
import { curvesCsv, differenceOf, differenceTable, smoothed } from '../../bench/curve-differences.ts';
import { foldRareIds } from '../../bench/curve-text.ts';

test('smoothed: means of as many steps as asked for', () => {
  expect(smoothed([1, 2, 3, 6], 2)).toEqual([1.5, 2.5, 4.5]);
  expect(smoothed([1, 2], 3)).toEqual([]);
});

test('differences are absolute, and a curve that is not finite has none', () => {
  expect(differenceOf([1, 2, 3], [1, 4, 2])).toEqual({ largest: 2, mean: 1 });
  expect(differenceOf([1, NaN, 3], [1, 2, 3])).toEqual({ largest: NaN, mean: NaN });
  expect(() => differenceOf([1, 2], [1])).toThrow('expected equal lengths, got 2 and 1');
});

test('every pair has a row: smoothed curves, then validation', () => {
  const curves = [
    { name: 'a', losses: [4, 2, 2], validation: 1 },
    { name: 'b', losses: [2, 4, 2], validation: 1.25 },
    { name: 'c', losses: [4, 4, 4], validation: 1 },
  ];
  const rows = differenceTable(curves, 2)
    .split('\n')
    .slice(2)
    .map((line) => line.split(/ {2,}/));
  expect(rows).toEqual([
    ['a - b', '1.00000', '0.50000', '-0.25000'],
    ['a - c', '2.00000', '1.50000', '0.00000'],
    ['b - c', '1.00000', '1.00000', '0.25000'],
  ]);
});

test('the CSV has a line for each step, also of a curve that is behind', () => {
  const curves = [
    { name: 'a', losses: [4, 2], validation: NaN },
    { name: 'b', losses: [3], validation: NaN },
  ];
  expect(curvesCsv(curves)).toBe('step,a,b\n1,4,3\n2,2,\n');
});

test('the most frequent ids keep an id of their own, all others become the last', () => {
  const folded = foldRareIds(Uint16Array.from([7, 7, 7, 50256, 50256, 9, 3]), 4);
  expect([7, 50256, 3, 9, 8].map((id) => folded[id])).toEqual([0, 1, 2, 3, 3]);
});
