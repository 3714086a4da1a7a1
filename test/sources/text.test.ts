// Plain text: separators in streams equal separators in whole texts, and parts of a file give its documents once each, wherever it is cut.

import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { Unit } from '../../src/sources/units.ts';
import { parseSeparator } from '../../src/sources/separators.ts';
import { readText } from '../../src/sources/text.ts';
import { errorOf, readBatches, readSource, readUnits } from './reading.ts';

const folder = mkdtempSync(join(tmpdir(), 'inheritune-text-'));
afterAll(() => rmSync(folder, { recursive: true }));

const write = (bytes: string | Uint8Array, name = 'x.txt'): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};

/** Bytes in pieces of the sizes given, over and over. */
async function* pieces(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  await Promise.resolve();
  for (let at = 0, i = 0; at < bytes.length; i += 1) {
    const size = sizes[i % sizes.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

/** What the separator parts, by a regular expression on the whole text; nothing at either end is no document. */
function parted(text: string, pattern: RegExp): string[] {
  const parts: string[] = [];
  let begin = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > 0 || begin > 0) parts.push(text.slice(begin, match.index));
    begin = match.index + match[0].length;
  }
  if (begin < text.length || (begin === 0 && parts.length === 0)) parts.push(text.slice(begin));
  return parts;
}

const separators: readonly [string, RegExp][] = [
  ['blank-line', /(?:\r?\n[ \t]*){2,}/gu],
  ['<\\|end\\|>', /<\|end\|>/gu],
  ['\\n---\\n', /\n---\n/gu],
  ['\\n(-+)\\n', /\n(-+)\n/gu],
  ['[ab]{2}', /[ab]{2}/gu],
];
const text = fc
  .array(fc.constantFrom('\n', '\r\n', '\r', ' ', '\t', 'a', 'b', 'é', '😀', '---', '<|end|>', '<|', '|>'), {
    maxLength: 60,
  })
  .map((parts) => parts.join(''));

describe('separators', () => {
  test.each(separators)('%s: in pieces as in one text', async (separator, pattern) => {
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
        async (all, sizes) => {
          const found = await readBatches(
            readText(pieces(Buffer.from(all), sizes), parseSeparator(separator)),
          );
          expect(found.texts).toEqual(parted(all, pattern).filter((part) => part !== ''));
        },
      ),
      { numRuns: 400 },
    );
  });

  test.each(separators.slice(0, 2))('%s: in parts of a file each document once', async (separator) => {
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.array(fc.integer({ min: 1, max: 80 }), { maxLength: 4 }),
        async (all, cuts) => {
          const path = write(all);
          const { size, mtimeMs } = statSync(path);
          const borders = [0, ...cuts.filter((cut) => cut < size).sort((a, b) => a - b), size];
          const units = borders.slice(1).map(
            (end, i): Unit => ({
              ...{ source: path, place: { path, bytes: size, mtimeMs }, format: 'text', compression: 'none' },
              ...{ begin: borders[i] ?? 0, end, bytes: 0, documents: null },
            }),
          );
          const whole = await readBatches(readText(pieces(Buffer.from(all), [7]), parseSeparator(separator)));
          expect((await readUnits(units, { separator })).texts).toEqual(whole.texts);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('a pattern that is none is a line with exit code 64', async () => {
    expect(await errorOf(readSource(write('a'), { separator: '(' }), 64)).toBe(
      'separator: expected file, blank-line or a regular expression, got (',
    );
  });
});

describe('files', () => {
  test('a file is a document, byte order mark, line ends and NUL kept', async () => {
    const all = '\ufeffone\r\n\0\r\n';
    expect((await readSource(write(all))).texts).toEqual([all]);
  });

  test('an empty file is a fault', async () => {
    expect(await readSource(write(''))).toMatchObject({
      texts: [],
      faults: [{ kind: 'empty', place: 'the file' }],
    });
  });

  test.each(['file', 'blank-line', '\\n\\n+'])(
    '%s: bytes that are no UTF-8 spoil their document only',
    async (separator) => {
      const bytes = Buffer.concat([
        Buffer.from('é one\n\nt'),
        Buffer.of(0xe9, 0x20),
        Buffer.from('wo\n\nthree'),
      ]);
      const found = await readSource(write(bytes), { separator });
      const detail = 'expected UTF-8, found another byte after ';
      if (separator === 'file') {
        expect(found.texts).toEqual([]);
        expect(found.faults).toEqual([{ kind: 'utf8', place: 'the file', detail: `${detail}9 bytes` }]);
      } else {
        expect(found.texts).toEqual(['é one', 'three']);
        expect(found.faults).toMatchObject([
          { kind: 'utf8', place: separator === 'blank-line' ? 'byte 8' : 'document 2' },
        ]);
      }
    },
  );

  test('a character cut by a piece is whole again', async () => {
    const all = `${'日本語😀é'.repeat(40)}|x`;
    for (const size of [1, 2, 3, 5])
      expect(
        (await readBatches(readText(pieces(Buffer.from(all), [size]), parseSeparator('[|]')))).texts,
      ).toEqual([all.slice(0, -2), 'x']);
  });

  test('a file that changes is an error', async () => {
    const path = write('one');
    const { mtimeMs } = statSync(path);
    const unit: Unit = {
      ...{ source: path, place: { path, bytes: 4, mtimeMs }, format: 'text', compression: 'none' },
      ...{ begin: 0, end: 4, bytes: 4, documents: null },
    };
    expect(await errorOf(readUnits([unit]), 65)).toContain('x.txt: expected the 4 bytes of ');
  });
});
