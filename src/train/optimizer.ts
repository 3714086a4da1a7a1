// AdamW on a weight tree, and clipping by the global norm. State is keyed by path. On a CPU by our own kernels.

import { keep, noGrad, ops, scope } from '../torch/index.ts';
import type { Tensor } from '../torch/index.ts';
import * as kernels from '../torch/kernels.ts';

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
 * The common norm of all gradients: not finite when any gradient is not.
 *
 * @throws Error  when a leaf has no gradient
 */
export function gradientNorm(leaves: ReadonlyMap<string, Tensor>): number {
  return noGrad(() =>
    scope(() => {
      const gradients = [...leaves].map(([path, leaf]) => gradientOf(path, leaf));
      if (areFused(leaves)) return kernels.gradientNorm(gradients).item();
      return ops.linalgVectorNorm(ops.stack(ops._foreachNorm(gradients, 2)), 2).item();
    }),
  );
}

/** Factor that brings gradients of this norm down to `limit`, at most 1. A limit of 0 does not clip. */
export function clipFactor(norm: number, limit: number): number {
  return limit > 0 ? Math.min(1, limit / (norm + 1e-6)) : 1;
}

export interface UpdateOptions extends AdamwOptions {
  decay: 'matrices' | 'linear';
  /** Factor on the gradients, for clipping. */
  gradientScale?: number;
}

/**
 * One AdamW update in place. Gradients are read from the leaves; they may be scaled in place.
 *
 * @see Loshchilov and Hutter, Decoupled weight decay regularization (arXiv:1711.05101)
 */
export function adamwUpdate(
  leaves: ReadonlyMap<string, Tensor>,
  state: Adamw,
  learningRate: number,
  options: UpdateOptions,
): void {
  state.updates += 1;
  const update = areFused(leaves) ? fusedUpdate : plainUpdate;
  noGrad(() => scope(() => update(leaves, state, learningRate, options)));
}

/** Drops every gradient, so that the next backward starts from nothing. */
export function dropGradients(leaves: ReadonlyMap<string, Tensor>): void {
  for (const leaf of leaves.values()) leaf.grad = null;
}

/** Whether our own kernels take these leaves; elsewhere (a GPU, float64) ATen's operators do. */
function areFused(leaves: ReadonlyMap<string, Tensor>): boolean {
  return [...leaves.values()].every(
    ({ device, dtype }) => device === 'cpu' && (dtype === 'float32' || dtype === 'bfloat16'),
  );
}

/** All leaves at once, in one visit to memory. */
function fusedUpdate(
  leaves: ReadonlyMap<string, Tensor>,
  state: Adamw,
  lr: number,
  options: UpdateOptions,
): void {
  const { beta1, beta2, epsilon, gradientScale } = options;
  const weightDecays = [...leaves].map(([path, leaf]) =>
    decays(path, leaf, options.decay) ? options.weightDecay : 0,
  );
  const { weights, gradients, moments1, moments2 } = listsOf([...leaves], state);
  const { updates } = state;
  const rates = { lr, beta1, beta2, epsilon, updates, gradientScale: gradientScale ?? 1 };
  kernels.adamw(weights, gradients, moments1, moments2, weightDecays, rates);
}

/** The same by ATen's operators. */
function plainUpdate(
  leaves: ReadonlyMap<string, Tensor>,
  state: Adamw,
  lr: number,
  options: UpdateOptions,
): void {
  const { beta1, beta2, epsilon: eps, gradientScale = 1 } = options;
  for (const decayed of [true, false]) {
    const group = [...leaves].filter(([path, leaf]) => decays(path, leaf, options.decay) === decayed);
    const { weights, gradients, moments1, moments2 } = listsOf(group, state);
    const [first] = weights;
    if (!first) continue;
    if (gradientScale !== 1) ops._foreachMul_(gradients, gradientScale);
    const step = ops.full([], state.updates, { dtype: 'float32', device: first.device });
    const steps = group.map(() => step);
    ops._fusedAdamw_(weights, gradients, moments1, moments2, [], steps, {
      lr,
      beta1,
      beta2,
      weightDecay: decayed ? options.weightDecay : 0,
      eps,
      amsgrad: false,
      maximize: false,
    });
  }
}

function listsOf(group: [string, Tensor][], state: Adamw) {
  return {
    weights: group.map(([, leaf]) => leaf),
    gradients: group.map(([path, leaf]) => gradientOf(path, leaf)),
    moments1: group.map(([path]) => required(state.moment1, path)),
    moments2: group.map(([path]) => required(state.moment2, path)),
  };
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
