// Gathers documents into batches of about 4 MB, and notes those that are no documents. Knows no format.

import { isUtf8 } from 'node:buffer';
import type { DocumentBatch, Fault, FaultKind } from './units.ts';

/** Longest document, in bytes: the 256 MiB that a reader has room for. */
export const longestDocument = 2 ** 28;

const batchBytes = 4 << 20;
const batchFaults = 1000;

/** Takes documents in, gives batches out. */
export interface Batcher {
  /** Bytes [begin, end) as a document: checked, copied. */
  add(bytes: Buffer, begin: number, end: number, place: () => string): void;
  /** A document of another batch. */
  addChecked(bytes: Uint8Array, begin: number, end: number): void;
  /** Bytes as a document, in a string of one character a byte. They are UTF-8. */
  addLatin1(text: string, place: () => string): void;
  /** A string as a document. */
  addString(text: string, place: () => string): void;
  fault(kind: FaultKind, place: string, detail: string): void;
  /** Whether `take` would give something. */
  isFull(): boolean;
  /** The batches that are full, and with `isLast` what is left. */
  take(isLast?: boolean): DocumentBatch[];
}

export function makeBatcher(): Batcher {
  let full: DocumentBatch[] = [];
  let buffer: Buffer = Buffer.alloc(0);
  let isLarge = false; // one batch was full: the next will be; before that the buffer grows, for most files are small
  let used = 0;
  let ends: number[] = [];
  let rows: number[] = [];
  let row = 0; // faults count too
  let faults: Fault[] = [];

  const close = (): void => {
    if (ends.length === 0 && faults.length === 0) return;
    full.push({
      text: buffer.subarray(0, used),
      ends: Uint32Array.from(ends),
      rows: Uint32Array.from(rows),
      faults,
    });
    buffer = Buffer.alloc(0);
    used = 0;
    ends = [];
    rows = [];
    faults = [];
  };
  const room = (bytes: number): void => {
    if (used + bytes <= buffer.length) return;
    if (used + bytes <= batchBytes && !isLarge) {
      const larger = Buffer.allocUnsafeSlow(
        Math.min(batchBytes, Math.max(2 * buffer.length, used + bytes, 1 << 16)),
      );
      buffer.copy(larger, 0, 0, used);
      buffer = larger;
      return;
    }
    close();
    isLarge = true;
    buffer = Buffer.allocUnsafeSlow(Math.max(bytes, batchBytes));
  };
  const taken = (): void => {
    ends.push(used);
    rows.push(row++);
  };
  const fault: Batcher['fault'] = (kind, place, detail) => {
    faults.push({ kind, place, detail });
    row++;
    if (faults.length >= batchFaults) close();
  };
  const tooLong = (bytes: number, place: () => string): void =>
    fault('long', place(), `expected ${longestDocument} bytes at most, found ${bytes}`);

  return {
    add(bytes, begin, end, place) {
      const length = end - begin;
      if (length === 0) return fault('empty', place(), 'expected text, found none');
      if (length > longestDocument) return tooLong(length, place);
      if (!isUtf8(begin === 0 && end === bytes.length ? bytes : bytes.subarray(begin, end)))
        return fault(
          'utf8',
          place(),
          `expected UTF-8, found another byte after ${validBytes(bytes.subarray(begin, end))} bytes`,
        );
      room(length);
      bytes.copy(buffer, used, begin, end);
      used += length;
      taken();
    },
    addChecked(bytes, begin, end) {
      room(end - begin);
      buffer.set(bytes.subarray(begin, end), used);
      used += end - begin;
      taken();
    },
    addLatin1(text, place) {
      if (text.length === 0) return fault('empty', place(), 'expected text, found none');
      if (text.length > longestDocument) return tooLong(text.length, place);
      room(text.length);
      used += buffer.write(text, used, 'latin1');
      taken();
    },
    addString(text, place) {
      if (text.length === 0) return fault('empty', place(), 'expected text, found none');
      if (!isWellFormed(text)) return fault('utf8', place(), 'expected Unicode, found half a surrogate pair');
      const most = used + text.length * 3 > buffer.length ? Buffer.byteLength(text) : text.length * 3;
      if (most > longestDocument) return tooLong(most, place);
      room(most);
      used += buffer.write(text, used, 'utf8');
      taken();
    },
    fault,
    isFull: () => full.length > 0,
    take(isLast = false) {
      if (isLast) close();
      const given = full;
      if (given.length > 0) full = [];
      return given;
    },
  };
}

/** Whether a string is text: String.prototype.isWellFormed, which Node 20 has and TypeScript's es2023 not yet. */
function isWellFormed(text: string): boolean {
  return (text as unknown as { isWellFormed(): boolean }).isWellFormed();
}

/** How many bytes at the front are UTF-8: bisection, for a prefix of UTF-8 is UTF-8 but for a character cut off. */
function validBytes(bytes: Buffer): number {
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (isPrefix(bytes.subarray(0, middle))) low = middle;
    else high = middle - 1;
  }
  while (low > 0 && !isUtf8(bytes.subarray(0, low))) low--; // what is left may end inside a character
  return low;
}

/** Whether bytes are UTF-8, the last character perhaps cut. */
function isPrefix(bytes: Buffer): boolean {
  for (let cut = 0; cut < 4; cut++) {
    if (isUtf8(bytes.subarray(0, bytes.length - cut)))
      return cut === 0 || isBegun(bytes.subarray(bytes.length - cut));
  }
  return false;
}

/** Whether bytes can be the beginning of one character. */
function isBegun(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
