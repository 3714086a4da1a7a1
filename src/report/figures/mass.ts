// Columns that hold 90 % of the attention mass, mean over heads, for each layer: the paper's figures 14 and 15.

import * as Plot from '@observablehq/plot';
import type { Material } from '../material.ts';
import { figureOf } from './figure.ts';
import type { Figure } from './figure.ts';
import { bandOf, layerChart, mainProfiles, measuredOnAll } from './layers.ts';
import { hiddenNote } from './rank.ts';

/** Average mass against layers. */
export function massFigure({ profiles }: Material): Figure | null {
  const drawn = mainProfiles(profiles);
  const [first] = drawn;
  if (!first) return null;
  const { measure } = first.record;
  const drawing = layerChart(
    drawn,
    ({ record }) => record.layers.map(({ layer, mass }) => bandOf(layer, mass)),
    {
      y: `columns with ${100 * measure.eta} % of the mass`,
      marks: [Plot.ruleY([1], { stroke: 'currentColor', strokeDasharray: '4 4' })],
      items: [{ label: 'one column', color: 'currentColor', dash: '4 4' }],
    },
  );
  const caption = [
    `Columns of a head's attention matrix that hold ${100 * measure.eta} % of its squared norm, ${measure.columnOrder === 'sorted' ? 'largest columns first' : 'from the first column on'}; mean over the heads of a layer, then over ${measuredOnAll(drawn)}.`,
    'Band: ± one standard deviation over the sequences (not below 1).',
    hiddenNote(profiles),
  ];
  return figureOf(
    {
      name: 'mass',
      title: 'Attention mass of each layer',
      caption: caption.filter(Boolean).join(' '),
      rows: profiles.flatMap(({ label, record }) =>
        record.layers.map(({ layer, mass, massOtherOrder, sink }) => ({
          model: label,
          layer: layer + 1,
          columns: mass.mean,
          std: mass.std,
          p10: mass.p10,
          p90: mass.p90,
          columnsInOtherOrder: massOtherOrder,
          sink: sink.mean,
        })),
      ),
    },
    drawing,
  );
}
