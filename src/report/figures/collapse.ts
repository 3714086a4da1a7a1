// How max rank falls, or does not, while a run trains: layers against steps as a heat map, and a line for each layer.

import * as Plot from '@observablehq/plot';
import type { AttentionPoint, TrainingRun } from '../material.ts';
import { highestOf } from '../series.ts';
import { chart, element, figureWidth, label, legend, stacked } from '../svg.ts';
import type { Drawing } from '../svg.ts';
import { color, rankColor } from '../theme.ts';
import { figureOf, slug } from './figure.ts';
import type { Figure } from './figure.ts';
import { layerTicks } from './layers.ts';
import { countTick } from './loss.ts';

/** Most columns of the heat map. */
const mostColumns = 200;

/** A layer whose max rank is below this is drawn red; a cruder measure than the analysis has. */
const lazyBelow = 1.5;

/** Max rank of each layer over a run's training; null where it was measured fewer than twice. */
export function collapseFigure(run: TrainingRun): Figure | null {
  const { attention } = run;
  if (attention.length < 2) return null;
  const drawn = everyNth(attention);
  const highest = highestOf(drawn.flatMap(({ maxRank }) => [...maxRank]));
  return figureOf(
    {
      name: `collapse-${slug(run.label)}`,
      title: `Collapse over time: ${run.label}`,
      caption:
        `Max rank of each layer (the largest of its heads' mean ranks over the few sequences that are measured during training) against the step it was measured after. Red: below ${lazyBelow}.` +
        (drawn.length < attention.length
          ? ` Every ${Math.ceil(attention.length / mostColumns)}th measurement is drawn; the CSV has all.`
          : ''),
      rows: attention.flatMap(({ step, maxRank, mass, collapsedShare }) =>
        maxRank.map((rank, layer) => ({
          step,
          layer: layer + 1,
          maxRank: rank,
          mass: mass[layer] ?? null,
          collapsedShare,
        })),
      ),
    },
    stacked([
      legend([
        { label: `max rank below ${lazyBelow}`, color: color('collapsed'), kind: 'box' },
        { label: `rank ${lazyBelow}`, color: rankColor(lazyBelow, highest), kind: 'box' },
        { label: `rank ${Number(highest.toFixed(1))}`, color: rankColor(highest, highest), kind: 'box' },
      ]),
      heatMap(drawn, highest),
      lineChart(drawn),
      legend(
        layerTicks(layersOf(drawn)).map((layer) => ({
          label: `layer ${layer}`,
          color: depthColor(layer - 1, layersOf(drawn)),
        })),
      ),
    ]),
  );
}

function heatMap(points: readonly AttentionPoint[], highest: number): Drawing {
  const layers = layersOf(points);
  const [left, right, top] = [56, 20, 6];
  const cellHeight = Math.min(22, Math.max(8, 300 / layers));
  const width = (figureWidth - left - right) / points.length;
  const cells = points.flatMap(({ maxRank }, column) =>
    maxRank.map((rank, layer) =>
      element('rect', {
        x: left + column * width,
        y: top + layer * cellHeight,
        width: width + 0.2,
        height: cellHeight - 0.5,
        fill: rank < lazyBelow ? color('collapsed') : rankColor(rank, highest),
      }),
    ),
  );
  const crisp = element('g', { 'shape-rendering': 'crispEdges' }, cells.join(''));
  const bottom = top + layers * cellHeight;
  const rows = layerTicks(layers).map((layer) =>
    label(left - 6, top + (layer - 0.5) * cellHeight + 4, String(layer), {
      'text-anchor': 'end',
      'font-size': 11,
    }),
  );
  const every = Math.max(1, Math.ceil(points.length / 10));
  const steps = points.flatMap(({ step }, column) =>
    column % every === 0
      ? label(left + (column + 0.5) * width, bottom + 14, countTick(step), {
          'text-anchor': 'middle',
          'font-size': 11,
        })
      : [],
  );
  const axis =
    label(left + (figureWidth - left - right) / 2, bottom + 30, 'step', { 'text-anchor': 'middle' }) +
    label(0, 0, 'layer', {
      'text-anchor': 'middle',
      transform: `translate(14 ${(top + bottom) / 2}) rotate(-90)`,
    });
  return {
    width: figureWidth,
    height: bottom + 38,
    body: crisp + rows.join('') + steps.join('') + axis,
  };
}

function lineChart(points: readonly AttentionPoint[]): Drawing {
  const layers = layersOf(points);
  return chart({
    width: figureWidth,
    height: 280,
    marginLeft: 56,
    marginRight: 20,
    marginBottom: 42,
    x: { label: 'step', labelAnchor: 'center', labelArrow: 'none', tickFormat: countTick, ticks: 8 },
    y: { label: 'max rank', labelAnchor: 'top', labelArrow: 'none', grid: true, zero: true, nice: true },
    marks: [
      Plot.ruleY([1], { stroke: 'currentColor', strokeDasharray: '4 4' }),
      ...Array.from({ length: layers }, (_, layer) =>
        Plot.line(
          points.map(({ step, maxRank }) => ({ step, rank: maxRank[layer] ?? NaN })),
          { x: 'step', y: 'rank', stroke: depthColor(layer, layers), strokeWidth: 1.8 },
        ),
      ),
    ],
  });
}

/** From blue (first layer) over violet to red (last): all to be seen on white and on black. */
function depthColor(layer: number, layers: number): string {
  const share = layers === 1 ? 0 : layer / (layers - 1);
  return `hsl(${Math.round(205 + 150 * share)},${Math.round(60 + 10 * share)}%,52%)`;
}

function layersOf(points: readonly AttentionPoint[]): number {
  return Math.max(...points.map(({ maxRank }) => maxRank.length));
}

function everyNth(points: readonly AttentionPoint[]): AttentionPoint[] {
  const every = Math.ceil(points.length / mostColumns);
  return points.filter((_, index) => index % every === 0 || index === points.length - 1);
}
