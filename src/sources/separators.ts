// What parts documents of text: nothing, blank lines, a fixed text, or a regular expression. Finds it in bytes that come bit by bit.

import { failure } from '../run/failure.ts';

/** A separator, or how far the bytes were looked through: it begins nowhere before `resume`. */
export type Found = { begin: number; end: number } | { resume: number };

/** A separator of bytes. */
export interface ByteSeparator {
  /**
   * The first separator at or after `from`.
   *
   * @param isLast  whether nothing comes after `bytes`
   */
  find(bytes: Buffer, from: number, isLast: boolean): Found;
  /** A place at or before `at` that is inside no separator and not at the end of one that begins before it. */
  syncBefore(bytes: Buffer, at: number): number | null;
  /** Bytes before a place that `syncBefore` looks at first. */
  lookBack: number;
}

export type Separator =
  | { kind: 'file' }
  | { kind: 'bytes'; separator: ByteSeparator }
  | { kind: 'pattern'; pattern: RegExp };

/** Reads the option. @throws Error  with exit code 64 for a pattern that is none, or one that can match nothing */
export function parseSeparator(text: string): Separator {
  if (text === 'file') return { kind: 'file' };
  if (text === 'blank-line') return { kind: 'bytes', separator: blankLines };
  let pattern: RegExp;
  try {
    pattern = new RegExp(text, 'gu');
  } catch (cause) {
    throw failure('usage', `separator: expected file, blank-line or a regular expression, got ${text}`, {
      cause,
    });
  }
  const fixed = fixedText(text);
  return fixed === null
    ? { kind: 'pattern', pattern }
    : { kind: 'bytes', separator: fixedSeparator(Buffer.from(fixed)) };
}

/**
 * The one text that a regular expression matches, where it is that simple and no two matches can overlap: then it can
 * be looked for from anywhere in a file.
 */
function fixedText(pattern: string): string | null {
  const named: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', v: '\v' };
  let text = '';
  for (const [all, escaped] of pattern.matchAll(/\\([^])|[^]/g)) {
    if (escaped === undefined) {
      if (/[[\]{}()*+?.^$|]/.test(all)) return null;
      text += all;
    } else if (named[escaped] !== undefined) text += named[escaped];
    else if (/[^\w\s]/.test(escaped)) text += escaped;
    else return null;
  }
  for (let length = 1; length < text.length; length += 1)
    if (text.endsWith(text.slice(0, length))) return null;
  return text === '' ? null : text;
}

function fixedSeparator(text: Buffer): ByteSeparator {
  return {
    find(bytes, from, isLast) {
      const begin = bytes.indexOf(text, from);
      if (begin >= 0) return { begin, end: begin + text.length };
      return { resume: isLast ? bytes.length : Math.max(from, bytes.length - text.length + 1) };
    },
    syncBefore: (_, at) => Math.max(0, at - text.length),
    lookBack: text.length,
  };
}

/** Two newlines or more with nothing but blanks between them: the pattern (?:\r?\n[ \t]*){2,}. */
const blankLines: ByteSeparator = {
  find(bytes, from, isLast) {
    for (let at = from; ; ) {
      const newline = bytes.indexOf(10, at);
      if (newline < 0) {
        const hasReturn = bytes.length > at && bytes[bytes.length - 1] === 13;
        return { resume: isLast || !hasReturn ? bytes.length : bytes.length - 1 };
      }
      const begin = newline > at && bytes[newline - 1] === 13 ? newline - 1 : newline;
      let end = newline + 1;
      let newlines = 1;
      for (;;) {
        while (bytes[end] === 32 || bytes[end] === 9) end += 1;
        if (bytes[end] === 10) end += 1;
        else if (bytes[end] === 13 && bytes[end + 1] === 10) end += 2;
        else break;
        newlines += 1;
      }
      const isOpen = end >= bytes.length || (bytes[end] === 13 && end + 1 === bytes.length);
      if (isOpen && !isLast) return { resume: begin };
      if (newlines >= 2) return { begin, end };
      at = end;
    }
  },
  syncBefore(bytes, at) {
    for (let place = at; place > 0; place -= 1) {
      const byte = bytes[place - 1];
      if (byte !== 10 && byte !== 13 && byte !== 32 && byte !== 9) return place;
    }
    return null;
  },
  lookBack: 1 << 16,
};
