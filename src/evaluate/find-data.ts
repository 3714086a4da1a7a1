// Where a data set's split is: a file below the data folder, in a published form or the hub's, or the hub itself.

import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { failure } from '../run/failure.ts';
import { hubReader } from './hub-data.ts';
import type { HubDataOptions } from './hub-data.ts';
import { publishedForms } from './published-forms.ts';
import { readRows } from './read-rows.ts';
import type { PlacedRow } from './read-rows.ts';

/** A split of a data set, as the hub names it. */
export interface Split {
  dataset: string;
  config: string | null;
  split: string;
  /** The task that asks, for folders named after it and for errors. */
  task: string;
}

/** Reads splits, each once. */
export interface DataReader {
  rows(split: Split): Promise<readonly PlacedRow[]>;
}

/** Where to read from. */
export interface DataOptions extends HubDataOptions {
  /** A folder of local files; null: the hub. */
  dataDir: string | null;
}

/** A reader of local files, or of the hub's where no folder is given. */
export function dataReader(options: DataOptions): DataReader {
  const known = new Map<string, Promise<readonly PlacedRow[]>>();
  const fromHub = hubReader(options);
  const read = async (split: Split): Promise<readonly PlacedRow[]> => {
    if (options.dataDir !== null) return localSplit(split, options.dataDir);
    return (await Promise.all((await fromHub(split)).map(readRows))).flat();
  };
  return {
    rows(split) {
      const key = JSON.stringify([split.dataset, split.config, split.split]);
      const found = known.get(key) ?? read(split);
      known.set(key, found);
      return found;
    },
  };
}

async function localSplit(split: Split, dataDir: string): Promise<PlacedRow[]> {
  if (!(await isFolder(dataDir))) throw failure('data', `${dataDir}: no such folder of data`);
  const folders = await existingFolders(split, dataDir);
  const published = publishedForms(split.dataset, split.config, split.split);
  for (const folder of folders)
    for (const { file, rows } of published)
      if (await isFile(join(folder, file))) return rows(join(folder, file));
  for (const folder of folders) {
    const files = await hubForms(folder, split, folder === dataDir);
    if (files.length > 0) return (await Promise.all(files.map(readRows))).flat();
  }
  const [own] = ownFolders(split);
  throw failure(
    'data',
    `${split.task}: no data of the split ${split.split} in ${dataDir}; expected ${[...published.map(({ file }) => file), `${own}/${split.split}.jsonl`].join(' or ')}, there or in a folder ${ownFolders(split).join(', ')}; it is ${split.dataset}${split.config === null ? '' : `, ${split.config},`} on the hub`,
  );
}

/** Names of folders that a data set may be in, below the data folder. */
function ownFolders({ dataset, config, task }: Split): string[] {
  const repo = basename(dataset);
  const names = [task, ...(config === null ? [] : [`${repo}/${config}`, config]), repo, dataset];
  return [...new Set([...names, ...(task.startsWith('mmlu_') ? ['mmlu'] : [])])].filter(
    (name) => !name.includes('..'),
  );
}

async function existingFolders(split: Split, dataDir: string): Promise<string[]> {
  const folders = [...ownFolders(split).map((name) => join(dataDir, name)), dataDir];
  const there = await Promise.all(folders.map(isFolder));
  return folders.filter((_, index) => there[index]);
}

/** Files named after the split in a folder of the data set's own: as the hub names them, or SPLIT.jsonl and the like. */
async function hubForms(folder: string, { config, split }: Split, isShared: boolean): Promise<string[]> {
  const parts = [
    ...(config === null ? [] : [join(config, split), config]),
    ...(isShared ? [] : [split, 'data', '.']), // in the shared folder a test.jsonl would be everybody's
  ];
  for (const part of parts) {
    const inside = join(folder, part);
    const names = (await isFolder(inside)) ? (await readdir(inside)).sort() : [];
    const isSplitsOwn = basename(part) === split && part !== '.';
    const chosen = names.filter(
      (name) => isPartOf(name, split) || (isSplitsOwn && /^\d+\.parquet$/.test(name)),
    );
    if (chosen.length > 0)
      return chosen.filter((name) => sameKind(name, chosen[0] ?? '')).map((name) => join(inside, name));
  }
  return [];
}

/** validation.jsonl.gz, validation-00000-of-00002.parquet. */
function isPartOf(name: string, split: string): boolean {
  const rest = name.startsWith(split) ? name.slice(split.length) : '';
  return /^(-\d+-of-\d+(-\w+)?)?\.(parquet|jsonl|json|csv|tsv)(\.gz)?$/.test(rest);
}

function sameKind(a: string, b: string): boolean {
  const kind = (name: string) => name.replace(/^.*?\.(?=[a-z])/, '');
  return kind(a) === kind(b);
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
