// One line for each item, as lm-eval's --log_samples writes them, with hashes of document, prompt and target.

import { createHash } from 'node:crypto';
import { itemMetrics } from './metrics.ts';
import { pythonJson, pythonRepr } from './python-values.ts';
import type { TaskScores } from './results.ts';
import type { Request, Score } from './request.ts';
import type { Item, PreparedTask } from './task.ts';

/** The lines of a task's samples file, without their newlines, and the hash that stands for all of them. */
export interface Samples {
  lines: string[];
  /** sha256 of the hashes of all samples: the same documents, prompts and targets give the same one. */
  taskHash: string;
}

/** Samples of a task. @throws RangeError  when the scores are those of other items */
export function samplesOf(task: PreparedTask, scores: TaskScores): Samples {
  const own = scores.get(task.name) ?? [];
  const hashes: string[] = [];
  const lines = task.items.map((item, index) => {
    const sample = sampleOf(task, item, own[index] ?? []);
    hashes.push(sample.doc_hash + sample.prompt_hash + sample.target_hash);
    return pythonJson(sample, { isFloat: (key) => floatMetrics.has(key) && task.kind === 'multiple_choice' });
  });
  return { lines, taskHash: sha256(hashes.join('')) };
}

const floatMetrics = new Set(['acc', 'acc_norm', 'acc_bytes', 'mc1', 'mc2']);

function sampleOf(task: PreparedTask, item: Item, scores: readonly Score[]) {
  const metrics = itemMetrics(task, item, scores);
  const answers = scores.map((score) => answerOf(task, score));
  const [first] = item.requests;
  return {
    doc_id: item.docId,
    doc: item.doc,
    target: item.target,
    arguments: Object.fromEntries(
      item.requests.map((request, index) => [`gen_args_${index}`, argumentsOf(request)]),
    ),
    resps: answers.map((answer) => [answer]),
    filtered_resps: answers,
    filter: 'none',
    metrics: Object.keys(metrics),
    doc_hash: sha256(pythonJson(item.doc, { indent: 2 })),
    prompt_hash: sha256(first?.kind === 'rolling' ? first.text : (first?.context ?? '')),
    target_hash: sha256(item.target),
    ...metrics,
  };
}

/** Numbers and booleans as the text that Python's str gives. */
function answerOf({ kind }: PreparedTask, { logLikelihood, greedy }: Score): string | [string, string] {
  const text = Number.isInteger(logLikelihood) ? `${logLikelihood}.0` : pythonRepr(logLikelihood);
  return kind === 'loglikelihood_rolling' ? text : [text, pythonRepr(greedy)];
}

function argumentsOf(request: Request): Record<string, string> {
  if (request.kind === 'rolling') return { arg_0: request.text };
  return { arg_0: request.context, arg_1: request.continuation };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
