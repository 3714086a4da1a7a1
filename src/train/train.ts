// JOB train: the one training loop. Reads tokens and perhaps a model, writes a run directory. Knows no growth, no plots.

import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { commonInfo, openSources, readSources, sourceLines } from '../data/mixture.ts';
import { parameterCount, trainingFlopsPerToken } from '../model/families.ts';
import type { ModelConfig } from '../model/family.ts';
import { chooseKernels } from '../model/fused/families.ts';
import { sweepCheckpoints } from '../run/checkpoints.ts';
import type { JobContext } from '../run/context.ts';
import { openRun } from '../run/directory.ts';
import { exitCodeOf, exitCodes, failure } from '../run/failure.ts';
import type { MetricRecord } from '../run/metrics.ts';
import { engineInfo, resolveDevice, setThreads } from '../torch/index.ts';
import { checkpointer } from './checkpointer.ts';
import { evaluator } from './evaluator.ts';
import type { Evaluation } from './evaluator.ts';
import { outOfMemory } from './out-of-memory.ts';
import type { TrainOptions } from './options.ts';
import { openProgress } from './progress.ts';
import { batchReader } from './reader.ts';
import { learningRate } from './schedule.ts';
import { checkWeightDtype, chooseStart, modelConfig, releaseStart } from './start.ts';
import type { TrainedModel } from './start.ts';
import { trainStep } from './step.ts';

/** Extra work inside the loop, every so many steps: analysis, downstream evaluation. Its figures go to metrics.jsonl. */
export interface TrainHook {
  name?: string;
  every: number;
  /** Also before the first step. */
  atStart?: boolean;
  run(at: { step: number; model: TrainedModel; runFolder: string }): Promise<MetricRecord>;
}

export interface TrainResult {
  run: string;
  config: ModelConfig;
  parameters: number;
  /** Tokens trained on, and what they cost: FLOPs of this run alone. */
  tokens: number;
  flops: number;
  last: Evaluation;
}

/**
 * Trains one model and leaves its run directory: checkpoints, metrics, configuration. Goes on from the newest whole
 * checkpoint where there is one.
 *
 * @throws Error  with exit code 64 (options), 65 (data), 73 (directory in use), 74 (three saves failed), 75 (stopped by
 * a signal, after saving), 76 (three steps in a row not finite)
 */
export async function train(
  options: TrainOptions,
  context: JobContext,
  hooks: readonly TrainHook[] = [],
): Promise<TrainResult> {
  if (options.analysis.every > 0 && !hooks.some(({ name }) => name === 'attention'))
    throw new RangeError(
      'analysis.every: train itself measures nothing; pass the hooks of attentionHooks(options)',
    );
  if (options.downstream.tasks.length > 0 && !hooks.some(({ name }) => name === 'downstream'))
    throw new RangeError(
      'downstream.tasks: train itself scores none; pass the hooks of downstreamHooks(options)',
    );
  const device = resolveDevice(options.device);
  setThreads(options.threads ?? availableParallelism());
  checkWeightDtype(options);
  const sources = await readSources(options.tokens, context.console);
  const info = commonInfo(sources);
  const { vocab, tokenizer } = info;
  const config = await modelConfig(options, vocab, { tokenizer, console: context.console });
  const microSteps = microStepsOf(options, config.context);
  const run = await openRun(options.out, {
    ...context,
    resolved: options,
    parents: options.from === 'random' ? [] : [options.from],
    device,
    versions: { libtorch: engineInfo().compiledVersion },
  });
  const opened: (() => unknown)[] = []; // how to close what was opened, whichever way this ends
  const open = async (split: 'train' | 'val') => {
    const file = await openSources(sources, split);
    opened.push(() => file.close());
    return file;
  };
  try {
    for (const change of run.changes)
      context.console.info(`${run.path}: changed since the last start: ${change}`);
    const files = { train: await open('train'), validation: await open('val') };
    await sweepCheckpoints(join(run.path, 'checkpoints'));
    const start = await chooseStart(options, config, device, run.path, context.console);
    const { model, adamw, counters } = start;
    opened.push(() => releaseStart(start));
    const flopsPerToken = trainingFlopsPerToken(config);
    const progress = await openProgress(
      run.path,
      start,
      options,
      { flopsPerToken, config, device, sources: files.train.parts },
      context.console,
    );
    opened.push(() => progress.close());
    const evaluate = evaluator(model, files, { ...options, seed: counters.seed }, device);
    const batches = batchReader(files.train, config, options, device, counters);
    opened.push(() => batches.close());
    const samples = options.steps * microSteps * options.microBatch;
    for (const line of sourceLines(files.train.parts, batches.epochs(samples))) context.console.info(line);
    const saved = checkpointer(run.path, start, options, info, context.console);
    const { fused, reason } = chooseKernels(options, config, model.weights);
    context.console.info(`${run.path}: kernels: ${fused ? 'fused' : 'plain'}: ${reason}`);
    const schedule = { decaySteps: options.steps, ...options.learningRate };
    const due = (every: number) => every > 0 && counters.step % every === 0;

    const runHook = async (hook: TrainHook) => {
      const { step } = counters;
      progress.hook(step, await hook.run({ step, model, runFolder: run.path }));
    };

    if (!start.resumed) {
      progress.evaluation(await evaluate(0), counters);
      for (const hook of hooks) if (hook.atStart) await runHook(hook);
    }
    while (counters.step < options.steps) {
      const began = performance.now();
      const at = {
        step: counters.step,
        seed: counters.seed,
        learningRate: learningRate(schedule.startStep + counters.step, schedule),
      };
      const result = await trainStep(
        model,
        adamw,
        at,
        batches.next,
        { ...options, microSteps },
        () => context.stop.requested() !== null,
      );
      if (result) {
        const batch = batches.describe(counters.position);
        counters.step += 1;
        counters.position += microSteps * options.microBatch;
        counters.tokens += microSteps * options.microBatch * config.context;
        counters.skipped = result.updated ? 0 : counters.skipped + 1;
        progress.step(counters, result, {
          learningRate: at.learningRate,
          stepMs: performance.now() - began,
          batch,
          epochs: batches.epochs(counters.position),
        });
        if (counters.skipped === 3)
          throw failure(
            'numerics',
            `${run.path}: three steps in a row were not finite, the last is step ${counters.step}; lower learningRate.peak or set precision=float32, and resume`,
          );
      }
      const finished = counters.step === options.steps;
      const stopSignal = context.stop.requested();
      if (result && (finished || due(options.evaluation.every)))
        progress.evaluation(await evaluate(counters.step), counters);
      if (result) for (const hook of hooks) if (finished || due(hook.every)) await runHook(hook);
      if (finished || stopSignal || context.stop.takeSaveRequest() || due(options.checkpoint.every))
        await saved.save(finished || stopSignal !== null);
      if (stopSignal && !finished)
        throw failure(
          'stopped',
          `${run.path}: stopped by ${stopSignal} after step ${counters.step}; the same command goes on from there`,
        );
    }
    const last = progress.lastEvaluation();
    await run.update({ state: 'done' });
    return {
      run: run.path,
      config,
      parameters: parameterCount(config),
      tokens: counters.tokens,
      flops: counters.tokens * flopsPerToken,
      last,
    };
  } catch (error) {
    const state = exitCodeOf(error) === exitCodes.stopped ? 'stopped' : 'failed';
    await run.update({ state }).catch(() => undefined); // the first error is the one to tell
    throw outOfMemory(error, options, config) ?? error;
  } finally {
    for (const close of opened.reverse()) await close();
    await run.close();
  }
}

/** Micro-batches of a step. @throws Error  with exit code 64 when the numbers do not divide */
export function microStepsOf({ tokensPerStep, microBatch }: TrainOptions, context: number): number {
  const microSteps = tokensPerStep / (microBatch * context);
  if (!Number.isInteger(microSteps))
    throw failure(
      'usage',
      `tokensPerStep: must be a multiple of microBatch x context = ${microBatch} x ${context} = ${microBatch * context}, got ${tokensPerStep}`,
    );
  return microSteps;
}
