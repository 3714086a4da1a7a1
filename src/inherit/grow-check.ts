// Whether a grow job can be done as asked, found out before hours of training. Trains nothing, writes nothing.

import { commonInfo, sourceParts } from '../data/mixture.ts';
import type { TokenSource } from '../data/mixture.ts';
import { failure } from '../run/failure.ts';
import { modelConfig } from '../train/start.ts';
import { microStepsOf } from '../train/train.ts';
import { runOptions } from './grow-options.ts';
import type { GrowOptions } from './grow-options.ts';
import { comparedWindows } from './grow-score.ts';
import { roundCount } from './plan.ts';

/**
 * Checks options against each other, the reference and the data.
 *
 * @throws Error  with exit code 64 and one line, or 65 when the reference is no model
 */
export async function checkGrow(options: GrowOptions, sources: readonly TokenSource[]): Promise<void> {
  const { vocab, tokenizer } = commonInfo(sources);
  const { training, referenceTraining, referenceTokens, controls } = options;
  for (const key of ['preset', 'layers', 'heads', 'width', 'context'] as const)
    if (training.model[key] !== undefined)
      throw failure(
        'usage',
        `training.model.${key}: rounds have the sizes of the reference, got ${training.model[key]}; leave it out, or set referenceTraining.model.${key}`,
      );
  const isGiven = options.reference !== 'train';
  const reference = isGiven
    ? runOptions('reference', options.reference, training, options)
    : runOptions('reference', 'random', referenceTraining, options);
  const config = await modelConfig(reference, vocab, { tokenizer });
  roundCount(config.layers, options);
  for (const name of isGiven ? (['training'] as const) : (['referenceTraining', 'training'] as const))
    checkMicroSteps(name, config.context, options);
  comparedWindows(sourceParts(sources, 'val'), config.context, options);
  if (isGiven && referenceTokens === undefined && controls.includes('same-flops'))
    throw failure('usage', 'controls: same-flops needs the FLOPs of the reference; set referenceTokens');
}

function checkMicroSteps(
  name: 'training' | 'referenceTraining',
  context: number,
  options: GrowOptions,
): void {
  try {
    microStepsOf(runOptions(name, 'random', options[name], options), context);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw failure('usage', `${name}.${error.message}`, { cause: error });
  }
}
