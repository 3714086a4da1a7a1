// Writes one stream of tokens into one or more files from the front, and can go on where it was. Decides nothing.

import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, truncate } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { llmcHeaderBytes, llmcHeaders } from '../data/token-formats.ts';
import { writeAll } from '../run/atomic.ts';

/** One file. `sha256` is null while it grows. */
export interface Shard {
  file: string;
  tokens: number;
  sha256: string | null;
}

export interface ShardLayout {
  /** raw: ids and nothing else. llm.c: a header of 256 numbers in front. */
  layout: 'raw' | 'llm.c';
  bytesPerToken: 2 | 4;
  /** Most tokens in one file; 0 puts all into one. */
  shardTokens: number;
}

export interface ShardWriter {
  readonly shards: readonly Shard[];
  readonly tokens: number;
  /** Adds whole ids, little-endian. */
  append(bytes: Uint8Array): Promise<void>;
  /** Everything appended is on the disk. */
  sync(): Promise<void>;
  /** Ends the last file. There is one at least, even of no tokens. */
  finish(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Goes on with the files of `name` in a folder.
 *
 * @param before  shards as they were when last synced; what was written after is cut off. None begins anew
 */
export async function openShardWriter(
  folder: string,
  name: string,
  { layout, bytesPerToken, shardTokens }: ShardLayout,
  before: readonly Shard[] = [],
): Promise<ShardWriter> {
  const shards = before.map((shard) => ({ ...shard }));
  const fileOf = (index: number): string =>
    shardTokens === 0 ? `${name}.bin` : `${name}_${String(index).padStart(6, '0')}.bin`;
  const start = layout === 'llm.c' ? llmcHeaderBytes : 0;
  let handle: FileHandle | null = null;
  let hash: Hash | null = null;

  const begin = async (): Promise<Shard> => {
    const shard: Shard = { file: fileOf(shards.length), tokens: 0, sha256: null };
    shards.push(shard);
    handle = await open(join(folder, shard.file), 'w');
    await writeAll(handle, new Uint8Array(start));
    hash = layout === 'raw' ? createHash('sha256') : null;
    return shard;
  };
  const end = async (shard: Shard): Promise<void> => {
    if (handle === null) return;
    const path = join(folder, shard.file);
    if (layout === 'llm.c') await handle.write(headerOf(shard.tokens, bytesPerToken), 0, start, 0);
    await handle.sync();
    await handle.close();
    handle = null;
    shard.sha256 = (hash ?? (await hashOf(path, start + shard.tokens * bytesPerToken))).digest('hex');
  };
  const last = shards.at(-1);
  if (last !== undefined && last.sha256 === null) {
    const path = join(folder, last.file);
    const bytes = start + last.tokens * bytesPerToken;
    await truncate(path, bytes);
    hash = layout === 'raw' ? await hashOf(path, bytes) : null;
    handle = await open(path, 'r+');
  }
  return {
    shards,
    get tokens() {
      return shards.reduce((sum, { tokens }) => sum + tokens, 0);
    },
    async append(bytes) {
      for (let done = 0; done < bytes.length; ) {
        let shard = shards.at(-1);
        if (shard === undefined || shard.sha256 !== null) shard = await begin();
        const room = shardTokens === 0 ? Infinity : (shardTokens - shard.tokens) * bytesPerToken;
        const part = bytes.subarray(done, done + Math.min(room, bytes.length - done));
        await writeAt(handle, part, start + shard.tokens * bytesPerToken);
        hash?.update(part);
        shard.tokens += part.length / bytesPerToken;
        done += part.length;
        if (shard.tokens === shardTokens) await end(shard);
      }
    },
    sync: async () => handle?.sync(),
    async finish() {
      const shard = shards.at(-1) ?? (await begin());
      if (shard.sha256 === null) await end(shard);
    },
    close: async () => handle?.close(),
  };
}

async function writeAt(handle: FileHandle | null, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; handle !== null && done < bytes.length; )
    done += (await handle.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
}

/** @see llm.c dev/data/data_common.py */
function headerOf(tokens: number, bytesPerToken: 2 | 4): Uint8Array {
  const { magic, version } = llmcHeaders[bytesPerToken === 2 ? 0 : 1];
  const words = new Int32Array(llmcHeaderBytes / 4);
  words.set([magic, version, tokens]);
  return new Uint8Array(words.buffer);
}

async function hashOf(path: string, bytes: number): Promise<Hash> {
  const hash = createHash('sha256');
  if (bytes > 0)
    for await (const chunk of createReadStream(path, { end: bytes - 1, highWaterMark: 1 << 20 }))
      hash.update(chunk as Buffer);
  return hash;
}
