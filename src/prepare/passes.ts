// Passes over the text beside the one that encodes it: which characters it has, how many rows.

import { failure } from '../run/failure.ts';
import type { Split } from '../data/tokens.ts';
import { characterTokenizer, sortedAlphabet } from '../tokenizers/character-tokenizer.ts';
import { settingsOf } from './deciding.ts';
import { isStopped, throwIfStopped } from './job.ts';
import type { PrepareContext, PrepareJob } from './job.ts';
import { numpyPermutation } from './numpy-permutation.ts';
import { openPool } from './worker-pool.ts';
import type { Group, Outcome, Task } from './work.ts';

/** The characters of all text, in order. */
export async function charactersOf(
  groups: readonly Group[],
  job: PrepareJob,
  context: PrepareContext,
): Promise<string> {
  const all = new Set<string>();
  const tasks = groups.map((group): Task => ({ kind: 'characters', group }));
  await doAll(tasks, 'collecting characters', job, context, (outcome) => {
    if (outcome.kind === 'characters') for (const character of outcome.characters) all.add(character);
  });
  if (all.size === 0) throw failure('usage', 'prepare: expected text, found none');
  return sortedAlphabet(all);
}

/**
 * The rows of each split, in the order of `train_test_split(validationFraction, seed=splitSeed)` of Hugging Face's datasets.
 * The groups' first rows are set on the way.
 */
export async function datasetsOrder(
  groups: readonly Group[],
  job: PrepareJob,
  context: PrepareContext,
): Promise<Record<Split, Uint32Array>> {
  const rows = groups.map(({ units }) => units.reduce((sum, { documents }) => sum + (documents ?? NaN), 0));
  const tasks = groups
    .filter(({ number }) => Number.isNaN(rows[number]))
    .map((group): Task => ({ kind: 'count', group }));
  await doAll(tasks, 'counting rows', job, context, (outcome) => {
    if (outcome.kind === 'count') rows[outcome.group] = outcome.rows;
  });
  let total = 0;
  for (const group of groups) {
    group.firstRow = total;
    total += rows[group.number] ?? 0;
  }
  const { validationFraction, splitSeed } = job.options;
  const val = Math.ceil(validationFraction * total);
  if (val >= total)
    throw failure('usage', `prepare: expected rows for training and validation, found ${total} in all`);
  const order = numpyPermutation(total, splitSeed);
  return { val: order.subarray(0, val), train: order.subarray(val) };
}

async function doAll(
  tasks: readonly Task[],
  what: string,
  job: PrepareJob,
  context: PrepareContext,
  take: (outcome: Outcome) => void,
): Promise<void> {
  if (tasks.length === 0) return;
  const anyTokenizer = characterTokenizer('?'); // these tasks encode nothing
  const pool = openPool(
    settingsOf({ ...job, chosen: null, options: { ...job.options, mark: 'after' } }, anyTokenizer, null),
    job.workers,
  );
  let done = 0;
  try {
    await pool.run(tasks, {
      take: async (outcome) => {
        take(outcome);
        context.console.status(`${what}: ${++done} of ${tasks.length}`);
      },
      report: () => {},
      isStopped: () => isStopped(context),
    });
  } finally {
    await pool.close();
    context.console.status('');
  }
  throwIfStopped(context);
}
