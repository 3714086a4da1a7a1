// Writes a token file from the front: into a temporary file beside it, counted and hashed on the way, then renamed.

import { createHash } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { temporaryName, writeAll } from '../run/atomic.ts';
import type { TokenArray } from '../tokenizers/tokenizer.ts';

const bufferBytes = 1 << 20;

export interface TokenWriter {
  append(ids: TokenArray): Promise<void>;
  /** Everything is on the disk under the temporary name; call `rename` to make it the file. */
  finish(): Promise<{ tokens: number; sha256: string }>;
  /** Puts the finished file in its place. */
  rename(): Promise<void>;
  /** Removes the temporary file; after `rename` it does nothing. */
  discard(): Promise<void>;
}

/**
 * Starts a file of raw little-endian ids, nanoGPT's layout.
 *
 * @param path           where it will be
 * @param bytesPerToken  2, or 4 for ids above 65535
 */
export async function createTokens(
  path: string,
  { bytesPerToken }: { bytesPerToken: 2 | 4 },
): Promise<TokenWriter> {
  const temporary = join(dirname(path), temporaryName(basename(path)));
  const handle = await open(temporary, 'wx');
  const hash = createHash('sha256');
  const buffer = new Uint8Array(bufferBytes);
  let filled = 0;
  let tokens = 0;
  let state: 'open' | 'closed' | 'renamed' = 'open';

  const flush = async (): Promise<void> => {
    hash.update(buffer.subarray(0, filled));
    await writeAll(handle, buffer.subarray(0, filled));
    filled = 0;
  };
  const close = async (): Promise<void> => {
    if (state !== 'open') return;
    state = 'closed';
    await handle.close();
  };

  return {
    async append(ids) {
      const wide = bytesPerToken === 2 ? Uint16Array.from(ids) : Uint32Array.from(ids);
      const bytes = new Uint8Array(wide.buffer);
      for (let done = 0; done < bytes.length; ) {
        const part = bytes.subarray(done, done + bufferBytes - filled);
        buffer.set(part, filled);
        filled += part.length;
        done += part.length;
        if (filled === bufferBytes) await flush();
      }
      tokens += ids.length;
    },
    async finish() {
      await flush();
      await handle.sync();
      await close();
      return { tokens, sha256: hash.digest('hex') };
    },
    async rename() {
      await rename(temporary, path);
      state = 'renamed';
    },
    async discard() {
      await close();
      if (state !== 'renamed') await rm(temporary, { force: true });
    },
  };
}
