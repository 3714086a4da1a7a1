// Unpacks xz, of one stream or many, through xz-embedded in WebAssembly, without holding more than its dictionary.

import xz from 'xz-decompress';
import { errorLine, failure } from '../run/failure.ts';

const pieceBytes = 1 << 16;
const magic = Buffer.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00);

/**
 * The bytes that xz holds.
 *
 * @param source  as messages name it
 * @throws Error  with exit code 65 when it ends too early, is damaged, has a SHA-256 check or other filters than LZMA2,
 * or something else follows
 */
export async function* unxz(input: AsyncIterable<Buffer>, source: string): AsyncGenerator<Buffer> {
  const pieces = input[Symbol.asyncIterator]();
  let given = 0;
  let rest: Buffer = Buffer.alloc(0); // not given yet
  const damaged = (found: string, cause?: unknown): Error =>
    failure(
      'data',
      `${source}: expected xz, found ${found} after ${given} bytes; it is damaged: fetch it again`,
      {
        cause,
      },
    );
  /** Sees to it that `rest` has so many bytes, or all that there are. */
  const fill = async (bytes: number): Promise<void> => {
    while (rest.length < bytes) {
      const next = await pieces.next();
      if (next.done) return;
      rest = rest.length === 0 ? next.value : Buffer.concat([rest, next.value]);
    }
  };
  let inputError: { error: unknown } | null = null;
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
    try {
      await fill(1);
      const piece = rest.subarray(0, pieceBytes);
      if (piece.length === 0) return controller.close(); // what is left in the decoder still comes out
      rest = rest.subarray(piece.length);
      given += piece.length;
      controller.enqueue(piece);
    } catch (error) {
      inputError ??= { error };
      controller.error(error);
    }
  };

  try {
    await fill(magic.length);
    if (!rest.subarray(0, magic.length).equals(magic)) throw damaged('other bytes');
    const packed = new ReadableStream<Uint8Array>({ pull }, { highWaterMark: 0 });
    const reader = new xz.XzReadableStream(packed).getReader();
    try {
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        const { buffer, byteOffset, byteLength } = part.value;
        if (byteLength > 0) yield Buffer.from(buffer, byteOffset, byteLength);
      }
    } catch (error) {
      throw inputError === null ? damaged(reason(error), error) : (inputError as { error: unknown }).error;
    } finally {
      await reader.cancel().catch(() => undefined);
    }
    await fill(1);
    if (rest.length > 0) throw damaged('more after its end');
  } finally {
    await pieces.return?.();
  }
}

/** What xz-embedded's codes say. */
function reason(error: unknown): string {
  const text = errorLine(error);
  const code = /error code (\d+)/.exec(text)?.[1];
  return (
    {
      '4': 'a dictionary that is too large',
      '8': 'its end',
      '6': 'a check (SHA-256) or filter that we do not read',
    }[code ?? ''] ?? `damaged data (${text})`
  );
}
