// Series by hand: the trailing mean of upstream's figures, thinning that keeps spikes, lines cut at a limit; CSV.

import { expect, test } from 'vitest';
import { csvText } from '../../src/report/csv.ts';
import { below, thinned, trailingMean, usefulLimit } from '../../src/report/series.ts';

test('trailing mean: of up to ten values, at the last one’s place', () => {
  expect(trailingMean([4, 2, 6, 8], 3)).toEqual([4, 3, 4, 16 / 3]);
  expect(trailingMean([], 10)).toEqual([]);
});

test('thinning keeps the ends and every spike, and leaves out what is not finite', () => {
  const points = Array.from({ length: 100_000 }, (_, x) => ({ x, y: x === 54_321 ? 99 : Math.sin(x) }));
  const few = thinned(points, 1000);
  expect(few.length).toBeLessThanOrEqual(1000);
  expect(few[0]?.x).toBe(0);
  expect(few.at(-1)?.x).toBe(99_999);
  expect(few).toContainEqual({ x: 54_321, y: 99 });
  expect(few.map(({ x }) => x)).toEqual(few.map(({ x }) => x).toSorted((a, b) => a - b));
  expect(
    thinned([
      { x: 1, y: NaN },
      { x: 2, y: 3 },
      { x: NaN, y: 1 },
    ]),
  ).toEqual([{ x: 2, y: 3 }]);
});

test('a line is cut where it crosses the limit, into as many parts as lie below', () => {
  const line = [
    { x: 0, y: 8 },
    { x: 2, y: 4 },
    { x: 4, y: 8 },
    { x: 6, y: 2 },
  ];
  expect(below(line, 6)).toEqual([
    [
      { x: 1, y: 6 },
      { x: 2, y: 4 },
      { x: 3, y: 6 },
    ],
    [
      { x: 4 + 2 / 3, y: 6 },
      { x: 6, y: 2 },
    ],
  ]);
  expect(below(line, 8)).toEqual([line]);
  expect(below(line, 1)).toEqual([]);
});

test('the useful limit is the highest loss after the first tenth, never the very first', () => {
  const curve = [11, 5, 4, 3].map((y, x) => ({ x: 10 * x, y }));
  expect(usefulLimit([curve])).toBe(5);
  expect(usefulLimit([[{ x: 0, y: 9 }]])).toBe(Infinity);
});

test('csv: quotes what needs it, keeps every digit, unites the keys', () => {
  expect(
    csvText([
      { a: 'x,"y"', b: 0.1 + 0.2 },
      { a: 'line\nbreak', c: null },
    ]),
  ).toBe('a,b,c\n"x,""y""",0.30000000000000004,\n"line\nbreak",,\n');
  expect(csvText([])).toBe('');
});
