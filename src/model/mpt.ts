// The MPT family (MosaicML): attention with linear biases (ALiBi, Press et al., arXiv:2108.12409), no bias anywhere, tied head,
// queries, keys and values clipped in some models, and shared between heads in some of llm-foundry's.

import { z } from 'zod';
import { failure } from '../run/failure.ts';
import { fromTypedArray, ops } from '../torch/index.ts';
import type { Tensor } from '../torch/index.ts';
import { attend, repeatHeads, splitHeads } from './attend.ts';
import type { Family, ModelConfig } from './family.ts';
import { demand, demandDivisor, knownVocab, parseHubConfig } from './hub-config.ts';
import { addRowGradients, apply, drop, evaluationMode, layerNorm } from './layers.ts';
import type { Linear, Norm } from './layers.ts';
import { linearParameters, normParameters, tableParameter } from './parameters.ts';
import type { Parameter } from './parameters.ts';

export interface MptConfig extends ModelConfig {
  family: 'mpt';
  /** Heads of keys and values; each serves heads / keyValueHeads heads of queries. */
  keyValueHeads: number;
  /** Width inside the feed-forward layers. */
  hidden: number;
  /** Queries, keys and values are cut to -clip..clip; null where they are not. */
  clip: number | null;
  /** Factor on the attention logits; null for 1 / sqrt(D). */
  scale: number | null;
  /** Largest exponent of the heads' slopes: 2^-1 .. 2^-alibiMax. */
  alibiMax: number;
  layerNormEpsilon: number;
}

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

const hubConfig = z.object({
  d_model: z.int().positive(),
  n_heads: z.int().positive(),
  n_layers: z.int().positive(),
  expansion_ratio: z.number().positive().default(4),
  max_seq_len: z.int().positive().default(2048),
  vocab_size: z.int().positive(),
  resid_pdrop: z.number().min(0).max(1).default(0),
  layer_norm_epsilon: z.number().positive().default(1e-5),
  no_bias: z.boolean().default(true),
  norm_type: z.string().default('low_precision_layernorm'),
  logit_scale: z.union([z.number(), z.string()]).nullish(),
  tie_word_embeddings: z.boolean().default(true),
  attn_config: z
    .looseObject({
      attn_type: z.string().default('multihead_attention'),
      kv_n_heads: z.int().positive().optional(),
      clip_qkv: z.number().positive().nullish(),
      softmax_scale: z.number().positive().nullish(),
      alibi: z.boolean().default(true),
      alibi_bias_max: z.number().positive().default(8),
      prefix_lm: z.boolean().default(false),
      qk_ln: z.boolean().default(false),
    })
    .nullish(),
  inheritune: z.object({ vocab: z.int().positive() }).optional(),
});

export const mpt: Family<MptConfig, MptBlock, MptWeights> = {
  name: 'mpt',
  title: 'MPT',
  modelTypes: ['mpt'],
  prefix: 'transformer.',
  ignored: /^$/,
  embedding: ['tokenEmbedding'],

  fromHub(json, where) {
    const hub = parseHubConfig(hubConfig, json, where);
    const { d_model: width, n_heads: heads } = hub;
    const attention = hub.attn_config ?? {
      attn_type: 'multihead_attention',
      alibi: true,
      alibi_bias_max: 8,
      prefix_lm: false,
      qk_ln: false,
    };
    demandDivisor(where, 'n_heads', heads, 'd_model', width);
    demand(where, {
      'attn_config.attn_type': [
        attention.attn_type,
        'multihead_attention',
        'multiquery_attention',
        'grouped_query_attention',
      ],
      'attn_config.alibi': [attention.alibi, true],
      'attn_config.prefix_lm': [attention.prefix_lm, false],
      'attn_config.qk_ln': [attention.qk_ln, false],
      no_bias: [hub.no_bias, true],
      norm_type: [hub.norm_type, 'low_precision_layernorm', 'layernorm'],
      logit_scale: [hub.logit_scale ?? 'null', 'null'],
      tie_word_embeddings: [hub.tie_word_embeddings, true],
    });
    const shared = attention.attn_type === 'multiquery_attention' ? 1 : attention.kv_n_heads;
    const keyValueHeads = attention.attn_type === 'multihead_attention' ? heads : shared;
    if (keyValueHeads === undefined)
      throw failure(
        'data',
        `${where}: attn_config.kv_n_heads: expected a number with grouped_query_attention, found none`,
      );
    demandDivisor(where, 'attn_config.kv_n_heads', keyValueHeads, 'n_heads', heads);
    return {
      family: 'mpt',
      layers: hub.n_layers,
      heads,
      keyValueHeads,
      width,
      hidden: Math.floor(hub.expansion_ratio * width),
      context: hub.max_seq_len,
      vocab: knownVocab(where, hub.vocab_size, hub.inheritune?.vocab),
      paddedVocab: hub.vocab_size,
      dropout: hub.resid_pdrop,
      clip: attention.clip_qkv ?? null,
      scale: attention.softmax_scale ?? null,
      alibiMax: attention.alibi_bias_max,
      layerNormEpsilon: hub.layer_norm_epsilon,
    };
  },

  toHub(config) {
    const { heads, keyValueHeads } = config;
    const isShared = keyValueHeads !== heads;
    return {
      architectures: ['MptForCausalLM'],
      model_type: 'mpt',
      d_model: config.width,
      n_heads: heads,
      n_layers: config.layers,
      expansion_ratio: config.hidden / config.width,
      max_seq_len: config.context,
      vocab_size: config.paddedVocab,
      resid_pdrop: config.dropout,
      emb_pdrop: config.dropout,
      layer_norm_epsilon: config.layerNormEpsilon,
      learned_pos_emb: false,
      no_bias: true,
      norm_type: 'low_precision_layernorm',
      tie_word_embeddings: true,
      attn_config: {
        attn_type: isShared ? 'grouped_query_attention' : 'multihead_attention',
        ...(isShared ? { kv_n_heads: keyValueHeads } : {}),
        attn_impl: 'torch',
        clip_qkv: config.clip,
        softmax_scale: config.scale,
        alibi: true,
        alibi_bias_max: config.alibiMax,
        prefix_lm: false,
        qk_ln: false,
      },
      inheritune: { vocab: config.vocab },
    };
  },

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
    const bias = (S: number) => slopeTensor(config, x.device).mul(placesOf(S, x.device)); // [H, 1, S]
    const options = { scale: scaleOf(config), dropout: mode.dropout, cache, bias };
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
    const places = placesOf(T, x.device).view([1, 1, T, 1]).expand([B, H, T, 1]);
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

/** Places of keys counted from the last: 1 - S to 0, [S] float32. */
function placesOf(S: number, device: string): Tensor {
  return ops.arange(1 - S, 1, { dtype: 'float32', device });
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
