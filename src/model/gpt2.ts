// The GPT-2 family: configuration, parameters, and the forward pass as functions of them. No files, no training.
// Pre-norm, tanh-GELU, learned positions, tied head (Radford et al. 2019); initialised as GPT-2 and nanoGPT are.

import { z } from 'zod';
import { failure } from '../run/failure.ts';
import { ops } from '../torch/index.ts';
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
import { linearParameters, normParameters, tableParameter } from './parameters.ts';
import type { Parameter } from './parameters.ts';

export interface Gpt2Config extends ModelConfig {
  family: 'gpt2';
  /** Biases in linear layers and norms. */
  bias: boolean;
  /** Divide the attention logits of layer l by l + 1, as all of the paper's GPT-2 runs do. */
  scaleAttentionByInverseLayer: boolean;
  layerNormEpsilon: number;
  /** GELU by the error function, as nanoGPT's since June 2023; else by tanh, as OpenAI's. */
  exactGelu?: true;
}

export type Gpt2Block = {
  norm1: Norm;
  attention: { queryKeyValue: Linear; output: Linear }; // [3C, C], [C, C]
  norm2: Norm;
  mlp: { up: Linear; down: Linear }; // [4C, C], [C, 4C]
};

export type Gpt2Weights = {
  tokenEmbedding: Tensor; // [V, C], also the head
  positionEmbedding: Tensor; // [T, C]
  blocks: Gpt2Block[];
  finalNorm: Norm;
};

/** What we read of a GPT-2 config.json; other keys are ignored. */
const hubConfig = z.object({
  n_layer: layerCount,
  n_head: z.int().positive(),
  n_embd: z.int().positive(),
  n_positions: z.int().positive(),
  vocab_size: z.int().positive(),
  n_inner: z.int().positive().nullish(),
  activation_function: z.string().default('gelu_new'),
  layer_norm_epsilon: z.number().positive().default(1e-5),
  resid_pdrop: z.number().min(0).max(1).default(0),
  scale_attn_weights: z.boolean().default(true),
  scale_attn_by_inverse_layer_idx: z.boolean().default(false),
  tie_word_embeddings: z.boolean().default(true),
  inheritune: z.object({ bias: z.boolean(), vocab: z.int().positive() }).optional(),
});

export const gpt2: Family<Gpt2Config, Gpt2Block, Gpt2Weights> = {
  name: 'gpt2',
  title: 'GPT-2',
  modelTypes: ['gpt2'],
  prefix: 'transformer.',
  ignored: /(^|\.)h\.\d+\.attn\.(bias|masked_bias)$/, // causal masks that old transformers stored
  embedding: ['tokenEmbedding', 'positionEmbedding'],

  fromHub(json, where) {
    const hub = parseHubConfig(hubConfig, json, where);
    demand(where, {
      activation_function: [hub.activation_function, 'gelu_new', 'gelu_pytorch_tanh', 'gelu'],
      tie_word_embeddings: [hub.tie_word_embeddings, true],
      scale_attn_weights: [hub.scale_attn_weights, true],
      n_inner: [hub.n_inner, 4 * hub.n_embd, null, undefined],
    });
    demandDivisor(where, 'n_head', hub.n_head, 'n_embd', hub.n_embd);
    return {
      family: 'gpt2',
      layers: hub.n_layer,
      heads: hub.n_head,
      width: hub.n_embd,
      context: hub.n_positions,
      vocab: knownVocab(where, hub.vocab_size, hub.inheritune?.vocab),
      paddedVocab: hub.vocab_size,
      bias: hub.inheritune?.bias ?? true,
      dropout: hub.resid_pdrop,
      scaleAttentionByInverseLayer: hub.scale_attn_by_inverse_layer_idx,
      layerNormEpsilon: hub.layer_norm_epsilon,
      ...(hub.activation_function === 'gelu' ? { exactGelu: true } : {}),
    };
  },

  /** Bias-free models say so in a key of our own: the file format always has biases. */
  toHub: (config) => ({
    architectures: ['GPT2LMHeadModel'],
    model_type: 'gpt2',
    n_layer: config.layers,
    n_head: config.heads,
    n_embd: config.width,
    n_positions: config.context,
    n_ctx: config.context,
    vocab_size: config.paddedVocab,
    activation_function: config.exactGelu ? 'gelu' : 'gelu_new',
    layer_norm_epsilon: config.layerNormEpsilon,
    attn_pdrop: config.dropout,
    embd_pdrop: config.dropout,
    resid_pdrop: config.dropout,
    scale_attn_weights: true,
    scale_attn_by_inverse_layer_idx: config.scaleAttentionByInverseLayer,
    reorder_and_upcast_attn: false,
    tie_word_embeddings: true,
    inheritune: { bias: config.bias, vocab: config.vocab },
  }),

  fromSizes({ tied, keyValueHeads, hidden, ...sizes }) {
    for (const [key, found, only] of [
      ['tied', tied, true],
      ['keyValueHeads', keyValueHeads, sizes.heads],
      ['hidden', hidden, 4 * sizes.width],
    ] as const)
      if (found !== undefined && found !== only)
        throw failure('usage', `model.${key}: gpt2 has ${only}, got ${found}; leave it out`);
    return { family: 'gpt2', ...sizes, layerNormEpsilon: 1e-5 };
  },

  /** Weights N(0, 0.02), residual projections N(0, 0.02 / sqrt(2 L)), norms 1, biases 0. */
  parameters({ layers, width: C, context, paddedVocab, bias: hasBias }) {
    const bias: true | 'zeros' = hasBias || 'zeros';
    const residual = { deviation: 0.02 / Math.sqrt(2 * layers), bias, transposed: true };
    const inner = { deviation: 0.02, bias, transposed: true };
    const block = (layer: number): Parameter[] => {
      const [to, from] = [`blocks.${layer}`, `transformer.h.${layer}`];
      return [
        ...normParameters(`${to}.norm1`, `${from}.ln_1`, C, bias),
        ...linearParameters(`${to}.attention.queryKeyValue`, `${from}.attn.c_attn`, [3 * C, C], inner),
        ...linearParameters(`${to}.attention.output`, `${from}.attn.c_proj`, [C, C], residual),
        ...normParameters(`${to}.norm2`, `${from}.ln_2`, C, bias),
        ...linearParameters(`${to}.mlp.up`, `${from}.mlp.c_fc`, [4 * C, C], inner),
        ...linearParameters(`${to}.mlp.down`, `${from}.mlp.c_proj`, [C, 4 * C], residual),
      ];
    };
    return [
      tableParameter('tokenEmbedding', 'transformer.wte.weight', [paddedVocab, C]),
      tableParameter('positionEmbedding', 'transformer.wpe.weight', [context, C]),
      ...Array.from({ length: layers }, (_, layer) => block(layer)).flat(),
      ...normParameters('finalNorm', 'transformer.ln_f', C, bias),
    ];
  },

  embed(tokens, { tokenEmbedding, positionEmbedding }, _, first = 0) {
    const positions = positionRows(positionEmbedding, first, tokens.shape[1]); // [T, C]
    return ops.embedding(tokenEmbedding, tokens).add(positions); // [B, T, C]
  },

  addEmbeddingGradients(tokens, gradient, { tokenEmbedding, positionEmbedding }) {
    addRowGradients(tokens, gradient, tokenEmbedding);
    addPositionGradients(gradient, positionEmbedding);
  },

  block(x, weights, layer, config, mode = evaluationMode, cache) {
    if (mode.dropout > 0) mode.seedDropout(layer);
    const [queries, keys, values] = heads(x, weights, config); // [B, H, T, D] each
    const scale = attentionScale(layer, config);
    const attended = attend(queries, keys, values, { scale, dropout: mode.dropout, cache }); // [B, T, C]
    const middle = x.add(drop(apply(attended, weights.attention.output), mode)); // [B, T, C]
    const normed = layerNorm(middle, weights.norm2, config.layerNormEpsilon);
    const hidden = ops.gelu(apply(normed, weights.mlp.up), {
      approximate: config.exactGelu ? 'none' : 'tanh',
    }); // [B, T, 4C]
    return middle.add(drop(apply(hidden, weights.mlp.down), mode)); // [B, T, C]
  },

  finish: (x, { finalNorm }, { layerNormEpsilon }) => layerNorm(x, finalNorm, layerNormEpsilon),

  headWeight: ({ tokenEmbedding }) => tokenEmbedding,

  queriesAndKeys(x, weights, layer, config) {
    const [queries, keys] = heads(x, weights, config);
    return { queries: queries.mul(attentionScale(layer, config)), keys };
  },
};

/** Whether a configuration is of this family. */
export function isGpt2(config: ModelConfig): config is Gpt2Config {
  return config.family === 'gpt2';
}

/** Factor on the attention logits of a layer: 1/sqrt(D), and 1/(layer + 1) where the config asks for it. */
export function attentionScale(
  layer: number,
  { width, heads, scaleAttentionByInverseLayer }: Gpt2Config,
): number {
  const scale = 1 / Math.sqrt(width / heads);
  return scaleAttentionByInverseLayer ? scale / (layer + 1) : scale;
}

/** Queries, keys and values of every head: [B, T, C] -> [B, H, T, D] each. */
function heads(x: Tensor, { norm1, attention }: Gpt2Block, config: Gpt2Config): [Tensor, Tensor, Tensor] {
  const joint = apply(layerNorm(x, norm1, config.layerNormEpsilon), attention.queryKeyValue); // [B, T, 3C]
  const [query, key, value] = joint
    .split(config.width, 2) // one concatenation in the backward pass, where three narrows would be three full-sized sums
    .map((part) => splitHeads(part, config.heads));
  return [query, key, value];
}
