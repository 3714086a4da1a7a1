// Files, folders and globs into units: the same in the same order each time, told apart by content, and sizes without reading.

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { planUnits } from '../../src/sources/plan.ts';
import { errorOf, readSource } from './reading.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inheritune-plan-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, bytes: string | Uint8Array): string => {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, bytes);
  return path;
};
const line = (text: string): string => `${JSON.stringify({ text })}\n`;

describe('what is read', () => {
  test('a folder gives its readable files by name, subfolders and links too, and nothing hidden', async () => {
    write('b.jsonl', line('b'));
    write('a/z.txt', 'z');
    write('a.json.gz', gzipSync(line('a')));
    write('notes.md', 'no');
    write('.cache/c.txt', 'no');
    write('.d.txt', 'no');
    symlinkSync(join(folder, 'b.jsonl'), join(folder, 'c.jsonl'));
    const plan = await planUnits([folder]);
    expect(
      plan.units.map(({ source, format, compression }) => [
        source.slice(folder.length + 1),
        format,
        compression,
      ]),
    ).toEqual([
      ['a.json.gz', 'jsonl', 'gzip'],
      ['a/z.txt', 'text', 'none'],
      ['b.jsonl', 'jsonl', 'none'],
      ['c.jsonl', 'jsonl', 'none'],
    ]);
    expect(plan.origins.map((origin) => origin.path)).toEqual(plan.units.map(({ source }) => source));
    expect(await planUnits([folder])).toEqual(plan);
    expect((await readSource(folder)).texts).toEqual(['a', 'z', 'b', 'b']);
  });

  test('a glob gives what it fits, by name', async () => {
    for (const name of ['x/2.jsonl', 'x/1.jsonl', 'x/1.txt', 'y/3.jsonl']) write(name, line(name));
    expect((await readSource(join(folder, '*', '*.jsonl'))).texts).toEqual([
      'x/1.jsonl',
      'x/2.jsonl',
      'y/3.jsonl',
    ]);
    expect(await errorOf(planUnits([join(folder, '*.zst')]), 64)).toContain(
      'expected files that this pattern fits, found none',
    );
    const odd = write('[1].txt', 'a name that looks like a pattern');
    expect((await readSource(odd)).texts).toEqual(['a name that looks like a pattern']);
  });

  test('files whose names are silent are told by their content', async () => {
    const formats = async (bytes: string | Uint8Array) =>
      (await planUnits([write('data', bytes)])).units.map(
        ({ format, compression }) => `${format} ${compression}`,
      );
    expect(await formats(gzipSync('{"text":"a"}'))).toEqual(['jsonl gzip']);
    expect(await formats(gzipSync('a text'))).toEqual(['text gzip']);
    expect(await formats('{"text":"a"}')).toEqual(['jsonl none']);
    expect(await formats('{not json}')).toEqual(['text none']);
    expect(
      (await planUnits([write('a.bin', 'xx'), write('b.npy', 'xx')])).units.map(({ format }) => format),
    ).toEqual(['tokens', 'tokens']);
  });

  test('large files are cut where that can be done, and only there', async () => {
    const cuts = async (name: string, separator = 'file') => {
      const path = write(name, '');
      truncateSync(path, 100 << 20); // a hole
      const { units, bytes } = await planUnits([path], { separator });
      expect(bytes).toBe(100 << 20);
      return units.map(({ begin, end }) => [begin / 2 ** 20, end / 2 ** 20]);
    };
    const parts = Array.from({ length: 13 }, (_, i) => [8 * i, Math.min(100, 8 * i + 8)]);
    expect(await cuts('a.jsonl')).toEqual(parts);
    expect(await cuts('a.txt', 'blank-line')).toEqual(parts);
    expect(await cuts('b.txt', '<\\|endoftext\\|>')).toEqual(parts);
    expect(await cuts('c.txt', '\\n+')).toEqual([[0, 100]]);
    expect(await cuts('d.txt')).toEqual([[0, 100]]);
  });
});

describe('what is not', () => {
  test('a path that is none, a folder without text, a file named twice: exit code 64', async () => {
    expect(await errorOf(planUnits([join(folder, 'absent')]), 64)).toContain(
      'absent: expected a file, a folder, a glob',
    );
    expect(await errorOf(planUnits([folder]), 64)).toContain(
      'files in this folder, packed or not, found none',
    );
    const path = write('a.txt', 'a');
    expect(await errorOf(planUnits([path, folder]), 64)).toContain('a.txt: is named twice');
  });

  test('a file that is not what its name says: exit code 65', async () => {
    expect(await errorOf(planUnits([write('a.jsonl.gz', line('a'))]), 65)).toContain(
      'a.jsonl.gz: expected gzip, as its name says, found other bytes',
    );
    expect(await errorOf(planUnits([write('a.jsonl.zst', gzipSync('a'))]), 65)).toContain(
      'expected zstd, as its name says, found gzip',
    );
    expect(await errorOf(planUnits([write('b.jsonl.xz', '')]), 65)).toContain('found an empty file');
  });

  test('reading ends when it is told to', async () => {
    const stop = new AbortController();
    stop.abort(new Error('enough'));
    const path = write('a.txt', 'a');
    await expect(readSource(path, { signal: stop.signal })).rejects.toThrow('enough');
  });
});
