// The Llama family: RMSNorm, rotary positions, grouped-query attention, SwiGLU (Touvron et al., arXiv:2302.13971).
// Covers OpenLLaMA, LLaMA-2 and 3, Sheared-LLaMA, TinyLlama, and Mistral's shape without its sliding window.

import { z } from 'zod';
import { failure } from '../run/failure.ts';
import { ops } from '../torch/index.ts';
import type { Tensor } from '../torch/index.ts';
import { attend, firstPlace, repeatHeads, splitHeads } from './attend.ts';
import type { BlockCache, PackedBlock } from './attend.ts';
import type { Family, ModelConfig } from './family.ts';
import { demand, demandDivisor, knownVocab, layerCount, parseHubConfig } from './hub-config.ts';
import { addRowGradients, apply, drop, evaluationMode, rmsNorm } from './layers.ts';
import type { Linear, Norm } from './layers.ts';
import { absentParameter, linearParameters, normParameters, tableParameter } from './parameters.ts';
import type { Parameter } from './parameters.ts';
import { plainRotary, rotaryAngles, rotate } from './rotary.ts';
import { hubRotary, readRotary, toHubRotary } from './rotary-config.ts';
import type { RotaryScaling } from './rotary.ts';

export interface LlamaConfig extends ModelConfig {
  family: 'llama';
  /** Heads of keys and values; each serves heads / keyValueHeads heads of queries. */
  keyValueHeads: number;
  /** Channels of a head; width / heads, unless the model says otherwise. */
  headWidth: number;
  /** Width inside the feed-forward layers. */
  hidden: number;
  rotary: RotaryScaling;
  normEpsilon: number;
  tied: boolean;
  attentionBias: boolean;
  mlpBias: boolean;
}

export type LlamaBlock = {
  norm1: Norm;
  attention: { query: Linear; key: Linear; value: Linear; output: Linear }; // [HD, C], [KD, C], [KD, C], [C, HD]
  norm2: Norm;
  mlp: { gate: Linear; up: Linear; down: Linear }; // [F, C], [F, C], [C, F]
};

export type LlamaWeights = {
  tokenEmbedding: Tensor; // [V, C]
  blocks: LlamaBlock[];
  finalNorm: Norm;
  head: Tensor | null; // [V, C]; null where it is the token embedding
};

const hubConfig = z.object({
  model_type: z.string(),
  num_hidden_layers: layerCount,
  num_attention_heads: z.int().positive(),
  num_key_value_heads: z.int().positive().nullish(),
  hidden_size: z.int().positive(),
  intermediate_size: z.int().positive(),
  head_dim: z.int().positive().nullish(),
  max_position_embeddings: z.int().positive().default(2048),
  vocab_size: z.int().positive(),
  hidden_act: z.string().default('silu'),
  rms_norm_eps: z.number().positive().default(1e-6),
  attention_dropout: z.number().min(0).max(1).default(0),
  attention_bias: z.boolean().default(false),
  mlp_bias: z.boolean().default(false),
  sliding_window: z.number().nullish(),
  pretraining_tp: z.number().nullish(),
  tie_word_embeddings: z.boolean().default(false),
  ...hubRotary,
  inheritune: z.object({ vocab: z.int().positive() }).optional(),
});

export const llama: Family<LlamaConfig, LlamaBlock, LlamaWeights> = {
  name: 'llama',
  title: 'Llama',
  modelTypes: ['llama', 'mistral'],
  prefix: 'model.',
  ignored: /rotary_emb\.inv_freq$/,
  embedding: ['tokenEmbedding'],

  fromHub(json, where) {
    const hub = parseHubConfig(hubConfig, json, where);
    demand(where, { hidden_act: [hub.hidden_act, 'silu'] });
    const { hidden_size: width, num_attention_heads: heads, max_position_embeddings: context } = hub;
    const keyValueHeads = hub.num_key_value_heads ?? heads;
    if (!hub.head_dim) demandDivisor(where, 'num_attention_heads', heads, 'hidden_size', width);
    demandDivisor(where, 'num_key_value_heads', keyValueHeads, 'num_attention_heads', heads);
    if (typeof hub.sliding_window === 'number' && hub.sliding_window < context)
      throw failure(
        'data',
        `${where}: sliding_window: expected null, or no less than max_position_embeddings ${context}, found ${hub.sliding_window}`,
      );
    return {
      family: 'llama',
      layers: hub.num_hidden_layers,
      heads,
      keyValueHeads,
      width,
      headWidth: hub.head_dim ?? width / heads,
      hidden: hub.intermediate_size,
      context,
      vocab: knownVocab(where, hub.vocab_size, hub.inheritune?.vocab),
      paddedVocab: hub.vocab_size,
      dropout: hub.attention_dropout,
      rotary: readRotary(hub, context, where),
      normEpsilon: hub.rms_norm_eps,
      tied: hub.tie_word_embeddings,
      attentionBias: hub.attention_bias,
      mlpBias: hub.mlp_bias,
    };
  },

  toHub: (config) => ({
    architectures: ['LlamaForCausalLM'],
    model_type: 'llama',
    num_hidden_layers: config.layers,
    num_attention_heads: config.heads,
    num_key_value_heads: config.keyValueHeads,
    hidden_size: config.width,
    intermediate_size: config.hidden,
    head_dim: config.headWidth,
    max_position_embeddings: config.context,
    vocab_size: config.paddedVocab,
    hidden_act: 'silu',
    rms_norm_eps: config.normEpsilon,
    attention_dropout: config.dropout,
    attention_bias: config.attentionBias,
    mlp_bias: config.mlpBias,
    tie_word_embeddings: config.tied,
    ...toHubRotary(config.rotary),
    inheritune: { vocab: config.vocab },
  }),

  /** Feed-forward layers of 8/3 of the width, rounded up to a multiple of 64, unless the options say otherwise. */
  fromSizes({ scaleAttentionByInverseLayer: _, bias, ...sizes }) {
    const { width, heads, keyValueHeads = heads, tied = false } = sizes;
    if (heads % keyValueHeads !== 0)
      throw failure('usage', `model.keyValueHeads: must divide the ${heads} heads, got ${keyValueHeads}`);
    if ((width / heads) % 2 !== 0)
      throw failure('usage', `model.heads: a head must have an even width, got ${width} / ${heads}`);
    return {
      family: 'llama',
      ...sizes,
      keyValueHeads,
      tied,
      headWidth: width / heads,
      hidden: sizes.hidden ?? 64 * Math.ceil((8 * width) / 3 / 64),
      rotary: plainRotary(10_000),
      normEpsilon: 1e-5,
      attentionBias: bias,
      mlpBias: bias,
    };
  },

  /** Weights N(0, 0.02), residual projections N(0, 0.02 / sqrt(2 L)), norms 1. */
  parameters(config) {
    const { layers, width: C, headWidth: D, hidden: F, paddedVocab } = config;
    const [HD, KD] = [config.heads * D, config.keyValueHeads * D];
    const residual = 0.02 / Math.sqrt(2 * layers);
    const block = (layer: number): Parameter[] => {
      const at = (part: string) => [`blocks.${layer}.${part}`, `model.layers.${layer}`] as const;
      const linear = (
        part: string,
        name: string,
        shape: [number, number],
        deviation: number,
        bias: boolean,
      ) => linearParameters(at(part)[0], `${at(part)[1]}.${name}`, shape, { deviation, bias });
      const { attentionBias: a, mlpBias: m } = config;
      return [
        ...normParameters(at('norm1')[0], `model.layers.${layer}.input_layernorm`, C, false),
        ...linear('attention.query', 'self_attn.q_proj', [HD, C], 0.02, a),
        ...linear('attention.key', 'self_attn.k_proj', [KD, C], 0.02, a),
        ...linear('attention.value', 'self_attn.v_proj', [KD, C], 0.02, a),
        ...linear('attention.output', 'self_attn.o_proj', [C, HD], residual, a),
        ...normParameters(at('norm2')[0], `model.layers.${layer}.post_attention_layernorm`, C, false),
        ...linear('mlp.gate', 'mlp.gate_proj', [F, C], 0.02, m),
        ...linear('mlp.up', 'mlp.up_proj', [F, C], 0.02, m),
        ...linear('mlp.down', 'mlp.down_proj', [C, F], residual, m),
      ];
    };
    return [
      tableParameter('tokenEmbedding', 'model.embed_tokens.weight', [paddedVocab, C]),
      ...Array.from({ length: layers }, (_, layer) => block(layer)).flat(),
      ...normParameters('finalNorm', 'model.norm', C, false),
      config.tied ? absentParameter('head') : tableParameter('head', 'lm_head.weight', [paddedVocab, C]),
    ];
  },

  embed: (tokens, { tokenEmbedding }) => ops.embedding(tokenEmbedding, tokens), // [B, T, C]

  addEmbeddingGradients: (tokens, gradient, { tokenEmbedding }) =>
    addRowGradients(tokens, gradient, tokenEmbedding),

  block(x, weights, layer, config, mode = evaluationMode, cache) {
    if (mode.dropout > 0) mode.seedDropout(layer);
    const normed = rmsNorm(x, weights.norm1, config.normEpsilon);
    const { queries, keys } = turned(normed, weights, config, cache);
    const values = splitHeads(apply(normed, weights.attention.value), config.keyValueHeads); // [B, K, T, D]
    const scale = 1 / Math.sqrt(config.headWidth);
    const attended = attend(queries, keys, values, { scale, dropout: mode.dropout, cache }); // [B, T, HD]
    const middle = x.add(drop(apply(attended, weights.attention.output), mode)); // [B, T, C]
    const inner = rmsNorm(middle, weights.norm2, config.normEpsilon);
    const hidden = ops.silu(apply(inner, weights.mlp.gate)).mul(apply(inner, weights.mlp.up)); // [B, T, F]
    return middle.add(drop(apply(hidden, weights.mlp.down), mode)); // [B, T, C]
  },

  finish: (x, { finalNorm }, { normEpsilon }) => rmsNorm(x, finalNorm, normEpsilon),

  headWeight: ({ head, tokenEmbedding }) => head ?? tokenEmbedding,

  queriesAndKeys(x, weights, _, config) {
    const { queries, keys } = turned(rmsNorm(x, weights.norm1, config.normEpsilon), weights, config);
    return { queries: queries.div(Math.sqrt(config.headWidth)), keys: repeatHeads(keys, config.heads) };
  },
};

/** Queries and keys of normed states [B, T, C], turned by their places: [B, H, T, D] and [B, K, T, D]. */
function turned(
  normed: Tensor,
  { attention }: LlamaBlock,
  { heads, keyValueHeads, headWidth, rotary }: LlamaConfig,
  cache?: BlockCache | PackedBlock,
): { queries: Tensor; keys: Tensor } {
  const queries = splitHeads(apply(normed, attention.query), heads);
  const keys = splitHeads(apply(normed, attention.key), keyValueHeads);
  const angles = rotaryAngles(headWidth, rotary, firstPlace(cache), normed.shape[1], queries);
  return { queries: rotate(queries, angles), keys: rotate(keys, angles) };
}
