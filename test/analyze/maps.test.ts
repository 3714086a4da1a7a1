// Attention maps: the mean over the first strings, in the right place of the sheet and of the table.

import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import { addToMaps, emptyMaps, mapSheet, mapValues, sheetLayout } from '../../src/analyze/maps.ts';
import { fromTypedArray, scope } from '../../src/torch/index.ts';
import { checkLiveTensors } from '../live-tensors.ts';

checkLiveTensors();

/** Queries or keys [B, 2, 3, 1]: head 1 attends to the last key it may see, head 0 evenly. */
function states(B: number, ofHead1: number[]) {
  const one = [0, 0, 0, ...ofHead1];
  return fromTypedArray(
    Float32Array.from({ length: 6 * B }, (_, i) => one[i % 6]),
    [B, 2, 3, 1],
  );
}

function mapsOfTwoSequences(causal: boolean) {
  const maps = emptyMaps({ layers: 2, heads: 2 }, { length: 2, sequences: 2, causal });
  scope(() => {
    const [queries, keys] = [states(1, [100, 100, 100]), states(1, [0, 1, 2])];
    addToMaps(maps, 1, 0, queries, keys);
    addToMaps(maps, 1, 1, queries, keys);
    addToMaps(maps, 1, 2, queries, keys); // the third is left out
  });
  return maps;
}

test('values: causal maps leave the future out, full ones do not', () => {
  const lines = mapValues(mapsOfTwoSequences(true)).trim().split('\n');
  expect(lines).toHaveLength(1 + 2 * 2 * 3);
  expect(lines.slice(7)).toEqual([
    '1,0,0,0,1',
    '1,0,1,0,0.5',
    '1,0,1,1,0.5',
    '1,1,0,0,1',
    '1,1,1,0,0',
    '1,1,1,1,1',
  ]);
  expect(mapValues(mapsOfTwoSequences(false))).toContain('\n1,0,0,1,0.5\n');
});

test('the sheet has layers down, heads across, black for all attention and white for none', () => {
  const { scale, gap } = sheetLayout;
  const side = 2 * scale;
  const { width, height, data } = PNG.sync.read(mapSheet(mapsOfTwoSequences(true)));
  expect([width, height]).toEqual([2 * side + gap, 2 * side + gap]);
  const grey = (layer: number, head: number, query: number, key: number) =>
    data[4 * ((layer * (side + gap) + query * scale) * width + head * (side + gap) + key * scale)];
  expect(grey(1, 1, 0, 0)).toBe(0);
  expect(grey(1, 1, 1, 0)).toBe(255);
  expect(grey(1, 1, 1, 1)).toBe(0);
  expect(grey(1, 0, 1, 0)).toBe(Math.round(255 * (1 - Math.sqrt(0.5))));
  expect(grey(0, 0, 0, 0)).toBe(255);
});
