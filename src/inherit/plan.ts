// Arithmetic of a grow job: layers, learning rates and costs of its rounds. Reads no files, reaches no tensor.

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
