// Differences of two models on the same items: paired, item by item, with their standard error.

import { mean, meanError } from './aggregate.ts';
import { table } from '../run/format.ts';
import { failure } from '../run/failure.ts';

/** Values of a metric by document; what a samples file says of each item. */
export interface ItemValues {
  task: string;
  metric: string;
  /** Value by document and prompt: the same key stands for the same question put the same way. */
  values: ReadonlyMap<string, number>;
}

/** A difference over the items that both have. */
export interface Difference {
  task: string;
  metric: string;
  ours: number;
  theirs: number;
  /** Mean of ours - theirs. */
  difference: number;
  /** Its standard error; null with fewer than two items. */
  standardError: number | null;
  items: number;
}

const compared = ['acc', 'acc_norm', 'acc_bytes', 'mc1', 'mc2', 'perplexity'];

/**
 * The metrics of each item of a samples file's lines (ours, or lm-eval's --log_samples).
 *
 * @throws Error  with exit code 65 for a line that is no sample
 */
export function readSamples(lines: Iterable<string>, task: string, where: string): ItemValues[] {
  const values = new Map<string, Map<string, number>>();
  let line = 0;
  for (const text of lines) {
    line += 1;
    if (text.trim() === '') continue;
    const sample = parsedSample(text, `${where}:${line}`);
    const key = `${String(sample.doc_hash)} ${String(sample.prompt_hash)} ${String(sample.doc_id)}`;
    for (const metric of compared) {
      const value = sample[metric];
      if (typeof value !== 'number') continue;
      const known = values.get(metric) ?? new Map<string, number>();
      values.set(metric, known.set(key, value));
    }
  }
  return Array.from(values, ([metric, found]) => ({ task, metric, values: found }));
}

function parsedSample(text: string, place: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw failure('data', `${place}: is not JSON`, { cause });
  }
  if (typeof value !== 'object' || value === null || !('doc_hash' in value))
    throw failure('data', `${place}: expected a sample with doc_hash, prompt_hash and metrics`);
  return value;
}

/**
 * Ours minus theirs, for each task and metric that both have, over the items that both have.
 * Of perplexities the mean log-likelihoods are compared: their difference is in nats.
 */
export function compareResults(ours: readonly ItemValues[], against: readonly ItemValues[]): Difference[] {
  return ours.flatMap(({ task, metric, values }) => {
    const other = against.find((one) => one.task === task && one.metric === metric)?.values;
    const keys = other ? [...values.keys()].filter((key) => other.has(key)) : [];
    if (!other || keys.length === 0) return [];
    const mine = keys.map((key) => values.get(key) ?? 0);
    const theirs = keys.map((key) => other.get(key) ?? 0);
    const differences = mine.map((value, index) => value - (theirs[index] ?? 0));
    return [
      {
        task,
        metric,
        ours: mean(mine),
        theirs: mean(theirs),
        difference: mean(differences),
        standardError: keys.length > 1 ? meanError(differences) : null,
        items: keys.length,
      },
    ];
  });
}

/** The differences as a table; a perplexity's row is of mean log-likelihoods. */
export function differencesTable(differences: readonly Difference[]): string {
  const signed = (value: number) => `${value >= 0 ? '+' : ''}${value.toFixed(4)}`;
  return table([
    ['task', 'metric', 'items', 'ours', 'against', 'difference', 'stderr'],
    ...differences.map(({ task, metric, items, ours, theirs, difference, standardError }) => [
      task,
      metric === 'perplexity' ? 'log-likelihood' : metric,
      String(items),
      ours.toFixed(4),
      theirs.toFixed(4),
      signed(difference),
      standardError === null ? '' : `± ${standardError.toFixed(4)}`,
    ]),
  ]);
}
