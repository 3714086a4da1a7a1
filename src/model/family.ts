// What a model family is: its configuration, its table of parameters, and its forward pass in parts. Types only.

import type { Tensor } from '../torch/index.ts';
import type { BlockCache, PackedBlock } from './attend.ts';
import type { ForwardMode } from './layers.ts';
import type { Parameter } from './parameters.ts';
import type { WeightTree } from './weights.ts';

/** What every family's configuration has. Each adds its own keys. */
export interface ModelConfig {
  family: string;
  layers: number;
  heads: number;
  width: number;
  context: number;
  /** Tokens the tokenizer knows. */
  vocab: number;
  /** Rows of the embedding, `vocab` or more; the rows past `vocab` are never sampled. */
  paddedVocab: number;
  dropout: number;
}

/** Weights of one block: the family knows its shape. */
export type Block = { readonly [name: string]: WeightTree };

/** Weights of a model: what all families have; the family knows the rest. */
export type Weights = {
  tokenEmbedding: Tensor; // [V, C], also the head where that is tied
  blocks: Block[];
};

/** Configuration and weights of a model. */
export interface Model {
  config: ModelConfig;
  weights: Weights;
}

/** Sizes and choices of a model that starts at random, as options give them. */
export interface ModelSizes extends Omit<ModelConfig, 'family'> {
  bias: boolean;
  scaleAttentionByInverseLayer: boolean;
  /** Heads of keys and values; by default as many as of queries. */
  keyValueHeads: number | undefined;
  /** Width inside the feed-forward layers; by default the family's own multiple. */
  hidden: number | undefined;
  /** Head and embedding are one matrix; by default as the family is used to. */
  tied: boolean | undefined;
}

/**
 * A family: functions of configuration, weights and states, none of which keeps anything. Methods, so that a family's
 * own types stand where these are named.
 */
export interface Family<C = ModelConfig, B = Block, W = Weights> {
  readonly name: string;
  /** Its name for people. */
  readonly title: string;
  /** `model_type`s of config.json that are read. */
  readonly modelTypes: readonly string[];
  /** What tensors' names begin with in files of a model with a head, and not in files of one without. */
  readonly prefix: string;
  /** Tensors that old files hold and nobody needs. */
  readonly ignored: RegExp;
  /** First names in the tree of what embeds tokens. */
  readonly embedding: readonly string[];

  /** @throws Error  with exit code 65 for a configuration that this code does not compute, named */
  fromHub(json: unknown, where: string): C;
  /** config.json without what all families' have: vocabulary, tokens, dtype. */
  toHub(config: C): object;
  /** @throws Error  with exit code 64 for sizes that cannot be */
  fromSizes(sizes: ModelSizes): C;
  /** All leaves of the tree, in its order. */
  parameters(config: C): Parameter[];

  /** Embeddings of tokens [B, T] int64, the first of them at place `first` of its text, or each at its own [T]: [B, T, C]. */
  embed(tokens: Tensor, weights: W, config: C, first?: number | Tensor): Tensor;
  /** Adds the gradients of `embed` to its leaves; `gradient` is that of its result, [B, T, C]. */
  addEmbeddingGradients(tokens: Tensor, gradient: Tensor, weights: W, config: C): void;
  /** The block at place `layer` (0-based): [B, T, C] -> [B, T, C]. With a cache, x are the tokens after those in it. */
  block(
    x: Tensor,
    weights: B,
    layer: number,
    config: C,
    mode?: ForwardMode,
    cache?: BlockCache | PackedBlock,
  ): Tensor;
  /** What comes after the blocks and before the head: [.., C] -> [.., E], E the width of the head. */
  finish(x: Tensor, weights: W, config: C): Tensor;
  /** The head's matrix [paddedVocab, E]. */
  headWeight(weights: W): Tensor;
  /**
   * Queries and keys of every head as the block at place `layer` makes them from what enters it [B, T, C]. Their product
   * are the attention logits, but for what is the same for all keys of a query. [B, H, T, D] each.
   */
  queriesAndKeys(x: Tensor, weights: B, layer: number, config: C): { queries: Tensor; keys: Tensor };
}
