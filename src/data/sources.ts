// Where text comes from: a stream of documents, and a record of their origin. Knows nothing of tokens.

import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { failure, systemCode } from '../run/failure.ts';

export interface Document {
  /** Where it came from, for messages. */
  title: string;
  text: string;
}

/** What was read: a file with size, time and hash, or a corpus with its version. Kept in tokens.json. */
export type Origin = Record<string, string | number>;

export interface Source {
  /** The documents, in an order that is the same every time. May be read several times. */
  documents(): AsyncIterable<Document>;
  /** What `documents` reads. A file of the size and time it has among `known` is not hashed again. */
  origins(known?: readonly Origin[]): Promise<Origin[]>;
}

/** Whether two lists of origins name the same text; the times of files do not matter. */
export function sameOrigins(a: readonly Origin[], b: readonly Origin[]): boolean {
  const text = (origins: readonly Origin[]): string =>
    JSON.stringify(origins.map(({ mtimeMs: _, ...rest }) => Object.entries(rest).sort()));
  return text(a) === text(b);
}

/** Several sources one after the other. */
export function joinedSources(sources: readonly Source[]): Source {
  return {
    async *documents() {
      for (const source of sources) yield* source.documents();
    },
    origins: async (known) => (await Promise.all(sources.map((source) => source.origins(known)))).flat(),
  };
}

/**
 * Text files as UTF-8, byte order marks and line ends kept.
 *
 * @param paths      files, or folders: of those every .txt file, by name, subfolders too
 * @param separator  'file', 'blank-line' or a regular expression; what matches it belongs to no document
 * @throws Error  with exit code 65 for what is no UTF-8, 64 for a path or pattern that is none
 */
export function textFiles(
  paths: readonly string[],
  { separator = 'file' }: { separator?: string } = {},
): Source {
  const pattern = separatorPattern(separator);
  return {
    async *documents() {
      for (const path of await filesOf(paths)) {
        let number = 0;
        for (const text of parts(await readText(path), pattern))
          yield { title: pattern === null ? path : `${path}, document ${++number}`, text };
      }
    },
    async origins(known = []) {
      const origins: Origin[] = [];
      for (const path of await filesOf(paths)) {
        const { size: bytes, mtimeMs } = await stat(path);
        const seen = known.find(
          (origin) => origin.path === path && origin.bytes === bytes && origin.mtimeMs === mtimeMs,
        );
        origins.push(seen ?? { path, bytes, mtimeMs, sha256: await hashFile(path) });
      }
      return origins;
    },
  };
}

/** SHA-256 of a file, hexadecimal. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

function separatorPattern(separator: string): RegExp | null {
  if (separator === 'file') return null;
  if (separator === 'blank-line') return /(?:\r?\n[ \t]*){2,}/g;
  try {
    return new RegExp(separator, 'gu');
  } catch (cause) {
    throw failure('usage', `separator: expected file, blank-line or a regular expression, got ${separator}`, {
      cause,
    });
  }
}

function* parts(text: string, pattern: RegExp | null): Iterable<string> {
  let start = 0;
  for (const match of pattern === null ? [] : text.matchAll(pattern)) {
    yield text.slice(start, match.index);
    start = match.index + match[0].length;
  }
  yield text.slice(start);
}

/** The files that paths name: themselves, or of folders every .txt file. */
export async function filesOf(paths: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const path of paths) {
    const found = await stat(path).catch((cause: unknown) => {
      throw failure(
        'usage',
        `${path}: expected a text file or a folder, found ${systemCode(cause) === 'ENOENT' ? 'nothing' : 'something unreadable'}`,
        { cause },
      );
    });
    if (!found.isDirectory()) files.push(path);
    else {
      const inside = await readdir(path, { recursive: true });
      const texts = inside.filter((name) => name.endsWith('.txt')).sort();
      if (texts.length === 0)
        throw failure('usage', `${path}: expected .txt files in this folder, found none`);
      files.push(...texts.map((name) => join(path, name)));
    }
  }
  return files;
}

/** Longest file read whole: V8's strings end there. */
const longestFile = 2 ** 29 - 24;

async function readText(path: string): Promise<string> {
  const { size } = await stat(path);
  if (size > longestFile)
    throw failure(
      'usage',
      `${path}: expected ${longestFile} bytes at most in one text file, found ${size}; split it`,
    );
  const bytes = await readFile(path);
  if (!isUtf8(bytes))
    throw failure(
      'data',
      `${path}: expected UTF-8, found another byte at offset ${validBytes(bytes)}; convert it (iconv -t UTF-8)`,
    );
  return bytes.toString('utf8');
}

/** How many bytes at the front are UTF-8: bisection, for a prefix of UTF-8 is UTF-8 but for a character cut off. */
function validBytes(bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, middle), { stream: true });
      low = middle;
    } catch {
      high = middle - 1;
    }
  }
  // What is left may end inside a character, which is then where the fault begins.
  while (low > 0 && !isUtf8(bytes.subarray(0, low))) low--;
  return low;
}
