// The cache of Python's huggingface_hub on disk: models--ORG--NAME with blobs, refs and snapshots. Makes no request.

import { copyFile, readFile, readlink, rename, rm, stat, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { exists, makeFolder, readIfThere, syncPath, temporaryName, writeFileAtomic } from '../run/atomic.ts';
import { systemCode } from '../run/failure.ts';
import { cacheFolderName, isCommit, isSafeFileName } from './names.ts';
import type { HubModel } from './names.ts';

/** Where a model's parts lie. */
export interface ModelCache {
  blobs: string;
  refs: string;
  snapshots: string;
  /** Lock files: Python's lie here too, under the same names. */
  locks: string;
}

/** Paths only; nothing is made. */
export function modelCache(cache: string, model: HubModel): ModelCache {
  const folder = join(cache, cacheFolderName(model));
  return {
    blobs: join(folder, 'blobs'),
    refs: join(folder, 'refs'),
    snapshots: join(folder, 'snapshots'),
    locks: join(cache, '.locks', cacheFolderName(model)),
  };
}

/** The snapshot that a revision stood for when it was last fetched, whole or not; null where it never was. */
export async function cachedSnapshot(cache: string, model: HubModel): Promise<string | null> {
  const { refs, snapshots } = modelCache(cache, model);
  const commit = isCommit(model.revision)
    ? model.revision
    : (await readIfThere(join(refs, model.revision)))?.toString('utf8').trim();
  if (commit === undefined || !isCommit(commit)) return null;
  const folder = join(snapshots, commit);
  return (await exists(folder)) ? folder : null;
}

/** Whether a folder has a configuration and all of its weights: then it is a model, whoever fetched it. */
export async function isWholeModel(folder: string): Promise<boolean> {
  if (!(await isFile(join(folder, 'config.json')))) return false;
  for (const name of ['model.safetensors', 'pytorch_model.bin']) {
    if (await isFile(join(folder, name))) return true;
    const shards = await shardNames(join(folder, `${name}.index.json`));
    const there = await Promise.all(shards.map((shard) => isFile(join(folder, shard))));
    if (shards.length > 0 && there.every(Boolean)) return true;
  }
  return false;
}

/** Remembers which commit a branch or tag is. */
export async function writeRef(cache: string, model: HubModel, commit: string): Promise<void> {
  if (isCommit(model.revision)) return;
  const path = join(modelCache(cache, model).refs, model.revision);
  await makeFolder(dirname(path));
  await writeFileAtomic(path, commit);
}

/**
 * Gives a blob its name in a snapshot: a link, or a copy where the disk has none.
 *
 * @param name  checked by `isSafeFileName`
 */
export async function putIntoSnapshot(snapshot: string, name: string, blob: string): Promise<void> {
  const path = join(snapshot, name);
  const target = relative(dirname(path), blob);
  await makeFolder(dirname(path));
  if ((await readlink(path).catch(() => null)) === target) return;
  const temporary = join(dirname(path), temporaryName('link'));
  try {
    await symlink(target, temporary).catch(async (error: unknown) => {
      if (!noLinks.has(systemCode(error) ?? '')) throw error;
      await copyFile(blob, temporary);
      await syncPath(temporary);
    });
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
  await syncPath(dirname(path));
}

const noLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false, // missing, or a link to a blob that is gone
  );
}

/** Files that an index names; none where there is no index that can be read. */
async function shardNames(index: string): Promise<string[]> {
  try {
    const json: unknown = JSON.parse(await readFile(index, 'utf8'));
    const map: unknown = Reflect.get(Object(json) as object, 'weight_map');
    const names = Object.values(Object(map) as Record<string, unknown>);
    return [...new Set(names.map(String))].filter(isSafeFileName);
  } catch {
    return [];
  }
}
