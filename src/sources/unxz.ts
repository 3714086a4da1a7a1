// Unpacks xz, of one stream or many, through xz-embedded in WebAssembly, which passes over what follows the first: we do not.

import xz from 'xz-decompress';
import { errorLine, failure } from '../run/failure.ts';
import { crc32 } from './crc32.ts';

const pieceBytes = 1 << 16;
const footerBytes = 12;
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
  let tail: Buffer = rest; // given last: the stream's end lies in it
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
      if (piece.length === 0) throw damaged('its end');
      rest = rest.subarray(piece.length);
      given += piece.length;
      tail = Buffer.concat([tail.subarray(-footerBytes), piece]);
      controller.enqueue(piece);
    } catch (error) {
      inputError ??= { error };
      controller.error(error);
    }
  };

  try {
    for (let isFirst = true; ; isFirst = false) {
      await fill(magic.length);
      while (!isFirst && rest[0] === 0) {
        const next = rest.findIndex((byte) => byte !== 0); // after the padding between streams
        rest = next < 0 ? Buffer.alloc(0) : rest.subarray(next);
        await fill(magic.length);
      }
      if (rest.length === 0 && !isFirst) return;
      if (!rest.subarray(0, magic.length).equals(magic)) throw damaged('other bytes');
      tail = Buffer.alloc(0);
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
      const end = endOfStream(tail);
      if (end === null) throw damaged('no footer');
      given -= tail.length - end;
      rest = Buffer.concat([tail.subarray(end), rest]);
    }
  } finally {
    await pieces.return?.();
  }
}

/** Where the footer ends: its checksum tells it from bytes that look like one. */
function endOfStream(tail: Buffer): number | null {
  for (let end = footerBytes; end <= tail.length; end += 1) {
    if (tail[end - 2] !== 0x59 || tail[end - 1] !== 0x5a) continue;
    if (crc32(tail.subarray(end - 8, end - 2)) === tail.readUInt32LE(end - footerBytes)) return end;
  }
  return null;
}

/** What xz-embedded's codes say. */
function reason(error: unknown): string {
  const text = errorLine(error);
  const code = /error code (\d+)/.exec(text)?.[1];
  return (
    { '4': 'a dictionary that is too large', '6': 'a check (SHA-256) or filter that we do not read' }[
      code ?? ''
    ] ?? `damaged data (${text})`
  );
}
