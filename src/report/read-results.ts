// Reads what other jobs left in a folder: analysis/, evaluation/. Files only.

import { readdir } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { z } from 'zod';
import { readAttentionRecord } from '../analyze/attention-record.ts';
import type { AttentionRecord } from '../analyze/attention-record.ts';
import { readToyRecord } from '../analyze/toy-record.ts';
import { readIfThere } from '../run/atomic.ts';
import { failure, systemCode } from '../run/failure.ts';
import type { Material, Profile, Scores, TaskScore, TrainingRun } from './material.ts';
import { pngSize } from './png.ts';

/** The measured attention of a folder: one or none. */
export async function profilesOf(
  folder: string,
  about: Pick<Profile, 'label' | 'look' | 'round' | 'isMain'>,
): Promise<Profile[]> {
  const analysis = await readAnalysis(folder);
  return analysis ? [{ ...about, ...analysis }] : [];
}

/** The scores of a folder: one or none. */
export async function scoresOf(
  folder: string,
  about: Pick<Scores, 'label' | 'look' | 'tokens'>,
): Promise<Scores[]> {
  const tasks = await readScores(folder);
  return tasks.length > 0 ? [{ ...about, tasks }] : [];
}

/** The toy demo's record of a folder: one or none. */
export async function toysOf(folder: string, label: string): Promise<Material['toys'][number][]> {
  const record = await readToyRecord(join(folder, 'analysis', 'toy.json'));
  return record ? [{ label, record }] : [];
}

/** Tokens a run's training has read so far. */
export function tokensOf(run: TrainingRun | undefined): number | null {
  const last = run?.train.at(-1);
  return run && last && run.tokensPerStep !== null ? last.step * run.tokensPerStep : null;
}

/** analysis/ of a folder, with its sheet of maps; null where there is none. */
async function readAnalysis(
  folder: string,
): Promise<{ record: AttentionRecord; sheet: Buffer | null } | null> {
  const analysis = join(folder, 'analysis');
  const path = join(analysis, 'attention.json');
  const record = await readAttentionRecord(path);
  if (record === null || record.maps === null) return record && { record, sheet: null };
  const sheetPath = resolve(analysis, record.maps.sheet);
  if (relative(analysis, sheetPath).startsWith('..'))
    throw failure('data', `${path}: maps.sheet: expected a file beside it, found ${record.maps.sheet}`);
  const sheet = await readIfThere(sheetPath);
  if (sheet === null || pngSize(sheet) === null)
    throw failure(
      'data',
      `${sheetPath}: expected the PNG that attention.json names, found ${sheet === null ? 'nothing' : 'something else'}; run \`inheritune analyze\` again`,
    );
  return { record, sheet };
}

const evaluationSchema = z.looseObject({
  results: z.record(z.string(), z.record(z.string(), z.unknown())),
  'n-samples': z.record(z.string(), z.looseObject({ effective: z.number().optional() })).optional(),
});

/**
 * The scores in evaluation/*.json of a folder, in the result shape of lm-evaluation-harness. Of a task that is in several
 * files the last file by name counts.
 */
async function readScores(folder: string): Promise<TaskScore[]> {
  const evaluation = join(folder, 'evaluation');
  const names = await readdir(evaluation).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return [];
    throw error;
  });
  const byTask = new Map<string, TaskScore>();
  for (const name of names.filter((each) => each.endsWith('.json')).sort())
    for (const score of await readResults(join(evaluation, name))) byTask.set(score.task, score);
  return [...byTask.values()];
}

async function readResults(path: string): Promise<TaskScore[]> {
  const text = (await readIfThere(path))?.toString() ?? '';
  let record: z.infer<typeof evaluationSchema>;
  try {
    record = evaluationSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw failure('data', `${path}: expected \`results\` by task, found something else`, { cause });
  }
  return Object.entries(record.results).flatMap(([task, values]) => {
    const metric = metricOf(task, values);
    if (metric === null) return [];
    const error = values[`${metric}_stderr,none`];
    return [
      {
        task,
        metric,
        value: Number(values[`${metric},none`]),
        standardError: typeof error === 'number' ? error : null,
        samples: record['n-samples']?.[task]?.effective ?? null,
      },
    ];
  });
}

/** The paper's choice: accuracy, normalised by length for HellaSwag. Null where the task has neither (perplexities). */
function metricOf(task: string, values: Readonly<Record<string, unknown>>): string | null {
  const wanted = task.startsWith('hellaswag') ? ['acc_norm', 'acc'] : ['acc', 'acc_norm'];
  return wanted.find((metric) => typeof values[`${metric},none`] === 'number') ?? null;
}
