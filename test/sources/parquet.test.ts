// Parquet against pyarrow (tools/golden/parquet_files.py): every packing, encoding and nesting; then files that are cut, changed, or lie.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { planUnits } from '../../src/sources/plan.ts';
import { exitCodeOf } from '../../src/run/failure.ts';
import { readGoldenJson } from '../golden.ts';
import { errorOf, readSource, readUnits } from './reading.ts';

interface Column {
  rows: number;
  missing: number[];
  empty: number[];
  texts: number;
  sha256: string;
}

const folder = join(import.meta.dirname, '..', 'golden', 'parquet');
const { files } = readGoldenJson('parquet/files') as { files: Record<string, Record<string, Column>> };
const pathOf = (name: string): string => join(folder, `${name}.parquet`);
const scratch = mkdtempSync(join(tmpdir(), 'inheritune-parquet-'));
afterAll(() => rmSync(scratch, { recursive: true }));

describe('equal to pyarrow', () => {
  const cases = Object.entries(files).flatMap(([name, columns]) =>
    Object.entries(columns).map(([column, golden]): [string, string, Column] => [name, column, golden]),
  );
  test.each(cases)('%s: %s', async (name, column, golden) => {
    const { units, documents } = await planUnits([pathOf(name)], { column });
    const found = await readUnits(units, { column });
    expect([found.texts.length, found.sha256]).toEqual([golden.texts, golden.sha256]);
    const rows = (kind: string): string[] =>
      found.faults.filter((fault) => fault.kind === kind).map(({ place }) => place);
    expect(rows('column')).toEqual(golden.missing.map((row) => `row ${row}`));
    expect(rows('empty')).toEqual(golden.empty.map((row) => `row ${row}`));
    expect(documents).toBe(golden.rows);
  });

  test('row groups can be read apart', async () => {
    const [unit] = (await planUnits([pathOf('fineweb-snappy')])).units;
    if (!unit) throw new Error('no unit');
    const groups = [0, 1, 2].map((group) => ({ ...unit, begin: group, end: group + 1 }));
    const found = await readUnits(groups);
    expect(found.sha256).toBe(files['fineweb-snappy']?.text?.sha256);
    expect((await readUnits(groups.slice(2))).texts).toEqual(found.texts.slice(100));
  });
});

describe('columns that are not there', () => {
  test('are named with those that are, exit code 64', async () => {
    expect(await errorOf(planUnits([pathOf('fineweb-zstd')], { column: 'content' }), 64)).toContain(
      'fineweb-zstd.parquet: expected text in the column content, found no such column; text is in text, id, dump, url, file_path, language',
    );
    const nested = (column: string) => errorOf(planUnits([pathOf('nested')], { column }), 64);
    expect(await nested('text')).toContain(
      'text is in meta.text, meta.url, passages.0, turns.0.role, turns.0.content, a.b',
    );
    expect(await nested('meta')).toContain('found a struct');
    expect(await nested('passages')).toContain('found a list (its first element is passages.0)');
    expect(await nested('passages.text')).toContain('found a list');
    expect(await nested('id')).toContain('found values of type INT64');
  });
});

describe('damaged files', () => {
  const write = (bytes: Uint8Array): string => {
    const path = join(scratch, 'x.parquet');
    writeFileSync(path, bytes);
    return path;
  };

  test('cut anywhere: one line, exit code 65', async () => {
    const bytes = readFileSync(pathOf('nulls'));
    for (let length = 0; length < bytes.length; length += 61)
      await errorOf(readSource(write(bytes.subarray(0, length))), 65);
  });

  test('a changed byte anywhere: an error with exit code 65 or another text, never a crash or a hang', async () => {
    for (const name of [
      'pages-v2',
      'nulls',
      'delta_byte_array',
      'fineweb-snappy',
      'fineweb-lz4',
      'dictionary-then-plain',
    ]) {
      const bytes = readFileSync(pathOf(name));
      const step = Math.ceil(bytes.length / 30);
      for (let at = 4; at < bytes.length; at += step)
        for (const value of [0xff, 0x00, (bytes[at] ?? 0) ^ 0x10]) {
          const changed = Buffer.from(bytes);
          changed[at] = value;
          const error: unknown = await readSource(write(changed)).then(
            () => null,
            (caught: unknown) => caught,
          );
          if (error !== null)
            expect([name, at, error, [64, 65].includes(exitCodeOf(error))]).toEqual([name, at, error, true]);
        }
    }
  }, 60_000);

  test('a page whose checksum is wrong', async () => {
    const bytes = readFileSync(pathOf('pages-checked'));
    const changed = Buffer.from(bytes);
    changed[700] = (changed[700] ?? 0) ^ 1;
    expect(await errorOf(readSource(write(changed)), 65)).toContain('row group 0: found a wrong checksum');
  });

  test('a row group that says it has more rows than its column', async () => {
    const bytes = readFileSync(pathOf('nested'));
    const place = bytes.indexOf(Buffer.of(0x16, 40 * 2, 0x26)); // num_rows, then file_offset
    expect(place).toBeGreaterThan(0);
    const changed = Buffer.from(bytes);
    changed[place + 1] = 41 * 2;
    expect(await errorOf(readSource(write(changed), { column: 'passages.0' }), 65)).toContain(
      'row group 0: found 40 rows where 41 were announced',
    );
  });

  test('other bytes, an encrypted file, footers that lie', async () => {
    expect(await errorOf(readSource(write(Buffer.from('a,b\n1,2\n'.repeat(9)))), 65)).toContain(
      'x.parquet: expected parquet, found no PAR1 at its end',
    );
    expect(await errorOf(readSource(write(Buffer.from('PARE'.repeat(9)))), 65)).toContain('is encrypted');
    const bytes = readFileSync(pathOf('fineweb-zstd'));
    const longer = Buffer.from(bytes);
    longer.writeUInt32LE(0x7fffffff, bytes.length - 8);
    expect(await errorOf(readSource(write(longer)), 65)).toContain('found a footer of 2147483647 bytes');
    // A list of 2^28 elements where the schema's is.
    const liar = Buffer.concat([
      Buffer.from('PAR1'),
      Buffer.of(0x15, 2, 0x19, 0xfc, 0xff, 0xff, 0xff, 0x7f, 0),
      Buffer.of(9, 0, 0, 0),
      Buffer.from('PAR1'),
    ]);
    expect(await errorOf(readSource(write(liar)), 65)).toContain('found a footer that cannot be read');
  });
});
