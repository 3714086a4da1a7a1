// From samples to the layer records of attention.json: means, spreads, MaxRank and AvgMass as v4 of the paper defines them.

import type { HeadRecord, LayerRecord, Spread } from './attention-record.ts';
import type { HeadSamples, ModelSamples } from './measure.ts';

/**
 * The records of all layers.
 *
 * @param tauIndex     which of the samples' taus is the measure's own
 * @param columnOrder  which of the two ways to count columns is the measure's own
 */
export function layerRecords(
  samples: ModelSamples,
  { tauIndex, columnOrder }: { tauIndex: number; columnOrder: 'sorted' | 'index' },
): LayerRecord[] {
  return samples.map((heads, layer) => layerRecord(heads, layer, tauIndex, columnOrder));
}

/** Mean, standard deviation (n - 1; 0 for one value), 10th and 90th percentile (between neighbours, as numpy). */
export function spread(values: readonly number[]): Spread {
  const average = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - average) ** 2, 0);
  return {
    mean: average,
    std: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0,
    p10: percentile(values, 0.1),
    p90: percentile(values, 0.9),
  };
}

function layerRecord(
  heads: readonly HeadSamples[],
  layer: number,
  tauIndex: number,
  columnOrder: 'sorted' | 'index',
): LayerRecord {
  const [own, other] =
    columnOrder === 'sorted'
      ? (['columnsSorted', 'columnsByIndex'] as const)
      : (['columnsByIndex', 'columnsSorted'] as const);
  const records = heads.map(
    (each, head): HeadRecord => ({
      head,
      rank: spread(each.ranks[tauIndex]),
      rankAtTaus: each.ranks.map(mean),
      columns: spread(each[own]),
      sink: spread(each.sink),
      entropy: spread(each.entropy),
    }),
  );
  const means = records.map(({ rank }) => rank.mean);
  const value = Math.max(...means);
  const head = means.indexOf(value);
  return {
    layer,
    heads: records,
    maxRank: {
      value,
      head,
      atTaus: heads[0].ranks.map((_, tau) => Math.max(...records.map(({ rankAtTaus }) => rankAtTaus[tau]))),
      ofHead: records[head].rank,
      ofMax: spread(
        overSequences(
          heads,
          (each) => each.ranks[tauIndex],
          (ranks) => Math.max(...ranks),
        ),
      ),
    },
    mass: spread(overSequences(heads, (each) => each[own], mean)),
    massOtherOrder: mean(heads.map((each) => mean(each[other]))),
    sink: spread(overSequences(heads, (each) => each.sink, mean)),
    entropy: spread(overSequences(heads, (each) => each.entropy, mean)),
  };
}

/** For each sequence one figure of its heads' figures. */
function overSequences(
  heads: readonly HeadSamples[],
  figures: (head: HeadSamples) => readonly number[],
  combine: (ofHeads: number[]) => number,
): number[] {
  return figures(heads[0]).map((_, sequence) => combine(heads.map((head) => figures(head)[sequence])));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}
