// Metrics of one item from its scores, as lm-evaluation-harness computes them with numpy.

import { wikitextCounts } from './builtins.ts';
import { codePoints } from './python-text.ts';
import type { Score } from './request.ts';
import type { Item, MetricName, PreparedTask } from './task.ts';

/** A metric's value of an item; of perplexities a log-likelihood with what it is divided by: words, bytes, tokens. */
export type ItemValue = number | readonly [logLikelihood: number, count: number];

/** Values by metric, in the order of lm-eval's. */
export type ItemMetrics = Partial<Record<MetricName, ItemValue>>;

/**
 * The metrics of an item.
 *
 * @param scores  one for each of its requests
 * @throws RangeError  when there are more or fewer
 */
export function itemMetrics(task: PreparedTask, item: Item, scores: readonly Score[]): ItemMetrics {
  if (scores.length !== item.requests.length)
    throw new RangeError(
      `${task.name}: document ${item.docId}: ${item.requests.length} requests, ${scores.length} scores`,
    );
  const wanted = new Set(task.metrics.map(({ name }) => name));
  const all = allMetrics(task, item, scores);
  return Object.fromEntries(Object.entries(all).filter(([name]) => wanted.has(name as MetricName)));
}

function allMetrics(task: PreparedTask, item: Item, scores: readonly Score[]): ItemMetrics {
  const [first = noScore] = scores;
  if (task.kind === 'loglikelihood') return { perplexity: first.logLikelihood, acc: first.greedy ? 1 : 0 };
  if (task.kind === 'loglikelihood_rolling') return perplexities(task, item, first);
  const logLikelihoods = scores.map(({ logLikelihood }) => logLikelihood);
  if (task.scoring === 'mc2' || task.scoring === 'mc2-first-zero') {
    const share = massOf(logLikelihoods, item.gold);
    return { acc: share, mc2: share };
  }
  const best = task.scoring === 'tie-means-last' ? lastMaximum : firstMaximum;
  const per = (length: (choice: string) => number) =>
    logLikelihoods.map((value, index) => value / length(item.choices[index] ?? ''));
  const point = (chosen: number): number => (item.gold.includes(chosen) ? 1 : 0);
  const acc = point(best(logLikelihoods));
  return {
    acc,
    mc1: acc,
    acc_norm: point(best(per(codePoints))),
    acc_bytes: point(best(per((choice) => Buffer.byteLength(choice)))),
  };
}

const noScore: Score = { logLikelihood: Number.NaN, greedy: false, tokens: 0 };

function perplexities(task: PreparedTask, item: Item, { logLikelihood, tokens }: Score): ItemMetrics {
  const [request] = item.requests;
  const text = request?.kind === 'rolling' ? request.text : '';
  const { words, bytes } =
    task.scoring === 'wikitext' ? wikitextCounts(item.doc) : wikitextCounts({ page: text });
  return {
    word_perplexity: [logLikelihood, words],
    byte_perplexity: [logLikelihood, bytes],
    bits_per_byte: [logLikelihood, bytes],
    token_perplexity: [logLikelihood, tokens],
  };
}

/** The share of the choices' probability that lies on the right ones. */
function massOf(logLikelihoods: readonly number[], gold: readonly number[]): number {
  const likelihoods = logLikelihoods.map(Math.exp);
  const total = pairwiseSum(likelihoods);
  return pairwiseSum(gold.map((index) => (likelihoods[index] ?? 0) / total));
}

/** numpy.argmax: the first of equals; a NaN beats all. */
function firstMaximum(values: readonly number[]): number {
  let best = 0;
  for (const [index, value] of values.entries()) {
    const champion = values[best] ?? Number.NaN;
    if (value > champion || (Number.isNaN(value) && !Number.isNaN(champion))) best = index;
  }
  return best;
}

function lastMaximum(values: readonly number[]): number {
  let best = 0;
  for (const [index, value] of values.entries()) if (value >= (values[best] ?? 0)) best = index;
  return best;
}

/** numpy.sum: eight sums side by side from eight elements on, halves from 128 on. */
function pairwiseSum(values: readonly number[]): number {
  const n = values.length;
  const at = (index: number): number => values[index] ?? 0;
  if (n < 8) return values.reduce((sum, value) => sum + value, 0);
  if (n > 128) {
    const half = Math.floor(n / 2) - (Math.floor(n / 2) % 8);
    return pairwiseSum(values.slice(0, half)) + pairwiseSum(values.slice(half));
  }
  const sums = Array.from({ length: 8 }, (_, lane) => at(lane));
  const whole = n - (n % 8);
  for (let i = 8; i < whole; i += 1) sums[i % 8] = (sums[i % 8] ?? 0) + at(i);
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = sums;
  return values.slice(whole).reduce((sum, value) => sum + value, a + b + (c + d) + (e + f + (g + h)));
}
