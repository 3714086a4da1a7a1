// Random GPT-2 weights, and the arithmetic of a configuration: parameters and FLOPs.

import { streamSeed } from '../run/seed.ts';
import { keep, manualSeed, noGrad, ops, scope } from '../torch/index.ts';
import type { Tensor } from '../torch/index.ts';
import type { Gpt2Block, Gpt2Config, Gpt2Weights, Norm } from './gpt2.ts';

/**
 * Weights drawn as GPT-2's: N(0, 0.02), residual projections N(0, 0.02 / sqrt(2 L)), norms 1, biases 0.
 * Each tensor has a random stream of its own, named by its path, so the order of drawing does not matter.
 */
export function initGpt2(config: Gpt2Config, seed: number): Gpt2Weights {
  const { layers, width: C, context, paddedVocab } = config;
  return {
    tokenEmbedding: normal([paddedVocab, C], 0.02, seed, 'tokenEmbedding'),
    positionEmbedding: normal([context, C], 0.02, seed, 'positionEmbedding'),
    blocks: Array.from({ length: layers }, (_, layer) => initGpt2Block(config, layer, seed)),
    finalNorm: initNorm(config),
  };
}

/** Random weights of the block at place `layer` of a model of `config.layers` layers. */
export function initGpt2Block(config: Gpt2Config, layer: number, seed: number): Gpt2Block {
  const { layers, width: C } = config;
  const residual = 0.02 / Math.sqrt(2 * layers);
  const initLinear = (name: string, rows: number, columns: number, deviation: number) => ({
    weight: normal([rows, columns], deviation, seed, `blocks.${layer}.${name}`),
    bias: zeros(config, rows),
  });
  return {
    norm1: initNorm(config),
    attention: {
      queryKeyValue: initLinear('attention.queryKeyValue', 3 * C, C, 0.02),
      output: initLinear('attention.output', C, C, residual),
    },
    norm2: initNorm(config),
    mlp: { up: initLinear('mlp.up', 4 * C, C, 0.02), down: initLinear('mlp.down', C, 4 * C, residual) },
  };
}

/** Number of parameters, the tied head counted once. */
export function gpt2ParameterCount({ layers, width: C, context, paddedVocab, bias }: Gpt2Config): number {
  const norm = bias ? 2 * C : C;
  const block = 12 * C * C + (bias ? 9 * C : 0) + 2 * norm;
  return paddedVocab * C + context * C + layers * block + norm;
}

/**
 * FLOPs to train on one token: 6 N + 12 L C T, positions not counted in N, attention counted as the full square.
 * @see PaLM (arXiv:2204.02311), appendix B
 */
export function gpt2TrainingFlopsPerToken(config: Gpt2Config): number {
  const { layers, width, context } = config;
  return 6 * (gpt2ParameterCount(config) - context * width) + 12 * layers * width * context;
}

function initNorm(config: Gpt2Config): Norm {
  return { weight: constant([config.width], 1), bias: zeros(config, config.width) };
}

function zeros({ bias }: Gpt2Config, size: number): Tensor | null {
  return bias ? constant([size], 0) : null;
}

function normal(shape: number[], deviation: number, seed: number, name: string): Tensor {
  return scope(() => {
    manualSeed(streamSeed(seed, `init.${name}`));
    return keep(noGrad(() => ops.empty(shape, { dtype: 'float32' }).normal_(0, deviation)));
  });
}

function constant(shape: number[], value: number): Tensor {
  return keep(ops.full(shape, value, { dtype: 'float32' }));
}
