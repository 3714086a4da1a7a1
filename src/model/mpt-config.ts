// MPT's config.json, of transformers and of llm-foundry: what is computed, and a refusal of the rest by name.

import { z } from 'zod';
import { failure } from '../run/failure.ts';
import type { ModelConfig } from './family.ts';
import {
  demand,
  demandDivisor,
  knownVocab,
  layerCount,
  parseHubConfig,
  withFraction,
  withoutFraction,
} from './hub-config.ts';

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

const hubConfig = z.object({
  d_model: z.int().positive(),
  n_heads: z.int().positive(),
  n_layers: layerCount,
  expansion_ratio: z.number().positive().default(4),
  max_seq_len: z.int().positive().default(2048),
  vocab_size: z.int().positive(),
  resid_pdrop: z.number().min(0).max(1).default(0),
  layer_norm_epsilon: z.number().positive().default(1e-5),
  no_bias: z.boolean().default(true),
  norm_type: z.string().default('low_precision_layernorm'),
  logit_scale: z.union([z.number(), z.string()]).nullish(),
  tie_word_embeddings: z.boolean().default(true),
  attn_config: orEmpty(
    z.looseObject({
      attn_type: z.string().default('multihead_attention'),
      kv_n_heads: z.int().positive().optional(),
      clip_qkv: z.number().min(0).nullish(), // 0 does not clip
      softmax_scale: z.number().positive().nullish(),
      alibi: z.boolean().default(true),
      alibi_bias_max: z.number().positive().default(8),
      prefix_lm: z.boolean().default(false),
      qk_ln: z.boolean().default(false),
      // of later llm-foundry
      qk_gn: z.boolean().default(false),
      rope: z.boolean().default(false),
      sliding_window_size: z.int().default(-1),
      attn_logit_softcapping: z.number().nullish(),
    }),
  ),
  ffn_config: orEmpty(z.looseObject({ ffn_type: z.string().default('mptmlp') })),
  block_overrides: z.unknown().optional(),
  final_logit_softcapping: z.number().nullish(),
  inheritune: z.object({ vocab: z.int().positive() }).optional(),
});

/** @throws Error  with exit code 65 for what there is no code for, by name */
export function readMptConfig(json: unknown, where: string): MptConfig {
  const hub = parseHubConfig(hubConfig, json, where);
  const { d_model: width, n_heads: heads } = hub;
  const { attn_config: attention } = hub;
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
    'attn_config.qk_gn': [attention.qk_gn, false],
    'attn_config.rope': [attention.rope, false],
    'attn_config.sliding_window_size': [attention.sliding_window_size, -1],
    'attn_config.attn_logit_softcapping': [attention.attn_logit_softcapping ?? 'null', 'null'],
    'ffn_config.ffn_type': [hub.ffn_config.ffn_type, 'mptmlp'],
    block_overrides: [hub.block_overrides ?? 'null', 'null'],
    final_logit_softcapping: [hub.final_logit_softcapping ?? 'null', 'null'],
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
    hidden: hiddenWidth(hub.expansion_ratio, width, where),
    context: hub.max_seq_len,
    vocab: knownVocab(where, hub.vocab_size, hub.inheritune?.vocab),
    paddedVocab: hub.vocab_size,
    dropout: hub.resid_pdrop,
    clip: attention.clip_qkv ? withoutFraction(attention.clip_qkv) : null,
    scale: attention.softmax_scale ? withoutFraction(attention.softmax_scale) : null,
    alibiMax: attention.alibi_bias_max,
    layerNormEpsilon: hub.layer_norm_epsilon,
  };
}

/** config.json without what all families' have. */
export function toHubMptConfig(config: MptConfig): object {
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
      clip_qkv: config.clip === null ? null : withFraction(config.clip),
      softmax_scale: config.scale === null ? null : withFraction(config.scale),
      alibi: true,
      alibi_bias_max: config.alibiMax,
      prefix_lm: false,
      qk_ln: false,
    },
    inheritune: { vocab: config.vocab },
  };
}

/** Width inside the feed-forward layers, a whole number but for rounding. @throws Error  with exit code 65 */
function hiddenWidth(ratio: number, width: number, where: string): number {
  const hidden = Math.round(ratio * width);
  if (hidden > 0 && Math.abs(ratio * width - hidden) < 1e-9 * hidden) return hidden;
  throw failure(
    'data',
    `${where}: expansion_ratio: expected a whole number when multiplied with d_model ${width}, found ${ratio}`,
  );
}

/** A part that may be left out, or null. */
function orEmpty<T extends z.ZodType>(part: T) {
  return z.preprocess((value) => value ?? {}, part);
}
