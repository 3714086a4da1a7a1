// Unpacks gzip, of one member or many, without holding more than a piece. Node's zlib passes over what follows the last member: we do not.

import { once } from 'node:events';
import { createGunzip } from 'node:zlib';
import { errorLine, failure, systemCode } from '../run/failure.ts';

/**
 * The bytes that gzip holds.
 *
 * @param source  as messages name it
 * @throws Error  with exit code 65 when it ends too early, its checksum is wrong, or something else follows
 */
export async function* gunzip(input: AsyncIterable<Buffer>, source: string): AsyncGenerator<Buffer> {
  const decoder = createGunzip({ chunkSize: 1 << 18 });
  const stopped = new AbortController();
  let given = 0;
  let lastByte = 0; // where the last byte ends that is no zero: zeros are padding
  const feed = async (): Promise<void> => {
    for await (const piece of input) {
      let end = piece.length;
      while (end > 0 && piece[end - 1] === 0) end -= 1;
      if (end > 0) lastByte = given + end;
      given += piece.length;
      if (decoder.destroyed) return;
      if (!decoder.write(piece)) await once(decoder, 'drain', { signal: stopped.signal });
    }
    decoder.end();
  };
  let inputError: { error: unknown } | null = null;
  const feeding = feed().catch((error: unknown) => {
    if (decoder.destroyed || stopped.signal.aborted) return;
    inputError = { error };
    decoder.destroy();
  });
  try {
    for await (const piece of decoder) yield piece as Buffer;
  } catch (error) {
    if (inputError === null && systemCode(error)?.startsWith('Z_'))
      throw failure(
        'data',
        `${source}: expected gzip, found ${errorLine(error)} after ${given} bytes; it is damaged: fetch it again`,
        { cause: error },
      );
    if (inputError === null) throw error;
  } finally {
    stopped.abort();
    decoder.destroy();
    await feeding;
  }
  if (inputError !== null) throw (inputError as { error: unknown }).error;
  if (lastByte > decoder.bytesWritten)
    throw failure(
      'data',
      `${source}: expected the end of gzip after ${decoder.bytesWritten} bytes, found ${lastByte - decoder.bytesWritten} more; it is damaged: fetch it again`,
    );
}
