// JOB train: the one training loop. Reads tokens and perhaps a model, writes a run directory. Knows no growth, no plots.

import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { openSplit, readTokensInfo } from '../data/tokens.ts';
import { gpt2ParameterCount, gpt2TrainingFlopsPerToken } from '../model/gpt2-init.ts';
import type { Gpt2Config } from '../model/gpt2.ts';
import { sweepCheckpoints } from '../run/checkpoints.ts';
import type { JobContext } from '../run/context.ts';
import { openRun } from '../run/directory.ts';
import { failure } from '../run/failure.ts';
import type { MetricRecord } from '../run/metrics.ts';
import { resolveDevice, setThreads } from '../torch/index.ts';
import { checkpointer } from './checkpointer.ts';
import { evaluator } from './evaluator.ts';
import type { Evaluation } from './evaluator.ts';
import { outOfMemory } from './out-of-memory.ts';
import type { TrainOptions } from './options.ts';
import { openProgress } from './progress.ts';
import { batchReader } from './reader.ts';
import { learningRate } from './schedule.ts';
import { chooseStart, modelConfig, releaseStart } from './start.ts';
import type { TrainedModel } from './start.ts';
import { trainStep } from './step.ts';

/** Extra work inside the loop, every so many steps: analysis, downstream evaluation. Its figures go to metrics.jsonl. */
export interface TrainHook {
  every: number;
  run(at: { step: number; model: TrainedModel; runFolder: string }): Promise<MetricRecord>;
}

export interface TrainResult {
  run: string;
  config: Gpt2Config;
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
  const device = resolveDevice(options.device);
  setThreads(options.threads ?? availableParallelism());
  const info = await readTokensInfo(options.tokens, context.console);
  const config = await modelConfig(options, info.vocab);
  const microSteps = microStepsOf(options, config.context);
  const run = await openRun(options.out, {
    ...context,
    resolved: options,
    parents: options.from === 'random' ? [] : [options.from],
  });
  const files = {
    train: await openSplit(options.tokens, info, 'train'),
    validation: await openSplit(options.tokens, info, 'val'),
  };
  try {
    await sweepCheckpoints(join(run.path, 'checkpoints'));
    const start = await chooseStart(options, config, device, run.path, context.console);
    const { model, adamw, counters } = start;
    const flopsPerToken = gpt2TrainingFlopsPerToken(config);
    const progress = await openProgress(
      run.path,
      counters,
      options,
      { flopsPerToken, config, from: start.from, device },
      context.console,
    );
    const evaluate = evaluator(model, files, options, device);
    const batches = batchReader(files.train, config, options, device, counters);
    const saved = checkpointer(run.path, start, options, info, context.console);
    const schedule = { decaySteps: options.steps, ...options.learningRate };
    const due = (every: number) => every > 0 && counters.step % every === 0;

    if (counters.step === 0) progress.evaluation(await evaluate(0), counters);
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
        counters.step += 1;
        counters.position += microSteps * options.microBatch;
        counters.tokens += microSteps * options.microBatch * config.context;
        counters.skipped = result.updated ? 0 : counters.skipped + 1;
        progress.step(
          counters,
          result,
          at.learningRate,
          performance.now() - began,
          batches.describe(at.step),
        );
        if (counters.skipped === 3)
          throw failure(
            'numerics',
            `${run.path}: three steps in a row were not finite, the last is ${at.step}; lower learningRate.peak or set precision=float32, and resume`,
          );
      }
      const finished = counters.step === options.steps;
      const stopSignal = context.stop.requested();
      if (result && (finished || due(options.evaluation.every)))
        progress.evaluation(await evaluate(counters.step), counters);
      if (result)
        for (const hook of hooks)
          if (finished || due(hook.every))
            progress.hook(counters.step, await hook.run({ step: counters.step, model, runFolder: run.path }));
      if (finished || stopSignal || context.stop.takeSaveRequest() || due(options.checkpoint.every))
        await saved.save(finished || stopSignal !== null);
      if (stopSignal && !finished)
        throw failure(
          'stopped',
          `${run.path}: stopped by ${stopSignal} after step ${counters.step}; the same command goes on from there`,
        );
    }
    const last = progress.lastEvaluation();
    await progress.close();
    await run.update({ state: 'done' });
    batches.close();
    releaseStart(start);
    return {
      run: run.path,
      config,
      parameters: gpt2ParameterCount(config),
      tokens: counters.tokens,
      flops: counters.tokens * flopsPerToken,
      last,
    };
  } catch (error) {
    throw outOfMemory(error, options, config) ?? error;
  } finally {
    await Promise.all([files.train.close(), files.validation.close()]);
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
