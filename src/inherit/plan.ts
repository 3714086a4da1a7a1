// Arithmetic of a grow job: layers and learning rates of its rounds, and what its controls train. Reads no files.

import { gpt2TrainingFlopsPerToken } from '../model/gpt2-init.ts';
import type { Gpt2Config } from '../model/gpt2.ts';
import { failure } from '../run/failure.ts';
import type { GrowOptions } from './grow-options.ts';
import type { GrowState, Round } from './grow-state.ts';

/** Layers of a round's target, at most those of the reference. */
export function layersOfRound(round: number, referenceLayers: number, { first, add }: GrowOptions): number {
  const start = first ?? Math.ceil(referenceLayers / 2);
  if (start > referenceLayers)
    throw failure(
      'usage',
      `first: must be 1..${referenceLayers} (the reference has ${referenceLayers}), got ${start}`,
    );
  return Math.min(referenceLayers, start + (round - 1) * add);
}

/** Rounds until the target has every layer of the reference, or maxRounds. */
export function roundCount(referenceLayers: number, options: GrowOptions): number {
  const start = layersOfRound(1, referenceLayers, options);
  return Math.min(options.maxRounds ?? Infinity, 1 + Math.ceil((referenceLayers - start) / options.add));
}

/** The learning rates of a round: from the start again (the paper), or further along one schedule over all rounds. */
export function scheduleOfRound(
  round: number,
  rounds: number,
  { schedule, training }: GrowOptions,
): GrowOptions['training']['learningRate'] {
  const { learningRate, steps } = training;
  if (schedule === 'restart') return learningRate;
  return {
    ...learningRate,
    startStep: (round - 1) * steps,
    decaySteps: learningRate.decaySteps ?? rounds * steps,
  };
}

/** The round that ran last. */
export function lastRound({ rounds }: Pick<GrowState, 'rounds'>): Round | null {
  return rounds.at(-1) ?? null;
}

/** Training of the reference and all rounds; null when the reference's is not known. */
export function totalCost({
  reference,
  rounds,
}: Pick<GrowState, 'reference' | 'rounds'>): { tokens: number; flops: number } | null {
  if (!reference || reference.tokens === null || reference.flops === null) return null;
  const total = { tokens: reference.tokens, flops: reference.flops };
  for (const { tokens, flops } of rounds) {
    total.tokens += tokens ?? 0;
    total.flops += flops ?? 0;
  }
  return total;
}

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
