// Documents of JSON lines: one object a line, the text in one of its columns.

import { isUtf8 } from 'node:buffer';
import type { DocumentBatch } from './units.ts';
import { errorLine, failure } from '../run/failure.ts';
import { longestDocument, makeBatcher } from './batches.ts';
import type { Batcher } from './batches.ts';
import { makeLineCutter } from './lines.ts';

/** Longest line that is held: a longest document with some room for what surrounds it. */
const longestLine = longestDocument + 2 ** 24;

/**
 * Documents of the lines that begin in [begin, end).
 *
 * @param stream  the file's bytes from `from` on
 * @param column  dotted path to the text
 * @throws Error  with exit code 65 when the file is one JSON array
 */
export async function* readJsonl(
  stream: AsyncIterable<Buffer>,
  {
    source,
    column,
    from = 0,
    begin = 0,
    end = Infinity,
  }: { source: string; column: string; from?: number; begin?: number; end?: number },
): AsyncGenerator<DocumentBatch> {
  const batcher = makeBatcher();
  const take = makeLineReader(batcher, column);
  let line = 0;
  // Of a part of a file it is not known how many lines are before it.
  const place = (): string => (begin === 0 ? `line ${line}` : `line ${line} after byte ${begin}`);
  const cutter = makeLineCutter(
    { from, begin, end, longest: longestLine },
    (buffer, lineBegin, lineEnd, at) => {
      line += 1;
      const first = at === 0 ? afterByteOrderMark(buffer, lineBegin) : lineBegin;
      const start = afterSpace(buffer, first, lineEnd);
      if (start === lineEnd) return; // a blank line is no document
      if (line === 1 && begin === 0 && buffer[start] === 0x5b)
        throw failure(
          'data',
          `${source}: expected JSON lines, found a JSON array; write one object a line (jq -c '.[]')`,
        );
      take(buffer, start, lineEnd, place);
    },
    (_, bytes) => {
      line += 1;
      batcher.fault('long', place(), `expected ${longestLine} bytes at most, found ${bytes}`);
    },
  );
  let wantsMore = true;
  for await (const piece of stream) {
    wantsMore = cutter.push(piece);
    yield* batcher.take();
    if (!wantsMore) break;
  }
  if (wantsMore) cutter.end();
  yield* batcher.take(true);
}

type TakeJson = (buffer: Buffer, begin: number, end: number, place: () => string) => void;

/**
 * Reads single lines. One without a \u escape is parsed as Latin-1, a character a byte: what comes out are the bytes of
 * UTF-8 again, three times as fast as by way of UTF-16.
 */
function makeLineReader(batcher: Batcher, column: string): TakeJson {
  const path = column.split('.');
  const bytePath = path.map((part) => Buffer.from(part).toString('latin1'));
  let searched: Buffer | null = null;
  let escape = -1; // where the next \u is in `searched`
  const hasEscape = (buffer: Buffer, begin: number, end: number): boolean => {
    if (searched !== buffer || (escape >= 0 && escape < begin)) {
      searched = buffer;
      escape = buffer.indexOf('\\u', begin, 'latin1');
    }
    return escape >= 0 && escape < end;
  };
  return (buffer, begin, end, place) => {
    if (!isUtf8(buffer.subarray(begin, end)))
      return batcher.fault('utf8', place(), 'expected UTF-8, found another byte');
    const isBytes = !hasEscape(buffer, begin, end);
    let json: unknown;
    try {
      json = JSON.parse(
        isBytes ? buffer.toString('latin1', begin, end) : buffer.toString('utf8', begin, end),
      );
    } catch (error) {
      return batcher.fault('json', place(), jsonProblem(error));
    }
    const value = valueAt(json, isBytes ? bytePath : path);
    if (typeof value === 'string') {
      if (isBytes) batcher.addLatin1(value, place);
      else batcher.addString(value, place);
    } else if (typeof json !== 'object' || json === null || Array.isArray(json))
      batcher.fault('json', place(), `expected an object, found ${kindOf(json)}`);
    else
      batcher.fault(
        'column',
        place(),
        `expected text in ${column}, found ${value === undefined ? 'nothing' : kindOf(value)}${textColumns(json, isBytes)}`,
      );
  };
}

function valueAt(json: unknown, path: readonly string[]): unknown {
  const whole = path.join('.');
  if (path.length > 1 && typeof json === 'object' && json !== null && Object.hasOwn(json, whole))
    return Reflect.get(json, whole); // a name with a dot in it
  let value = json;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = Reflect.get(value, part);
  }
  return value;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `${typeof value === 'object' ? 'an' : 'a'} ${typeof value}`;
}

/** The columns that could have been meant. */
function textColumns(json: object, isBytes: boolean): string {
  const names = Object.entries(json).flatMap(([name, value]) => (typeof value === 'string' ? [name] : []));
  const shown = names.slice(0, 8).map((name) => (isBytes ? Buffer.from(name, 'latin1').toString() : name));
  return shown.length === 0 ? '' : `; text is in ${shown.join(', ')}`;
}

function jsonProblem(error: unknown): string {
  const [, position] = /position (\d+)/.exec(errorLine(error)) ?? [];
  return `expected JSON, found ${position === undefined ? 'a line that is cut' : `something else after ${position} bytes`}`;
}

function afterByteOrderMark(buffer: Buffer, begin: number): number {
  return buffer[begin] === 0xef && buffer[begin + 1] === 0xbb && buffer[begin + 2] === 0xbf
    ? begin + 3
    : begin;
}

function afterSpace(buffer: Buffer, begin: number, end: number): number {
  let at = begin;
  while (at < end && (buffer[at] === 32 || buffer[at] === 9 || buffer[at] === 13)) at += 1;
  return at;
}
