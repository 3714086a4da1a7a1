// Unpacks Zstandard, of one frame or many, through libzstd in WebAssembly (checksums and all) without holding more than its window.

import { ZSTDDecoder } from 'zstddec/stream';
import { errorLine, failure } from '../run/failure.ts';

const decoder = new ZSTDDecoder();

/** Makes `unzstdOnce` ready. */
export function prepareZstd(): Promise<void> {
  return decoder.init();
}

/** One block of known size. Needs `prepareZstd`. @throws Error  when it is not of that size */
export function unzstdOnce(bytes: Uint8Array, size: number): Uint8Array {
  const found = decoder.decode(bytes, size);
  if (found.length !== size) throw new Error(`zstd: expected ${size} bytes, found ${found.length}`);
  return found;
}

// Calls in a row that may give nothing without taking a new piece: more is libzstd's way to say that it cannot go on.
const idleCalls = 16;

/**
 * The bytes that Zstandard holds.
 *
 * @param source  as messages name it
 * @throws Error  with exit code 65 when it ends too early, is damaged, or needs a window over 128 MiB
 */
export async function* unzstd(input: AsyncIterable<Buffer>, source: string): AsyncGenerator<Buffer> {
  await decoder.init();
  let given = 0;
  let idle = 0;
  let next: Buffer | null = null;
  const damaged = (problem: string): Error =>
    failure(
      'data',
      `${source}: expected zstd, found ${problem} after ${given} bytes; it is damaged: fetch it again`,
    );
  // The decoder asks for a piece when it has used up the one before, at most once a call, and it cannot wait: one is
  // laid ready before each call.
  const take = (): IteratorResult<Uint8Array, undefined> => {
    const value = next;
    next = null;
    idle = 0;
    return value === null ? { done: true, value: undefined } : { done: false, value };
  };
  const output = decoder.decodeStreaming({ [Symbol.iterator]: () => ({ next: take }) });
  const call = (): Buffer | null => {
    const result = output.next();
    if (result.done) return null;
    const { value } = result;
    idle = value.length > 0 ? 0 : idle + 1;
    if (idle > idleCalls) throw damaged('a block that cannot be unpacked');
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  };

  for await (const piece of input) {
    if (piece.length === 0) continue;
    if (given === 0) checkWindow(piece, source);
    given += piece.length;
    next = piece;
    while ((next as Buffer | null) !== null) {
      const part = call();
      if (part !== null && part.length > 0) yield part;
    }
  }
  if (given === 0) throw damaged('nothing');
  try {
    for (let part = call(); part !== null; part = call()) if (part.length > 0) yield part;
  } catch (error) {
    if (error instanceof Error && 'exitCode' in error) throw error;
    throw damaged(`"${errorLine(error)}"`);
  }
}

const largestWindow = 2 ** 27;

/** What libzstd refuses, in words: a frame whose window is larger than it will hold. */
function checkWindow(piece: Buffer, source: string): void {
  const isFrame = piece.length > 6 && piece.readUInt32LE(0) === 0xfd2fb528;
  const [descriptor = 0, window = 0] = [piece[4], piece[5]];
  if (!isFrame || (descriptor & 0x20) !== 0) return; // a single segment: no larger than what it was packed with
  const exponent = 10 + (window >> 3);
  const bytes = 2 ** exponent + 2 ** (exponent - 3) * (window & 7);
  if (bytes > largestWindow)
    throw failure(
      'data',
      `${source}: expected a zstd window of ${largestWindow} bytes at most, found ${bytes}; pack it again without --long`,
    );
}
