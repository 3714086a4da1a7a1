// Whether training went well: training loss, gradient norm, learning rate, speed and memory of every run, against steps.

import * as Plot from '@observablehq/plot';
import type { Row } from '../csv.ts';
import type { Material, TrainingRun, TrainPoint } from '../material.ts';
import { highestOf, lowestOf, mostPoints, thinned } from '../series.ts';
import { chart, figureWidth, legend, stacked, tiled } from '../svg.ts';
import type { Drawing } from '../svg.ts';
import { figureOf } from './figure.ts';
import type { Figure } from './figure.ts';
import { countTick, thinningNote } from './loss.ts';

const quantities: readonly (readonly [name: string, of: (point: TrainPoint) => number, isLog: boolean])[] = [
  ['training loss (nats per token)', ({ loss }) => loss, false],
  ['gradient norm', ({ gradientNorm }) => gradientNorm, true],
  ['learning rate', ({ learningRate }) => learningRate, false],
  ['tokens per second', ({ tokensPerSecond }) => tokensPerSecond, false],
  ['resident memory (GB)', ({ rssBytes }) => rssBytes / 1e9, false],
];

/** Five panels, all runs in each. */
export function healthFigure({ runs }: Material): Figure | null {
  const drawn = runs.filter(({ train }) => train.length > 1);
  if (drawn.length === 0) return null;
  const panels = quantities.map(([name, of, isLog]) => panel(drawn, name, of, isLog));
  const most = drawn.length > 2 ? 400 : mostPoints; // five panels of many runs: keep the page small
  const isThinned = drawn.some(({ train }) => train.length > most);
  return figureOf(
    {
      name: 'health',
      title: 'Health of training',
      caption: `One value for each step, nothing averaged: loss of the step's own tokens, gradient norm before clipping (logarithmic where it spans much), learning rate, speed, and memory of the process.${isThinned ? ` ${thinningNote.replace(String(mostPoints), String(most))}` : ''}`,
      rows: drawn.flatMap(rowsOf),
    },
    stacked([legend(drawn.map(({ label, look }) => ({ label, ...look }))), tiled(panels, 2)]),
  );
}

function panel(
  runs: readonly TrainingRun[],
  name: string,
  of: (point: TrainPoint) => number,
  mayBeLog: boolean,
): Drawing {
  const most = runs.length > 2 ? 400 : mostPoints;
  const lines = runs.map(({ look, train }) => {
    const points = train.map((point) => ({ x: point.step, y: of(point) }));
    return {
      look,
      points: thinned(points, most),
    };
  });
  const values = lines.flatMap(({ points }) => points.map(({ y }) => y));
  const isLog = mayBeLog && lowestOf(values) > 0 && highestOf(values) > 30 * lowestOf(values);
  return chart({
    width: (figureWidth - 12) / 2,
    height: 220,
    marginLeft: 56,
    marginRight: 14,
    marginBottom: 40,
    x: { label: 'steps', labelAnchor: 'center', labelArrow: 'none', tickFormat: countTick, ticks: 5 },
    y: {
      label: name,
      labelAnchor: 'top',
      labelArrow: 'none',
      grid: true,
      ticks: 5,
      tickFormat: shortTick,
      ...(isLog ? { type: 'log' } : { nice: true }),
    },
    marks: lines.map(({ look, points }) =>
      Plot.line(points, { x: 'x', y: 'y', stroke: look.color, strokeWidth: 1.3 }),
    ),
  });
}

function shortTick(value: number): string {
  const size = Math.abs(value);
  if (size >= 1000) return countTick(value);
  return size > 0 && size < 0.01 ? value.toExponential() : String(Number(value.toPrecision(4)));
}

function rowsOf({ label: run, train }: TrainingRun): Row[] {
  return train.map(({ step, loss, gradientNorm, learningRate, tokensPerSecond, rssBytes }) => ({
    run,
    step,
    loss,
    gradientNorm,
    learningRate,
    tokensPerSecond,
    rssBytes,
  }));
}
