// JSON lines: every line is a document or a fault, whatever the bytes are cut into; equal to JSON.parse, line by line.

import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { Unit } from '../../src/sources/units.ts';
import { longestDocument } from '../../src/sources/batches.ts';
import { readJsonl } from '../../src/sources/jsonl.ts';
import { errorOf, readBatches, readSource, readUnits } from './reading.ts';

const folder = mkdtempSync(join(tmpdir(), 'inheritune-jsonl-'));
afterAll(() => rmSync(folder, { recursive: true }));
const write = (bytes: string | Uint8Array): string => {
  const path = join(folder, 'x.jsonl');
  writeFileSync(path, bytes);
  return path;
};

describe('lines', () => {
  test('any text, escaped or not, comes back as JSON.parse has it, in any parts of the file', async () => {
    const line = fc.record({
      text: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
      isEscaped: fc.boolean(),
      other: fc.string(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 3 }),
        async (rows, cuts) => {
          const lines = rows.map(({ text, isEscaped, other }) => {
            const json = JSON.stringify({ other, text });
            const escape = (c: string) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`;
            return isEscaped ? json.replace(/[^\0-\x7e]/g, escape) : json;
          });
          const path = write(lines.join('\n'));
          const { size, mtimeMs } = statSync(path);
          const borders = [0, ...cuts.filter((cut) => cut < size).sort((a, b) => a - b), size];
          const units = borders.slice(1).map(
            (end, i): Unit => ({
              ...{
                source: path,
                place: { path, bytes: size, mtimeMs },
                format: 'jsonl',
                compression: 'none',
              },
              ...{ begin: borders[i] ?? 0, end, bytes: 0, documents: null },
            }),
          );
          const found = await readUnits(units);
          expect(found.faults).toEqual([]);
          expect(found.texts).toEqual(rows.map(({ text }) => text));
        },
      ),
      { numRuns: 150 },
    );
  });

  test('escapes and bytes mix in one line, but never in one another', async () => {
    const path = write('{"text":"\\u00e9é"}\r\n{"text":"\\\\u00e9é\\n"}\n\n  \n{"é":"x","text":"é"}');
    expect((await readSource(path)).texts).toEqual(['éé', '\\u00e9é\n', 'é']);
    expect((await readSource(path, { column: 'é' })).texts).toEqual(['x']);
  });

  test('a byte order mark at the front is passed over', async () => {
    expect((await readSource(write('\ufeff{"text":"a"}\n'))).texts).toEqual(['a']);
  });

  test('columns by dotted path, with a number for an element of a list', async () => {
    const path = write('{"meta":{"text":"a"},"list":["b","c"],"d.e":"f"}\n');
    for (const [column, text] of [
      ['meta.text', 'a'],
      ['list.1', 'c'],
      ['d.e', 'f'],
    ] as const) // prettier-ignore
      expect((await readSource(path, { column })).texts).toEqual([text]);
  });
});

describe('faults', () => {
  test('what is no document is told with its line', async () => {
    const bad: [string | Buffer, string, string][] = [
      ['{"text":"cut', 'json', 'expected JSON, found'],
      ['{"text":"a"} x', 'json', 'expected JSON, found something else after 13 bytes'],
      ['["a"]', 'json', 'expected an object, found a list'],
      ['"a"', 'json', 'expected an object, found a string'],
      ['{"content":"a","id":1}', 'column', 'expected text in text, found nothing; text is in content'],
      ['{"text":null}', 'column', 'expected text in text, found null'],
      ['{"text":["a"]}', 'column', 'expected text in text, found a list'],
      ['{"__proto__":{"text":"a"}}', 'column', 'expected text in text, found nothing'],
      ['{"text":""}', 'empty', 'expected text, found none'],
      ['{"text":"\\ud800"}', 'utf8', 'expected Unicode, found half a surrogate pair'],
      [Buffer.from('{"text":"\xe9"}', 'latin1'), 'utf8', 'expected UTF-8, found another byte'],
    ];
    const lines = bad.flatMap(([line]) => [Buffer.from('{"text":"good"}'), Buffer.from(line)]);
    const found = await readSource(write(Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')]))));
    expect(found.texts).toEqual(bad.map(() => 'good'));
    bad.forEach(([, kind, detail], i) => {
      expect(found.faults[i]).toMatchObject({ kind, place: `line ${2 * i + 2}` });
      expect(found.faults[i]?.detail).toContain(detail);
    });
    expect(found.faults.length).toBe(bad.length);
  });

  test('a column that every object inherits is not there', async () => {
    const found = await readSource(write('{"text":"a"}\n'), { column: 'constructor' });
    expect(found.faults[0]?.detail).toContain('expected text in constructor, found nothing');
  });

  test('a JSON array is a line with exit code 65', async () => {
    expect(await errorOf(readSource(write('[{"text":"a"},\n{"text":"b"}]')), 65)).toContain(
      'x.jsonl: expected JSON lines, found a JSON array',
    );
  });

  test('a line of a gigabyte is a fault, and is never held', async () => {
    const piece = Buffer.alloc(1 << 20, 'a');
    const before = process.memoryUsage().rss;
    let most = 0;
    async function* stream(): AsyncGenerator<Buffer> {
      yield Buffer.from('{"text":"one"}\n{"text":"');
      for (let i = 0; i < 1024; i += 1) {
        yield Buffer.from(piece);
        most = Math.max(most, process.memoryUsage().rss - before);
        if (i % 16 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
      yield Buffer.from('"}\n{"text":"two"}\n');
    }
    const found = await readBatches(readJsonl(stream(), { source: 'x', column: 'text' }));
    expect(found.texts).toEqual(['one', 'two']);
    expect(found.faults).toMatchObject([{ kind: 'long', place: 'line 2' }]);
    expect(most).toBeLessThan(2.5 * longestDocument); // held until it is too long, then given up
  });
});
