// Where text came from: a record for each file, kept in tokens.json, so that it can be told whether it is the same text still.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** What was read: a file with size, time and hash, a file of the hub with its commit, or a corpus with its version. */
export type Origin = Record<string, string | number>;

/** Whether two lists of origins name the same text; the times of files do not matter. */
export function sameOrigins(a: readonly Origin[], b: readonly Origin[]): boolean {
  const text = (origins: readonly Origin[]): string =>
    JSON.stringify(origins.map(({ mtimeMs: _, ...rest }) => Object.entries(rest).sort()));
  return text(a) === text(b);
}

/** SHA-256 of a file, hexadecimal. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}
