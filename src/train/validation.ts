// Validation: the mean loss of windows of a token file, in nats per token. Runs of one seed see the same windows.

import { readBatch } from '../data/batches.ts';
import type { TokenFile } from '../data/tokens.ts';
import { block, embed, finish, headWeight } from '../model/gpt2.ts';
import type { Gpt2Config, Gpt2Weights } from '../model/gpt2.ts';
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
  { config, weights }: { config: Gpt2Config; weights: Gpt2Weights },
  file: TokenFile,
  starts: readonly number[],
  { batch, precision, device, lossRows = 0 }: ScoreOptions,
): Promise<Float64Array> {
  const losses = new Float64Array(starts.length);
  for (let first = 0; first < starts.length; first += batch) {
    const { inputs, targets } = await readBatch(
      file,
      starts.slice(first, first + batch),
      config.context,
      device,
    );
    losses.set(scoreBatch(inputs, targets, weights, config, precision, lossRows), first);
    inputs.release();
    targets.release();
    await new Promise(setImmediate); // finalizers, signals and logging get their turn
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
  weights: Gpt2Weights,
  config: Gpt2Config,
  precision: Dtype,
  rows: number,
): Float64Array {
  const [B, T] = inputs.shape;
  return noGrad(() =>
    scope(() => {
      const hidden = autocast(
        precision,
        () => {
          let x = embed(inputs, weights); // [B, T, C]
          for (const [layer, blockWeights] of weights.blocks.entries()) {
            const before = x;
            x = scope(() => block(before, blockWeights, layer, config)); // [B, T, C]
            before.release();
          }
          return finish(x, weights, config); // [B, T, C]
        },
        { device: inputs.device },
      );
      const compute = precision === 'float32' ? hidden.dtype : precision;
      const states = hidden.view([B * T, config.width]);
      const losses = rowLosses(states, headWeight(weights), targets.reshape([B * T]), { rows, compute }); // [B * T]
      const means = losses.view([B, T]).mean([1]).to('float64').data(); // [B]
      if (!(means instanceof Float64Array)) throw new Error('expected float64 losses');
      return means;
    }),
  );
}
