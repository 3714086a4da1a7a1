// Validation: the mean loss of windows of a token file, in nats per token. Runs of one seed see the same windows.

import { readBatch } from '../data/batches.ts';
import type { Batch } from '../data/batches.ts';
import type { TokenFile } from '../data/tokens.ts';
import type { Model } from '../model/family.ts';
import { scope } from '../torch/index.ts';
import type { Tensor } from '../torch/index.ts';
import { tokenLosses } from './token-losses.ts';
import type { LossOptions } from './token-losses.ts';

export interface ScoreOptions extends LossOptions {
  /** Windows scored in one forward pass. */
  batch: number;
  device: string;
}

/**
 * Mean loss of each window.
 *
 * @param starts  first token of each window; a window reads context + 1 tokens
 * @returns losses in nats per token, in the order of `starts`
 */
export async function windowLosses(
  model: Model,
  file: TokenFile,
  starts: readonly number[],
  { batch, device, ...options }: ScoreOptions,
): Promise<Float64Array> {
  const losses = new Float64Array(starts.length);
  const readFrom = (first: number): Promise<Batch> | null => {
    if (first >= starts.length) return null;
    const read = readBatch(file, starts.slice(first, first + batch), model.config.context, device);
    read.catch(() => undefined); // whoever awaits it sees the error
    return read;
  };
  let ahead = readFrom(0);
  try {
    for (let first = 0; ahead !== null; first += batch) {
      const { inputs, targets } = await ahead;
      ahead = readFrom(first + batch); // while these are scored
      try {
        losses.set(scoreBatch(inputs, targets, model, options), first);
      } finally {
        inputs.release();
        targets.release();
      }
      await new Promise(setImmediate); // finalizers, signals and logging get their turn
    }
  } finally {
    const unused = await ahead?.catch(() => null);
    unused?.inputs.release();
    unused?.targets.release();
  }
  return losses;
}

/** Arithmetic mean. */
export function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function scoreBatch(inputs: Tensor, targets: Tensor, model: Model, options: LossOptions): Float64Array {
  return scope(() => {
    const means = tokenLosses(inputs, targets, model, options).mean([1]).to('float64').data(); // [B]
    if (!(means instanceof Float64Array)) throw new Error('expected float64 losses');
    return means;
  });
}
