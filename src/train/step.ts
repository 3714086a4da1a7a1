// One optimizer step: its micro-batches forward and backward, clipping, the update. No files, no schedule.

import type { ModelConfig, Weights } from '../model/family.ts';
import type { ForwardMode } from '../model/layers.ts';
import { streamSeed } from '../run/seed.ts';
import { manualSeed, scope } from '../torch/index.ts';
import type { Dtype, Tensor } from '../torch/index.ts';
import type { Batch } from '../data/batches.ts';
import { accumulateGradients } from './gradients.ts';
import { adamwUpdate, clipFactor, dropGradients, gradientNorm } from './optimizer.ts';
import type { Adamw, AdamwOptions } from './optimizer.ts';

export interface StepOptions {
  /** Micro-batches in this step. */
  microSteps: number;
  /** 'mean' divides by the micro-batches, 'sum' does not (upstream). */
  gradients: 'mean' | 'sum';
  precision: Dtype;
  recompute: boolean;
  lossRows: number;
  kernels?: 'auto' | 'plain' | undefined;
  optimizer: AdamwOptions & { decay: 'matrices' | 'linear'; clip: number };
}

export interface StepResult {
  /** Mean loss of the step's tokens, in nats. */
  loss: number;
  gradientNorm: number;
  /** False when the loss or a gradient was not finite: then nothing was updated. */
  updated: boolean;
}

/**
 * Runs one step. Batches are asked for one by one and freed here.
 *
 * @param stopped  asked after each micro-batch; true abandons the step
 * @returns null when the step was abandoned: weights and optimizer are as before it
 */
export async function trainStep(
  model: { config: ModelConfig; weights: Weights; leaves: ReadonlyMap<string, Tensor> },
  adamw: Adamw,
  { step, seed, learningRate }: { step: number; seed: number; learningRate: number },
  nextBatch: () => Promise<Batch>,
  options: StepOptions,
  stopped: () => boolean,
): Promise<StepResult | null> {
  const { config, weights, leaves } = model;
  let total = 0;
  let tokens = 0;
  for (let microStep = 0; microStep < options.microSteps; microStep++) {
    const { inputs, targets } = await nextBatch();
    const [B, T] = inputs.shape;
    const divisor = options.gradients === 'mean' ? options.microSteps : 1;
    try {
      total += scope(() =>
        accumulateGradients(inputs, targets, weights, config, {
          ...options,
          scale: 1 / (B * T * divisor),
          mode: dropoutMode(config.dropout, seed, step, microStep),
        }).item(),
      );
    } finally {
      inputs.release();
      targets.release();
    }
    tokens += B * T;
    await new Promise(setImmediate); // finalizers, signals and logging get their turn
    if (stopped() && microStep + 1 < options.microSteps) {
      dropGradients(leaves);
      return null;
    }
  }
  const norm = gradientNorm(leaves);
  const loss = total / tokens;
  const updated = Number.isFinite(loss) && Number.isFinite(norm);
  const gradientScale = clipFactor(norm, options.optimizer.clip);
  if (updated) adamwUpdate(leaves, adamw, learningRate, { ...options.optimizer, gradientScale });
  dropGradients(leaves);
  return { loss, gradientNorm: norm, updated };
}

/** Dropout whose bits are a function of (seed, step, micro-step, part), whatever ran before. */
function dropoutMode(dropout: number, seed: number, step: number, microStep: number): ForwardMode {
  return {
    dropout,
    seedDropout: (part) => manualSeed(streamSeed(seed, 'dropout', step, microStep, part + 1)),
  };
}
