// A model as Hugging Face stores it: config.json and named tensors, by its family's table. Pure mapping, no files.

import { z } from 'zod';
import { failure } from '../run/failure.ts';
import { keep, noGrad, ops, scope } from '../torch/index.ts';
import type { Dtype, Tensor } from '../torch/index.ts';
import { familyOf, familyOfType, knownTypes } from './families.ts';
import type { Block, Model, ModelConfig, Weights } from './family.ts';
import { buildTree, isBelow, isPresent, storedShape } from './parameters.ts';
import type { Parameter } from './parameters.ts';
import { flattenWeights } from './weights.ts';
import type { WeightTree } from './weights.ts';

/** Ids of the tokens around a text; null where there is none. */
export interface SpecialTokens {
  beginOfText?: number | null;
  endOfText: number | null;
}

/** config.json for transformers. */
export function toHubConfig(
  config: ModelConfig,
  { beginOfText, endOfText }: SpecialTokens,
  dtype: Dtype = 'float32',
): object {
  return {
    ...familyOf(config).toHub(config),
    bos_token_id: beginOfText ?? endOfText,
    eos_token_id: endOfText,
    dtype,
  };
}

/**
 * Our configuration from a config.json.
 *
 * @param where  the file's path, for messages
 * @throws Error  with exit code 65 for a family or a setting that there is no code for
 */
export function fromHubConfig(json: unknown, where: string): ModelConfig {
  const parsed = z.looseObject({ model_type: z.string() }).safeParse(json);
  const family = parsed.success ? familyOfType(parsed.data.model_type) : null;
  if (family) return family.fromHub(json, where);
  const found = parsed.success ? `'${parsed.data.model_type}'` : 'none';
  throw failure('data', `${where}: model_type: expected one of ${knownTypes().join(', ')}, found ${found}`);
}

/** Views under transformers' names, in its layout, absent biases zeros. Release them. */
export function toHubTensors(model: Model): Map<string, Tensor> {
  const named = familyOf(model.config)
    .parameters(model.config)
    .filter(({ name }) => name !== null);
  const leaves = flattenWeights(model.weights);
  return new Map(named.map((parameter) => [parameter.name ?? '', hubView(parameter, leaves, model)]));
}

/** One of them. @throws TypeError  for a name that the model has not */
export function hubTensor(model: Model, name: string): Tensor {
  const parameter = familyOf(model.config)
    .parameters(model.config)
    .find((each) => each.name === name);
  if (!parameter) throw new TypeError(`no tensor ${name}`);
  return hubView(parameter, flattenWeights(model.weights), model);
}

function hubView(
  { path, shape, transposed }: Parameter,
  leaves: ReadonlyMap<string, Tensor>,
  { weights: { tokenEmbedding } }: Model,
): Tensor {
  const leaf = leaves.get(path);
  const { dtype, device } = tokenEmbedding;
  const make = () => {
    if (!leaf) return ops.zeros(shape, { dtype, device });
    return transposed ? leaf.detach().t() : leaf.detach();
  };
  return scope(() => keep(noGrad(make)));
}

/** Gives the tensor of a name in the table, as the file has it; the caller has checked that all names are there. */
export type ReadTensor = (name: string) => Promise<Tensor>;

/** The whole weight tree, read one tensor at a time. */
export async function fromHubTensors(config: ModelConfig, read: ReadTensor): Promise<Weights> {
  return (await readTree(config, read, () => true)) as Weights;
}

/** What embeds tokens, and nothing else. */
export async function readHubEmbeddings(config: ModelConfig, read: ReadTensor): Promise<Weights> {
  const { embedding } = familyOf(config);
  const isWanted = (path: string) => embedding.some((name) => path === name || isBelow(path, name));
  return (await readTree(config, read, isWanted)) as Weights;
}

/** One block alone. */
export async function readHubBlock(config: ModelConfig, layer: number, read: ReadTensor): Promise<Block> {
  const prefix = `blocks.${layer}`;
  return (await readTree(config, read, (path) => isBelow(path, prefix), prefix)) as Block;
}

/** One leaf as the tree has it, from the file's tensor, which is freed if it is not the same. */
export function fromStored(stored: Tensor, { transposed }: Parameter): Tensor {
  if (!transposed) return stored;
  const turned = scope(() => keep(noGrad(() => stored.t().clone({ memoryFormat: 'contiguous' })))); // [out, in]
  stored.release();
  return turned;
}

/** Every tensor a folder must have, with its shape in the file. */
export function hubShapes(config: ModelConfig): Map<string, readonly number[]> {
  const shapes = new Map<string, readonly number[]>();
  for (const parameter of familyOf(config).parameters(config))
    if (parameter.name !== null) shapes.set(parameter.name, storedShape(parameter));
  return shapes;
}

async function readTree(
  config: ModelConfig,
  read: ReadTensor,
  isWanted: (path: string) => boolean,
  prefix = '',
): Promise<WeightTree> {
  const table = familyOf(config).parameters(config);
  const tensors = new Map<string, Tensor>();
  try {
    for (const parameter of table) {
      const { path, name } = parameter;
      if (name !== null && isPresent(parameter) && isWanted(path))
        tensors.set(path, fromStored(await read(name), parameter));
    }
  } catch (error) {
    for (const tensor of tensors.values()) tensor.release();
    throw error;
  }
  return buildTree(table, tensors, prefix);
}
