// Losses of a batch's tokens without gradients: by the family's fused forward pass where there is one, else by libtorch's
// operators in autocast. Either way logits live only inside a chunk of rows.

import { familyOf, hiddenStates } from '../model/families.ts';
import type { Model } from '../model/family.ts';
import { chooseKernels } from '../model/fused/families.ts';
import type { KernelChoice } from '../model/fused/families.ts';
import type { FusedFamily } from '../model/fused/family.ts';
import { fusedStates } from '../model/fused/forward.ts';
import { autocast, noGrad, ops, scope } from '../torch/index.ts';
import type { Dtype, Tensor } from '../torch/index.ts';
import * as kernels from '../torch/kernels.ts';
import { rowLosses } from './loss.ts';

export interface LossOptions extends KernelChoice {
  /** Rows of logits to hold at once; 0 holds as many as fit into 64 MB. */
  lossRows?: number;
}

/**
 * Loss of each token, with dropout off: tokens [B, T] int64 and those that follow -> [B, T] in float32 (float64 for
 * float64 weights), in nats.
 */
export function tokenLosses(inputs: Tensor, targets: Tensor, model: Model, options: LossOptions): Tensor {
  // Nothing is dropped here, so models that differ in dropout alone are scored by the same kernels.
  const { fused } = chooseKernels(options, { ...model.config, dropout: 0 }, model.weights);
  const { lossRows: rows = 0, precision } = options;
  return noGrad(() =>
    scope(() => {
      const { states, logitsOf } = fused
        ? fusedPass(inputs, model, fused, precision)
        : plainPass(inputs, model, precision);
      const vocab = model.config.paddedVocab;
      const losses = rowLosses(states, targets.reshape([-1]), logitsOf, { rows, vocab }); // [N]
      return losses.view(targets.shape);
    }),
  );
}

/** What a forward pass leaves for the loss. */
interface BeforeHead {
  /** [N, E] in the dtype of the logits. */
  states: Tensor;
  /** Some rows of the states [n, E] -> [n, V]. */
  logitsOf: (rows: Tensor) => Tensor;
}

function fusedPass(inputs: Tensor, model: Model, fused: FusedFamily, precision: Dtype): BeforeHead {
  const head = familyOf(model.config).headWeight(model.weights); // [V, C]
  return {
    states: fusedStates(inputs, model, fused, precision),
    logitsOf: (rows) => kernels.linear(rows, head, null),
  };
}

function plainPass(inputs: Tensor, model: Model, precision: Dtype): BeforeHead {
  const hidden = autocast(
    precision,
    () => hiddenStates(inputs, model), // [B, T, E]
    { device: inputs.device },
  );
  const dtype = precision === 'float32' ? hidden.dtype : precision;
  const head = familyOf(model.config).headWeight(model.weights).to(dtype); // [V, E]
  return {
    states: hidden.view([-1, hidden.shape[2]]).to(dtype), // [N, E]
    logitsOf: (rows) => ops.linear(rows, head),
  };
}
