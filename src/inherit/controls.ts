// Arithmetic of a grow job's controls: their names, and what they train. Reads no files.

import { gpt2TrainingFlopsPerToken } from '../model/gpt2-init.ts';
import type { Gpt2Config } from '../model/gpt2.ts';
import { failure } from '../run/failure.ts';
import type { GrowOptions } from './grow-options.ts';
import type { GrowState } from './grow-state.ts';
import { totalCost } from './plan.ts';

/** Name of a control's run: another size is another run. */
export function controlName(control: GrowOptions['controls'][number], { layers }: Gpt2Config): string {
  return `${control}-${layers}-layers`;
}

/**
 * Training of a control: a random model of the target's size, with a round's steps or with all FLOPs of the job.
 *
 * @param target  configuration of the last round's model
 * @throws Error  with exit code 64 when the reference's FLOPs are not known
 */
export function controlTraining(
  control: GrowOptions['controls'][number],
  target: Gpt2Config,
  state: GrowState,
  { training }: GrowOptions,
): GrowOptions['training'] {
  const { layers, heads, width, context, bias, scaleAttentionByInverseLayer, paddedVocab } = target;
  const model = {
    ...training.model,
    preset: undefined,
    layers,
    heads,
    width,
    context,
    bias,
    scaleAttentionByInverseLayer,
    padVocabTo: paddedVocab, // as many rows as the target has
  };
  if (control === 'same-steps') return { ...training, model };
  const total = totalCost(state);
  if (total === null)
    throw failure('usage', 'controls: same-flops needs the FLOPs of the reference; set referenceTokens');
  const steps = Math.round(total.flops / (gpt2TrainingFlopsPerToken(target) * training.tokensPerStep));
  const { decaySteps: _, ...learningRate } = training.learningRate; // down to the floor at its own last step
  return { ...training, model, steps, learningRate };
}
