// JOB fetch: a model of the hub into the cache, as Python's huggingface_hub would keep it.

import { join } from 'node:path';
import { exists, freeBytes, makeFolder } from '../run/atomic.ts';
import type { JobConsole } from '../run/console.ts';
import { silentConsole } from '../run/console.ts';
import { failure } from '../run/failure.ts';
import { fetchBlob, partialPath } from './blob.ts';
import { cachedSnapshot, isWholeModel, modelCache, putIntoSnapshot, writeRef } from './cache.ts';
import type { ModelCache } from './cache.ts';
import { chooseFiles } from './choose.ts';
import { connectHub } from './http.ts';
import type { HubConnection } from './http.ts';
import { listModel } from './listing.ts';
import type { HubFile, HubListing } from './listing.ts';
import { demandModelName } from './names.ts';
import type { HubModel } from './names.ts';
import { inParallel } from './patience.ts';
import { fetchedBytes } from './pieces.ts';
import { hubSettings } from './settings.ts';
import type { HubSettings } from './settings.ts';

/** What to fetch. */
export interface FetchOptions {
  /** ORG/NAME, or ORG/NAME@REVISION. */
  model: string;
  /** Branch, tag or commit; by default that of `model`, or main. */
  revision?: string | undefined;
  /** Globs of files; by default what a model needs. */
  include?: readonly string[] | undefined;
}

/**
 * Fetches a model, or what is missing of it.
 *
 * @returns the snapshot's folder
 * @throws Error  with exit code 64 for a bad name, 65 for a model that is not there, 69 for the network, 74 for a full disk
 */
export async function fetchModel(
  { model: name, revision, include = [] }: FetchOptions,
  { console = silentConsole, settings }: { console?: JobConsole; settings?: HubSettings } = {},
): Promise<string> {
  const model = demandModelName(name, revision);
  const known = settings ?? (await hubSettings());
  if (known.offline) {
    const folder = await cachedSnapshot(known.cache, model);
    if (folder && (include.length > 0 || (await isWholeModel(folder)))) return folder;
    throw notCached(model, known);
  }
  const hub = connectHub(known);
  try {
    return await fetchFrom(hub, model, include, console);
  } finally {
    console.status('');
    await hub.close();
  }
}

/** The error of a model that is asked for offline. */
export function notCached({ repo, revision }: HubModel, { cache }: HubSettings): Error {
  return failure(
    'network',
    `${repo}@${revision}: is not whole in ${cache}, and HF_HUB_OFFLINE forbids to fetch it`,
  );
}

async function fetchFrom(
  hub: HubConnection,
  model: HubModel,
  include: readonly string[],
  console: JobConsole,
): Promise<string> {
  const { commit, files } = await listModel(hub, model);
  return fetchListed(hub, model, { commit, files: chooseFiles(files, model.repo, include) }, console);
}

/** Fetches those of a repository's files that are not in the cache. Returns the snapshot's folder. */
export async function fetchListed(
  hub: HubConnection,
  model: HubModel,
  { commit, files: chosen }: HubListing,
  console: JobConsole,
): Promise<string> {
  const cache = modelCache(hub.settings.cache, model);
  const snapshot = join(cache.snapshots, commit);
  const missing = await missingFiles(chosen, cache);
  const here = await partlyHere(missing, cache, hub.settings);
  await checkSpace(missing, here, cache);
  const total = missing.reduce((sum, { bytes }) => sum + bytes, 0);
  if (missing.length > 0)
    console.info(
      `${model.repo}: fetches ${missing.length} of ${chosen.length} files, ${megabytes(total)}${here > 0 ? `, of which ${megabytes(here)} are here` : ''}`,
    );
  let done = here;
  const fetchOne = async (file: HubFile): Promise<void> => {
    const blob = await fetchBlob({
      ...{ hub, model, commit, file, cache },
      onBytes: (bytes) => {
        done += bytes;
        console.status(`${model.repo}: ${megabytes(done)} of ${megabytes(total)}`);
      },
      onWait: () => console.info(`${model.repo}: ${file.name}: another process fetches it; waiting`),
    });
    await putIntoSnapshot(snapshot, file.name, blob);
  };
  // Small files at once, before the large ones, each of which is fetched in pieces at once.
  const { pieceBytes, connections } = hub.settings.timing;
  await inParallel(
    chosen.filter(({ bytes }) => bytes <= pieceBytes),
    connections,
    fetchOne,
  );
  for (const file of chosen.filter(({ bytes }) => bytes > pieceBytes)) await fetchOne(file);
  await writeRef(hub.settings.cache, model, commit);
  return snapshot;
}

async function missingFiles(files: readonly HubFile[], { blobs }: ModelCache): Promise<HubFile[]> {
  const there = await Promise.all(files.map(({ hash }) => exists(join(blobs, hash))));
  return files.filter((_, index) => !there[index]);
}

async function partlyHere(
  files: readonly HubFile[],
  cache: ModelCache,
  { timing: { pieceBytes } }: HubSettings,
): Promise<number> {
  let bytes = 0;
  for (const file of files) bytes += await fetchedBytes(partialPath(cache, file), file.bytes, pieceBytes);
  return bytes;
}

async function checkSpace(missing: readonly HubFile[], here: number, { blobs }: ModelCache): Promise<void> {
  if (missing.length === 0) return;
  await makeFolder(blobs);
  const needed = missing.reduce((sum, { bytes }) => sum + bytes, 0) - here;
  const free = await freeBytes(blobs);
  if (needed > free)
    throw failure('disk', `${blobs}: ${megabytes(needed)} are to come, ${megabytes(free)} are free`);
}

function megabytes(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(2)} GB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
