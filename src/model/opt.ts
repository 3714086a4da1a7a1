// The OPT family (Zhang et al., arXiv:2205.01068): learned positions with two rows before the first, ReLU, norms before or
// after, and in one size an embedding narrower than the model.

import { z } from 'zod';
import { failure } from '../run/failure.ts';
import { backward, ops, scope, withGrad } from '../torch/index.ts';
import type { Tensor } from '../torch/index.ts';
import { attend, splitHeads } from './attend.ts';
import type { Family, ModelConfig } from './family.ts';
import { demand, demandDivisor, knownVocab, layerCount, parseHubConfig } from './hub-config.ts';
import {
  addPositionGradients,
  addRowGradients,
  apply,
  drop,
  evaluationMode,
  layerNorm,
  positionRows,
} from './layers.ts';
import type { Linear, Norm } from './layers.ts';
import { absentParameter, linearParameters, normParameters, tableParameter } from './parameters.ts';
import type { Parameter } from './parameters.ts';

export interface OptConfig extends ModelConfig {
  family: 'opt';
  /** Width inside the feed-forward layers. */
  hidden: number;
  /** Width of the embedding; where it is not the model's, two projections stand between. */
  embeddingWidth: number;
  /** Norms before attention and feed-forward, and one at the end; else after them, and none at the end. */
  normFirst: boolean;
  /** Whether there is a norm at the end. */
  hasFinalNorm: boolean;
  /** Biases in linear layers. */
  bias: boolean;
  tied: boolean;
}

export type OptBlock = {
  norm1: Norm;
  attention: { query: Linear; key: Linear; value: Linear; output: Linear }; // [C, C] each
  norm2: Norm;
  mlp: { up: Linear; down: Linear }; // [F, C], [C, F]
};

export type OptWeights = {
  tokenEmbedding: Tensor; // [V, E]
  positionEmbedding: Tensor; // [T + 2, C]
  projectIn: Tensor | null; // [C, E]
  blocks: OptBlock[];
  finalNorm: { weight: Tensor | null; bias: Tensor | null }; // [C] each
  projectOut: Tensor | null; // [E, C]
  head: Tensor | null; // [V, E]; null where it is the token embedding
};

/** Rows of the position embedding that stand before that of the first token. */
const offset = 2;
const epsilon = 1e-5;

const hubConfig = z.object({
  num_hidden_layers: layerCount,
  num_attention_heads: z.int().positive(),
  hidden_size: z.int().positive(),
  ffn_dim: z.int().positive(),
  word_embed_proj_dim: z.int().positive().nullish(),
  max_position_embeddings: z.int().positive().default(2048),
  vocab_size: z.int().positive(),
  activation_function: z.string().default('relu'),
  do_layer_norm_before: z.boolean().default(true),
  _remove_final_layer_norm: z.boolean().default(false),
  dropout: z.number().min(0).max(1).default(0.1),
  layerdrop: z.number().default(0),
  enable_bias: z.boolean().default(true),
  layer_norm_elementwise_affine: z.boolean().default(true),
  tie_word_embeddings: z.boolean().default(true),
  inheritune: z.object({ vocab: z.int().positive() }).optional(),
});

export const opt: Family<OptConfig, OptBlock, OptWeights> = {
  name: 'opt',
  title: 'OPT',
  modelTypes: ['opt'],
  prefix: 'model.',
  ignored: /^$/,
  embedding: ['tokenEmbedding', 'positionEmbedding', 'projectIn'],

  fromHub(json, where) {
    const hub = parseHubConfig(hubConfig, json, where);
    const { hidden_size: width, num_attention_heads: heads } = hub;
    demandDivisor(where, 'num_attention_heads', heads, 'hidden_size', width);
    demand(where, {
      activation_function: [hub.activation_function, 'relu'],
      layerdrop: [hub.layerdrop, 0],
      layer_norm_elementwise_affine: [hub.layer_norm_elementwise_affine, true],
    });
    return {
      family: 'opt',
      layers: hub.num_hidden_layers,
      heads,
      width,
      hidden: hub.ffn_dim,
      embeddingWidth: hub.word_embed_proj_dim ?? width,
      context: hub.max_position_embeddings,
      vocab: knownVocab(where, hub.vocab_size, hub.inheritune?.vocab),
      paddedVocab: hub.vocab_size,
      dropout: hub.dropout,
      normFirst: hub.do_layer_norm_before,
      hasFinalNorm: hub.do_layer_norm_before && !hub._remove_final_layer_norm,
      bias: hub.enable_bias,
      tied: hub.tie_word_embeddings,
    };
  },

  toHub: (config) => ({
    architectures: ['OPTForCausalLM'],
    model_type: 'opt',
    num_hidden_layers: config.layers,
    num_attention_heads: config.heads,
    hidden_size: config.width,
    ffn_dim: config.hidden,
    word_embed_proj_dim: config.embeddingWidth,
    max_position_embeddings: config.context,
    vocab_size: config.paddedVocab,
    activation_function: 'relu',
    do_layer_norm_before: config.normFirst,
    _remove_final_layer_norm: config.normFirst && !config.hasFinalNorm,
    dropout: config.dropout,
    attention_dropout: config.dropout,
    layerdrop: 0,
    enable_bias: config.bias,
    layer_norm_elementwise_affine: true,
    tie_word_embeddings: config.tied,
    pad_token_id: null, // left out it is 1, and transformers would not train that row
    inheritune: { vocab: config.vocab },
  }),

  fromSizes({ scaleAttentionByInverseLayer: _, keyValueHeads, ...sizes }) {
    const { width, heads, hidden = 4 * width, tied = true } = sizes;
    if (keyValueHeads !== undefined && keyValueHeads !== heads)
      throw failure('usage', `model.keyValueHeads: opt has ${heads}, got ${keyValueHeads}; leave it out`);
    return {
      family: 'opt',
      ...sizes,
      hidden,
      tied,
      embeddingWidth: width,
      normFirst: true,
      hasFinalNorm: true,
    };
  },

  /** Weights N(0, 0.02), residual projections N(0, 0.02 / sqrt(2 L)), norms 1, biases 0. */
  parameters(config) {
    const { layers, width: C, hidden: F, embeddingWidth: E, context, paddedVocab, bias } = config;
    const residual = 0.02 / Math.sqrt(2 * layers);
    const block = (layer: number): Parameter[] => {
      const [to, from] = [`blocks.${layer}`, `model.decoder.layers.${layer}`];
      const linear = (path: string, name: string, shape: [number, number], deviation = 0.02) =>
        linearParameters(`${to}.${path}`, `${from}.${name}`, shape, { deviation, bias });
      return [
        ...normParameters(`${to}.norm1`, `${from}.self_attn_layer_norm`, C, true),
        ...linear('attention.query', 'self_attn.q_proj', [C, C]),
        ...linear('attention.key', 'self_attn.k_proj', [C, C]),
        ...linear('attention.value', 'self_attn.v_proj', [C, C]),
        ...linear('attention.output', 'self_attn.out_proj', [C, C], residual),
        ...normParameters(`${to}.norm2`, `${from}.final_layer_norm`, C, true),
        ...linear('mlp.up', 'fc1', [F, C]),
        ...linear('mlp.down', 'fc2', [C, F], residual),
      ];
    };
    const isProjected = E !== C;
    const projection = (path: string, name: string, shape: readonly [number, number]) =>
      isProjected ? tableParameter(path, `model.decoder.${name}.weight`, shape) : absentParameter(path);
    return [
      tableParameter('tokenEmbedding', 'model.decoder.embed_tokens.weight', [paddedVocab, E]),
      tableParameter('positionEmbedding', 'model.decoder.embed_positions.weight', [context + offset, C]),
      projection('projectIn', 'project_in', [C, E]),
      ...Array.from({ length: layers }, (_, layer) => block(layer)).flat(),
      ...(config.hasFinalNorm
        ? normParameters('finalNorm', 'model.decoder.final_layer_norm', C, true)
        : [absentParameter('finalNorm.weight'), absentParameter('finalNorm.bias')]),
      projection('projectOut', 'project_out', [E, C]),
      config.tied ? absentParameter('head') : tableParameter('head', 'lm_head.weight', [paddedVocab, E]),
    ];
  },

  embed(tokens, weights, _, first = 0) {
    const rows = ops.embedding(weights.tokenEmbedding, tokens); // [B, T, E]
    const wide = weights.projectIn ? ops.linear(rows, weights.projectIn) : rows; // [B, T, C]
    const places = typeof first === 'number' ? first + offset : first.add(offset);
    return wide.add(positionRows(weights.positionEmbedding, places, tokens.shape[1])); // [B, T, C]
  },

  addEmbeddingGradients(tokens, gradient, { tokenEmbedding, positionEmbedding, projectIn }) {
    addPositionGradients(gradient, positionEmbedding, offset);
    if (!projectIn) return addRowGradients(tokens, gradient, tokenEmbedding);
    scope(() => {
      const rows = ops.embedding(tokenEmbedding.detach(), tokens); // [B, T, E]
      rows.requiresGrad = true;
      const wide = withGrad(() => ops.linear(rows, projectIn)); // [B, T, C]
      backward(wide, gradient.to(wide.dtype)); // adds to projectIn's own gradient
      const { grad } = rows;
      if (!grad) throw new Error('the projection passed no gradient back');
      addRowGradients(tokens, grad, tokenEmbedding);
    });
  },

  block(x, weights, layer, config, mode = evaluationMode, cache) {
    if (mode.dropout > 0) mode.seedDropout(layer);
    const { normFirst } = config;
    const entry = normFirst ? layerNorm(x, weights.norm1, epsilon) : x;
    const { queries, keys } = queriesAndKeysOf(entry, weights, config); // [B, H, T, D] each
    const values = splitHeads(apply(entry, weights.attention.value), config.heads);
    const scale = 1 / Math.sqrt(config.width / config.heads);
    const joined = attend(queries, keys, values, { scale, dropout: mode.dropout, cache }); // [B, T, C]
    const attended = x.add(drop(apply(joined, weights.attention.output), mode)); // [B, T, C]
    const middle = normFirst ? attended : layerNorm(attended, weights.norm1, epsilon);
    const inner = normFirst ? layerNorm(middle, weights.norm2, epsilon) : middle;
    const hidden = ops.relu(apply(inner, weights.mlp.up)); // [B, T, F]
    const fed = middle.add(drop(apply(hidden, weights.mlp.down), mode)); // [B, T, C]
    return normFirst ? fed : layerNorm(fed, weights.norm2, epsilon);
  },

  finish(x, { finalNorm: { weight, bias }, projectOut }) {
    const normed = weight ? layerNorm(x, { weight, bias }, epsilon) : x;
    return projectOut ? ops.linear(normed, projectOut) : normed; // [.., E]
  },

  headWeight: ({ head, tokenEmbedding }) => head ?? tokenEmbedding,

  queriesAndKeys(x, weights, _, config) {
    const entry = config.normFirst ? layerNorm(x, weights.norm1, epsilon) : x;
    const { queries, keys } = queriesAndKeysOf(entry, weights, config);
    return { queries: queries.div(Math.sqrt(config.width / config.heads)), keys };
  },
};

function queriesAndKeysOf(entry: Tensor, { attention }: OptBlock, { heads }: OptConfig) {
  return {
    queries: splitHeads(apply(entry, attention.query), heads),
    keys: splitHeads(apply(entry, attention.key), heads),
  };
}
