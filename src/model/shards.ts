// A model's tensors as one safetensors file, or as several with an index when one would be too large.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { byteLengthOf, streamSafetensors } from '../torch/index.ts';
import type { TensorKind, WrittenTensor } from '../torch/index.ts';

/** Tensors that are made when their turn to be written comes. */
export interface TensorSource {
  kinds: ReadonlyMap<string, TensorKind>;
  make: (name: string) => WrittenTensor | Promise<WrittenTensor>;
}

/** What transformers puts into one file at most. */
const maximalShardBytes = 5e9;

/**
 * Writes model.safetensors, or model-00001-of-0000N.safetensors and model.safetensors.index.json, as transformers does.
 * Nothing is synced: whoever commits the folder does that.
 *
 * @param maximalBytes  of a file's tensors; a tensor larger than that has a file of its own
 */
export async function writeShards(
  folder: string,
  { kinds, make }: TensorSource,
  { maximalBytes = maximalShardBytes }: { maximalBytes?: number } = {},
): Promise<void> {
  const metadata = { format: 'pt' };
  const shards = divide(folder, kinds, maximalBytes);
  if (shards.length === 1) return streamSafetensors(join(folder, 'model.safetensors'), kinds, make, metadata);
  const weightMap: Record<string, string> = Object.create(null) as Record<string, string>;
  let [bytes, elements] = [0, 0];
  for (const [index, shard] of shards.entries()) {
    const number = (count: number) => String(count).padStart(5, '0');
    const file = `model-${number(index + 1)}-of-${number(shards.length)}.safetensors`;
    await streamSafetensors(join(folder, file), shard, make, metadata);
    for (const [name, kind] of shard) {
      weightMap[name] = file;
      bytes += byteLengthOf(folder, name, kind);
      elements += kind.shape.reduce((product, size) => product * size, 1);
    }
  }
  const sorted = Object.fromEntries(Object.entries(weightMap).sort(([a], [b]) => (a < b ? -1 : 1)));
  const counts = { total_parameters: elements, total_size: bytes };
  const text = JSON.stringify({ metadata: counts, weight_map: sorted }, null, 2);
  await writeFile(join(folder, 'model.safetensors.index.json'), `${text}\n`);
}

/** Tensors in their order, a new file where the next one would be too much. */
function divide(
  folder: string,
  kinds: ReadonlyMap<string, TensorKind>,
  maximalBytes: number,
): Map<string, TensorKind>[] {
  const shards = [new Map<string, TensorKind>()];
  let bytes = 0;
  for (const [name, kind] of kinds) {
    const own = byteLengthOf(folder, name, kind);
    if (bytes > 0 && bytes + own > maximalBytes) {
      shards.push(new Map());
      bytes = 0;
    }
    shards[shards.length - 1].set(name, kind);
    bytes += own;
  }
  return shards;
}
