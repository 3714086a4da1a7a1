// Lazy layers, lazy groups, collapsed heads and the suggestion, on profiles made by hand and on the paper's.

import { describe, expect, test } from 'vitest';
import type { LayerRecord } from '../../src/analyze/attention-record.ts';
import { findLazyLayers, lazyGroups, suggestLayers } from '../../src/analyze/lazy-layers.ts';
import { layerRecords } from '../../src/analyze/profile.ts';

/** Records of layers whose heads have these mean ranks. */
function records(ranks: number[][]): LayerRecord[] {
  const samples = ranks.map((heads) =>
    heads.map((rank) => ({
      ranks: [[rank, rank]],
      columnsSorted: [1, 1],
      columnsByIndex: [1, 1],
      sink: [1, 1],
      entropy: [0, 0],
    })),
  );
  return layerRecords(samples, { tauIndex: 0, columnOrder: 'sorted' });
}

test('a layer is lazy when its largest head is at rank 1, nearly so below the limit', () => {
  const layers = records([
    [5, 1],
    [1, 1],
    [1, 1.4],
    [1, 1.5],
  ]);
  const lazy = findLazyLayers(layers, { nearLazyBelow: 1.5, collapsedBelow: 1.2 });
  expect(lazy.strict).toEqual([1]);
  expect(lazy.near).toEqual([1, 2]);
  expect(lazy.collapsedShare).toContainEqual({ below: 1.2, share: 5 / 8 });
  expect(lazy.collapsedShare).toContainEqual({ below: 1.5, share: 6 / 8 });
});

test('one head that attends well in one sequence keeps a layer from being lazy', () => {
  const [layer] = records([[1, 1]]);
  layer.maxRank.value = 1.01; // the mean of 99 ones and a two
  expect(findLazyLayers([layer], { nearLazyBelow: 1.5, collapsedBelow: 1.5 }).strict).toEqual([]);
});

describe('lazy groups', () => {
  test('are the longest with a mean below 2, and end with layers below 2', () => {
    expect(lazyGroups([9, 1, 1, 2.5, 1, 9, 1, 1])).toEqual([
      { first: 1, last: 4, averageRank: 1.375 },
      { first: 6, last: 7, averageRank: 1 },
    ]);
  });
  test('are none where ranks are high, or a single layer is low', () => {
    expect(lazyGroups([4, 3, 2, 5])).toEqual([]);
    expect(lazyGroups([4, 1, 5])).toEqual([]);
  });
});

describe('the suggestion', () => {
  // Digitised from the paper's figures (PAPER 1.2), whose curves begin at layer 3.
  const medium = [
    1.8, 6.2, 5.8, 33.6, 1, 8.5, 8.6, 6.4, 3.1, 1.2, 1.7, 2.8, 2, 1.1, 1.7, 1.1, 1.1, 1.2, 1.1, 1.7, 1.1, 1.1,
  ];
  const large = [
    1.5, 3.9, 2.7, 1.7, 2.4, 1, 1, 24.4, 3.6, 5.8, 1.2, 5.2, 3.5, 4.6, 1.4, 2, 2, 1, 1.6, 1.2, 1.1, 1.2, 1.1,
    1, 1.2, 1, 1.4, 1, 2, 1, 1, 1.3, 1.4, 1.4,
  ];
  test('takes about half of the published Medium and Large profiles', () => {
    expect(2 + suggestLayers(medium).layers).toBe(11);
    expect(2 + suggestLayers(large).layers).toBe(18);
    expect(suggestLayers(large).reason).toMatch(/AvgRank 1\.\d\d, lazy$/);
  });
  test('says so where ranks are spread over all layers', () => {
    const spread = suggestLayers([5, 5, 5, 5, 5, 5, 5, 5]);
    expect(spread.layers).toBe(8);
    expect(spread.reason).toContain('no lazy layers at the end');
    expect(suggestLayers([20, 5, 5, 3]).reason).toContain('the last one has MaxRank 3.00, not lazy');
  });
  test('falls back to half where every layer is lazy', () => {
    const lazy = suggestLayers([1, 1, 1, 1, 1]);
    expect(lazy.layers).toBe(3);
    expect(lazy.reason).toContain('half of 5');
  });
});
