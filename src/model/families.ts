// The families there are, and what follows from any one's table and parts: random weights, counts, the whole forward pass.

import { failure } from '../run/failure.ts';
import { ops, scope } from '../torch/index.ts';
import type { Tensor } from '../torch/index.ts';
import type { Family, Model, ModelConfig, Weights } from './family.ts';
import { gpt2 } from './gpt2.ts';
import { gptNeox } from './gpt-neox.ts';
import { dropEmbedded, evaluationMode } from './layers.ts';
import { llama } from './llama.ts';
import { mpt } from './mpt.ts';
import { opt } from './opt.ts';
import { familyNames } from './presets.ts';
import { buildTree, initParameter, isPresent } from './parameters.ts';
import type { Parameter } from './parameters.ts';

const families: Readonly<Record<(typeof familyNames)[number], Family>> = {
  gpt2,
  llama,
  'gpt-neox': gptNeox,
  opt,
  mpt,
};

/** The functions for a configuration. @throws Error  with exit code 64 for a name that is none of `familyNames` */
export function familyOf({ family }: Pick<ModelConfig, 'family'>): Family {
  const name = familyNames.find((each) => each === family);
  if (name) return families[name];
  throw failure('usage', `family: expected one of ${familyNames.join(', ')}, got ${family}`);
}

/** The family that reads a `model_type` of config.json, or null. */
export function familyOfType(modelType: unknown): Family | null {
  return (
    Object.values(families).find(({ modelTypes }) => modelTypes.some((type) => type === modelType)) ?? null
  );
}

/** Every `model_type` that is read. */
export function knownTypes(): string[] {
  return Object.values(families).flatMap(({ modelTypes }) => modelTypes);
}

/** Random weights. Each tensor has a random stream of its own, named by its path. They belong to the caller. */
export function initModel(config: ModelConfig, seed: number): Weights {
  const table = familyOf(config).parameters(config);
  const tensors = new Map(
    table.filter(isPresent).map((parameter) => [parameter.path, initParameter(parameter, seed)]),
  );
  return buildTree(table, tensors) as Weights;
}

/** Dotted paths of the weight tree's leaves, in its order. */
export function leafPaths(config: ModelConfig): string[] {
  return familyOf(config)
    .parameters(config)
    .filter(isPresent)
    .map(({ path }) => path);
}

/** Number of parameters, a tied head counted once. */
export function parameterCount(config: ModelConfig): number {
  return familyOf(config).parameters(config).filter(isPresent).map(sizeOf).reduce(sum, 0);
}

/**
 * FLOPs to train on one token: 6 N + 12 L C T, N the parameters that tokens are multiplied with, attention counted as
 * the full square.
 * @see PaLM (arXiv:2204.02311), appendix B
 */
export function trainingFlopsPerToken(config: ModelConfig): number {
  const { layers, width, context } = config;
  const family = familyOf(config);
  const table = family.parameters(config).filter(isPresent);
  const isTied = !table.some(({ path }) => path === 'head');
  const lookedUp = ({ path }: Parameter) =>
    path === 'positionEmbedding' || (path === 'tokenEmbedding' && !isTied);
  const multiplied = table
    .filter((parameter) => !lookedUp(parameter))
    .map(sizeOf)
    .reduce(sum, 0);
  return 6 * multiplied + 12 * layers * width * context;
}

/** States before the head, of tokens [B, T] int64: [B, T, E]. Each block's are freed when the next has used them. */
export function hiddenStates(tokens: Tensor, { config, weights }: Model, mode = evaluationMode): Tensor {
  const family = familyOf(config);
  return scope(() => {
    let x = dropEmbedded(family.embed(tokens, weights, config), mode); // [B, T, C]
    for (const [layer, block] of weights.blocks.entries()) {
      const before = x;
      x = scope(() => family.block(before, block, layer, config, mode)); // [B, T, C]
      before.release();
    }
    return family.finish(x, weights, config); // [B, T, E]
  });
}

/** The whole model: tokens [B, T] int64 -> logits [B, T, paddedVocab]. */
export function forward(tokens: Tensor, model: Model, mode = evaluationMode): Tensor {
  return scope(() => headLogits(hiddenStates(tokens, model, mode), model)); // [B, T, V]
}

/** States before the head [.., E] -> logits [.., paddedVocab]. */
export function headLogits(states: Tensor, { config, weights }: Model): Tensor {
  return ops.linear(states, familyOf(config).headWeight(weights));
}

function sizeOf({ shape }: Parameter): number {
  return shape.reduce((product, size) => product * size, 1);
}

function sum(a: number, b: number): number {
  return a + b;
}
