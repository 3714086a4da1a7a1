// A dataset's file on the hub as bytes: from the cache where it is there, else streamed, or fetched into the cache first.

import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { HubPlace, ReadOptions } from './units.ts';
import { fetchBlob } from '../hub/blob.ts';
import { modelCache, putIntoSnapshot } from '../hub/cache.ts';
import type { ModelCache } from '../hub/cache.ts';
import { connectHub } from '../hub/http.ts';
import type { HubFile } from '../hub/listing.ts';
import type { HubModel } from '../hub/names.ts';
import { makeRemoteReader } from '../hub/remote-file.ts';
import { hubSettings } from '../hub/settings.ts';
import type { HubSettings } from '../hub/settings.ts';
import { failure } from '../run/failure.ts';
import { openLocal } from './byte-source.ts';
import type { ByteSource } from './byte-source.ts';

/** How units are read, and which hub they come from: by default that of the environment. */
export interface SourceOptions extends ReadOptions {
  settings?: HubSettings;
}

/** The dataset's name, as the hub's functions want it. */
function datasetOf({ repo, commit }: HubPlace): HubModel {
  return { repo: `datasets/${repo}`, revision: commit };
}

/** A file of the hub as messages name it. */
export function placeName({ repo, file }: HubPlace): string {
  return `datasets/${repo}: ${file}`;
}

/** Where a file of the hub lies in the cache, or would lie. */
export function blobPath(cache: string, place: HubPlace): string {
  return join(modelCache(cache, datasetOf(place)).blobs, place.hash);
}

/**
 * Opens a file of a dataset.
 *
 * @throws Error  with exit code 69 for the network, or offline for a file that is not in the cache
 */
export async function openHubFile(
  place: HubPlace,
  { signal, download = 'stream', settings: given }: SourceOptions = {},
): Promise<ByteSource> {
  const settings = given ?? (await hubSettings());
  const name = placeName(place);
  const path = blobPath(settings.cache, place);
  const cached = await openCached(path, place, name, signal);
  if (cached) return cached;
  if (settings.offline)
    throw failure('network', `${name}: is not in ${settings.cache}, and HF_HUB_OFFLINE forbids to fetch it`);
  const hub = connectHub(settings);
  const model = datasetOf(place);
  const file: HubFile = { name: place.file, bytes: place.bytes, hash: place.hash, kind: place.hashKind };
  if (download === 'cache') {
    const cache: ModelCache = modelCache(settings.cache, model);
    try {
      await fetchBlob({
        ...{ hub, model, commit: place.commit, file, cache },
        onBytes: () => signal?.throwIfAborted(),
        onWait: () => undefined,
      });
      await putIntoSnapshot(join(cache.snapshots, place.commit), file.name, path);
    } finally {
      await hub.close();
    }
    const fetched = await openCached(path, place, name, signal);
    if (fetched) return fetched;
    throw failure('data', `${path}: expected the file that was just fetched, found nothing`);
  }
  const read = makeRemoteReader(hub, { model, commit: place.commit, file }, signal);
  return {
    name,
    bytes: place.bytes,
    stream: (begin, end) =>
      begin === 0 && end === place.bytes ? hashed(read(begin, end), place, name) : read(begin, end),
    async read(begin, end) {
      const parts: Buffer[] = [];
      for await (const part of read(begin, end)) parts.push(part);
      return Buffer.concat(parts);
    },
    close: () => hub.close(),
  };
}

async function openCached(
  path: string,
  place: HubPlace,
  name: string,
  signal: AbortSignal | undefined,
): Promise<ByteSource | null> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) return null;
  if (found.size !== place.bytes)
    throw failure('data', `${path}: expected ${place.bytes} bytes, found ${found.size}; remove it`);
  return { ...(await openLocal({ path, bytes: found.size, mtimeMs: found.mtimeMs }, { signal })), name };
}

/** Checks the hash of a file that is read whole, at its end. */
async function* hashed(
  stream: AsyncGenerator<Buffer>,
  { hash, hashKind, bytes }: HubPlace,
  name: string,
): AsyncGenerator<Buffer> {
  const sum = createHash(hashKind === 'git' ? 'sha1' : 'sha256');
  if (hashKind === 'git') sum.update(`blob ${bytes}\0`);
  for await (const part of stream) {
    sum.update(part);
    yield part;
  }
  const found = sum.digest('hex');
  if (found !== hash)
    throw failure(
      'network',
      `${name}: expected ${hashKind} ${hash}, fetched ${found}; something on the way changes it`,
    );
}
