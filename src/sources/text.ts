// Documents of plain text, parted by a separator, whatever the file's size: no more is held than the document under way.

import { isUtf8 } from 'node:buffer';
import type { DocumentBatch } from './units.ts';
import { longestDocument, makeBatcher } from './batches.ts';
import type { ByteSeparator, Separator } from './separators.ts';
import { makeWindow } from './window.ts';

/** What is read of a file's bytes. */
export interface TextRange {
  /** Where the stream begins: a place inside no separator. */
  from: number;
  /** Documents that begin in [begin, end) are given. */
  begin: number;
  end: number;
}

/**
 * Documents of text.
 *
 * @param stream  the file's bytes from `range.from` on
 * @param range   for separators of bytes; a file, and patterns, are read whole
 */
export function readText(
  stream: AsyncIterable<Buffer>,
  separator: Separator,
  range: TextRange = { from: 0, begin: 0, end: Infinity },
): AsyncGenerator<DocumentBatch> {
  if (separator.kind === 'pattern') return readParts(stream, separator.pattern);
  return readByteParts(stream, separator.kind === 'file' ? null : separator.separator, range);
}

async function* readByteParts(
  stream: AsyncIterable<Buffer>,
  separator: ByteSeparator | null,
  { from, begin, end }: TextRange,
): AsyncGenerator<DocumentBatch> {
  const batcher = makeBatcher();
  const window = makeWindow();
  let base = from; // where the window begins in the file
  let documentAt = from; // where the document under way begins
  let searched = 0; // of the window, without a separator
  let isOurs = begin === 0; // of another's document only the end is looked for
  let isLong = false; // too long: only its end is looked for
  const place = (): string => (separator === null ? 'the file' : `byte ${documentAt}`);

  const drop = (count: number): void => {
    window.drop(count);
    base += count;
    searched -= count;
  };
  const finish = (length: number): void => {
    if (isLong)
      batcher.fault(
        'long',
        place(),
        `expected ${longestDocument} bytes at most, found ${base + length - documentAt}`,
      );
    else if (isOurs) batcher.add(window.bytes(), 0, length, place);
  };
  /** Documents that are whole. False when the next one is not ours. */
  const scan = (isLast: boolean): boolean => {
    for (;;) {
      const bytes = window.bytes();
      const found = separator?.find(bytes, searched, isLast) ?? { resume: bytes.length };
      if ('resume' in found) {
        searched = found.resume;
        if (!isOurs || isLong) drop(searched);
        else if (bytes.length > longestDocument) {
          isLong = true;
          drop(searched);
        }
        return true;
      }
      // What is before a separator at the very beginning is no document, as nothing is after one at the very end.
      if (documentAt > 0 || found.begin > 0 || isLong) finish(found.begin);
      documentAt = base + found.end;
      searched = found.end;
      drop(found.end);
      isOurs = documentAt >= begin;
      isLong = false;
      if (documentAt >= end) return false;
    }
  };
  let wantsMore = true;
  for await (const piece of stream) {
    window.add(piece);
    wantsMore = scan(false);
    yield* batcher.take();
    if (!wantsMore) break;
  }
  if (wantsMore && scan(true)) {
    const { length } = window.bytes();
    if (length > 0 || isLong || (documentAt === 0 && begin === 0)) finish(length);
  }
  yield* batcher.take(true);
}

/** Longest match of a pattern, and as much as it may look back, in UTF-16 units. */
const patternReach = 1 << 16;

async function* readParts(stream: AsyncIterable<Buffer>, pattern: RegExp): AsyncGenerator<DocumentBatch> {
  const batcher = makeBatcher();
  const matcher = new RegExp(pattern.source, pattern.flags);
  let text = '';
  let begin = 0; // of the document under way
  let searched = 0;
  let number = 1;
  let dropped = 0; // of a document that is too long
  const place = (): string => `document ${number}`;
  const finish = (end: number): void => {
    if (dropped > 0)
      batcher.fault('long', place(), `expected ${longestDocument} characters at most, found more`);
    else batcher.addString(text.slice(begin, end), place);
    number += 1;
    dropped = 0;
  };
  const scan = (isLast: boolean): void => {
    for (;;) {
      matcher.lastIndex = searched;
      const match = matcher.exec(text);
      const sure = isLast ? text.length : text.length - patternReach;
      const end = match === null ? -1 : match.index + match[0].length;
      if (match === null || end > sure) {
        searched = Math.max(searched, Math.min(match?.index ?? text.length, sure));
        break;
      }
      if (number > 1 || match.index > 0) finish(match.index);
      begin = end;
      searched = end > match.index ? end : end + 1; // of a match of nothing, the next is further on
    }
    if (text.length - begin > longestDocument) {
      dropped += searched - begin;
      begin = searched;
    }
    const keep = Math.max(0, Math.min(begin, searched - patternReach));
    if (keep > 1 << 20 || isLast) {
      text = text.slice(keep);
      begin -= keep;
      searched -= keep;
    }
  };
  const decode = makeDecoder();
  for await (const piece of stream) {
    text += decode(piece);
    scan(false);
    yield* batcher.take();
  }
  text += decode(null);
  scan(true);
  if (begin < text.length || number === 1) finish(text.length);
  yield* batcher.take(true);
}

/** Bytes to text; what is no UTF-8 becomes lone surrogates, by which its document is known to be bad (Python's surrogateescape). */
function makeDecoder(): (piece: Buffer | null) => string {
  let rest: Buffer = Buffer.alloc(0);
  return (piece) => {
    const bytes = piece === null ? rest : rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    const whole = piece === null ? bytes.length : wholeCharacters(bytes);
    const head = bytes.subarray(0, whole);
    rest = Buffer.from(bytes.subarray(whole));
    return isUtf8(head) ? head.toString('utf8') : decodeDamaged(head);
  };
}

/** How many bytes are before a character at the end that is cut. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

function decodeDamaged(bytes: Buffer): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at] ?? 0;
    const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
    const character = bytes.subarray(at, at + length);
    const isGood = character.length === length && isUtf8(character);
    parts.push(isGood ? character.toString('utf8') : String.fromCharCode(0xdc00 + lead));
    at += isGood ? length : 1;
  }
  return parts.join('');
}
