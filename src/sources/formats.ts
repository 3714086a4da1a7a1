// Tells what a file is: how it is packed by its first bytes, what is in it by its name, and where the name is silent by its text.

import type { Compression, UnitFormat } from './units.ts';
import { isTar } from './tar.ts';

/** Bytes at the front that are enough to tell. */
export const headBytes = 512;

const suffixes: readonly [RegExp, UnitFormat][] = [
  [/\.(jsonl|json|ndjson)$/i, 'jsonl'],
  [/\.(txt|text)$/i, 'text'],
  [/\.parquet$/i, 'parquet'],
  [/\.tar$/i, 'tar'],
  [/\.(bin|npy)$/i, 'tokens'],
];
const packedSuffixes: readonly [RegExp, Compression][] = [
  [/\.(gz|gzip)$/i, 'gzip'],
  [/\.(zst|zstd)$/i, 'zstd'],
  [/\.xz$/i, 'xz'],
];

/** How a name says that a file is packed. */
export function compressionOfName(name: string): Compression {
  return packedSuffixes.find(([suffix]) => suffix.test(unabbreviated(name)))?.[1] ?? 'none';
}

/** What a name says is in a file, packed or not; null where it does not say. */
export function formatOfName(name: string): UnitFormat | null {
  let inner = unabbreviated(name);
  for (const [suffix] of packedSuffixes) inner = inner.replace(suffix, '');
  return suffixes.find(([suffix]) => suffix.test(inner))?.[1] ?? null;
}

/** How the first bytes say that a file is packed. */
export function compressionOfBytes(head: Buffer): Compression {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  if (head.length >= 4) {
    const word = head.readUInt32LE(0);
    if (word === 0xfd2fb528 || (word & 0xfffffff0) >>> 0 === 0x184d2a50) return 'zstd';
  }
  return head.subarray(0, 6).equals(Buffer.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00)) ? 'xz' : 'none';
}

/** What the first bytes, unpacked, say a file is. Anything may be text. */
export function formatOfBytes(head: Buffer): UnitFormat {
  if (head.toString('latin1', 0, 4) === 'PAR1') return 'parquet';
  if (isTar(head)) return 'tar';
  return /^(\xef\xbb\xbf)?\s*\{\s*"/.test(head.toString('latin1', 0, headBytes)) ? 'jsonl' : 'text';
}

function unabbreviated(name: string): string {
  return name.replace(/\.tgz$/i, '.tar.gz').replace(/\.txz$/i, '.tar.xz');
}
