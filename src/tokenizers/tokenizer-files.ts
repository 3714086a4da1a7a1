// The files of a tokenizer in a folder: their names, their bytes, their hashes. Understands none of them.

import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { failure, systemCode } from '../run/failure.ts';

/** Names of tokenizer files that travel with a model. */
export const tokenizerFileNames = [
  'tokenizer.json',
  'tokenizer.model',
  'tokenizer_config.json',
  'special_tokens_map.json',
  'added_tokens.json',
  'vocab.json',
  'merges.txt',
  'inheritune_tokenizer.json',
] as const;

/** Files by name, as they are on disk. */
export type TokenizerFiles = ReadonlyMap<string, Uint8Array>;

const largestFile = 256 * 2 ** 20; // Gemma's tokenizer.json has 34 MB

/** The tokenizer files in a folder. @throws Error  with exit code 65 when one cannot be read, or is larger than 256 MiB */
export async function readTokenizerFiles(folder: string): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const name of tokenizerFileNames) {
    const path = join(folder, name);
    const found = await stat(path).catch((cause: unknown) => {
      if (['ENOENT', 'ENOTDIR'].includes(systemCode(cause) ?? '')) return null;
      throw failure('data', `${path}: expected a file, found one that cannot be read`, { cause });
    });
    if (found === null) continue;
    const wrong = !found.isFile()
      ? 'something else'
      : found.size > largestFile
        ? `${found.size} bytes`
        : null;
    if (wrong !== null)
      throw failure('data', `${path}: expected a file of at most ${largestFile} bytes, found ${wrong}`);
    files.set(name, await readFile(path));
  }
  return files;
}

/** SHA-256 of each file, hexadecimal, by name in the order of names. */
export function fileHashes(files: TokenizerFiles): Record<string, string> {
  return Object.fromEntries(
    Array.from(
      [...files].sort(([a], [b]) => (a < b ? -1 : 1)),
      ([name, bytes]) => [name, createHash('sha256').update(bytes).digest('hex')],
    ),
  );
}

/** The object in a JSON file; empty where there is no file. @throws Error  with exit code 65 when it is something else */
export function jsonOf(files: TokenizerFiles, name: string, folder: string): Record<string, unknown> {
  const bytes = files.get(name);
  if (bytes === undefined) return {};
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString());
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return Object.fromEntries(Object.entries(value));
  } catch {
    // said below
  }
  throw failure(
    'data',
    `${join(folder, name)}: expected a JSON object, found something else; write it again`,
  );
}
