// From the values of all items to one number and its standard error. Sums go in document order, without compensation:
// as Python up to 3.11 sums, and numbers are lm-eval's to the last digit.

import { setImmediate } from 'node:timers/promises';
import { exponential, resampledPerplexities } from '../run/host.ts';
import type { ItemValue } from './metrics.ts';
import type { TaskMetric } from './task.ts';

/** A metric over all items; the error is null where there is none. */
export interface Aggregated {
  value: number;
  standardError: number | null;
}

/**
 * A metric's value over items, and its standard error: of a mean the usual one, of a perplexity by the bootstrap, of the
 * others none.
 *
 * @param bootstrapIterations  resamples of a perplexity; 0 switches every error off, as in lm-eval
 */
export async function aggregated(
  { aggregation }: TaskMetric,
  values: readonly ItemValue[],
  bootstrapIterations: number,
): Promise<Aggregated> {
  const numbers = values.map((value) => (typeof value === 'number' ? value : value[0]));
  const withError = bootstrapIterations > 0 && values.length > 1;
  switch (aggregation) {
    case 'mean':
      return { value: mean(numbers), standardError: withError ? meanError(numbers) : null };
    case 'perplexity':
      return {
        value: exponential(-mean(numbers)),
        standardError: withError ? await bootstrapError(numbers, bootstrapIterations) : null,
      };
    case 'weighted_perplexity':
      return { value: exponential(-perUnit(values)), standardError: null };
    case 'bits_per_byte':
      return { value: -perUnit(values) / Math.log(2), standardError: null };
  }
}

/** sum / n. */
export function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

/** Standard error of a mean. */
export function meanError(values: readonly number[]): number {
  return sampleDeviation(values) / Math.sqrt(values.length);
}

/** The error of a mean over tasks of different sizes, from theirs: the pooled variance. */
export function pooledError(errors: readonly number[], sizes: readonly number[]): number {
  const total = sum(sizes);
  const variance =
    sum(errors.map((error, index) => ((sizes[index] ?? 0) - 1) * error ** 2 * (sizes[index] ?? 0))) /
    (total - sizes.length);
  return Math.sqrt(variance / total);
}

function sampleDeviation(values: readonly number[]): number {
  const center = mean(values);
  return Math.sqrt(sum(values.map((value) => (value - center) ** 2)) / (values.length - 1));
}

/** Chunks of 1,000 resamples; chunk i draws from Python's random.Random(i). */
async function bootstrapError(values: readonly number[], iterations: number): Promise<number> {
  const replicates = Math.min(1000, iterations);
  const chunks = Math.floor(iterations / replicates);
  const given = Float64Array.from(values);
  const made: number[] = [];
  const atOnce = 4;
  for (let first = 0; first < chunks; first += atOnce) {
    const some = Math.min(atOnce, chunks - first);
    for (const one of resampledPerplexities(given, { first, chunks: some, replicates })) made.push(one);
    await setImmediate(); // signals and other work get their turn
  }
  return sampleDeviation(made);
}

function perUnit(values: readonly ItemValue[]): number {
  const pairs = values.map((value): readonly [number, number] =>
    typeof value === 'number' ? [value, 1] : value,
  );
  return sum(pairs.map(([logLikelihood]) => logLikelihood)) / sum(pairs.map(([, count]) => count));
}

function sum(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
