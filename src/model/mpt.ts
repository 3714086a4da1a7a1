// The MPT family (MosaicML): attention with linear biases (ALiBi, Press et al., arXiv:2108.12409), no bias anywhere, tied head,
// queries, keys and values clipped in some models, and shared between heads in some of llm-foundry's.

import { failure } from '../run/failure.ts';
import { fromTypedArray, ops } from '../torch/index.ts';
import type { Tensor } from '../torch/index.ts';
import { attend, placesUpTo, repeatHeads, splitHeads } from './attend.ts';
import type { Family } from './family.ts';
import { addRowGradients, apply, drop, evaluationMode, layerNorm } from './layers.ts';
import type { Linear, Norm } from './layers.ts';
import { readMptConfig, toHubMptConfig } from './mpt-config.ts';
import type { MptConfig } from './mpt-config.ts';
import { linearParameters, normParameters, tableParameter } from './parameters.ts';
import type { Parameter } from './parameters.ts';

export type MptBlock = {
  norm1: Norm;
  attention: { queryKeyValue: Linear; output: Linear }; // [C + 2 K D, C], [C, C]
  norm2: Norm;
  mlp: { up: Linear; down: Linear }; // [F, C], [C, F]
};

export type MptWeights = {
  tokenEmbedding: Tensor; // [V, C], also the head
  blocks: MptBlock[];
  finalNorm: Norm;
};

export const mpt: Family<MptConfig, MptBlock, MptWeights> = {
  name: 'mpt',
  title: 'MPT',
  modelTypes: ['mpt'],
  prefix: 'transformer.',
  ignored: /^$/,
  embedding: ['tokenEmbedding'],

  fromHub: readMptConfig,
  toHub: toHubMptConfig,

  fromSizes({ scaleAttentionByInverseLayer: _, bias, tied, ...sizes }) {
    const { width, heads, keyValueHeads = heads, hidden = 4 * width } = sizes;
    for (const [key, found, only] of [
      ['bias', bias, false],
      ['tied', tied ?? true, true],
    ] as const)
      if (found !== only) throw failure('usage', `model.${key}: mpt has ${only}, got ${found}; leave it out`);
    if (heads % keyValueHeads !== 0)
      throw failure('usage', `model.keyValueHeads: must divide the ${heads} heads, got ${keyValueHeads}`);
    const rest = { clip: null, scale: null, alibiMax: 8, layerNormEpsilon: 1e-5 };
    return { family: 'mpt', ...sizes, keyValueHeads, hidden, ...rest };
  },

  /** Weights N(0, 0.02), residual projections N(0, 0.02 / sqrt(2 L)), norms 1. */
  parameters({ layers, width: C, heads, keyValueHeads, hidden: F, paddedVocab }) {
    const residual = { deviation: 0.02 / Math.sqrt(2 * layers), bias: false };
    const inner = { deviation: 0.02, bias: false };
    const joint = C + 2 * keyValueHeads * (C / heads);
    const block = (layer: number): Parameter[] => {
      const [to, from] = [`blocks.${layer}`, `transformer.blocks.${layer}`];
      return [
        ...normParameters(`${to}.norm1`, `${from}.norm_1`, C, false),
        ...linearParameters(`${to}.attention.queryKeyValue`, `${from}.attn.Wqkv`, [joint, C], inner),
        ...linearParameters(`${to}.attention.output`, `${from}.attn.out_proj`, [C, C], residual),
        ...normParameters(`${to}.norm2`, `${from}.norm_2`, C, false),
        ...linearParameters(`${to}.mlp.up`, `${from}.ffn.up_proj`, [F, C], inner),
        ...linearParameters(`${to}.mlp.down`, `${from}.ffn.down_proj`, [C, F], residual),
      ];
    };
    return [
      tableParameter('tokenEmbedding', 'transformer.wte.weight', [paddedVocab, C]),
      ...Array.from({ length: layers }, (_, layer) => block(layer)).flat(),
      ...normParameters('finalNorm', 'transformer.norm_f', C, false),
    ];
  },

  embed: (tokens, { tokenEmbedding }) => ops.embedding(tokenEmbedding, tokens), // [B, T, C]

  addEmbeddingGradients: (tokens, gradient, { tokenEmbedding }) =>
    addRowGradients(tokens, gradient, tokenEmbedding),

  block(x, weights, layer, config, mode = evaluationMode, cache) {
    if (mode.dropout > 0) mode.seedDropout(layer);
    const { queries, keys, values } = heads(x, weights, config);
    const slopes = slopeTensor(config, x.device); // [H, 1, 1]
    const options = { scale: scaleOf(config), dropout: mode.dropout, cache, slopes };
    const attended = attend(queries, keys, values, options); // [B, T, C]
    const middle = x.add(drop(apply(attended, weights.attention.output), mode)); // [B, T, C]
    const normed = layerNorm(middle, weights.norm2, config.layerNormEpsilon);
    const hidden = ops.gelu(apply(normed, weights.mlp.up)); // [B, T, F]
    return middle.add(drop(apply(hidden, weights.mlp.down), mode)); // [B, T, C]
  },

  finish: (x, { finalNorm }, { layerNormEpsilon }) => layerNorm(x, finalNorm, layerNormEpsilon),

  headWeight: ({ tokenEmbedding }) => tokenEmbedding,

  /**
   * The bias as one more channel: slope times the key's place, as what depends on the query alone drops out. In float32,
   * as bfloat16 would round places together.
   */
  queriesAndKeys(x, weights, _, config) {
    const { queries, keys } = heads(x, weights, config); // [B, H, T, D], [B, K, T, D]
    const [B, H, T] = queries.shape;
    const slopes = slopeTensor(config, x.device).expand([B, H, T, 1]);
    const places = placesUpTo(T, x.device).view([1, 1, T, 1]).expand([B, H, T, 1]);
    return {
      queries: ops.cat([queries.to('float32').mul(scaleOf(config)), slopes], -1), // [B, H, T, D + 1]
      keys: ops.cat([repeatHeads(keys, H).to('float32'), places], -1), // [B, H, T, D + 1]
    };
  },
};

/** Slope of each head: powers of two, and for other numbers of heads those between, as MPT orders them. */
export function alibiSlopes({ heads: H, alibiMax }: Pick<MptConfig, 'heads' | 'alibiMax'>): number[] {
  const power = 2 ** Math.ceil(Math.log2(H));
  const slopes = Array.from({ length: power }, (_, i) => 2 ** (-(i + 1) * (alibiMax / power)));
  if (power === H) return slopes;
  return [...slopes.filter((_, i) => i % 2 === 1), ...slopes.filter((_, i) => i % 2 === 0)].slice(0, H);
}

function slopeTensor(config: MptConfig, device: string): Tensor {
  return fromTypedArray(Float32Array.from(alibiSlopes(config)), [config.heads, 1, 1], { device });
}

function scaleOf({ scale, width, heads }: MptConfig): number {
  return scale ?? 1 / Math.sqrt(width / heads);
}

/** Queries [B, H, T, D], keys and values [B, K, T, D] of what enters a block [B, T, C]. */
function heads(x: Tensor, { norm1, attention }: MptBlock, config: MptConfig) {
  const { width: C, heads: H, keyValueHeads: K, clip } = config;
  const joint = apply(layerNorm(x, norm1, config.layerNormEpsilon), attention.queryKeyValue); // [B, T, C + 2 K D]
  const cut = clip === null ? joint : joint.clamp(-clip, clip);
  const [queries, keys, values] = cut.splitWithSizes([C, (K * C) / H, (K * C) / H], 2);
  return { queries: splitHeads(queries, H), keys: splitHeads(keys, K), values: splitHeads(values, K) };
}
