// Loss curves beside each other: smoothed, their differences, and as CSV. Trains nothing.

import { table } from '../src/run/format.ts';

export interface Curve {
  name: string;
  /** Loss of each step, in nats. */
  losses: number[];
  /** Mean loss of the validation windows at the end; NaN before. */
  validation: number;
}

/** Means of `width` steps each, the first of steps 0 to width - 1: width - 1 fewer than there were. */
export function smoothed(losses: readonly number[], width: number): number[] {
  return Array.from({ length: Math.max(0, losses.length - width + 1) }, (_, first) => {
    const part = losses.slice(first, first + width);
    return part.reduce((sum, loss) => sum + loss, 0) / width;
  });
}

export interface Difference {
  largest: number;
  mean: number;
}

/** Largest and mean absolute difference of two curves. NaN anywhere makes both NaN. @throws RangeError  when one is longer */
export function differenceOf(a: readonly number[], b: readonly number[]): Difference {
  if (a.length !== b.length)
    throw new RangeError(`curves: expected equal lengths, got ${a.length} and ${b.length}`);
  const all = a.map((value, step) => Math.abs(value - (b[step] ?? NaN)));
  return {
    largest: all.reduce((most, each) => Math.max(most, each), 0),
    mean: all.reduce((sum, each) => sum + each, 0) / all.length,
  };
}

/** Every pair's differences, of the smoothed curves and of the validation losses. */
export function differenceTable(curves: readonly Curve[], width: number): string {
  const rows = curves.flatMap((a, index) =>
    curves.slice(index + 1).map((b) => {
      const { largest, mean } = differenceOf(smoothed(a.losses, width), smoothed(b.losses, width));
      return [
        `${a.name} - ${b.name}`,
        largest.toFixed(5),
        mean.toFixed(5),
        (a.validation - b.validation).toFixed(5),
      ];
    }),
  );
  return table([[`means of ${width} steps`, 'largest', 'mean', 'validation'], ...rows]);
}

/** First and last losses and the validation loss of each curve. */
export function curveTable(curves: readonly Curve[], width: number): string {
  const rows = curves.map(({ name, losses, validation }) => [
    name,
    losses[0]?.toFixed(4) ?? '',
    smoothed(losses, width).at(-1)?.toFixed(4) ?? '',
    validation.toFixed(4),
  ]);
  return table([['', 'first loss', `mean of the last ${width}`, 'validation loss'], ...rows]);
}

/** A line for each step: step (from 1) and the losses of all curves. */
export function curvesCsv(curves: readonly Curve[]): string {
  const steps = Math.max(0, ...curves.map(({ losses }) => losses.length));
  const header = ['step', ...curves.map(({ name }) => name)];
  const lines = Array.from({ length: steps }, (_, step) => [
    step + 1,
    ...curves.map(({ losses }) => losses[step] ?? ''),
  ]);
  return [header, ...lines].map((cells) => `${cells.join(',')}\n`).join('');
}
