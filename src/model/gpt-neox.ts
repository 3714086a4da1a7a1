// The GPT-NeoX family (Black et al., arXiv:2204.06745; Pythia): attention and feed-forward side by side, rotary positions on a
// part of each head, untied head.

import { z } from 'zod';
import { failure } from '../run/failure.ts';
import { ops } from '../torch/index.ts';
import type { Tensor } from '../torch/index.ts';
import { attend, firstPlace } from './attend.ts';
import type { Family, ModelConfig } from './family.ts';
import { demand, demandDivisor, knownVocab, layerCount, parseHubConfig } from './hub-config.ts';
import { addRowGradients, apply, drop, evaluationMode, layerNorm } from './layers.ts';
import type { Linear, Norm } from './layers.ts';
import { absentParameter, linearParameters, normParameters, tableParameter } from './parameters.ts';
import type { Parameter } from './parameters.ts';
import { plainRotary, rotaryAngles, rotate } from './rotary.ts';
import { hubRotary, readRotary } from './rotary-config.ts';

export interface GptNeoxConfig extends ModelConfig {
  family: 'gpt-neox';
  /** Width inside the feed-forward layers. */
  hidden: number;
  /** Channels of each head that are turned. */
  rotaryWidth: number;
  rotaryTheta: number;
  /** Attention and feed-forward both start from the block's input; else one after the other. */
  parallelResidual: boolean;
  layerNormEpsilon: number;
  attentionBias: boolean;
  tied: boolean;
}

export type GptNeoxBlock = {
  norm1: Norm;
  attention: { queryKeyValue: Linear; output: Linear }; // [3C, C]: query, key and value of a head, then the next; [C, C]
  norm2: Norm;
  mlp: { up: Linear; down: Linear }; // [F, C], [C, F]
};

export type GptNeoxWeights = {
  tokenEmbedding: Tensor; // [V, C]
  blocks: GptNeoxBlock[];
  finalNorm: Norm;
  head: Tensor | null; // [V, C]; null where it is the token embedding
};

const hubConfig = z.object({
  num_hidden_layers: layerCount,
  num_attention_heads: z.int().positive(),
  hidden_size: z.int().positive(),
  intermediate_size: z.int().positive(),
  max_position_embeddings: z.int().positive().default(2048),
  vocab_size: z.int().positive(),
  hidden_act: z.string().default('gelu'),
  rotary_pct: z.number().positive().max(1).nullish(),
  rotary_emb_base: z.number().positive().nullish(),
  layer_norm_eps: z.number().positive().default(1e-5),
  hidden_dropout: z.number().min(0).max(1).default(0),
  use_parallel_residual: z.boolean().default(true),
  attention_bias: z.boolean().default(true),
  tie_word_embeddings: z.boolean().default(false),
  ...hubRotary,
  inheritune: z.object({ vocab: z.int().positive() }).optional(),
});

export const gptNeox: Family<GptNeoxConfig, GptNeoxBlock, GptNeoxWeights> = {
  name: 'gpt-neox',
  title: 'GPT-NeoX',
  modelTypes: ['gpt_neox'],
  prefix: 'gpt_neox.',
  ignored: /\.attention\.(bias|masked_bias|rotary_emb\.inv_freq)$/,
  embedding: ['tokenEmbedding'],

  fromHub(json, where) {
    const hub = parseHubConfig(hubConfig, json, where);
    const { hidden_size: width, num_attention_heads: heads, max_position_embeddings: context } = hub;
    demandDivisor(where, 'num_attention_heads', heads, 'hidden_size', width);
    const rotary = readRotary(hub, context, where, hub.rotary_emb_base ?? 10_000);
    demand(where, { hidden_act: [hub.hidden_act, 'gelu'], rope_type: [rotary.type, 'default'] });
    const { partial_rotary_factor: share = hub.rotary_pct ?? 0.25 } =
      hub.rope_parameters ?? hub.rope_scaling ?? {};
    const rotaryWidth = Math.floor((width / heads) * share);
    if (rotaryWidth < 2 || rotaryWidth % 2 !== 0)
      throw failure(
        'data',
        `${where}: rotary_pct: expected a share that turns an even number of a head's ${width / heads} channels, found ${share}, which turns ${rotaryWidth}`,
      );
    return {
      family: 'gpt-neox',
      layers: hub.num_hidden_layers,
      heads,
      width,
      hidden: hub.intermediate_size,
      context,
      vocab: knownVocab(where, hub.vocab_size, hub.inheritune?.vocab),
      paddedVocab: hub.vocab_size,
      dropout: hub.hidden_dropout,
      rotaryWidth,
      rotaryTheta: rotary.theta,
      parallelResidual: hub.use_parallel_residual,
      layerNormEpsilon: hub.layer_norm_eps,
      attentionBias: hub.attention_bias,
      tied: hub.tie_word_embeddings,
    };
  },

  toHub(config) {
    const share = rotaryShare(config);
    return {
      architectures: ['GPTNeoXForCausalLM'],
      model_type: 'gpt_neox',
      num_hidden_layers: config.layers,
      num_attention_heads: config.heads,
      hidden_size: config.width,
      intermediate_size: config.hidden,
      max_position_embeddings: config.context,
      vocab_size: config.paddedVocab,
      hidden_act: 'gelu',
      rotary_pct: share,
      rotary_emb_base: config.rotaryTheta,
      rope_parameters: { rope_type: 'default', rope_theta: config.rotaryTheta, partial_rotary_factor: share },
      layer_norm_eps: config.layerNormEpsilon,
      hidden_dropout: config.dropout,
      attention_dropout: config.dropout,
      use_parallel_residual: config.parallelResidual,
      attention_bias: config.attentionBias,
      tie_word_embeddings: config.tied,
      inheritune: { vocab: config.vocab },
    };
  },

  /** As Pythia: a quarter of each head is turned, feed-forward layers of four times the width. */
  fromSizes({ scaleAttentionByInverseLayer: _, bias, keyValueHeads, ...sizes }) {
    const { width, heads, hidden = 4 * width, tied = false } = sizes;
    if (keyValueHeads !== undefined && keyValueHeads !== heads)
      throw failure(
        'usage',
        `model.keyValueHeads: gpt-neox has ${heads}, got ${keyValueHeads}; leave it out`,
      );
    const rotaryWidth = 2 * Math.max(1, Math.round(width / heads / 8));
    if (rotaryWidth > width / heads)
      throw failure('usage', `model.heads: a head needs 2 channels or more, got ${width} / ${heads}`);
    return {
      family: 'gpt-neox',
      ...sizes,
      hidden,
      tied,
      rotaryWidth,
      rotaryTheta: 10_000,
      parallelResidual: true,
      layerNormEpsilon: 1e-5,
      attentionBias: bias,
    };
  },

  /** Weights N(0, 0.02), residual projections N(0, 0.02 / sqrt(2 L)), norms 1, biases 0. */
  parameters({ layers, width: C, hidden: F, paddedVocab, attentionBias, tied }) {
    const residual = 0.02 / Math.sqrt(2 * layers);
    const block = (layer: number): Parameter[] => {
      const [to, from] = [`blocks.${layer}`, `gpt_neox.layers.${layer}`];
      const attention = { deviation: 0.02, bias: attentionBias };
      return [
        ...normParameters(`${to}.norm1`, `${from}.input_layernorm`, C, true),
        ...linearParameters(
          `${to}.attention.queryKeyValue`,
          `${from}.attention.query_key_value`,
          [3 * C, C],
          attention,
        ),
        ...linearParameters(`${to}.attention.output`, `${from}.attention.dense`, [C, C], {
          ...attention,
          deviation: residual,
        }),
        ...normParameters(`${to}.norm2`, `${from}.post_attention_layernorm`, C, true),
        ...linearParameters(`${to}.mlp.up`, `${from}.mlp.dense_h_to_4h`, [F, C], {
          deviation: 0.02,
          bias: true,
        }),
        ...linearParameters(`${to}.mlp.down`, `${from}.mlp.dense_4h_to_h`, [C, F], {
          deviation: residual,
          bias: true,
        }),
      ];
    };
    return [
      tableParameter('tokenEmbedding', 'gpt_neox.embed_in.weight', [paddedVocab, C]),
      ...Array.from({ length: layers }, (_, layer) => block(layer)).flat(),
      ...normParameters('finalNorm', 'gpt_neox.final_layer_norm', C, true),
      tied ? absentParameter('head') : tableParameter('head', 'embed_out.weight', [paddedVocab, C]),
    ];
  },

  embed: (tokens, { tokenEmbedding }) => ops.embedding(tokenEmbedding, tokens), // [B, T, C]

  addEmbeddingGradients: (tokens, gradient, { tokenEmbedding }) =>
    addRowGradients(tokens, gradient, tokenEmbedding),

  block(x, weights, layer, config, mode = evaluationMode, cache) {
    if (mode.dropout > 0) mode.seedDropout(layer);
    const { queries, keys, values } = heads(x, weights, config, firstPlace(cache)); // [B, H, T, D] each
    const scale = 1 / Math.sqrt(config.width / config.heads);
    const joined = attend(queries, keys, values, { scale, dropout: mode.dropout, cache }); // [B, T, C]
    const attended = drop(apply(joined, weights.attention.output), mode); // [B, T, C]
    const entry = config.parallelResidual ? x : x.add(attended);
    const normed = layerNorm(entry, weights.norm2, config.layerNormEpsilon);
    const fed = drop(apply(ops.gelu(apply(normed, weights.mlp.up)), weights.mlp.down), mode); // [B, T, C]
    return config.parallelResidual ? fed.add(attended).add(x) : fed.add(entry);
  },

  finish: (x, { finalNorm }, { layerNormEpsilon }) => layerNorm(x, finalNorm, layerNormEpsilon),

  headWeight: ({ head, tokenEmbedding }) => head ?? tokenEmbedding,

  queriesAndKeys(x, weights, _, config) {
    const { queries, keys } = heads(x, weights, config, 0);
    return { queries: queries.div(Math.sqrt(config.width / config.heads)), keys };
  },
};

/** Share of a head's channels that are turned, such that its product with their number, rounded down, is right. */
function rotaryShare({ rotaryWidth, width, heads }: GptNeoxConfig): number {
  const D = width / heads;
  const share = rotaryWidth / D;
  return Math.floor(D * share) === rotaryWidth ? share : (rotaryWidth + 0.5) / D;
}

/** Queries and keys, turned by their places from `first` on, and values: [B, T, C] -> [B, H, T, D] each. */
function heads(x: Tensor, { norm1, attention }: GptNeoxBlock, config: GptNeoxConfig, first: number | Tensor) {
  const [B, T] = x.shape;
  const D = config.width / config.heads;
  const joint = apply(layerNorm(x, norm1, config.layerNormEpsilon), attention.queryKeyValue); // [B, T, H 3D]
  const parts = joint
    .view([B, T, config.heads, 3 * D])
    .transpose(1, 2)
    .split(D, 3); // [B, H, T, D] each
  const [queries, keys, values] = parts;
  const angles = rotaryAngles(config.rotaryWidth, plainRotary(config.rotaryTheta), first, T, queries);
  return { queries: rotate(queries, angles), keys: rotate(keys, angles), values };
}
