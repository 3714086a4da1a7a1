// Evaluation during training: mean losses on windows of both splits, the same each time unless asked otherwise.

import { fixedWindows, randomWindowSampler } from '../data/sampler.ts';
import type { TokenFile } from '../data/tokens.ts';
import { streamSeed } from '../run/seed.ts';
import type { TrainOptions } from './options.ts';
import type { TrainedModel } from './start.ts';
import { mean, windowLosses } from './validation.ts';

export interface Evaluation {
  step: number;
  /** Mean loss in nats per token. */
  validationLoss: number;
  /** null when evaluation.train is off. */
  trainLoss: number | null;
}

/** A function that scores the model as it is now. */
export function evaluator(
  model: TrainedModel,
  files: { train: TokenFile; validation: TokenFile },
  { evaluation, microBatch, precision, lossRows, seed }: TrainOptions,
  device: string,
): (step: number) => Promise<Evaluation> {
  const { context } = model.config;
  const starts = (file: TokenFile, split: string, step: number): number[] => {
    const { windows: count, sampler } = evaluation;
    if (sampler === 'fixed') return fixedWindows({ tokens: file.length, context, count });
    const random = randomWindowSampler({
      tokens: file.length,
      context,
      seed: streamSeed(seed, `evaluation.${split}`, step),
    });
    return Array.from({ length: count }, (_, index) => random.window(index));
  };
  const score = async (file: TokenFile, split: string, step: number) =>
    mean(
      await windowLosses(model, file, starts(file, split, step), {
        batch: microBatch,
        precision,
        device,
        lossRows,
      }),
    );
  return async (step) => ({
    step,
    validationLoss: await score(files.validation, 'validation', step),
    trainLoss: evaluation.train ? await score(files.train, 'train', step) : null,
  });
}
