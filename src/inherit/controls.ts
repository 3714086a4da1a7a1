// Arithmetic of a grow job's controls: their names, and what they train. Reads no files.

import { trainingFlopsPerToken } from '../model/families.ts';
import type { ModelConfig } from '../model/family.ts';
import { failure } from '../run/failure.ts';
import type { GrowOptions } from './grow-options.ts';
import type { GrowState } from './grow-state.ts';
import { totalCost } from './plan.ts';

/** Name of a control's run: another size is another run. */
export function controlName(control: GrowOptions['controls'][number], { layers }: ModelConfig): string {
  return `${control}-${layers}-layers`;
}

/**
 * Training of a control: a random model of the target's size, with a round's steps or with all FLOPs of the job.
 *
 * @param target  configuration of the last round's model, and a model folder that has it
 * @throws Error  with exit code 64 when the reference's FLOPs are not known
 */
export function controlTraining(
  control: GrowOptions['controls'][number],
  target: { config: ModelConfig; folder: string },
  state: GrowState,
  { training }: GrowOptions,
): GrowOptions['training'] {
  const own = {
    preset: undefined,
    layers: undefined,
    heads: undefined,
    width: undefined,
    context: undefined,
  };
  const model = { ...training.model, ...own, like: target.folder };
  if (control === 'same-steps') return { ...training, model };
  const total = totalCost(state);
  if (total === null)
    throw failure('usage', 'controls: same-flops needs the FLOPs of the reference; set referenceTokens');
  const steps = Math.round(total.flops / (trainingFlopsPerToken(target.config) * training.tokensPerStep));
  const { decaySteps: _, ...learningRate } = training.learningRate; // down to the floor at its own last step
  return { ...training, model, steps, learningRate };
}
