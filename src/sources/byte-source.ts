// The bytes of one file, in order or from anywhere, whether it lies here or on the hub. Knows no format.

import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { LocalPlace } from './units.ts';
import { failure, systemCode } from '../run/failure.ts';

/** A file that is open. */
export interface ByteSource {
  /** As messages name it. */
  name: string;
  /** Its size. */
  bytes: number;
  /** [begin, end) from front to back, in pieces of up to a megabyte. */
  stream(begin: number, end: number): AsyncGenerator<Buffer>;
  /** [begin, end) at once. */
  read(begin: number, end: number): Promise<Buffer>;
  /** Fails when the file is no longer what it was when it was opened. */
  close(): Promise<void>;
}

const pieceBytes = 1 << 20;

/**
 * Opens a file of this machine.
 *
 * @throws Error  with exit code 65 when it is not what it was when the work was planned, or changes while it is read
 */
export async function openLocal(
  { path, bytes, mtimeMs }: LocalPlace,
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<ByteSource> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw failure('data', `${path}: cannot be read (${systemCode(cause) ?? 'unknown reason'})`, { cause });
  });
  const check = async (): Promise<void> => {
    const found = await file.stat();
    if (found.size !== bytes || found.mtimeMs !== mtimeMs)
      throw failure(
        'data',
        `${path}: expected the ${bytes} bytes of ${new Date(mtimeMs).toISOString()}, found ${found.size} bytes of ${found.mtime.toISOString()}; it changes while it is read`,
      );
  };
  await check().catch(async (error: unknown) => {
    await file.close();
    throw error;
  });
  const read = async (begin: number, end: number): Promise<Buffer> => {
    signal?.throwIfAborted();
    const buffer = Buffer.allocUnsafeSlow(end - begin);
    const found = await readFully(file, buffer, begin);
    if (found < buffer.length)
      throw failure(
        'data',
        `${path}: expected ${bytes} bytes, found ${begin + found}; it changes while it is read`,
      );
    return buffer;
  };
  return {
    name: path,
    bytes,
    read,
    async *stream(begin, end) {
      const piece = (at: number): Promise<Buffer> => {
        const reading = read(at, Math.min(end, at + pieceBytes));
        reading.catch(() => undefined); // told when it is awaited, or of no interest
        return reading;
      };
      let next = begin < end ? piece(begin) : null;
      for (let at = begin; next !== null; ) {
        const buffer: Buffer = await next;
        at += buffer.length;
        next = at < end ? piece(at) : null; // read while this one is looked at
        yield buffer;
      }
    },
    async close() {
      try {
        await check();
      } finally {
        await file.close();
      }
    },
  };
}

async function readFully(file: FileHandle, buffer: Buffer, position: number): Promise<number> {
  let done = 0;
  while (done < buffer.length) {
    const { bytesRead } = await file.read(buffer, done, buffer.length - done, position + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return done;
}
