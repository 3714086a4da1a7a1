// The GPT-2 family: configuration, weights, and the forward pass as functions of them. No files, no training.
// Pre-norm, tanh-GELU, learned positions, tied head (Radford et al. 2019); initialised as GPT-2 and nanoGPT are.

import { ops } from '../torch/index.ts';
import type { Tensor } from '../torch/index.ts';

const { dropout, embedding, gelu, layerNorm, linear, scaledDotProductAttention } = ops;

export interface Gpt2Config {
  family: 'gpt2';
  layers: number;
  heads: number;
  width: number;
  context: number;
  /** Tokens the tokenizer knows. */
  vocab: number;
  /** Rows of the embedding, `vocab` or more; the rows past `vocab` are never sampled. */
  paddedVocab: number;
  /** Biases in linear layers and norms. */
  bias: boolean;
  dropout: number;
  /** Divide the attention logits of layer l by l + 1, as all of the paper's GPT-2 runs do. */
  scaleAttentionByInverseLayer: boolean;
  layerNormEpsilon: number;
}

/** A linear layer: x W^T + b. */
export type Linear = {
  weight: Tensor; // [out, in]
  bias: Tensor | null; // [out]
};

export type Norm = {
  weight: Tensor; // [C]
  bias: Tensor | null; // [C]
};

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

/** How a forward pass runs: `seedDropout` is called before each part that drops, so that it can be run again. */
export interface ForwardMode {
  /** 0 where nothing is dropped. */
  dropout: number;
  /** Seeds the stream of dropout for a part: -1 is the embedding, l is block l. */
  seedDropout: (part: number) => void;
}

/** Evaluation, analysis and sampling: nothing is dropped. */
export const evaluationMode: ForwardMode = { dropout: 0, seedDropout: () => undefined };

/** Token and position embeddings: tokens [B, T] int64 -> [B, T, C]. */
export function embed(
  tokens: Tensor,
  weights: Pick<Gpt2Weights, 'tokenEmbedding' | 'positionEmbedding'>,
): Tensor {
  const [, T] = tokens.shape;
  const positions = weights.positionEmbedding.narrow(0, 0, T); // [T, C]
  return embedding(weights.tokenEmbedding, tokens).add(positions); // [B, T, C]
}

/** Dropout on the embeddings: [B, T, C] -> [B, T, C]. */
export function dropEmbedded(x: Tensor, mode: ForwardMode): Tensor {
  if (mode.dropout > 0) mode.seedDropout(-1);
  return drop(x, mode);
}

/**
 * Adds the gradients of `embed` to its leaves, rows in place: autograd would make a dense gradient of the whole
 * vocabulary and add that to the head's.
 *
 * @param gradient  of what embed gave, [B, T, C]
 */
export function addEmbeddingGradients(tokens: Tensor, gradient: Tensor, weights: Gpt2Weights): void {
  const [B, T, C] = gradient.shape;
  const { tokenEmbedding, positionEmbedding } = weights;
  const gradientOf = (leaf: Tensor) => (leaf.grad ??= ops.zerosLike(leaf.detach()));
  gradientOf(tokenEmbedding).indexAdd_(0, tokens.reshape([B * T]), gradient.reshape([B * T, C]));
  gradientOf(positionEmbedding)
    .narrow(0, 0, T)
    .add_(gradient.sum([0]));
}

/** One transformer block at place `layer` (0-based): [B, T, C] -> [B, T, C]. */
export function block(
  x: Tensor,
  weights: Gpt2Block,
  layer: number,
  config: Gpt2Config,
  mode: ForwardMode = evaluationMode,
): Tensor {
  if (mode.dropout > 0) mode.seedDropout(layer);
  const attended = attention(norm(x, weights.norm1, config), weights.attention, layer, config, mode); // [B, T, C]
  const middle = x.add(drop(attended, mode)); // [B, T, C]
  const hidden = gelu(apply(norm(middle, weights.norm2, config), weights.mlp.up), { approximate: 'tanh' }); // [B, T, 4C]
  return middle.add(drop(apply(hidden, weights.mlp.down), mode)); // [B, T, C]
}

/** Final norm: [.., C] -> [.., C]. */
export function finish(x: Tensor, weights: Gpt2Weights, config: Gpt2Config): Tensor {
  return norm(x, weights.finalNorm, config);
}

/** The tied head on normed states: [.., C] -> logits [.., paddedVocab]. */
export function head(x: Tensor, weights: Gpt2Weights): Tensor {
  return linear(x, headWeight(weights));
}

/** The head's matrix [paddedVocab, C]: the token embedding, which GPT-2 ties to it. */
export function headWeight(weights: Gpt2Weights): Tensor {
  return weights.tokenEmbedding;
}

/** The whole model: tokens [B, T] int64 -> logits [B, T, paddedVocab]. */
export function forward(
  tokens: Tensor,
  weights: Gpt2Weights,
  config: Gpt2Config,
  mode = evaluationMode,
): Tensor {
  let x = dropEmbedded(embed(tokens, weights), mode); // [B, T, C]
  weights.blocks.forEach((blockWeights, layer) => {
    x = block(x, blockWeights, layer, config, mode);
  });
  return head(finish(x, weights, config), weights); // [B, T, V]
}

/** Factor on the attention logits of a layer: 1/sqrt(D), and 1/(layer + 1) where the config asks for it. */
export function attentionScale(
  layer: number,
  { width, heads, scaleAttentionByInverseLayer }: Gpt2Config,
): number {
  const scale = 1 / Math.sqrt(width / heads);
  return scaleAttentionByInverseLayer ? scale / (layer + 1) : scale;
}

function attention(
  x: Tensor,
  weights: Gpt2Block['attention'],
  layer: number,
  config: Gpt2Config,
  mode: ForwardMode,
): Tensor {
  const [B, T, C] = x.shape;
  const [query, key, value] = splitHeads(apply(x, weights.queryKeyValue), config); // [B, H, T, D] each
  const scale = attentionScale(layer, config);
  const y = scaledDotProductAttention(query, key, value, null, mode.dropout, true, { scale }); // [B, H, T, D]
  return apply(y.transpose(1, 2).reshape([B, T, C]), weights.output); // [B, T, C]
}

/**
 * Queries and keys of every head as the block at place `layer` makes them from what enters it; queries carry the
 * attention scale, so that their product is the attention logits.
 *
 * @param x  the block's input [B, T, C]
 * @returns  [B, H, T, D] each
 */
export function queriesAndKeys(
  x: Tensor,
  weights: Gpt2Block,
  layer: number,
  config: Gpt2Config,
): { queries: Tensor; keys: Tensor } {
  const [queries, keys] = splitHeads(
    apply(norm(x, weights.norm1, config), weights.attention.queryKeyValue),
    config,
  );
  return { queries: queries.mul(attentionScale(layer, config)), keys };
}

/** Queries, keys and values of every head: [B, T, 3C] -> [B, H, T, D] each. */
export function splitHeads(queryKeyValue: Tensor, { width, heads }: Gpt2Config): [Tensor, Tensor, Tensor] {
  const [B, T] = queryKeyValue.shape;
  const [query, key, value] = queryKeyValue
    .split(width, 2) // one concatenation in the backward pass, where three narrows would be three full-sized sums
    .map((part) => part.view([B, T, heads, width / heads]).transpose(1, 2)); // [B, H, T, D]
  return [query, key, value];
}

function apply(x: Tensor, { weight, bias }: Linear): Tensor {
  return linear(x, weight, bias);
}

function norm(x: Tensor, { weight, bias }: Norm, { width, layerNormEpsilon }: Gpt2Config): Tensor {
  return layerNorm(x, [width], weight, bias, layerNormEpsilon);
}

function drop(x: Tensor, mode: ForwardMode): Tensor {
  return mode.dropout === 0 ? x : dropout(x, mode.dropout, true);
}
