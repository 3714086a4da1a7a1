// What there is to read before anything is read: files into units, with sizes. Of files only heads and parquet's footers are looked at.

import { sotu } from './corpus.ts';
import { inParallel } from '../hub/patience.ts';
import type { Origin } from './origins.ts';
import type { Compression, LocalPlace, HubPlace, Plan, Unit, UnitFormat } from './units.ts';
import { hubSettings } from '../hub/settings.ts';
import type { HubSettings } from '../hub/settings.ts';
import { exists } from '../run/atomic.ts';
import { failure } from '../run/failure.ts';
import { datasetNames, parseDatasetName } from './datasets.ts';
import { hubFiles } from './hub-files.ts';
import { blobPath, placeName } from './hub-source.ts';
import type { SourceOptions } from './hub-source.ts';
import { describeFile, localPaths } from './local-files.ts';
import { findChunk, findColumn, readFooter } from './parquet-footer.ts';
import { openPlace } from './read.ts';
import { parseSeparator } from './separators.ts';

/** A file that is to be read. */
interface SourceFile {
  source: string;
  place: LocalPlace | HubPlace;
  format: UnitFormat;
  compression: Compression;
}

/** A plain file is cut, and row groups are gathered, so that a unit is about this large: small enough for workers to end together, and of the hub
 * large enough that requests cost little. */
const unitBytesOf = (place: LocalPlace | HubPlace): number => ('path' in place ? 8 << 20 : 48 << 20);

/** How much text a byte of a file becomes, where it can only be guessed: what we saw of English corpora. In a tar are packed tars, as OpenWebText's. */
const usualRatio: Readonly<Record<Compression, number>> = { none: 1, gzip: 2.7, zstd: 3.2, xz: 3.5 };

/**
 * Finds the units of sources: paths, folders, globs, and names of datasets on the hub (datasets.ts).
 *
 * @throws Error  with exit code 64 for a source that is none, 65 for a file that is damaged, 69 for the network
 */
export async function planUnits(sources: readonly string[], options: SourceOptions = {}): Promise<Plan> {
  const files: SourceFile[] = [];
  for (const source of sources) files.push(...(await filesOf(source, options)));
  const names = new Set<string>();
  for (const { source } of files) {
    if (names.has(source)) throw failure('usage', `${source}: is named twice among the sources`);
    names.add(source);
  }
  const plan: Plan = { units: [], origins: [], bytes: 0, fetchBytes: 0, documents: 0, textBytes: 0 };
  for (const planned of await inOrder(files, 8, (file) => unitsOf(file, options))) {
    plan.units.push(...planned.units);
    plan.textBytes += planned.textBytes;
  }
  plan.origins = files.map(({ place }) => originOf(place));
  for (const { bytes, documents } of plan.units) {
    plan.bytes += bytes;
    plan.documents = plan.documents === null || documents === null ? null : plan.documents + documents;
  }
  plan.fetchBytes = await bytesToFetch(plan.units, options);
  return plan;
}

async function filesOf(source: string, options: SourceOptions): Promise<SourceFile[]> {
  const isAddress = /^(hf:\/\/|dataset:)/.test(source);
  const paths = isAddress ? null : await localPaths(source);
  if (paths !== null)
    return inOrder(paths, 16, async (path) => ({ source: path, ...(await describeFile(path)) }));
  const dataset = parseDatasetName(source);
  if (dataset === null)
    throw failure(
      'usage',
      `${source}: expected a file, a folder, a glob, a dataset (${datasetNames.join(', ')}, hf://datasets/ORG/NAME), or the embedded corpus ${sotu}, found nothing of that name`,
    );
  const files = await hubFiles(dataset, options);
  return files.map((file) => ({ source: placeName(file.place), ...file }));
}

/** Bytes that will come over the network: of files that are fetched whole all, once, of others what is read of them. */
async function bytesToFetch(
  units: readonly Unit[],
  { download, settings: given }: SourceOptions,
): Promise<number> {
  let settings: HubSettings | null = null;
  let bytes = 0;
  let last = '';
  let isCached = false;
  for (const { place, bytes: read } of units) {
    if ('path' in place) continue;
    settings ??= given ?? (await hubSettings());
    const isNew = place.url !== last;
    if (isNew) isCached = await exists(blobPath(settings.cache, place));
    last = place.url;
    if (!isCached) bytes += download !== 'cache' ? read : isNew ? place.bytes : 0;
  }
  return bytes;
}

async function unitsOf(
  file: SourceFile,
  options: SourceOptions,
): Promise<{ units: Unit[]; textBytes: number }> {
  const { source, place, format, compression } = file;
  if (format === 'parquet') return parquetUnits(file, options);
  const { bytes } = place;
  const isCut = compression === 'none' && (format === 'jsonl' || (format === 'text' && canCut(options)));
  const ratio =
    format === 'tokens' ? 2.2 : format === 'tar' && compression === 'none' ? 3 : usualRatio[compression];
  const textBytes = Math.round(bytes * ratio);
  if (!isCut) {
    const end = compression === 'none' && format === 'text' ? bytes : 1;
    return {
      units: [{ source, place, format, compression, begin: 0, end, bytes, documents: null }],
      textBytes,
    };
  }
  const units: Unit[] = [];
  const unitBytes = unitBytesOf(place);
  for (let begin = 0; begin < bytes || begin === 0; begin += unitBytes) {
    const end = Math.min(bytes, begin + unitBytes);
    units.push({ source, place, format, compression, begin, end, bytes: end - begin, documents: null });
  }
  return { units, textBytes };
}

/** Whether a separator can be found from anywhere in a file. */
function canCut({ separator = 'file' }: SourceOptions): boolean {
  return parseSeparator(separator).kind === 'bytes';
}

/** Row groups, gathered. Those without rows are nobody's. */
async function parquetUnits(
  { source, place, format, compression }: SourceFile,
  { column: name = 'text', ...options }: SourceOptions,
): Promise<{ units: Unit[]; textBytes: number }> {
  const file = await openPlace(place, { ...options, download: 'stream' });
  try {
    const metadata = await readFooter(file);
    const column = findColumn(source, metadata, name);
    const units: Unit[] = [];
    let textBytes = 0;
    let unit: (Unit & { documents: number }) | null = null;
    for (let group = 0; group < metadata.row_groups.length; group += 1) {
      const chunk = findChunk(file, metadata, group, column);
      textBytes += chunk.unpackedBytes;
      const bytes = chunk.end - chunk.begin;
      if (unit !== null && unit.bytes + bytes > unitBytesOf(place)) unit = null;
      if (unit === null) {
        if (chunk.rows === 0) continue;
        unit = {
          source,
          place,
          format,
          compression,
          begin: group,
          end: group + 1,
          bytes,
          documents: chunk.rows,
        };
        units.push(unit);
      } else {
        unit.end = group + 1;
        unit.bytes += bytes;
        unit.documents += chunk.rows;
      }
    }
    return { units, textBytes };
  } finally {
    await file.close();
  }
}

function originOf(place: LocalPlace | HubPlace): Origin {
  if ('path' in place) return { path: place.path, bytes: place.bytes, mtimeMs: place.mtimeMs };
  const { repo, commit, file, bytes, hash, hashKind } = place;
  return { dataset: repo, commit, file, bytes, [hashKind === 'git' ? 'gitId' : 'sha256']: hash };
}

/** Results in the order of the items, so many at work at once. The first error is thrown. */
async function inOrder<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  await inParallel(items.entries(), atOnce, async ([index, item]) => {
    results[index] = await work(item);
  });
  return results;
}
