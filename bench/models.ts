// The models of bench:train and bench:curves: their configurations, what the PyTorch peer is told of them, and their products.

import { familyOf } from '../src/model/families.ts';
import type { ModelConfig } from '../src/model/family.ts';
import { isGpt2 } from '../src/model/gpt2.ts';
import type { LlamaConfig } from '../src/model/llama.ts';
import { isPresent } from '../src/model/parameters.ts';

export const modelNames = ['gpt2', 'llama'] as const;
export const sizeNames = ['small', '124m'] as const;
export type ModelName = (typeof modelNames)[number];
export type SizeName = (typeof sizeNames)[number];

export interface BenchSize {
  config: ModelConfig;
  /** Windows of a step. */
  batch: number;
  /** Steps before any is counted, and steps of a turn. */
  warmUp: number;
  block: number;
}

const sizes = {
  small: { layers: 4, heads: 4, width: 256, context: 256, batch: 8, warmUp: 10, block: 10 },
  '124m': { layers: 12, heads: 12, width: 768, context: 1024, batch: 1, warmUp: 6, block: 4 },
} as const;
const vocabularies = {
  gpt2: { small: 8192, '124m': 50304 },
  llama: { small: 8192, '124m': 32_000 },
} as const;

/** A model by name and size, with the vocabulary that is usual there, or another. */
export function benchModel(
  model: ModelName,
  size: SizeName,
  vocab: number = vocabularies[model][size],
): BenchSize {
  const { batch, warmUp, block, ...shape } = sizes[size];
  const config = familyOf({ family: model }).fromSizes({
    ...shape,
    vocab,
    paddedVocab: vocab,
    bias: false,
    dropout: 0,
    scaleAttentionByInverseLayer: false,
    keyValueHeads: model === 'llama' && size === 'small' ? 2 : undefined,
    hidden: undefined,
    tied: undefined,
  });
  return { config, batch, warmUp, block };
}

/** The configuration as bench/peer_models.py reads it. */
export function peerModel(config: ModelConfig): object {
  const { family, layers, heads, width, context, paddedVocab: vocab } = config;
  const shared = { family, layers, heads, width, context, vocab };
  if (isGpt2(config)) {
    const { bias, scaleAttentionByInverseLayer } = config;
    return { ...shared, bias, scaleAttentionByInverseLayer };
  }
  if (!isLlama(config)) throw new RangeError(`family: the peer has ${modelNames.join(', ')}, got ${family}`);
  const { keyValueHeads, headWidth, hidden, normEpsilon, tied, rotary } = config;
  return { ...shared, keyValueHeads, headWidth, hidden, normEpsilon, tied, rotaryBase: rotary.theta };
}

export interface LinearLayer {
  /** X [rows, in] times W' [in, out], `count` times in a model. */
  rows: number;
  in: number;
  out: number;
  count: number;
}

/** Every linear layer of a step of `rows` tokens, the head included, equal shapes counted together. */
export function linearLayers(config: ModelConfig, rows: number): LinearLayer[] {
  const table = familyOf(config).parameters(config).filter(isPresent);
  const isTied = !table.some(({ path }) => path === 'head');
  const multiplied = table.filter(
    ({ path, shape }) =>
      shape.length === 2 && path !== 'positionEmbedding' && (path !== 'tokenEmbedding' || isTied),
  );
  const layers = new Map<string, LinearLayer>();
  for (const { shape } of multiplied) {
    const [out = 0, width = 0] = shape;
    const before = layers.get(shape.join());
    layers.set(shape.join(), { rows, in: width, out, count: (before?.count ?? 0) + 1 });
  }
  return [...layers.values()];
}

function isLlama(config: ModelConfig): config is LlamaConfig {
  return config.family === 'llama';
}
