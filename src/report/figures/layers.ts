// A quantity against layers, models over each other, with bands: the form that the figures of rank and mass share.

import { basename } from 'node:path';
import * as Plot from '@observablehq/plot';
import type { Spread } from '../../analyze/attention-record.ts';
import type { Profile } from '../material.ts';
import { chart, figureWidth, legend, shortText, stacked } from '../svg.ts';
import type { Drawing, LegendItem } from '../svg.ts';
import { color } from '../theme.ts';

/** One layer's value and its band. `layer` counts from 1. */
export interface LayerPoint {
  layer: number;
  value: number;
  low: number;
  high: number;
}

/** The models that are drawn over each other. */
export function mainProfiles(profiles: readonly Profile[]): Profile[] {
  return profiles.filter(({ isMain }) => isMain);
}

/** Mean ± one standard deviation, cut at the least value that there can be (1). */
export function bandOf(layer: number, { mean, std }: Spread, value: number = mean): LayerPoint {
  return { layer: layer + 1, value, low: Math.max(1, value - std), high: value + std };
}

/** Layers from 1 across, the quantity from 0 up. `marks` go under the lines. */
export function layerChart(
  profiles: readonly Profile[],
  pointsOf: (profile: Profile) => readonly LayerPoint[],
  { y, marks, items }: { y: string; marks: readonly Plot.Markish[]; items: readonly LegendItem[] },
): Drawing {
  const layers = Math.max(...profiles.map(({ record }) => record.layers.length));
  const drawing = chart({
    width: figureWidth,
    height: 360,
    marginLeft: 56,
    marginRight: 20,
    marginBottom: 42,
    x: {
      label: 'layer (from 1)',
      labelAnchor: 'center',
      labelArrow: 'none',
      domain: [0.5, layers + 0.5],
      ticks: layerTicks(layers),
      tickFormat: String,
    },
    y: { label: y, labelAnchor: 'top', labelArrow: 'none', grid: true, zero: true, nice: true },
    marks: [
      ...marks,
      ...profiles.map((profile) =>
        Plot.areaY(pointsOf(profile), {
          x: 'layer',
          y1: 'low',
          y2: 'high',
          fill: profile.look.color,
          fillOpacity: 0.16,
        }),
      ),
      ...profiles.map((profile) =>
        Plot.line(pointsOf(profile), {
          x: 'layer',
          y: 'value',
          stroke: profile.look.color,
          strokeWidth: 2,
          ...(profile.look.dash ? { strokeDasharray: profile.look.dash } : {}),
        }),
      ),
      ...profiles.map((profile) =>
        Plot.dot(pointsOf(profile), { x: 'layer', y: 'value', fill: profile.look.color, r: 3 }),
      ),
    ],
  });
  const lines = profiles.map(({ label, look }): LegendItem => ({ label: shortText(label), ...look }));
  return stacked([legend([...lines, ...items]), drawing]);
}

/** Every layer where there is room, else 1 and every fifth, as the paper's figures have them. */
export function layerTicks(layers: number): number[] {
  const all = Array.from({ length: layers }, (_, layer) => layer + 1);
  return layers <= 16 ? all : all.filter((layer) => layer === 1 || layer % 5 === 0);
}

/** Shaded columns behind some layers (0-based); neighbours are one column, without a seam. */
export function shadedLayers(layers: readonly number[], name: string): Plot.Markish {
  const ranges = rangesOf(layers).map(([first, last]) => ({ from: first + 0.5, to: last + 1.5 }));
  return Plot.rect(ranges, { x1: 'from', x2: 'to', fill: color(name), inset: 0 });
}

/** Runs of neighbouring numbers, first and last. */
export function rangesOf(layers: readonly number[]): [first: number, last: number][] {
  const ranges: [number, number][] = [];
  for (const layer of [...layers].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && last[1] === layer - 1) last[1] = layer;
    else ranges.push([layer, layer]);
  }
  return ranges;
}

/** What was averaged over what, of one measurement. */
export function measuredOn({ record: { data, measure } }: Profile): string {
  return `${data.sequences} sequences of ${data.length} tokens (${shortText(basename(data.tokens), 40)}, ${data.split}), ${measure.causal ? 'causal' : 'full, unmasked'} attention`;
}

/** The same of several: once where they agree. */
export function measuredOnAll(profiles: readonly Profile[]): string {
  const each = [...new Set(profiles.map(measuredOn))];
  const [first = ''] = each;
  return each.length === 1
    ? first
    : profiles.map((profile) => `${shortText(profile.label)}: ${measuredOn(profile)}`).join('; ');
}
