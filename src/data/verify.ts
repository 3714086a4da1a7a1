// Reads every byte of a token folder's files: are they the ones that tokens.json names, and is every id one of the vocabulary?

import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { errorLine } from '../run/failure.ts';
import { layoutOf, openTokenFile } from './token-formats.ts';
import { idsOf } from './token-shards.ts';
import type { ShardSource } from './token-shards.ts';
import { shardsOf, splitNames } from './tokens.ts';
import type { TokensInfo } from './tokens.ts';

export interface Verified {
  /** Files whose bytes have the hash that tokens.json gives. */
  matching: number;
  /** Files of which tokens.json gives no hash: only their ids were checked. */
  unhashed: number;
  /** What is wrong, a line a file. */
  problems: string[];
}

const chunkBytes = 1 << 22;

/** Hashes every file and checks every id. @param onProgress  bytes read so far */
export async function verifyTokens(
  folder: string,
  info: TokensInfo,
  onProgress: (bytes: number) => void = () => undefined,
): Promise<Verified> {
  const verified: Verified = { matching: 0, unhashed: 0, problems: [] };
  let before = 0;
  for (const split of splitNames)
    for (const [index, source] of shardsOf(folder, info, split).entries()) {
      const expected = info.splits[split].shards[index]?.sha256 ?? null;
      try {
        const { sha256, bytes } = await readAll(source, (read) => onProgress(before + read));
        before += bytes;
        if (expected === null) verified.unhashed++;
        else if (expected === sha256) verified.matching++;
        else
          verified.problems.push(
            `${source.path}: expected SHA-256 ${expected} as tokens.json says, found ${sha256}; run \`inheritune prepare\` again`,
          );
      } catch (error) {
        verified.problems.push(errorLine(error));
      }
    }
  return verified;
}

/** Hash and length of a file whose ids are all below `vocab`. */
async function readAll(
  { path, format = 'raw', dtype = 'uint16', vocab = Infinity }: ShardSource,
  onProgress: (bytes: number) => void,
): Promise<{ sha256: string; bytes: number }> {
  const handle = await openTokenFile(path);
  try {
    const { size } = await handle.stat();
    const layout = await layoutOf(handle, path, size, { format, rawDtype: dtype });
    const hash = createHash('sha256');
    hash.update(await readBytes(handle, 0, layout.dataOffset));
    for (let at = layout.dataOffset; at < size; at += chunkBytes) {
      const bytes = await readBytes(handle, at, Math.min(chunkBytes, size - at));
      hash.update(bytes);
      idsOf(bytes, { path, layout, vocab }, (at - layout.dataOffset) / layout.bytesPerToken);
      onProgress(at + bytes.length);
    }
    return { sha256: hash.digest('hex'), bytes: size };
  } finally {
    await handle.close();
  }
}

/** Exactly these bytes, or an error: the file is no longer as long as it was. */
async function readBytes(handle: FileHandle, start: number, count: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(count);
  for (let done = 0; done < count; ) {
    const { bytesRead } = await handle.read(bytes, done, count - done, start + done);
    if (bytesRead === 0) throw new Error(`shorter than it was: nothing at byte ${start + done}`);
    done += bytesRead;
  }
  return bytes;
}
