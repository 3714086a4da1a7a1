// AdamW on a weight tree by libtorch's fused operator, and clipping by the global norm. State is keyed by path.

import { keep, noGrad, ops, scope } from '../torch/index.ts';
import type { Tensor } from '../torch/index.ts';

export interface AdamwOptions {
  beta1: number;
  beta2: number;
  epsilon: number;
  weightDecay: number;
}

/** AdamW's state. `updates` counts applied updates: the bias correction depends on it, not on the step. */
export interface Adamw {
  updates: number;
  moment1: ReadonlyMap<string, Tensor>;
  moment2: ReadonlyMap<string, Tensor>;
}

/** Zero moments for every leaf. */
export function initAdamw(leaves: ReadonlyMap<string, Tensor>): Adamw {
  const zeros = () =>
    new Map([...leaves].map(([path, leaf]) => [path, scope(() => keep(ops.zerosLike(leaf.detach())))]));
  return { updates: 0, moment1: zeros(), moment2: zeros() };
}

/** Which leaves weight decay shrinks: every matrix, or (upstream's rule) those of linear layers only. */
export function decays(path: string, leaf: Tensor, rule: 'matrices' | 'linear'): boolean {
  return leaf.shape.length >= 2 && (rule === 'matrices' || !path.endsWith('Embedding'));
}

/**
 * One AdamW update in place. Gradients are read from the leaves and left as they are.
 *
 * @see Loshchilov and Hutter, Decoupled weight decay regularization (arXiv:1711.05101)
 */
export function adamwUpdate(
  leaves: ReadonlyMap<string, Tensor>,
  state: Adamw,
  learningRate: number,
  options: AdamwOptions & { decay: 'matrices' | 'linear' },
): void {
  state.updates += 1;
  noGrad(() =>
    scope(() => {
      for (const decayed of [true, false]) {
        const group = [...leaves].filter(([path, leaf]) => decays(path, leaf, options.decay) === decayed);
        if (group.length > 0)
          updateGroup(group, state, learningRate, options, decayed ? options.weightDecay : 0);
      }
    }),
  );
}

/**
 * Scales all gradients so that their common norm is at most `limit`.
 *
 * @returns the norm before clipping; not finite when any gradient is not, and then nothing is scaled
 */
export function clipGradients(leaves: ReadonlyMap<string, Tensor>, limit: number): number {
  return noGrad(() =>
    scope(() => {
      const gradients = [...leaves].map(([path, leaf]) => gradientOf(path, leaf));
      const norms = ops._foreachNorm(gradients, 2);
      const norm = ops.linalgVectorNorm(ops.stack(norms), 2).item();
      const factor = limit / (norm + 1e-6);
      if (limit > 0 && Number.isFinite(norm) && factor < 1) ops._foreachMul_(gradients, factor);
      return norm;
    }),
  );
}

/** Drops every gradient, so that the next backward starts from nothing. */
export function dropGradients(leaves: ReadonlyMap<string, Tensor>): void {
  for (const leaf of leaves.values()) leaf.grad = null;
}

function updateGroup(
  group: [string, Tensor][],
  state: Adamw,
  lr: number,
  options: AdamwOptions,
  weightDecay: number,
): void {
  const { beta1, beta2, epsilon: eps } = options;
  const leaves = group.map(([, leaf]) => leaf);
  const gradients = group.map(([path, leaf]) => gradientOf(path, leaf));
  const moments = (of: ReadonlyMap<string, Tensor>) => group.map(([path]) => required(of, path));
  const [first] = leaves;
  if (!first) return;
  const step = ops.full([], state.updates, { dtype: 'float32', device: first.device });
  const steps = group.map(() => step);
  ops._fusedAdamw_(leaves, gradients, moments(state.moment1), moments(state.moment2), [], steps, {
    lr,
    beta1,
    beta2,
    weightDecay,
    eps,
    amsgrad: false,
    maximize: false,
  });
}

function gradientOf(path: string, leaf: Tensor): Tensor {
  const gradient = leaf.grad;
  if (!gradient) throw new Error(`${path} has no gradient; backward did not reach it`);
  return gradient;
}

function required(moments: ReadonlyMap<string, Tensor>, path: string): Tensor {
  const moment = moments.get(path);
  if (!moment) throw new Error(`the optimizer has no state for ${path}`);
  return moment;
}
