// Quantiles and the table of bench:train. Measures nothing.

import { table } from '../src/run/format.ts';

/** One side of a comparison: its steps in turn order, warm-up left out of `ms`. */
export interface Side {
  name: string;
  ms: number[];
  losses: number[];
  peakBytes: number;
}

export interface Comparison {
  model: string;
  size: string;
  precision: string;
  /** Which kernels our steps took, and why. */
  kernels: string;
  threads: number;
  parameters: number;
  tokensPerStep: number;
  /** FLOPs of a step: 6 N + 12 L C T for each token. */
  flops: number;
  /** Ours first. */
  sides: Side[];
  /** FLOP/s of the step's own products alone, by torch.mm; null where it was not measured. */
  productRate: number | null;
}

/** The value that `share` of the values are below: a median at 0.5. NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(place)] ?? NaN, sorted[Math.ceil(place)] ?? NaN];
  return low + (high - low) * (place - Math.floor(place));
}

/** The comparison as a table with a row for each side, ours the measure, and one for the limit. */
export function comparisonTable({ sides, flops, productRate }: Comparison): string {
  const [ours] = sides;
  const oursMs = quantile(ours?.ms ?? [], 0.5);
  const share = (rate: number) =>
    productRate === null ? '' : `${((100 * rate) / productRate).toFixed(0)} %`;
  const rows = sides.map(({ name, ms, losses, peakBytes }) => {
    const median = quantile(ms, 0.5);
    const rate = flops / (median / 1000);
    return [
      name,
      `${median.toFixed(1)} ms`,
      `${quantile(ms, 0.25).toFixed(1)}-${quantile(ms, 0.75).toFixed(1)}`,
      `${(median / oursMs).toFixed(2)}x`,
      `${(rate / 1e12).toFixed(3)} TFLOP/s`,
      share(rate),
      `${(peakBytes / 1e9).toFixed(2)} GB`,
      `${((ours?.peakBytes ?? NaN) / peakBytes).toFixed(2)}x`,
      losses[0]?.toFixed(4) ?? '',
      losses.at(-1)?.toFixed(4) ?? '',
    ];
  });
  if (productRate !== null) {
    const limitMs = (1000 * flops) / productRate;
    rows.push([
      'limit: torch.mm',
      `${limitMs.toFixed(1)} ms`,
      '',
      `${(limitMs / oursMs).toFixed(2)}x`,
      `${(productRate / 1e12).toFixed(3)} TFLOP/s`,
      '100 %',
    ]);
  }
  const header = ['', 'median step', 'quartiles', 'over ours', 'rate', 'of mm', 'peak memory', 'ours / it'];
  return table([[...header, 'first loss', 'last loss'], ...rows]);
}
