// Small random GPT-2s for the tests of this folder: every tensor differs from every other, and attention from uniform.

import { forward, initModel } from '../../src/model/families.ts';
import type { Model } from '../../src/model/family.ts';
import type { Gpt2Config, Gpt2Weights } from '../../src/model/gpt2.ts';
import { flattenWeights } from '../../src/model/weights.ts';
import { streamSeed } from '../../src/run/seed.ts';
import { fromTypedArray, keep, manualSeed, noGrad, scope } from '../../src/torch/index.ts';
import type { Tensor } from '../../src/torch/index.ts';

/** A configuration of width 16 over 61 tokens. */
export function smallConfig(changes: Partial<Gpt2Config> = {}): Gpt2Config {
  return {
    family: 'gpt2',
    layers: 7,
    heads: 2,
    width: 16,
    context: 12,
    vocab: 61,
    paddedVocab: 64,
    bias: true,
    dropout: 0,
    scaleAttentionByInverseLayer: true,
    layerNormEpsilon: 1e-5,
    ...changes,
  };
}

export interface SmallModel {
  config: Gpt2Config;
  weights: Gpt2Weights;
}

/** A model whose tensors, norms and biases too, are N(0, 0.25). Release its weights. */
export function smallModel(seed: number, changes: Partial<Gpt2Config> = {}): SmallModel {
  const config = smallConfig(changes);
  const weights = initModel(config, seed) as Gpt2Weights;
  noGrad(() => {
    for (const [path, leaf] of flattenWeights(weights)) {
      manualSeed(streamSeed(seed, path));
      leaf.normal_(path.includes('norm') ? 1 : 0, 0.25);
    }
  });
  return { config, weights };
}

/** Logits of a model on one sequence of its own length, as numbers. */
export function logitsOf({ config, weights }: Model): Float32Array {
  const ids = Array.from({ length: config.context }, (_, index) => BigInt((7 * index) % config.vocab));
  return noGrad(() =>
    scope(() => {
      const tokens = fromTypedArray(BigInt64Array.from(ids), [1, config.context]);
      return floats(forward(tokens, { config, weights }));
    }),
  );
}

/** Elements of a float32 tensor. */
export function floats(tensor: Tensor): Float32Array {
  const data = tensor.data();
  if (!(data instanceof Float32Array)) throw new Error(`expected float32, got ${tensor.dtype}`);
  return data;
}

/** Every tensor of a model, copied out: what it was before something was done. */
export function snapshot({ weights }: Model): Map<string, Float32Array> {
  return new Map(
    Array.from(flattenWeights(weights), ([path, leaf]) => [path, scope(() => floats(leaf.clone()))]),
  );
}

/** Random states [1, T, C], as between two blocks. Release them. */
export function randomStates({ context, width }: Gpt2Config, seed: number): Tensor {
  manualSeed(BigInt(seed));
  return scope(() =>
    keep(fromTypedArray(new Float32Array(context * width), [1, context, width]).normal_(0, 1)),
  );
}

/** Largest difference of two lists of one length, as a share of the second's largest value. */
export function relativeDifference(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) throw new Error(`expected lists of one length, got ${a.length} and ${b.length}`);
  const scale = b.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return a.reduce((most, value, index) => Math.max(most, Math.abs(value - (b[index] ?? NaN))), 0) / scale;
}
