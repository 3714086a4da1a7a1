// Reads one training run for a report: run.json, configuration, metrics. Files only; a run may still be going on.

import { join } from 'node:path';
import { z } from 'zod';
import { readIfThere } from '../run/atomic.ts';
import { checkpointName, checkpointSteps } from '../run/checkpoints.ts';
import { readRun } from '../run/directory.ts';
import { errorLine, failure } from '../run/failure.ts';
import { readMetrics } from '../run/metrics.ts';
import type { MetricRecord } from '../run/metrics.ts';
import { parseYaml } from '../run/recipe.ts';
import type { AttentionPoint, EvaluationPoint, Job, TrainingRun, TrainPoint } from './material.ts';

/** What reports need of a training run's options; the others are shown as text. */
const trainingConfig = z.looseObject({
  model: z.looseObject({ layers: z.number().optional() }).optional(),
  tokensPerStep: z.number().optional(),
  seed: z.number().optional(),
});

const startsSchema = z.array(
  z.looseObject({
    at: z.string(),
    command: z.array(z.string()),
    commit: z.string().nullable().default(null),
    device: z.string().nullable().default(null),
    versions: z.record(z.string(), z.string()).default({}),
  }),
);

const modelConfig = z.looseObject({ n_layer: z.number().optional() });

/** A training run, named and coloured by the caller. */
export async function readTraining(
  folder: string,
  about: Pick<TrainingRun, 'label' | 'look' | 'role' | 'flopsBefore'>,
): Promise<TrainingRun> {
  const config = trainingConfig.safeParse(await readConfig(folder)).data ?? {};
  const records = await readMetrics(join(folder, 'metrics.jsonl'));
  const last = records.findLast(
    ({ type, tokensPerSecond }) => type === 'train' && Number(tokensPerSecond) > 0,
  );
  const { state, seed } = await readJob(folder, about.label);
  return {
    ...about,
    folder,
    state,
    seed,
    layers: config.model?.layers ?? (await layersOfCheckpoint(folder)),
    tokensPerStep: last ? Number(last.tokens) / Number(last.step) : (config.tokensPerStep ?? null),
    flopsPerToken: last ? Math.round(Number(last.flopsPerSecond) / Number(last.tokensPerSecond)) : null,
    train: records.flatMap(trainPoint),
    evaluations: records.flatMap(evaluationPoint),
    attention: records.flatMap(attentionPoint),
  };
}

/** What a folder says of how it was made. @throws Error  with exit code 65 when run.json is damaged */
export async function readJob(folder: string, label: string): Promise<Job> {
  const config = trainingConfig.safeParse(await readConfig(folder)).data ?? {};
  const record = await readRun(folder);
  const starts = startsSchema.safeParse(record?.starts ?? []);
  if (!starts.success)
    throw failure(
      'data',
      `${join(folder, 'run.json')}: starts.${starts.error.issues[0]?.path.join('.')}: ${starts.error.issues[0]?.message}`,
    );
  return {
    label,
    state: record === null ? null : String(record.state),
    starts: starts.data,
    recipe: (await readIfThere(join(folder, 'config.yaml')))?.toString() ?? null,
    seed: config.seed ?? null,
  };
}

/** The resolved options of a job; empty where there are none. @throws Error  with exit code 65 when they are not YAML */
export async function readConfig(folder: string): Promise<unknown> {
  const path = join(folder, 'config.resolved.yaml');
  const text = (await readIfThere(path))?.toString();
  if (text === undefined) return {};
  try {
    return parseYaml(text, path) ?? {};
  } catch (cause) {
    throw failure('data', errorLine(cause), { cause });
  }
}

async function layersOfCheckpoint(folder: string): Promise<number | null> {
  const [newest] = await checkpointSteps(join(folder, 'checkpoints'));
  if (newest === undefined) return null;
  const path = join(folder, 'checkpoints', checkpointName(newest), 'model', 'config.json');
  const text = await readIfThere(path);
  if (text === null) return null;
  try {
    return modelConfig.parse(JSON.parse(text.toString())).n_layer ?? null;
  } catch (cause) {
    throw failure('data', `${path}: expected a model's configuration, found something else`, { cause });
  }
}

function trainPoint({ type, step, ...record }: MetricRecord): TrainPoint[] {
  if (type !== 'train' || typeof step !== 'number') return [];
  return [
    {
      step,
      loss: number(record.loss),
      learningRate: number(record.learningRate),
      gradientNorm: number(record.gradientNorm),
      tokensPerSecond: number(record.tokensPerSecond),
      rssBytes: number(record.rssBytes),
    },
  ];
}

function evaluationPoint({ type, step, validationLoss, trainLoss }: MetricRecord): EvaluationPoint[] {
  if (type !== 'evaluation' || typeof step !== 'number' || typeof validationLoss !== 'number') return [];
  return [{ step, validationLoss, trainLoss: typeof trainLoss === 'number' ? trainLoss : null }];
}

function attentionPoint({ type, step, maxRank, mass, collapsedShare }: MetricRecord): AttentionPoint[] {
  if (type !== 'attention' || typeof step !== 'number' || !isNumbers(maxRank) || !isNumbers(mass)) return [];
  return [
    { step, maxRank, mass, collapsedShare: typeof collapsedShare === 'number' ? collapsedShare : null },
  ];
}

function isNumbers(value: MetricRecord[string]): value is readonly number[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'number');
}

/** NaN where there is no number: it is not drawn. */
function number(value: MetricRecord[string]): number {
  return typeof value === 'number' ? value : NaN;
}
