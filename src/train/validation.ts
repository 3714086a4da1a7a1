// Validation: the mean loss of windows of a token file, in nats per token. Runs of one seed see the same windows.

import { readBatch } from '../data/batches.ts';
import type { Batch } from '../data/batches.ts';
import type { TokenFile } from '../data/tokens.ts';
import { familyOf, hiddenStates } from '../model/families.ts';
import type { Model } from '../model/family.ts';
import { autocast, noGrad, scope } from '../torch/index.ts';
import type { Dtype, Tensor } from '../torch/index.ts';
import { rowLosses } from './loss.ts';

export interface ScoreOptions {
  /** Windows scored in one forward pass. */
  batch: number;
  precision: Dtype;
  device: string;
  lossRows?: number;
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
  { batch, precision, device, lossRows = 0 }: ScoreOptions,
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
        losses.set(scoreBatch(inputs, targets, model, precision, lossRows), first);
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

function scoreBatch(
  inputs: Tensor,
  targets: Tensor,
  model: Model,
  precision: Dtype,
  rows: number,
): Float64Array {
  const [B, T] = inputs.shape;
  return noGrad(() =>
    scope(() => {
      const hidden = autocast(
        precision,
        () => hiddenStates(inputs, model), // [B, T, E]
        { device: inputs.device },
      );
      const compute = precision === 'float32' ? hidden.dtype : precision;
      const states = hidden.view([B * T, hidden.shape[2]]);
      const head = familyOf(model.config).headWeight(model.weights);
      const losses = rowLosses(states, head, targets.reshape([B * T]), { rows, compute }); // [B * T]
      const means = losses.view([B, T]).mean([1]).to('float64').data(); // [B]
      if (!(means instanceof Float64Array)) throw new Error('expected float64 losses');
      return means;
    }),
  );
}
