// Gradients of one micro-batch, added to the weights' leaves: by fused passes where there are any; else by autograd, the
// whole graph at once or block by block recomputed.

import { familyOf } from '../model/families.ts';
import type { ModelConfig, Weights } from '../model/family.ts';
import { chooseKernels } from '../model/fused/families.ts';
import { dropEmbedded } from '../model/layers.ts';
import type { ForwardMode } from '../model/layers.ts';
import { autocast, backward, noGrad, scope } from '../torch/index.ts';
import type { Dtype, Tensor } from '../torch/index.ts';
import { fusedGradients } from './fused-gradients.ts';
import { headLoss } from './loss.ts';

export interface GradientOptions {
  /** Dtype of matrix products: 'bfloat16' by autocast, or the weights' own. */
  precision: Dtype;
  /** Factor on the loss: one over the rows of a step for a mean, one over those of a micro-batch for upstream's sum. */
  scale: number;
  /** Keep only the blocks' inputs and run each block again in the backward pass. Same bits, less memory. */
  recompute: boolean;
  /** Rows of logits to hold at once; 0 holds all, or with fused passes as many as fit into 64 MB. */
  lossRows: number;
  /** 'auto' takes the family's fused passes where there are any for this CPU, precision and model. */
  kernels?: 'auto' | 'plain' | undefined;
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
  weights: Weights,
  config: ModelConfig,
  options: GradientOptions,
): Tensor {
  const { fused } = chooseKernels(options, config, weights);
  if (fused) return fusedGradients(inputs, targets, weights, config, fused, options);
  const family = familyOf(config);
  return scope(() => {
    const part = (run: () => Tensor) =>
      scope(() => autocast(options.precision, run, { device: inputs.device }));
    const entry = leafOf(noGrad(() => part(() => family.embed(inputs, weights, config)))); // [B, T, C]
    const through = options.recompute ? recomputed : recorded;
    const total = through(part, entry, targets, weights, config, options);
    noGrad(() => family.addEmbeddingGradients(inputs, gradientAt(entry), weights, config));
    return total;
  });
}

/** Runs a part of the model in the wanted precision and drops every handle but its result: autograd keeps what it needs. */
type RunPart = (run: () => Tensor) => Tensor;

function recorded(
  part: RunPart,
  entry: Tensor,
  targets: Tensor,
  weights: Weights,
  config: ModelConfig,
  options: GradientOptions,
): Tensor {
  const { block, finish } = familyOf(config);
  const hidden = part(() => {
    let x = dropEmbedded(entry, options.mode); // [B, T, C]
    weights.blocks.forEach((blockWeights, layer) => {
      x = block(x, blockWeights, layer, config, options.mode);
    });
    return finish(x, weights, config); // [B, T, E]
  });
  const { total, gradient } = lossAt(hidden, targets, weights, config, options);
  backward(hidden, gradient);
  return total;
}

function recomputed(
  part: RunPart,
  entry: Tensor,
  targets: Tensor,
  weights: Weights,
  config: ModelConfig,
  options: GradientOptions,
): Tensor {
  const { mode } = options;
  const { block, finish } = familyOf(config);
  const layerAt = (layer: number, x: Tensor) =>
    block(layer === 0 ? dropEmbedded(x, mode) : x, weights.blocks[layer], layer, config, mode);
  const entries = [entry]; // what enters each block, and at last the final norm: [B, T, C] each
  for (let layer = 0; layer < config.layers; layer++)
    entries.push(leafOf(noGrad(() => part(() => layerAt(layer, entries[layer])))));
  const top = scope(() => {
    const hidden = part(() => finish(entries[config.layers], weights, config)); // [B, T, C]
    const { total, gradient } = lossAt(hidden, targets, weights, config, options);
    backward(hidden, gradient);
    return { total };
  });
  for (let layer = config.layers - 1; layer >= 0; layer--) {
    scope(() => {
      const output = part(() => layerAt(layer, entries[layer])); // again, and now recorded
      backward(output, gradientAt(entries[layer + 1]));
    });
    entries[layer + 1].release();
  }
  return top.total;
}

function leafOf(x: Tensor): Tensor {
  const leaf = x.detach();
  leaf.requiresGrad = true;
  return leaf;
}

function gradientAt(leaf: Tensor): Tensor {
  const { grad } = leaf;
  if (!grad) throw new Error('a part of the model passed no gradient back');
  return grad;
}

/** Summed loss at the normed states [B, T, E], and its gradient there. The head's own gradient is added to its leaf. */
function lossAt(
  hidden: Tensor,
  targets: Tensor,
  weights: Weights,
  config: ModelConfig,
  { scale, lossRows, precision }: GradientOptions,
) {
  const [B, T, C] = hidden.shape;
  const states = hidden.detach().view([B * T, C]);
  const compute = precision === 'float32' ? hidden.dtype : precision;
  const { total, hiddenGradient } = headLoss(
    states,
    familyOf(config).headWeight(weights),
    targets.reshape([B * T]),
    {
      scale,
      rows: lossRows,
      compute,
    },
  );
  return { total, gradient: hiddenGradient.view([B, T, C]) };
}
