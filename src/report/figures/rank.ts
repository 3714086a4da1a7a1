// MaxRank of each layer with its band: the paper's figures 1, 8 and 13, with layers 1 and 2, which those leave out.

import * as Plot from '@observablehq/plot';
import type { Row } from '../csv.ts';
import type { Material, Profile } from '../material.ts';
import { color } from '../theme.ts';
import { figureOf } from './figure.ts';
import type { Figure } from './figure.ts';
import { bandOf, layerChart, mainProfiles, measuredOnAll, shadedLayers } from './layers.ts';

/** Max rank against layers; lazy layers of the first model are shaded. */
export function rankFigure({ profiles }: Material): Figure | null {
  const drawn = mainProfiles(profiles);
  const [first] = drawn;
  if (!first) return null;
  const { lazy, measure, layers } = first.record;
  const near = lazy.near.filter((layer) => !lazy.strict.includes(layer));
  const unpublished = [0, 1].filter((layer) => layer < layers.length);
  const drawing = layerChart(
    drawn,
    ({ record }) => record.layers.map(({ layer, maxRank }) => bandOf(layer, maxRank.ofHead, maxRank.value)),
    {
      y: `max rank (of ${100 * measure.tau} % of the energy)`,
      marks: [
        shadedLayers(unpublished, 'unpublished'),
        shadedLayers(near, 'near'),
        shadedLayers(lazy.strict, 'lazy'),
        Plot.ruleY([1], { stroke: 'currentColor', strokeDasharray: '4 4' }),
      ],
      items: [
        { label: 'max rank = 1', color: 'currentColor', dash: '4 4' },
        ...(lazy.strict.length > 0
          ? [{ label: `lazy: ${first.label}`, color: color('lazy'), kind: 'box' as const }]
          : []),
        ...(near.length > 0
          ? [{ label: `near-lazy: ${first.label}`, color: color('near'), kind: 'box' as const }]
          : []),
        { label: "not in the paper's figure", color: color('unpublished'), kind: 'box' },
      ],
    },
  );
  return figureOf(
    {
      name: 'max-rank',
      title: 'Max rank of each layer',
      caption: [
        `Rank of a head: the fewest squared singular values of its attention matrix that hold ${100 * measure.tau} % of their sum, mean over ${measuredOnAll(drawn)}.`,
        'Max rank of a layer: the largest of its heads’ means. Band: ± one standard deviation over the sequences, of that head’s rank (not below 1).',
        lazy.near.length > 0 || lazy.strict.length > 0
          ? `Shaded: layers of ${first.label} with max rank 1 (lazy) or below ${measure.nearLazyBelow} (near-lazy).`
          : `No layer of ${first.label} is lazy (max rank 1) or near-lazy (below ${measure.nearLazyBelow}).`,
        'Layers 1 and 2 are drawn and marked: the paper’s figure leaves them out.',
        hiddenNote(profiles),
      ]
        .filter(Boolean)
        .join(' '),
      rows: profiles.flatMap(rowsOf),
    },
    drawing,
  );
}

/** A word on models that are in the CSV but not drawn. */
export function hiddenNote(profiles: readonly Profile[]): string {
  const hidden = profiles.filter(({ isMain }) => !isMain);
  return hidden.length === 0
    ? ''
    : `Not drawn, but in the CSV: ${hidden.map(({ label }) => label).join('; ')}.`;
}

function rowsOf({ label, record }: Profile): Row[] {
  return record.layers.map(({ layer, maxRank }) => ({
    model: label,
    layer: layer + 1,
    maxRank: maxRank.value,
    head: maxRank.head + 1,
    std: maxRank.ofHead.std,
    p10: maxRank.ofHead.p10,
    p90: maxRank.ofHead.p90,
    meanOfMax: maxRank.ofMax.mean,
    stdOfMax: maxRank.ofMax.std,
    lazy: record.lazy.strict.includes(layer),
    nearLazy: record.lazy.near.includes(layer),
  }));
}
