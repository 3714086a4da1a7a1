// Files of this machine: a path, a folder's readable files, or a glob. Tells for each what it is, by name and first bytes.

import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import type { Compression, LocalPlace, UnitFormat } from './units.ts';
import { failure, systemCode } from '../run/failure.ts';
import { openLocal } from './byte-source.ts';
import { compressionOfBytes, compressionOfName, formatOfBytes, formatOfName, headBytes } from './formats.ts';
import { lookAhead, unpack } from './unpack.ts';

export interface LocalFile {
  place: LocalPlace;
  format: UnitFormat;
  compression: Compression;
}

/**
 * Paths that a source names, in the order in which they are read: a folder's and a glob's by name.
 *
 * @returns null where the source is no path: nothing is there and it is no glob
 * @throws Error  with exit code 64 for a folder or a glob without files
 */
export async function localPaths(source: string): Promise<string[] | null> {
  const found = await stat(source).catch((error: unknown) => {
    const code = systemCode(error) ?? '';
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return null;
    throw failure('data', `${source}: cannot be read (${code || 'unknown reason'})`, { cause: error });
  });
  if (found?.isDirectory()) return filesOfFolder(source);
  if (found) return [source];
  if (!isDynamicPattern(source)) return null;
  const paths = await glob(source, { onlyFiles: false, expandDirectories: false, dot: false });
  const files = (await Promise.all(paths.map(async (path) => ((await isFile(path)) ? [path] : [])))).flat();
  if (files.length === 0)
    throw failure('usage', `${source}: expected files that this pattern fits, found none`);
  return files.sort();
}

async function filesOfFolder(folder: string): Promise<string[]> {
  const names = (await readdir(folder, { recursive: true })).filter(
    (name) => formatOfName(name) !== null && !/(^|[\\/])\./.test(name),
  );
  const files: string[] = [];
  for (const name of names.sort()) if (await isFile(join(folder, name))) files.push(join(folder, name));
  if (files.length === 0)
    throw failure(
      'usage',
      `${folder}: expected .txt, .jsonl, .json, .parquet, .tar, .bin or .npy files in this folder, packed or not, found none`,
    );
  return files;
}

/** Follows links. */
async function isFile(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found?.isFile() ?? false;
}

/**
 * Says what a file is.
 *
 * @throws Error  with exit code 65 when it cannot be read, or is not what its name says
 */
export async function describeFile(path: string): Promise<LocalFile> {
  const found = await stat(path);
  if (!found.isFile()) throw failure('usage', `${path}: expected a file or a folder, found something else`);
  const place = { path, bytes: found.size, mtimeMs: found.mtimeMs };
  const head = await headOf(path);
  const compression = compressionOfBytes(head);
  const named = compressionOfName(path);
  if (named !== 'none' && compression !== named)
    throw failure(
      'data',
      `${path}: expected ${named}, as its name says, found ${compression === 'none' ? (found.size === 0 ? 'an empty file' : 'other bytes') : compression}; fetch it again`,
    );
  const format = formatOfName(path) ?? (await formatOfContent(place, head, compression));
  return { place, format, compression };
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw failure('data', `${path}: cannot be read (${systemCode(cause) ?? 'unknown reason'})`, { cause });
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function formatOfContent(
  place: LocalPlace,
  head: Buffer,
  compression: Compression,
): Promise<UnitFormat> {
  if (compression === 'none') return formatOfBytes(head);
  const file = await openLocal(place);
  try {
    const unpacked = unpack(file.stream(0, file.bytes), compression, place.path);
    const ahead = await lookAhead(unpacked, headBytes);
    await ahead.stream.return(undefined);
    await unpacked.return(undefined);
    return formatOfBytes(ahead.head);
  } finally {
    await file.close();
  }
}
