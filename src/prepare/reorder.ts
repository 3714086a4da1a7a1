// Copies the documents of a token file in another order. Needs their lengths; reads the file by position.

import { closeSync, openSync, readSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { failure } from '../run/failure.ts';
import type { ShardWriter } from './shard-writer.ts';

const bufferBytes = 1 << 22;

/**
 * @param ids      file of raw ids, documents one after the other
 * @param lengths  file with each one's length in tokens, 32 bits each
 * @param order    for each place, which document stands there
 */
export async function reorderDocuments(
  { ids: path, lengths }: { ids: string; lengths: string },
  order: ArrayLike<number>,
  into: ShardWriter,
  { bytesPerToken }: { bytesPerToken: 2 | 4 },
): Promise<void> {
  const starts = startsOf(await readFile(lengths), bytesPerToken);
  if (starts.length !== order.length + 1)
    throw failure('internal', `${path}: expected ${order.length} documents, found ${starts.length - 1}`);
  const file = openSync(path, 'r'); // synchronous reads: a promise for each of millions would cost more than the reading
  try {
    let buffer = new Uint8Array(bufferBytes);
    let filled = 0;
    for (let place = 0; place < order.length; place++) {
      const start = starts[order[place] ?? 0] ?? 0;
      const bytes = (starts[(order[place] ?? 0) + 1] ?? 0) - start;
      if (filled + bytes > buffer.length) {
        await into.append(buffer.subarray(0, filled));
        filled = 0;
        if (bytes > buffer.length) buffer = new Uint8Array(bytes);
        await nextTurn();
      }
      for (let done = 0; done < bytes; ) {
        const read = readSync(file, buffer, filled + done, bytes - done, start + done);
        if (read === 0) throw failure('data', `${path}: expected ${bytes} bytes at ${start}, found its end`);
        done += read;
      }
      filled += bytes;
    }
    await into.append(buffer.subarray(0, filled));
  } finally {
    closeSync(file);
  }
}

/** Where each document starts, in bytes, and where the last one ends. */
function startsOf(lengths: Buffer, bytesPerToken: number): Float64Array {
  const starts = new Float64Array(lengths.length / 4 + 1);
  for (let i = 0; i + 1 < starts.length; i++)
    starts[i + 1] = (starts[i] ?? 0) + lengths.readUInt32LE(4 * i) * bytesPerToken;
  return starts;
}
