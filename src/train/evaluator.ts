// Evaluation during training: mean losses on windows of both splits, the same each time unless asked otherwise.

import { fixedMixture, mixtureSampler } from '../data/mixture-sampler.ts';
import type { FixedMixture } from '../data/mixture-sampler.ts';
import type { MixedFile } from '../data/mixture.ts';
import { streamSeed } from '../run/seed.ts';
import type { TrainOptions } from './options.ts';
import type { TrainedModel } from './start.ts';
import { mean, windowLosses } from './validation.ts';

export interface Evaluation {
  step: number;
  /** Mean loss in nats per token; of several sources, by their weights. */
  validationLoss: number;
  /** null when evaluation.train is off. */
  trainLoss: number | null;
  /** Validation loss of each of several sources, in their order. */
  validationLosses?: number[];
}

/** A function that scores the model as it is now. */
export function evaluator(
  model: TrainedModel,
  files: { train: MixedFile; validation: MixedFile },
  { evaluation, microBatch, precision, lossRows, kernels, seed }: TrainOptions,
  device: string,
): (step: number) => Promise<Evaluation> {
  const { context } = model.config;
  const windowsOf = ({ parts }: MixedFile, split: string, step: number): FixedMixture => {
    const { windows: count, sampler } = evaluation;
    if (sampler === 'fixed') return fixedMixture(parts, { context, count });
    const random = mixtureSampler(parts, {
      kind: 'random',
      context,
      seed: streamSeed(seed, `evaluation.${split}`, step),
    });
    const indices = Array.from({ length: count }, (_, index) => index);
    return { starts: indices.map(random.window), sources: indices.map(random.source) };
  };
  const score = async (file: MixedFile, split: string, step: number): Promise<SourceLoss[]> => {
    const { starts, sources } = windowsOf(file, split, step);
    const options = { batch: microBatch, precision, device, lossRows, kernels };
    const losses = await windowLosses(model, file, starts, options);
    return file.parts.map(({ weight }, source) => {
      const own = losses.filter((_, index) => sources[index] === source);
      return { loss: mean(own), weight: own.length === 0 ? 0 : weight };
    });
  };
  return async (step) => {
    const { validation, train } = files;
    const ofSources = await score(validation, 'validation', step);
    return {
      step,
      validationLoss: weightedMean(ofSources),
      trainLoss: evaluation.train ? weightedMean(await score(train, 'train', step)) : null,
      ...(ofSources.length > 1 ? { validationLosses: ofSources.map(({ loss }) => loss) } : {}),
    };
  };
}

interface SourceLoss {
  loss: number;
  /** 0 for a source of which no window was drawn. */
  weight: number;
}

function weightedMean(sources: readonly SourceLoss[]): number {
  const [first, ...others] = sources;
  if (first && others.length === 0) return first.loss; // to the bit
  const used = sources.filter(({ weight }) => weight > 0);
  const weights = used.reduce((sum, { weight }) => sum + weight, 0);
  return used.reduce((sum, { loss, weight }) => sum + loss * weight, 0) / weights;
}
