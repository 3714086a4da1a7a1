// The hub's Parquet files of a data set's split, in the cache that Python shares: found there, or fetched first.

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedSnapshot } from '../hub/cache.ts';
import { fetchListed } from '../hub/fetch.ts';
import { connectHub } from '../hub/http.ts';
import { listModel } from '../hub/listing.ts';
import type { HubListing } from '../hub/listing.ts';
import { parseModelName } from '../hub/names.ts';
import type { HubModel } from '../hub/names.ts';
import { hubSettings } from '../hub/settings.ts';
import type { HubSettings } from '../hub/settings.ts';
import type { JobConsole } from '../run/console.ts';
import { silentConsole } from '../run/console.ts';
import { failure } from '../run/failure.ts';
import type { Split } from './find-data.ts';

// The authors' own files, then those that the hub makes of every data set.
const revisions = ['main', 'refs/convert/parquet'];

/** Where to look and how. */
export interface HubDataOptions {
  offline: boolean;
  console?: JobConsole;
  settings?: HubSettings;
}

/**
 * A function that gives the paths of a split's files. No request is made where the cache has all of them, and the hub is
 * asked once for the files of a data set, whatever the number of its splits.
 *
 * It throws with exit code 65 when the hub has no such split as Parquet, 69 for the network or when it is forbidden.
 */
export function hubReader({
  offline,
  console = silentConsole,
  settings,
}: HubDataOptions): (split: Split) => Promise<string[]> {
  const listings = new Map<string, Promise<HubListing>>();
  return async (wanted) => {
    const { task, dataset } = wanted;
    if (parseModelName(dataset) === null)
      throw failure('usage', `${task}: dataset_path ${dataset} is no ORG/NAME of the hub; use --data-dir`);
    const known = settings ?? (await hubSettings());
    const cached = await cachedFiles(known, wanted);
    if (cached !== null) return cached;
    if (offline || known.offline)
      throw failure(
        'network',
        `${task}: ${nameOf(wanted)}: is not in ${known.cache}, and the network is forbidden; run once without --offline and HF_HUB_OFFLINE, or use --data-dir`,
      );
    return fetchedFiles(known, wanted, listings, console);
  };
}

async function cachedFiles(
  { cache }: HubSettings,
  { dataset, config, split }: Split,
): Promise<string[] | null> {
  for (const revision of revisions) {
    const folder = await cachedSnapshot(cache, { repo: `datasets/${dataset}`, revision });
    const names = folder === null ? null : splitFiles(await filesBelow(folder), config, split);
    if (folder !== null && names !== null) return names.map((name) => join(folder, name));
  }
  return null;
}

async function fetchedFiles(
  settings: HubSettings,
  wanted: Split,
  listings: Map<string, Promise<HubListing>>,
  console: JobConsole,
): Promise<string[]> {
  const hub = connectHub(settings);
  try {
    for (const revision of revisions) {
      const model: HubModel = { repo: `datasets/${wanted.dataset}`, revision };
      const key = `${model.repo}@${revision}`;
      const listing = listings.get(key) ?? listModel(hub, model);
      listings.set(key, listing);
      const { commit, files } = await listing;
      const names = splitFiles(
        files.map(({ name }) => name),
        wanted.config,
        wanted.split,
      );
      if (names === null) continue;
      const chosen = files.filter(({ name }) => names.includes(name));
      const folder = await fetchListed(hub, model, { commit, files: chosen }, console);
      return names.map((name) => join(folder, name));
    }
  } finally {
    console.status('');
    await hub.close();
  }
  throw failure(
    'data',
    `${wanted.task}: ${nameOf(wanted)}: the hub has no Parquet files of it; use --data-dir`,
  );
}

function nameOf({ dataset, config, split }: Split): string {
  return `${dataset}${config === null ? '' : `, ${config}`}, split ${split}`;
}

/**
 * Which of a repository's files are a split, in order: CONFIG/SPLIT-00000-of-00002.parquet, CONFIG/SPLIT/0000.parquet, and for
 * data sets of one configuration data/SPLIT-... or SPLIT-...; null where a part is missing or there are none.
 */
export function splitFiles(names: readonly string[], config: string | null, split: string): string[] | null {
  const only = config === null || config === 'default';
  const folders = [
    ...(config === null ? [] : [`${config}/`]),
    ...(only ? ['default/', 'data/', '', ...onlyFolders(names, split)] : []),
  ];
  for (const folder of folders) {
    const inside = names.filter((name) => name.startsWith(folder)).map((name) => name.slice(folder.length));
    const parts = inside
      .filter(
        (name) =>
          name.startsWith(split) && /^(-\d+-of-\d+(-\w+)?|\/\d+)?\.parquet$/.test(name.slice(split.length)),
      )
      .sort();
    const total = Number(/-of-(\d+)/.exec(parts[0] ?? '')?.[1] ?? parts.length);
    if (parts.length > 0 && parts.length === total) return parts.map((name) => folder + name);
  }
  return null;
}

/** The folder of a data set's single configuration, whatever it is called. */
function onlyFolders(names: readonly string[], split: string): string[] {
  const folders = names.flatMap((name) => {
    const [folder, rest] = [name.slice(0, name.indexOf('/') + 1), name.slice(name.indexOf('/') + 1)];
    return folder !== '' && rest.startsWith(split) && rest.endsWith('.parquet') ? [folder] : [];
  });
  return new Set(folders).size === 1 ? folders.slice(0, 1) : [];
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true });
  return entries.map((name) => name.split('\\').join('/'));
}
