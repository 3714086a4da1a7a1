// Max rank at several thresholds tau, a panel for each model: the paper's figure 10.

import * as Plot from '@observablehq/plot';
import type { Material, Profile } from '../material.ts';
import { chart, figureWidth, label, legend, shortText, stacked, tiled } from '../svg.ts';
import type { Drawing, LegendItem } from '../svg.ts';
import { figureOf } from './figure.ts';
import type { Figure } from './figure.ts';
import { layerTicks, mainProfiles, measuredOnAll } from './layers.ts';

const shades = [
  'var(--run-3)',
  'var(--control-1)',
  'var(--run-2)',
  'var(--run-4)',
  'var(--run-1)',
  'var(--run-5)',
];

/** Max rank against layers at each tau; nothing where only one was measured. */
export function tauFigure({ profiles }: Material): Figure | null {
  const drawn = mainProfiles(profiles).filter(({ record }) => record.measure.taus.length > 1);
  const [first] = drawn;
  if (!first) return null;
  const taus = [...new Set(drawn.flatMap(({ record }) => record.measure.taus))].sort((a, b) => a - b);
  const items = taus.map((tau, index): LegendItem => ({ label: `tau ${tau}`, color: shadeOf(index) }));
  const columns = Math.min(drawn.length, 2);
  const width = Math.floor((figureWidth - 12 * (columns - 1)) / columns);
  const panels = drawn.map((profile) => panel(profile, taus, width));
  return figureOf(
    {
      name: 'tau-sweep',
      title: 'Max rank at several thresholds',
      caption: `Max rank as above, at ${taus.length} values of tau, the share of the squared singular values that the rank must hold; mean over ${measuredOnAll(drawn)}. Lazy layers should stay at the bottom for every tau.`,
      rows: drawn.flatMap(({ label: model, record }) =>
        record.layers.flatMap(({ layer, maxRank }) =>
          record.measure.taus.map((tau, index) => ({
            model,
            layer: layer + 1,
            tau,
            maxRank: maxRank.atTaus[index] ?? null,
          })),
        ),
      ),
    },
    stacked([legend(items), tiled(panels, columns)]),
  );
}

function panel({ label: name, record }: Profile, taus: readonly number[], width: number): Drawing {
  const { layers, measure } = record;
  const drawing = chart({
    width,
    height: 260,
    marginLeft: 46,
    marginRight: 12,
    marginBottom: 40,
    x: {
      label: 'layer (from 1)',
      labelAnchor: 'center',
      labelArrow: 'none',
      domain: [0.5, layers.length + 0.5],
      ticks: layerTicks(layers.length),
      tickFormat: String,
    },
    y: { label: 'max rank', labelAnchor: 'top', labelArrow: 'none', grid: true, zero: true, nice: true },
    marks: [
      Plot.ruleY([1], { stroke: 'currentColor', strokeDasharray: '4 4' }),
      ...measure.taus.map((tau, index) =>
        Plot.line(
          layers.map(({ layer, maxRank }) => ({ layer: layer + 1, rank: maxRank.atTaus[index] ?? NaN })),
          { x: 'layer', y: 'rank', stroke: shadeOf(taus.indexOf(tau)), strokeWidth: 2, marker: 'none' },
        ),
      ),
    ],
  });
  const heading = { width, height: 20, body: label(8, 14, shortText(name), { 'font-weight': 'bold' }) };
  return stacked([heading, drawing], 0);
}

function shadeOf(index: number): string {
  return shades[index % shades.length] ?? 'currentColor';
}
