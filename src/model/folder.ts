// A model folder as transformers writes and reads it: config.json, model.safetensors, tokenizer files, README.md.

import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readIfThere } from '../run/atomic.ts';
import { failure } from '../run/failure.ts';
import type { Model, ModelConfig } from './family.ts';
import { fromHubConfig, fromHubTensors, hubTensor, toHubConfig, toHubTensors } from './huggingface.ts';
import type { SpecialTokens } from './huggingface.ts';
import { isLitgpt, openLitgpt, readLitgptConfig } from './litgpt.ts';
import { isNanogpt, openNanogpt, readNanogptConfig } from './nanogpt.ts';
import { openModelFiles } from './open-model.ts';
import type { OpenModel, ReadOptions } from './open-model.ts';
import { writeShards } from './shards.ts';
import type { TensorSource } from './shards.ts';
import { openWeightFiles } from './weight-files.ts';

/** What goes into a model folder beside the weights. */
export interface FolderExtras {
  /** The tokenizer's files by name: tokenizer.json, tokenizer_config.json, ... copied unchanged. */
  tokenizerFiles: ReadonlyMap<string, string | Uint8Array>;
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
  if (isNanogpt(folder)) return readNanogptConfig(folder);
  if (isLitgpt(folder)) return readLitgptConfig(folder);
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

/** What config.json of a folder says of its tokens; nothing where there is none, as with a nanoGPT checkpoint. */
export async function readSpecialTokens(folder: string): Promise<SpecialTokens> {
  const text = await readIfThere(join(folder, 'config.json')).catch(() => null);
  const id = z.union([z.int(), z.array(z.int()).transform(([first]) => first)]).nullish();
  const config = text === null ? {} : (JSON.parse(text.toString()) as unknown);
  const found = z.looseObject({ bos_token_id: id, eos_token_id: id }).safeParse(config).data;
  return { beginOfText: found?.bos_token_id ?? null, endOfText: found?.eos_token_id ?? null };
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

/**
 * Opens a model folder and checks its names and shapes; no tensor is read yet.
 *
 * @throws Error  with exit code 65 that lists missing, extra and misshapen tensors
 */
export async function openModelFolder(folder: string, options: ReadOptions = {}): Promise<OpenModel> {
  if (isNanogpt(folder)) return openNanogpt(folder, options);
  if (isLitgpt(folder)) return openLitgpt(folder, options);
  return openModelFiles(await readModelConfig(folder), await openWeightFiles(folder), options);
}

/** Rows of the padded vocabulary must never be sampled. */
function suppressed({ vocab, paddedVocab }: ModelConfig): object {
  if (vocab === paddedVocab) return {};
  return { suppress_tokens: Array.from({ length: paddedVocab - vocab }, (_, index) => vocab + index) };
}
