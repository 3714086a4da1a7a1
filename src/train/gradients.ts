// Gradients of one micro-batch, added to the weights' leaves: the whole graph at once, or block by block recomputed.

import { block, embed, finish, headWeight } from '../model/gpt2.ts';
import type { ForwardMode, Gpt2Config, Gpt2Weights } from '../model/gpt2.ts';
import { autocast, backward, noGrad, scope } from '../torch/index.ts';
import type { Dtype, Tensor } from '../torch/index.ts';
import { headLoss } from './loss.ts';

export interface GradientOptions {
  /** Dtype of matrix products: 'bfloat16' by autocast, or the weights' own. */
  precision: Dtype;
  /** Factor on the loss: one over the rows of a step for a mean, one over those of a micro-batch for upstream's sum. */
  scale: number;
  /** Keep only the blocks' inputs and run each block again in the backward pass. Same bits, less memory. */
  recompute: boolean;
  /** Rows of logits to hold at once; 0 holds all. */
  lossRows: number;
  mode: ForwardMode;
}

/**
 * Adds the gradients of `scale` times the summed loss to every leaf.
 *
 * @param inputs   token ids [B, T] int64
 * @param targets  the tokens that follow, [B, T] int64
 * @returns the summed loss in nats, a scalar tensor
 */
export function accumulateGradients(
  inputs: Tensor,
  targets: Tensor,
  weights: Gpt2Weights,
  config: Gpt2Config,
  options: GradientOptions,
): Tensor {
  const { precision, mode } = options;
  const device = inputs.device;
  return scope(() => {
    if (options.recompute) return recomputed(inputs, targets, weights, config, options);
    // The inner scope drops every handle but the last: autograd keeps just what the backward pass needs.
    const hidden = scope(() =>
      autocast(
        precision,
        () => {
          let x = embed(inputs, weights, mode); // [B, T, C]
          weights.blocks.forEach((blockWeights, layer) => {
            x = block(x, blockWeights, layer, config, mode);
          });
          return finish(x, weights, config); // [B, T, C]
        },
        { device },
      ),
    );
    const { total, gradient } = lossAt(hidden, targets, weights, options);
    backward(hidden, gradient);
    return total;
  });
}

function recomputed(
  inputs: Tensor,
  targets: Tensor,
  weights: Gpt2Weights,
  config: Gpt2Config,
  options: GradientOptions,
): Tensor {
  const { precision, mode } = options;
  const run = (part: () => Tensor) => scope(() => autocast(precision, part, { device: inputs.device }));
  const entries = [noGrad(() => run(() => embed(inputs, weights, mode)))]; // [B, T, C]: what enters each block, and the final norm
  let x = entries[0];
  weights.blocks.forEach((blockWeights, layer) => {
    const entry = x;
    x = noGrad(() => run(() => block(entry, blockWeights, layer, config, mode)));
    entries.push(x);
  });
  /** Runs a part again from its input, now recorded. */
  const again = (entry: Tensor, part: (x: Tensor) => Tensor) => {
    const leaf = entry.detach();
    leaf.requiresGrad = true;
    const output = run(() => part(leaf));
    entry.release();
    return { leaf, output };
  };
  const top = scope(() => {
    const { leaf, output } = again(x, (last) => finish(last, weights, config));
    const { total, gradient } = lossAt(output, targets, weights, options);
    backward(output, gradient);
    return { total, gradient: gradientAt(leaf) };
  });
  let gradient = top.gradient; // [B, T, C], of what enters the part done last
  for (const [layer, blockWeights] of [...weights.blocks.entries()].reverse()) {
    const after = gradient;
    gradient = scope(() => {
      const { leaf, output } = again(entries[layer], (entry) =>
        block(entry, blockWeights, layer, config, mode),
      );
      backward(output, after);
      return gradientAt(leaf);
    });
    after.release();
  }
  backward(
    run(() => embed(inputs, weights, mode)),
    gradient,
  );
  return top.total;
}

function gradientAt(leaf: Tensor): Tensor {
  const { grad } = leaf;
  if (!grad) throw new Error('recompute: a part passed no gradient back');
  return grad;
}

/** Summed loss at the normed states [B, T, C], and its gradient there. The head's own gradient is added to its leaf. */
function lossAt(
  hidden: Tensor,
  targets: Tensor,
  weights: Gpt2Weights,
  { scale, lossRows, precision }: GradientOptions,
) {
  const [B, T, C] = hidden.shape;
  const states = hidden.detach().view([B * T, C]);
  const compute = precision === 'float32' ? hidden.dtype : precision;
  const { total, hiddenGradient } = headLoss(states, headWeight(weights), targets.reshape([B * T]), {
    scale,
    rows: lossRows,
    compute,
  });
  return { total, gradient: hiddenGradient.view([B, T, C]) };
}
