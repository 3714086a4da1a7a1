// Validation loss against steps, tokens and total FLOPs: the paper's main curves (its figures 5 to 7 and 17 to 20).

import * as Plot from '@observablehq/plot';
import type { Row } from '../csv.ts';
import type { Look, Material, TrainingRun } from '../material.ts';
import {
  below,
  highestOf,
  lowestOf,
  mostPoints,
  thinned,
  trailingMean,
  upstreamWindow,
  usefulLimit,
} from '../series.ts';
import type { Point } from '../series.ts';
import { chart, figureWidth, legend, stacked } from '../svg.ts';
import type { LegendItem } from '../svg.ts';
import { color } from '../theme.ts';
import type { UpstreamCurve } from '../upstream.ts';
import { figureOf } from './figure.ts';
import type { Figure } from './figure.ts';

/** What the three figures share. */
export interface LossOptions {
  smoothing: 'none' | 'upstream';
  upstream: readonly UpstreamCurve[];
}

interface Line {
  label: string;
  look: Look;
  points: (Point & { step: number; raw: number })[];
}

/** Loss against optimizer steps; upstream's curves too. */
export function lossAgainstSteps(material: Material, options: LossOptions): Figure | null {
  const lines = linesOf(material.runs, options, ({ step }) => step);
  return draw(material, options, [...upstreamLines(options), ...lines], {
    name: 'loss-steps',
    title: 'Validation loss against steps',
    x: 'steps',
    words: 'Each run counts its own steps from 0',
  });
}

/** Loss against the share of a run's own training, for published curves that are too long to be seen beside ours. */
export function lossAgainstShare(material: Material, options: LossOptions): Figure | null {
  const lastStep = (run: TrainingRun) => run.evaluations.at(-1)?.step ?? 0;
  const longest = Math.max(0, ...material.runs.map(lastStep));
  const published = Math.max(0, ...options.upstream.map(({ steps }) => steps.at(-1) ?? 0));
  if (longest === 0 || published < 3 * longest) return null;
  const lines = linesOf(material.runs, options, ({ step }, run) => (100 * step) / lastStep(run));
  return draw(material, options, [...upstreamLines(options, (step, last) => (100 * step) / last), ...lines], {
    name: 'loss-share',
    title: 'Validation loss against the share of training',
    x: 'share of training (%)',
    words: 'Each curve from its first to its last evaluation, however many steps that is',
  });
}

/** Loss against the tokens of a run's own training. */
export function lossAgainstTokens(material: Material, options: LossOptions): Figure | null {
  const lines = linesOf(material.runs, options, ({ step }, { tokensPerStep }) =>
    tokensPerStep === null ? NaN : step * tokensPerStep,
  );
  return draw(material, options, lines, {
    name: 'loss-tokens',
    title: 'Validation loss against tokens',
    x: 'tokens',
    words: 'Each run counts the tokens of its own training',
  });
}

/** Loss against all FLOPs that went into a model, those of its reference and of earlier rounds included. */
export function lossAgainstFlops(material: Material, options: LossOptions): Figure | null {
  const lines = linesOf(material.runs, options, ({ step }, { tokensPerStep, flopsPerToken, flopsBefore }) =>
    tokensPerStep === null || flopsPerToken === null || flopsBefore === null
      ? NaN
      : flopsBefore + step * tokensPerStep * flopsPerToken,
  );
  const left = material.runs.filter(({ flopsBefore }) => flopsBefore === null).map(({ label }) => label);
  return draw(material, options, lines, {
    name: 'loss-flops',
    title: 'Validation loss against total FLOPs',
    x: 'total FLOPs',
    words:
      'Targets start where the training of the reference and of all earlier rounds ended: a small model that needs a large one first is not cheaper. FLOPs are 6 N + 12 L C T for each token' +
      (left.length > 0 ? `. Not drawn, as the cost of their reference is not known: ${left.join('; ')}` : ''),
  });
}

function linesOf(
  runs: readonly TrainingRun[],
  { smoothing }: LossOptions,
  place: (point: { step: number }, run: TrainingRun) => number,
): Line[] {
  return runs.flatMap((run) => {
    const losses = smoothed(
      run.evaluations.map(({ validationLoss }) => validationLoss),
      smoothing,
    );
    const points = run.evaluations.map(({ step, validationLoss }, index) => ({
      x: place({ step }, run),
      y: losses[index] ?? NaN,
      step,
      raw: validationLoss,
    }));
    const drawable = points.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
    return drawable.length > 0 ? [{ label: run.label, look: run.look, points: drawable }] : [];
  });
}

/** Greys, told apart by their dashes. */
function upstreamLines(
  { upstream, smoothing }: LossOptions,
  place: (step: number, lastStep: number) => number = (step) => step,
): Line[] {
  const dashes = [undefined, '6 3', '2 3', '8 3 2 3', '1 4', '10 5'];
  return upstream.map(({ label, steps, val }, index) => {
    const dash = dashes[index % dashes.length];
    const losses = smoothed(val, smoothing);
    return {
      label: `published ${label}`,
      look: { color: color('upstream'), ...(dash ? { dash } : {}) },
      points: steps.map((step, row) => ({
        x: place(step, steps.at(-1) ?? step),
        y: losses[row] ?? NaN,
        step,
        raw: val[row] ?? NaN,
      })),
    };
  });
}

function isGrey(look: Look): boolean {
  return look.color === color('upstream');
}

function isPublished({ look }: Line): boolean {
  return isGrey(look);
}

function smoothed(values: readonly number[], smoothing: LossOptions['smoothing']): readonly number[] {
  return smoothing === 'upstream' ? trailingMean(values, upstreamWindow) : values;
}

function draw(
  { runs }: Material,
  { smoothing, upstream }: LossOptions,
  lines: readonly Line[],
  { name, title, x, words }: { name: string; title: string; x: string; words: string },
): Figure | null {
  if (!lines.some(({ points }) => points.length > 1)) return null;
  const limit = usefulLimit(lines.map(({ points }) => points));
  const parts = lines.flatMap(({ look, points }) =>
    below(thinned(points), limit).map((part) => ({ look, part })),
  );
  const shown = parts.flatMap(({ part }) => part);
  const references = runs.filter(({ role }) => role === 'reference').flatMap((run) => finalLoss(run, lines));
  const lowest = Math.min(lowestOf(shown.map(({ y }) => y)), ...references.map(({ y }) => y));
  const highest = Math.max(highestOf(shown.map(({ y }) => y)), ...references.map(({ y }) => y));
  const room = (highest - lowest) * 0.04 || 0.1;
  const few = shown.length <= 40 * lines.length;
  const isCut = lines.some(({ points }) => points.some(({ y }) => y > limit));
  const items: LegendItem[] = lines.map(({ label, look }) => ({ label, ...look }));
  const drawing = chart({
    width: figureWidth,
    height: 380,
    marginLeft: 56,
    marginRight: 20,
    marginBottom: 42,
    x: {
      label: x,
      labelAnchor: 'center',
      labelArrow: 'none',
      tickFormat: x === 'total FLOPs' ? flopsTick : countTick,
      ticks: 8,
      zero: true,
    },
    y: {
      label: 'validation loss (nats per token)',
      labelAnchor: 'top',
      labelArrow: 'none',
      domain: [lowest - room, highest + room],
      grid: true,
    },
    marks: [
      ...references.map(({ y, look }) => Plot.ruleY([y], { stroke: look.color, strokeDasharray: '4 4' })),
      ...parts.map(({ look, part }) =>
        Plot.line(part, {
          x: 'x',
          y: 'y',
          stroke: look.color,
          strokeWidth: isGrey(look) ? 1.5 : 2,
          ...(look.dash ? { strokeDasharray: look.dash } : {}),
        }),
      ),
      ...(few
        ? lines
            .filter(({ look }) => !isGrey(look))
            .map(({ look, points }) =>
              Plot.dot(
                points.filter(({ y }) => y <= limit),
                { x: 'x', y: 'y', fill: look.color, r: 2.5 },
              ),
            )
        : []),
    ],
  });
  const isThinned = lines.some(({ points }) => points.length > mostPoints);
  const caption = [
    `Each point is one evaluation: the mean loss over the run's validation windows${smoothing === 'upstream' ? `, drawn as the trailing mean of ${upstreamWindow} evaluations at the place of the last, as in upstream's figures` : ', not smoothed'}.`,
    `${words}.`,
    ...(references.length > 0 ? ["Dashed: the reference's last evaluation."] : []),
    ...(lines.some(isPublished)
      ? [
          `Grey: the paper's published logs (validation column, ${[...new Set(upstream.map(({ corpus }) => corpus))].join(' and ')}), on other data and other tokens than ours: compare shapes, not heights.`,
        ]
      : []),
    ...(isCut ? [`Losses above ${limit.toFixed(2)}, at the very start, are cut off; the CSV has them.`] : []),
    ...(isThinned ? [thinningNote] : []),
  ].join(' ');
  const rows = lines.flatMap(({ label, points }) =>
    points.map(
      (point): Row => ({
        run: label,
        step: point.step,
        ...(x === 'steps' ? {} : { [columnOf(x)]: point.x }),
        validationLoss: point.raw,
        ...(smoothing === 'upstream' ? { drawn: point.y } : {}),
      }),
    ),
  );
  return figureOf({ name, title, caption, rows }, stacked([legend(items), drawing]));
}

/** How long lines were thinned. */
export const thinningNote = `Lines of more than ${mostPoints} points are thinned for drawing: the lowest and the highest value of each stretch are kept; the CSV has all.`;

function finalLoss(run: TrainingRun, lines: readonly Line[]): { y: number; look: Look }[] {
  const last = lines.find(({ label }) => label === run.label)?.points.at(-1);
  return last ? [{ y: last.y, look: run.look }] : [];
}

function columnOf(x: string): string {
  if (x === 'total FLOPs') return 'totalFlops';
  return x.startsWith('share') ? 'percent' : x;
}

/** 1200 -> 1,200; 100000 -> 100K; 3e9 -> 3B; 1e18 -> 1e18. */
export function countTick(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e12) return value.toExponential().replace('e+', 'e');
  for (const [unit, suffix] of [
    [1e9, 'B'],
    [1e6, 'M'],
    [1e3, 'K'],
  ] as const)
    if (size >= unit) return `${Number((value / unit).toFixed(2))}${suffix}`;
  return String(Number(value.toFixed(2)));
}

/** 2e11, 1.2e12: one form along the whole axis. */
function flopsTick(value: number): string {
  return value === 0 ? '0' : Number(value.toPrecision(3)).toExponential().replace('e+', 'e');
}
