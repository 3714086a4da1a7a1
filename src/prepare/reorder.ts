// Copies the documents of a token file in another order. Needs their rows and lengths; reads the file by position.

import { closeSync, openSync, readSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { failure } from '../run/failure.ts';
import type { ShardWriter } from './shard-writer.ts';

const bufferBytes = 1 << 22;

/**
 * @param ids    file of raw ids, documents one after the other
 * @param rows   file with each one's row and its length in tokens, 32 bits each
 * @param order  rows in the order wanted; those that have no document are passed over
 */
export async function reorderDocuments(
  { ids: path, rows }: { ids: string; rows: string },
  order: Uint32Array,
  into: ShardWriter,
  { bytesPerToken }: { bytesPerToken: 2 | 4 },
): Promise<void> {
  const { starts, placeOf } = placesOf(await readFile(rows), bytesPerToken, order);
  const file = openSync(path, 'r'); // synchronous reads: a promise for each of millions would cost more than the reading
  try {
    let buffer = new Uint8Array(bufferBytes);
    let filled = 0;
    for (const row of order) {
      const place = placeOf[row] ?? 0;
      if (place === 0) continue;
      const start = starts[place - 1] ?? 0;
      const bytes = (starts[place] ?? 0) - start;
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

/** Where each document starts in bytes, and the last ends; and for each row its document, counted from 1, 0 for none. */
function placesOf(
  pairs: Buffer,
  bytesPerToken: number,
  order: Uint32Array,
): { starts: Float64Array; placeOf: Uint32Array } {
  const count = pairs.length / 8;
  const starts = new Float64Array(count + 1);
  const placeOf = new Uint32Array(order.reduce((largest, row) => Math.max(largest, row), 0) + 1);
  for (let i = 0; i < count; i++) {
    placeOf[pairs.readUInt32LE(8 * i)] = i + 1;
    starts[i + 1] = (starts[i] ?? 0) + pairs.readUInt32LE(8 * i + 4) * bytesPerToken;
  }
  return { starts, placeOf };
}
