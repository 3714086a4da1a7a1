// A model folder as transformers writes and reads it: config.json, model.safetensors, tokenizer files, README.md.

import { readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { failure } from '../run/failure.ts';
import { keep, openSafetensors, scope } from '../torch/index.ts';
import type { Dtype, SafetensorsFile, Tensor } from '../torch/index.ts';
import { familyOf } from './families.ts';
import type { Model, ModelConfig } from './family.ts';
import {
  fromHubConfig,
  fromHubTensors,
  hubShapes,
  hubTensor,
  toHubConfig,
  toHubTensors,
} from './huggingface.ts';
import type { ReadTensor } from './huggingface.ts';
import { writeShards } from './shards.ts';
import type { TensorSource } from './shards.ts';

/** What goes into a model folder beside the weights. */
export interface FolderExtras {
  /** The tokenizer's files by name: tokenizer.json, tokenizer_config.json, ... copied unchanged. */
  tokenizerFiles: ReadonlyMap<string, string>;
  endOfText: number | null;
  beginOfText?: number | null;
  /** Text of the model card, README.md. */
  card: string;
}

/**
 * Writes a model into an existing folder, in the dtype that its weights have.
 * Nothing is synced: a checkpoint's commit does that for the whole folder.
 */
export async function writeModelFolder(folder: string, model: Model, extras: FolderExtras): Promise<void> {
  await writeModelParts(folder, model.config, modelTensors(model), extras);
}

/** Tensors of a model in memory as its file has them: views, each made when it is written. */
export function modelTensors(model: Model): TensorSource {
  const views = toHubTensors(model);
  const kinds = new Map(Array.from(views, ([name, { dtype, shape }]) => [name, { dtype, shape }]));
  for (const view of views.values()) view.release();
  return { kinds, make: (name) => ({ tensor: hubTensor(model, name), isOurs: true }) };
}

/** The same for a model that is not in memory: its tensors, laid out as in the file, are made one at a time. */
export async function writeModelParts(
  folder: string,
  config: ModelConfig,
  tensors: TensorSource,
  { tokenizerFiles, endOfText, beginOfText = null, card }: FolderExtras,
): Promise<void> {
  const json = (value: object) => `${JSON.stringify(value, null, 2)}\n`;
  const dtype = [...tensors.kinds.values()][0]?.dtype;
  await writeFile(join(folder, 'config.json'), json(toHubConfig(config, { beginOfText, endOfText }, dtype)));
  await writeFile(
    join(folder, 'generation_config.json'),
    json({ bos_token_id: beginOfText ?? endOfText, eos_token_id: endOfText, ...suppressed(config) }),
  );
  for (const [name, content] of tokenizerFiles) await writeFile(join(folder, name), content);
  await writeFile(join(folder, 'README.md'), card);
  await writeShards(folder, tensors);
}

/** The configuration of a model folder. @throws Error  with exit code 65 when it has none we can read */
export async function readModelConfig(folder: string): Promise<ModelConfig> {
  const path = join(folder, 'config.json');
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    const there = await stat(folder).then(
      () => true,
      () => false,
    );
    throw failure(
      'data',
      there ? `${folder}: no model here: config.json is missing` : `${folder}: no such folder`,
    );
  }
  try {
    return fromHubConfig(JSON.parse(text), path);
  } catch (error) {
    if (error instanceof SyntaxError) throw failure('data', `${path}: not JSON: ${error.message}`);
    throw error;
  }
}

/**
 * Reads a whole model, one tensor at a time.
 *
 * @throws Error  with exit code 65 that lists missing, extra and misshapen tensors
 */
export async function readModelFolder(folder: string, options: ReadOptions = {}): Promise<Model> {
  const { config, read, close } = await openModelFolder(folder, options);
  try {
    return { config, weights: await fromHubTensors(config, read) };
  } finally {
    await close();
  }
}

/** How tensors are read. */
export interface ReadOptions {
  device?: string;
  /** What they are converted to, one at a time; 'stored' leaves them as the file has them. */
  dtype?: Dtype | 'stored';
}

/** A model folder whose tensors are read when asked for: models that memory does not hold. */
export interface OpenModel {
  config: ModelConfig;
  /** A tensor by its name in the family's table, laid out as in the file. It belongs to the caller. */
  read: ReadTensor;
  /** Dtype of that tensor in the file. */
  dtypeOf(name: string): Dtype;
  close(): Promise<void>;
}

/**
 * Opens a model folder and checks its names and shapes; no tensor is read yet.
 *
 * @throws Error  with exit code 65 that lists missing, extra and misshapen tensors
 */
export async function openModelFolder(
  folder: string,
  { device = 'cpu', dtype = 'float32' }: ReadOptions = {},
): Promise<OpenModel> {
  const config = await readModelConfig(folder);
  const path = join(folder, 'model.safetensors');
  const file = await openModelFile(path);
  try {
    const { names, problems } = matchNames(file, config);
    if (problems.length > 0)
      throw failure(
        'data',
        `${path}: ${problems.slice(0, 8).join('; ')}${problems.length > 8 ? `; and ${problems.length - 8} more` : ''}`,
      );
    return {
      config,
      read: async (name) => converted(await file.read(names.get(name) ?? name, { device }), dtype),
      dtypeOf: (name) => file.entries.get(names.get(name) ?? name)?.dtype ?? 'float32',
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Names of tokenizer files that travel with a model. */
export const tokenizerFileNames = [
  'tokenizer.json',
  'tokenizer_config.json',
  'special_tokens_map.json',
  'vocab.json',
  'merges.txt',
  'inheritune_tokenizer.json',
];

async function openModelFile(path: string): Promise<SafetensorsFile> {
  try {
    return await openSafetensors(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw failure(
        'data',
        `${path}: ${basename(path)} is missing; expected a model folder with config.json and model.safetensors`,
      );
    throw error;
  }
}

/** The file's name for each name of the family's table, and what is missing, misshapen or unexpected. */
function matchNames(file: SafetensorsFile, config: ModelConfig) {
  const { prefix, ignored } = familyOf(config);
  const shapes = hubShapes(config);
  const bare = (name: string) => (name.startsWith(prefix) ? name.slice(prefix.length) : name);
  const names = new Map<string, string>();
  const problems: string[] = [];
  for (const [name, shape] of shapes) {
    const own = [name, bare(name)].find((candidate) => file.entries.has(candidate));
    const found = own === undefined ? undefined : file.entries.get(own);
    if (own === undefined || !found) problems.push(`missing ${bare(name)}`);
    else if (found.shape.join() !== shape.join())
      problems.push(`${own} is [${found.shape.join(', ')}], expected [${shape.join(', ')}]`);
    else names.set(name, own);
  }
  const used = new Set(names.values());
  for (const name of file.names) {
    const isKnown = used.has(name) || shapes.has(name) || shapes.has(`${prefix}${name}`);
    const isTiedHead = /^(lm_head|embed_out)\.weight$/.test(name); // old files hold the token embedding twice
    if (!isKnown && !isTiedHead && !ignored.test(name)) problems.push(`unexpected ${name}`);
  }
  return { names, problems };
}

function converted(tensor: Tensor, dtype: Dtype | 'stored'): Tensor {
  if (dtype === 'stored' || tensor.dtype === dtype) return tensor;
  const other = scope(() => keep(tensor.to(dtype)));
  tensor.release();
  return other;
}

/** Rows of the padded vocabulary must never be sampled. */
function suppressed({ vocab, paddedVocab }: ModelConfig): object {
  if (vocab === paddedVocab) return {};
  return { suppress_tokens: Array.from({ length: paddedVocab - vocab }, (_, index) => vocab + index) };
}
