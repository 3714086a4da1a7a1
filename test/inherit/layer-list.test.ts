// Lists of layers as people write them, and what is said of wrong ones.

import { expect, test } from 'vitest';
import { firstLayers, parseLayers } from '../../src/inherit/layer-list.ts';
import { exitCodeOf } from '../../src/run/failure.ts';

test.each([
  ['0', [0]],
  ['0-7', [0, 1, 2, 3, 4, 5, 6, 7]],
  ['0,2,5', [0, 2, 5]],
  ['0-3,6', [0, 1, 2, 3, 6]],
  [' 0 - 1 , 5 ', [0, 1, 5]],
  ['7,0,0', [7, 0, 0]], // any order, also twice: stacking
])('%s', (text, layers) => {
  expect(parseLayers(text, 8)).toEqual(layers);
});

test.each([
  ['8', 'layers: must be 0..7 (the reference has 8), got 8'],
  ['0-11', 'layers: must be 0..7 (the reference has 8), got 11'],
  ['0-99999999999999', 'layers: must be 0..7 (the reference has 8), got 99999999999999'], // and no memory taken
  ['5-2', 'layers: the range 5-2 runs backwards; list the layers one by one'],
  ['', "layers: expected numbers and ranges such as 0-7 or 0,2,5, got ''"],
  ['0,,2', "layers: expected numbers and ranges such as 0-7 or 0,2,5, got '0,,2'"],
  ['-1', "layers: expected numbers and ranges such as 0-7 or 0,2,5, got '-1'"],
  ['first', "layers: expected numbers and ranges such as 0-7 or 0,2,5, got 'first'"],
])("'%s' ends with exit code 64", (text, message) => {
  expectUsage(() => parseLayers(text, 8), message);
});

test('the first layers, and both numbers where there are not so many', () => {
  expect(firstLayers(3, 8)).toEqual([0, 1, 2]);
  for (const count of [0, -1, 1.5, 36])
    expectUsage(
      () => firstLayers(count, 24),
      `inherit: first must be 1..24 (the reference has 24), got ${count}`,
    );
});

function expectUsage(run: () => unknown, message: string): void {
  let error: unknown;
  try {
    run();
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toEqual(new Error(message));
  expect(exitCodeOf(error)).toBe(64);
}
