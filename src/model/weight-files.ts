// The files that a model's tensors lie in, as one: safetensors or torch.save's, whole or in shards with an index.

import { access, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { failure } from '../run/failure.ts';
import { openSafetensors, openTorchFile, stateDictOf } from '../torch/index.ts';
import type { Tensor, TensorKind } from '../torch/index.ts';

export interface WeightFiles {
  /** The file, or the index, for messages. */
  path: string;
  /** Dtype and shape by name, without what wrappers put before it: `_orig_mod.`, `module.`. */
  entries: ReadonlyMap<string, TensorKind>;
  /** Reads one tensor into new memory. It belongs to the caller. */
  read(name: string, options?: { device?: string }): Promise<Tensor>;
  close(): Promise<void>;
}

const singleFiles = ['model.safetensors', 'pytorch_model.bin'] as const;

/**
 * Opens what a folder has: one safetensors file, its shards, one file of torch.save, or its shards, in this order.
 *
 * @throws Error  with exit code 65 when there is none, or one is damaged
 */
export async function openWeightFiles(folder: string): Promise<WeightFiles> {
  for (const name of singleFiles) {
    const path = join(folder, name);
    if (await isThere(path)) return openWeightFile(path);
    if (await isThere(`${path}.index.json`)) return openShards(folder, `${path}.index.json`);
  }
  throw failure(
    'data',
    `${folder}: model.safetensors is missing; expected it, its shards with model.safetensors.index.json, or pytorch_model.bin`,
  );
}

/** One file by its name's end: .safetensors, else torch.save's. */
export async function openWeightFile(path: string): Promise<WeightFiles> {
  if (path.endsWith('.safetensors')) {
    const file = await openSafetensors(path);
    const names = byPlainName(file.names, path);
    return {
      path,
      entries: new Map(Array.from(names, ([plain, own]) => [plain, kindOf(file.entries.get(own))])),
      read: (name, options) => file.read(names.get(name) ?? name, options),
      close: () => file.close(),
    };
  }
  const file = await openTorchFile(path);
  try {
    const tensors = stateDictOf(file.value, path);
    const names = byPlainName([...tensors.keys()], path);
    const tensorOf = (name: string) => {
      const tensor = tensors.get(names.get(name) ?? name);
      if (tensor) return tensor;
      throw failure('data', `${path}: has no tensor ${JSON.stringify(name)}`);
    };
    return {
      path,
      entries: new Map(Array.from(names.keys(), (plain) => [plain, file.kindOf(tensorOf(plain))])),
      read: async (name, options) => file.read(tensorOf(name), options),
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

const indexSchema = z.object({ weight_map: z.record(z.string(), z.string()) });

async function openShards(folder: string, index: string): Promise<WeightFiles> {
  const weightMap = await readIndex(index);
  const files = new Map<string, WeightFiles>();
  const closeAll = async () => {
    for (const file of files.values()) await file.close();
  };
  try {
    for (const name of new Set(weightMap.values())) files.set(name, await openShard(folder, name, index));
    const plain = byPlainName([...weightMap.keys()], index);
    const fileOf = (name: string): WeightFiles => {
      const file = files.get(weightMap.get(plain.get(name) ?? name) ?? '');
      if (file) return file;
      throw failure('data', `${index}: has no tensor ${JSON.stringify(name)}`);
    };
    const entries = new Map<string, TensorKind>();
    for (const name of plain.keys()) {
      const kind = fileOf(name).entries.get(name);
      if (!kind)
        throw failure(
          'data',
          `${fileOf(name).path}: ${name} is missing, which ${basename(index)} says it has`,
        );
      entries.set(name, kind);
    }
    for (const [name, file] of files)
      for (const tensor of file.entries.keys())
        if (weightMap.get(plain.get(tensor) ?? '') !== name)
          throw failure(
            'data',
            `${file.path}: unexpected ${tensor}, which ${basename(index)} does not place there`,
          );
    return {
      path: index,
      entries,
      read: (name, options) => fileOf(name).read(name, options),
      close: closeAll,
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

async function readIndex(path: string): Promise<Map<string, string>> {
  const malformed = (problem: string) => failure('data', `${path}: not an index of shards: ${problem}`);
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path, 'utf8'));
  } catch {
    throw malformed('it is not JSON');
  }
  const parsed = indexSchema.safeParse(json);
  if (!parsed.success) throw malformed('expected weight_map, names to files');
  const map = new Map(Object.entries(parsed.data.weight_map));
  if (map.size === 0) throw malformed('weight_map is empty');
  for (const file of map.values())
    if (!/^[^/\\\0]+\.(safetensors|bin)$/.test(file) || file.startsWith('.'))
      throw malformed(`${JSON.stringify(file)} is no name of a file beside it`);
  return map;
}

async function openShard(folder: string, name: string, index: string): Promise<WeightFiles> {
  const path = join(folder, name);
  if (await isThere(path)) return openWeightFile(path);
  throw failure('data', `${path}: is missing, which ${basename(index)} names; fetch the model again`);
}

/** File's names by the names without wrappers' prefixes. */
function byPlainName(names: readonly string[], path: string): Map<string, string> {
  const plain = new Map<string, string>();
  for (const name of names) {
    const bare = name.replace(/^(?:_orig_mod\.|module\.)+/, '');
    const other = plain.get(bare);
    if (other !== undefined)
      throw failure(
        'data',
        `${path}: ${JSON.stringify(name)} and ${JSON.stringify(other)} are one tensor twice`,
      );
    plain.set(bare, name);
  }
  return plain;
}

function kindOf(entry: TensorKind | undefined): TensorKind {
  if (!entry) throw new TypeError('a name without a tensor');
  return { dtype: entry.dtype, shape: entry.shape };
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
