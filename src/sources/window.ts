// The part of a stream that is being looked at: bytes are added at its end and dropped at its front.

/** Bytes that came and are not done with. */
export interface Window {
  /** All of them; good until the next `add` or `drop`. */
  bytes(): Buffer;
  add(piece: Buffer): void;
  /** Gives up so many at the front. */
  drop(count: number): void;
}

const largestKept = 32 << 20;

export function makeWindow(): Window {
  let buffer: Buffer = Buffer.alloc(0);
  let begin = 0;
  let end = 0;
  return {
    bytes: () => buffer.subarray(begin, end),
    add(piece) {
      if (end + piece.length > buffer.length) {
        const held = end - begin;
        const isTight = held + piece.length > buffer.length / 2;
        const next = isTight ? Buffer.allocUnsafeSlow(2 * (held + piece.length)) : buffer;
        buffer.copy(next, 0, begin, end);
        [buffer, begin, end] = [next, 0, held];
      }
      end += piece.copy(buffer, end);
    },
    drop(count) {
      begin += count;
      if (begin < end) return;
      [begin, end] = [0, 0];
      if (buffer.length > largestKept) buffer = Buffer.alloc(0); // something long is gone
    },
  };
}
