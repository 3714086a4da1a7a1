// Cuts a stream of bytes into lines. A line that is too long is passed over without being held, and told.

/** What a line is given to: its bytes are [begin, end) of `buffer`, without the newline; `at` is where it begins in the file. */
export type TakeLine = (buffer: Buffer, begin: number, end: number, at: number) => void;

export interface LineCutter {
  /** Takes the next bytes. False when no more are wanted. */
  push(piece: Buffer): boolean;
  /** At the end of the file: a last line without a newline. */
  end(): void;
}

/**
 * Makes a cutter for the lines that begin in [begin, end) of a file.
 *
 * @param from     where the first piece comes from: before `begin`, a line is under way that is somebody else's
 * @param longest  bytes of a line that are held
 * @param onLong   told of a longer line: where it begins, its bytes
 */
export function makeLineCutter(
  { from, begin, end, longest }: { from: number; begin: number; end: number; longest: number },
  onLine: TakeLine,
  onLong: (at: number, bytes: number) => void,
): LineCutter {
  let held: Buffer[] = [];
  let heldBytes = 0; // of the line under way, held or passed over
  let position = from; // in the file, of the next piece
  let isForeign = from < begin;

  const finish = (): void => {
    const at = position - heldBytes;
    if (!isForeign && heldBytes > longest) onLong(at, heldBytes);
    else if (!isForeign) {
      const [only] = held;
      const line = held.length === 1 && only ? only : Buffer.concat(held);
      held = [];
      onLine(line, 0, line.length, at);
    }
    held = [];
    heldBytes = 0;
    isForeign = false;
  };
  const hold = (bytes: Buffer): void => {
    heldBytes += bytes.length;
    position += bytes.length;
    if (isForeign || heldBytes > longest) held = [];
    else held.push(bytes);
  };
  return {
    push(piece) {
      let at = 0;
      for (;;) {
        const newline = piece.indexOf(10, at);
        if (newline < 0) break;
        if (heldBytes > 0 || isForeign) {
          hold(piece.subarray(at, newline));
          finish();
        } else if (position < end) {
          onLine(piece, at, newline, position);
          position += newline - at;
        }
        position += 1;
        at = newline + 1;
        if (position >= end) return false;
      }
      if (at < piece.length) hold(piece.subarray(at));
      return true;
    },
    end() {
      if (heldBytes > 0) finish();
    },
  };
}
