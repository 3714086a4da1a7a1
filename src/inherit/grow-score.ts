// Scores of a model on the windows that a grow job compares on: the same ones for every model of the job.

import { availableParallelism } from 'node:os';
import { fixedMixture } from '../data/mixture-sampler.ts';
import { tokensText } from '../data/mixture.ts';
import type { MixedFile, SourcePart } from '../data/mixture.ts';
import { readModelFolder } from '../model/folder.ts';
import { locateModel } from '../model/locate.ts';
import { releaseWeights } from '../model/weights.ts';
import { failure } from '../run/failure.ts';
import { resolveDevice, setThreads } from '../torch/index.ts';
import { windowLosses } from '../train/validation.ts';
import type { GrowOptions } from './grow-options.ts';

/**
 * First tokens of the compared windows, of several sources in proportion to their weights.
 *
 * @param parts  the sources in the validation split
 * @throws Error  with exit code 64 when they are fewer than two blocks
 */
export function comparedWindows(
  parts: readonly SourcePart[],
  context: number,
  { stop: { windows, block }, tokens }: Pick<GrowOptions, 'stop' | 'tokens'>,
): number[] {
  if (windows < 2 * block)
    throw failure(
      'usage',
      `stop.windows: must be at least two blocks of ${block} windows, ${2 * block}, got ${windows}; raise it or lower stop.block`,
    );
  const windowsOf = ({ tokens: length }: SourcePart) => Math.max(0, Math.floor((length - 1) / context));
  const available = parts.reduce((sum, part) => sum + windowsOf(part), 0);
  if (available < 2 * block)
    throw failure(
      'usage',
      `${tokensText(tokens)}: the validation split has ${available} windows of ${context} tokens, the comparison needs ${2 * block}; lower stop.block or prepare more text`,
    );
  return fixedMixture(parts, { context, count: windows }).starts;
}

/** Loss of each compared window, nats per token. @param run  a run directory or model folder */
export async function score(
  run: string,
  validation: MixedFile,
  options: Pick<GrowOptions, 'stop' | 'training' | 'tokens'>,
): Promise<Float64Array> {
  const { microBatch: batch, precision, lossRows, kernels, threads } = options.training;
  const device = resolveDevice(options.training.device);
  setThreads(threads ?? availableParallelism());
  const model = await readModelFolder(await locateModel(run), { device });
  try {
    const starts = comparedWindows(validation.parts, model.config.context, options);
    const scoring = { batch, precision, lossRows, kernels, device };
    return await windowLosses(model, validation, starts, scoring);
  } finally {
    releaseWeights(model.weights);
  }
}
