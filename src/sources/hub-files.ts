// Which files of a dataset on the hub are to be read: its listing and a glob; offline, what the cache has of it.

import { readdir, readlink, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import picomatch from 'picomatch';
import { z } from 'zod';
import type { DatasetName } from './datasets.ts';
import type { Compression, HubPlace, UnitFormat } from './units.ts';
import { cachedSnapshot, modelCache, writeRef } from '../hub/cache.ts';
import { listDataset } from '../hub/dataset-listing.ts';
import { connectHub } from '../hub/http.ts';
import type { HubFile } from '../hub/listing.ts';
import { demandModelName } from '../hub/names.ts';
import type { HubModel } from '../hub/names.ts';
import { remoteUrl } from '../hub/remote-file.ts';
import { hubSettings } from '../hub/settings.ts';
import type { HubSettings } from '../hub/settings.ts';
import { exists, makeFolder, readIfThere, writeFileAtomic } from '../run/atomic.ts';
import { exitCodeOf, exitCodes, failure } from '../run/failure.ts';
import { compressionOfName, formatOfName } from './formats.ts';
import { blobPath } from './hub-source.ts';
import type { SourceOptions } from './hub-source.ts';

export interface HubSourceFile {
  place: HubPlace;
  format: UnitFormat;
  compression: Compression;
}

/**
 * Files of a dataset by name.
 *
 * @throws Error  with exit code 65 when there is no such dataset or file, 69 for the network, or offline for what is not in the cache
 */
export async function hubFiles(
  { repo, revision, files: pattern }: DatasetName,
  { settings: given, download = 'stream' }: SourceOptions = {},
): Promise<HubSourceFile[]> {
  const settings = given ?? (await hubSettings());
  demandModelName(repo, revision);
  const dataset: HubModel = { repo: `datasets/${repo}`, revision };
  const { commit, files } = settings.offline
    ? await listOffline(settings, dataset)
    : await listOnline(settings, dataset, pattern, download === 'cache');
  const chosen = chooseFiles(files, pattern);
  if (chosen.length === 0)
    throw failure(
      'data',
      `datasets/${repo}: none of its files${pattern === null ? ' is text' : ` is ${pattern}`}; some are ${some(files)}`,
    );
  const places = chosen.map((file) => placeOf(settings, dataset, repo, commit, file));
  if (settings.offline) await checkCached(settings, places);
  return places.map((place) => ({
    place,
    format: formatOfName(place.file) ?? 'text',
    compression: compressionOfName(place.file),
  }));
}

/** The files that a pattern fits; of a folder or a whole dataset those in the first of its formats, so that no text comes twice. */
function chooseFiles(files: readonly HubFile[], pattern: string | null): HubFile[] {
  if (pattern !== null && isGlob(pattern)) {
    const fits = picomatch(pattern);
    return files.filter(({ name }) => fits(name));
  }
  const exact = files.find(({ name }) => name === pattern);
  if (exact) return [exact];
  const below = files.filter(({ name }) => pattern === null || name.startsWith(`${pattern}/`));
  for (const format of ['parquet', 'jsonl', 'text', 'tar'] as const) {
    const found = below.filter(({ name }) => formatOfName(name) === format && !isAboutData(name));
    if (found.length > 0) return found;
  }
  return [];
}

/** Files that hold no documents, though they are named as if. */
function isAboutData(name: string): boolean {
  return /(^|\/)(\.|(dataset_infos?|dataset_dict|state|config|.*[-_]config|requirements|license|readme)\.(json|txt)$)/i.test(
    name,
  );
}

function isGlob(pattern: string): boolean {
  return /[*?{}[\]()!]/.test(pattern);
}

/** The folder that all files of a pattern are in. */
function folderOf(pattern: string | null): string {
  if (pattern === null) return '';
  if (!isGlob(pattern)) return pattern;
  const parts = pattern.split('/');
  return parts.slice(0, parts.findIndex(isGlob)).join('/');
}

interface Listed {
  commit: string;
  files: readonly HubFile[];
}

async function listOnline(
  settings: HubSettings,
  dataset: HubModel,
  pattern: string | null,
  remember: boolean,
): Promise<Listed> {
  const hub = connectHub(settings);
  try {
    const folder = folderOf(pattern);
    const listed = await listDataset(hub, dataset, folder).catch((error: unknown) => {
      if (folder === '' || folder !== pattern || exitCodeOf(error) !== exitCodes.data) throw error;
      const parent = dirname(folder); // it may be a file
      return listDataset(hub, dataset, parent === '.' ? '' : parent);
    });
    if (remember) await rememberListing(settings, dataset, listed);
    return listed;
  } finally {
    await hub.close();
  }
}

const listingSchema = z.array(
  z.object({
    name: z.string(),
    bytes: z.int().min(0),
    hash: z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/),
    kind: z.enum(['sha256', 'git']),
  }),
);

/** Keeps what was listed in the cache, so that offline it is known what is missing. */
async function rememberListing(
  settings: HubSettings,
  dataset: HubModel,
  { commit, files }: Listed,
): Promise<void> {
  const path = listingPath(settings, dataset, commit);
  const before = await readListing(path);
  const all = new Map([...before, ...files].map((file) => [file.name, file]));
  await makeFolder(dirname(path));
  await writeFileAtomic(path, JSON.stringify([...all.values()]));
  await makeFolder(join(modelCache(settings.cache, dataset).snapshots, commit));
  await writeRef(settings.cache, dataset, commit);
}

function listingPath({ cache }: HubSettings, dataset: HubModel, commit: string): string {
  return join(dirname(modelCache(cache, dataset).blobs), 'listings', `${commit}.json`);
}

async function readListing(path: string): Promise<HubFile[]> {
  try {
    return listingSchema.parse(JSON.parse((await readIfThere(path))?.toString('utf8') ?? '[]'));
  } catch {
    return []; // not ours: what the snapshot has is still there
  }
}

async function listOffline(settings: HubSettings, dataset: HubModel): Promise<Listed> {
  const snapshot = await cachedSnapshot(settings.cache, dataset);
  if (snapshot === null)
    throw failure(
      'network',
      `${dataset.repo}@${dataset.revision}: is not in ${settings.cache}, and HF_HUB_OFFLINE forbids to fetch it`,
    );
  const commit = basename(snapshot);
  const remembered = await readListing(listingPath(settings, dataset, commit));
  return { commit, files: remembered.length > 0 ? remembered : await filesOfSnapshot(snapshot) };
}

/** Files of a snapshot that Python's huggingface_hub fetched: links to blobs that are named by their hashes. */
async function filesOfSnapshot(snapshot: string): Promise<HubFile[]> {
  const files: HubFile[] = [];
  for (const name of (await readdir(snapshot, { recursive: true })).sort()) {
    const path = join(snapshot, name);
    const hash = basename(await readlink(path).catch(() => ''));
    const found = await stat(path).catch(() => null);
    if (!found?.isFile() || !/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(hash)) continue;
    files.push({ name, bytes: found.size, hash, kind: hash.length === 64 ? 'sha256' : 'git' });
  }
  return files;
}

async function checkCached(settings: HubSettings, places: readonly HubPlace[]): Promise<void> {
  const missing: string[] = [];
  for (const place of places) if (!(await exists(blobPath(settings.cache, place)))) missing.push(place.file);
  if (missing.length === 0) return;
  throw failure(
    'network',
    `datasets/${places[0]?.repo ?? ''}: ${missing.length} of ${places.length} files are not in ${settings.cache}, and HF_HUB_OFFLINE forbids to fetch them: ${missing.slice(0, 3).join(', ')}${missing.length > 3 ? ', ...' : ''}`,
  );
}

function placeOf(
  settings: HubSettings,
  model: HubModel,
  repo: string,
  commit: string,
  file: HubFile,
): HubPlace {
  const { name, bytes, hash, kind } = file;
  const url = remoteUrl(settings.endpoint, { model, commit, file });
  return { url, repo, commit, file: name, bytes, hash, hashKind: kind };
}

function some(files: readonly HubFile[]): string {
  const names = files.slice(0, 5).map(({ name }) => name);
  return `${names.join(', ') || 'none'}${files.length > 5 ? ', ...' : ''}`;
}
