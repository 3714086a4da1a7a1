// What a run says and records while it trains: console lines and metrics.jsonl. Decides nothing.

import type { SourcePart } from '../data/mixture.ts';
import type { ModelConfig } from '../model/family.ts';
import { parameterCount } from '../model/families.ts';
import type { JobConsole } from '../run/console.ts';
import { formatBytes, formatCount, formatDuration } from '../run/format.ts';
import { openMetrics, readMetrics } from '../run/metrics.ts';
import type { MetricRecord } from '../run/metrics.ts';
import { failure } from '../run/failure.ts';
import type { Evaluation } from './evaluator.ts';
import type { TrainOptions } from './options.ts';
import type { Start } from './start.ts';
import type { Counters } from './state.ts';
import type { StepResult } from './step.ts';

export interface Progress {
  step(counters: Counters, result: StepResult, about: StepAbout): void;
  /** Records an evaluation and keeps `counters.best` up to date. */
  evaluation(evaluation: Evaluation, counters: Counters): void;
  hook(step: number, figures: MetricRecord): void;
  /** The newest evaluation of the run, also of before it was resumed. */
  lastEvaluation(): Evaluation;
  close(): Promise<void>;
}

/** What else there is to say of a step. */
export interface StepAbout {
  learningRate: number;
  stepMs: number;
  /** The windows it read, for messages. */
  batch: string;
  /** Epochs of each source until its end. */
  epochs: readonly number[];
}

/** Opens metrics.jsonl, drops what lies after the step we go on from, and says what is about to run. */
export async function openProgress(
  run: string,
  { counters, resumed, from }: Start,
  options: TrainOptions,
  about: { flopsPerToken: number; config: ModelConfig; device: string; sources: readonly SourcePart[] },
  console: JobConsole,
): Promise<Progress> {
  const path = `${run}/metrics.jsonl`;
  const metrics = await openMetrics(path, console);
  await metrics.truncateAfterStep(resumed ? counters.step : -1);
  const { config, flopsPerToken, sources } = about;
  let last =
    (await readMetrics(path)).map(evaluationOf).findLast((evaluation) => evaluation !== null) ?? null;
  let epochsBefore: readonly number[] | null = null;
  let sinceLog = { steps: 0, stepMs: 0, loss: 0 };
  console.info(
    `${run}: ${config.layers} layers, ${formatCount(parameterCount(config))} parameters, ${options.precision} on ${about.device}; ` +
      `${formatCount(options.steps * options.tokensPerStep)} tokens in ${options.steps} steps, ${formatCount(options.steps * options.tokensPerStep * flopsPerToken)}FLOP; ` +
      (resumed ? `going on after step ${counters.step} from ${from}` : `from ${from}`),
  );
  return {
    step({ step, tokens }, { loss, gradientNorm, updated }, { learningRate, stepMs, batch, epochs }) {
      const tokensPerSecond = options.tokensPerStep / (stepMs / 1000);
      const flopsPerSecond = tokensPerSecond * flopsPerToken;
      const rssBytes = process.memoryUsage.rss();
      void metrics.append({
        type: 'train',
        step,
        loss,
        learningRate,
        gradientNorm,
        updated,
        tokens,
        ...epochFigures(epochs),
        stepMs,
        tokensPerSecond,
        flopsPerSecond,
        rssBytes,
      });
      if (options.sampler !== 'random')
        for (const line of newEpochs(epochsBefore, epochs, sources)) console.info(`step ${step}: ${line}`);
      epochsBefore = epochs;
      if (!updated) {
        console.warn(
          `step ${step}: loss ${loss}, gradient norm ${gradientNorm} at learning rate ${learningRate.toExponential(3)}; not updated (${batch})`,
        );
        return;
      }
      sinceLog = { steps: sinceLog.steps + 1, stepMs: sinceLog.stepMs + stepMs, loss: sinceLog.loss + loss };
      if (step % options.logEvery !== 0 && step !== options.steps) return;
      const meanMs = sinceLog.stepMs / sinceLog.steps;
      const rate = (options.tokensPerStep / meanMs) * 1000;
      const flops = rate * flopsPerToken;
      const use = options.peakTflops
        ? `${((100 * flops) / (options.peakTflops * 1e12)).toFixed(1)} % MFU`
        : `${(flops / 1e12).toFixed(3)} TFLOP/s`;
      console.metrics(
        `step ${String(step).padStart(String(options.steps).length)}/${options.steps}  loss ${(sinceLog.loss / sinceLog.steps).toFixed(4)}  ` +
          `lr ${learningRate.toExponential(2)}  norm ${gradientNorm.toFixed(2)}  ${epochText(epochs)}  ${formatCount(rate)} tok/s  ${use}  ` +
          `${formatBytes(rssBytes)}  ${formatDuration((options.steps - step) * meanMs)} left`,
      );
      sinceLog = { steps: 0, stepMs: 0, loss: 0 };
    },
    evaluation(evaluation, counters) {
      last = evaluation;
      const { step, validationLoss: loss } = evaluation;
      if (Number.isFinite(loss) && loss < (counters.best?.loss ?? Infinity)) counters.best = { step, loss };
      void metrics.append({ type: 'evaluation', ...evaluation });
      const train = evaluation.trainLoss === null ? '' : `, train loss ${evaluation.trainLoss.toFixed(4)}`;
      console.metrics(
        `step ${evaluation.step}: validation loss ${evaluation.validationLoss.toFixed(4)}${train}`,
      );
    },
    hook: (step, figures) => void metrics.append({ type: 'hook', step, ...figures }),
    lastEvaluation() {
      if (!last)
        throw failure(
          'data',
          `${path}: expected an evaluation of the finished run, found none; delete the run and train again`,
        );
      return last;
    },
    close: () => metrics.close(),
  };
}

/** The figures of metrics.jsonl: one number, or one for each source. */
function epochFigures(epochs: readonly number[]): MetricRecord {
  return epochs.length === 1 ? { epoch: epochs[0] } : { epochs };
}

function epochText(epochs: readonly number[]): string {
  const [least, most] = [Math.min(...epochs).toFixed(2), Math.max(...epochs).toFixed(2)];
  return epochs.length === 1 ? `epoch ${most}` : `epochs ${least}-${most}`;
}

/** A line for each source whose tokens are read again from this step on. */
function newEpochs(
  before: readonly number[] | null,
  epochs: readonly number[],
  sources: readonly SourcePart[],
): string[] {
  if (before === null) return [];
  return sources.flatMap(({ name }, source) => {
    const epoch = Math.floor(epochs[source] ?? 0);
    return epoch > Math.floor(before[source] ?? 0) ? [`${name}: read ${epoch} times, begins again`] : [];
  });
}

function evaluationOf({ type, step, validationLoss, trainLoss }: MetricRecord): Evaluation | null {
  if (type !== 'evaluation' || step === undefined || typeof validationLoss !== 'number') return null;
  return { step, validationLoss, trainLoss: typeof trainLoss === 'number' ? trainLoss : null };
}
