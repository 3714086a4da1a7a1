// Gradients of one micro-batch by a family's fused passes (src/model/fused): no autograd, everything freed as it is used.

import { familyOf } from '../model/families.ts';
import type { ModelConfig, Weights } from '../model/family.ts';
import type { FusedFamily, Pass, Saved, StreamGradient } from '../model/fused/family.ts';
import { beginPass } from '../model/fused/forward.ts';
import { addLinearGradients } from '../model/fused/layers.ts';
import { noGrad, scope } from '../torch/index.ts';
import type { Tensor } from '../torch/index.ts';
import * as kernels from '../torch/kernels.ts';
import type { GradientOptions } from './gradients.ts';
import { inChunks, rowsAtOnce } from './loss.ts';
import type { HeadLoss } from './loss.ts';

/**
 * Adds the gradients of `scale` times the summed loss to every leaf, as accumulateGradients does.
 *
 * @returns the summed loss in nats, a scalar tensor
 */
export function fusedGradients(
  inputs: Tensor,
  targets: Tensor,
  weights: Weights,
  config: ModelConfig,
  fused: FusedFamily,
  { scale, lossRows, recompute, precision }: Omit<GradientOptions, 'kernels' | 'mode'>,
): Tensor {
  return noGrad(() =>
    scope(() => {
      const family = familyOf(config);
      const { pass, tables, x: entry } = beginPass(inputs, { config, weights }, fused, precision);
      const forward = (x: Tensor, layer: number) =>
        scope(() => fused.forward(x, weights.blocks[layer], layer, config, pass, tables));

      let x = entry; // [N, C]
      const kept: Saved[] = []; // of each block: what its backward pass needs, or only x where it runs again
      for (let layer = 0; layer < config.layers; layer++) {
        const { output, saved } = forward(x, layer);
        kept.push(recompute ? { x } : saved);
        if (recompute) release(saved, x);
        x = output;
      }

      const head = scope(() => {
        const { normed, saved } = fused.finish(x, weights, config, pass);
        const { total, hiddenGradient } = headLoss(normed, family.headWeight(weights), targets, {
          scale,
          lossRows,
        });
        normed.release();
        return { total, stream: fused.finishBackward(hiddenGradient, saved, weights, config) };
      });
      x.release();

      let { stream } = head;
      for (let layer = config.layers - 1; layer >= 0; layer--) {
        const saved = recompute ? again(forward(kept[layer].x, layer)) : kept[layer];
        stream = scope(() => backward(fused, stream, saved, weights, layer, config, pass, tables));
        release(saved);
      }
      const { exact } = stream;
      family.addEmbeddingGradients(inputs, exact.view([pass.B, pass.T, exact.shape[1]]), weights, config);
      return head.total;
    }),
  );
}

function backward(
  fused: FusedFamily,
  { exact, rounded }: StreamGradient,
  saved: Saved,
  weights: Weights,
  layer: number,
  config: ModelConfig,
  pass: Pass,
  tables: Saved,
): StreamGradient {
  const gradient = fused.backward(
    { exact, rounded },
    saved,
    weights.blocks[layer],
    layer,
    config,
    pass,
    tables,
  );
  if (rounded !== exact) rounded.release();
  return gradient;
}

/** Losses at normed states [N, C], and their gradient there; the head's is added to its leaf, some rows at a time. */
function headLoss(
  normed: Tensor,
  weight: Tensor,
  targets: Tensor,
  { scale, lossRows }: Pick<GradientOptions, 'scale' | 'lossRows'>,
): HeadLoss {
  const count = normed.shape[0];
  const [vocab] = weight.shape;
  const rows = rowsAtOnce(lossRows, vocab, normed);
  const wanted = targets.reshape([count]);
  return inChunks(count, rows, (part) => {
    const states = part(normed); // [n, C]
    const logits = kernels.linear(states, weight, null); // [n, V]
    const total = kernels.crossEntropy(logits, part(wanted), scale).sum(); // logits are now their gradient
    const hiddenGradient = kernels.linearInputGradient(logits, [weight]); // [n, C]
    addLinearGradients({ weight, bias: null }, logits, states);
    logits.release();
    return { total, hiddenGradient };
  });
}

/** What a block's forward pass leaves, made again. */
function again({ output, saved }: { output: Tensor; saved: Saved }): Saved {
  output.release();
  return saved;
}

function release(saved: Saved, except?: Tensor): void {
  for (const tensor of Object.values(saved)) if (tensor !== except) tensor.release();
}
