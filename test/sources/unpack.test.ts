// gzip, zstd and xz: many members and frames, cut and changed anywhere, bytes after the end; nothing is passed over in silence.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Compression } from '../../src/sources/units.ts';
import { errorOf } from './reading.ts';
import { unpack } from '../../src/sources/unpack.ts';

const folder = join(import.meta.dirname, '..', 'golden', 'packed');
const golden = (name: string): Buffer => readFileSync(join(folder, name));
const text = golden('text.txt');

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  await Promise.resolve();
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function unpacked(bytes: Buffer, compression: Compression, size = 1 << 20): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of unpack(pieces(bytes, size), compression, 'FILE')) parts.push(part);
  return Buffer.concat(parts);
}

const files: readonly [string, Compression][] = [
  ['text.gz', 'gzip'],
  ['members.gz', 'gzip'],
  ['text.zst', 'zstd'],
  ['frames.zst', 'zstd'],
  ['text.xz', 'xz'],
  ['streams.xz', 'xz'],
];

describe.each(files)('%s', (name, compression) => {
  const bytes = golden(name);

  test('gives the text, in pieces of any size', async () => {
    for (const size of [1 << 20, 1009, 64, 7])
      expect((await unpacked(bytes, compression, size)).equals(text)).toBe(true);
  });

  test('gives the text, in pieces that end where its parts do', async () => {
    async function* parts(): AsyncGenerator<Buffer> {
      await Promise.resolve();
      let begin = 0;
      for (const end of cleanEnds(name).sort((a, b) => a - b)) {
        yield bytes.subarray(begin, end);
        begin = end;
      }
    }
    const found: Buffer[] = [];
    for await (const part of unpack(parts(), compression, 'FILE')) found.push(part);
    expect(Buffer.concat(found).equals(text)).toBe(true);
  });

  test('cut anywhere is a line with exit code 65', async () => {
    const ends = cleanEnds(name);
    for (let length = 0; length < bytes.length; length += name.startsWith('text') ? 13 : 29) {
      if (ends.includes(length)) continue;
      expect(await errorOf(unpacked(bytes.subarray(0, length), compression), 65)).toContain('FILE: expected');
    }
  });

  test('a changed byte is never another text', async () => {
    for (let at = 0; at < bytes.length; at += 37) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 0x40;
      const found = await unpacked(changed, compression).catch((error: unknown) => error);
      // A name or a time in gzip's header may change: the text does not.
      if (Buffer.isBuffer(found)) expect([at, found.equals(text)]).toEqual([at, true]);
      else expect(String(found)).toContain('FILE: expected');
    }
  });

  test('other bytes after the end are told', async () => {
    const more = Buffer.concat([bytes, Buffer.from('and more text, which would be lost')]);
    // Zeros are padding to gzip and xz, but only at the end.
    const padded = Buffer.concat([bytes, Buffer.alloc(8), Buffer.from('and more text')]);
    expect(await errorOf(unpacked(padded, compression), 65)).toContain('FILE: expected');
    for (const size of [1 << 20, bytes.length])
      expect(await errorOf(unpacked(more, compression, size), 65)).toContain('FILE: expected');
  });
});

/** Where a file of many parts may be cut without anybody being able to tell. */
function cleanEnds(name: string): number[] {
  return (JSON.parse(golden('parts.json').toString('utf8')) as Record<string, number[]>)[name] ?? [0];
}

describe('memory', () => {
  test('a bomb comes out bit by bit', async () => {
    const bomb = gzipSync(Buffer.alloc(300 << 20));
    const before = process.memoryUsage().rss;
    let most = 0;
    let bytes = 0;
    for await (const part of unpack(pieces(bomb, 1 << 16), 'gzip', 'FILE')) {
      bytes += part.length;
      most = Math.max(most, process.memoryUsage().rss - before);
    }
    expect(bytes).toBe(300 << 20);
    expect(most).toBeLessThan(200 << 20);
  });

  test('a zstd window of 2 GB is refused in words', async () => {
    const frame = Buffer.of(0x28, 0xb5, 0x2f, 0xfd, 0x00, (31 - 10) << 3, 0x01, 0x00, 0x00);
    expect(await errorOf(unpacked(frame, 'zstd'), 65)).toBe(
      'FILE: expected a zstd window of 134217728 bytes at most, found 2147483648; pack it again without --long',
    );
  });
});

const hasPrograms = ['zstd', 'xz'].every((program) => {
  try {
    return execFileSync(program, ['--version']).length > 0;
  } catch {
    return false;
  }
});
test.skipIf(!hasPrograms)('what zstd and xz pack now (skips without them)', async () => {
  const large = Buffer.concat(Array.from({ length: 300 }, () => text));
  const run = (program: string, ...args: string[]): Buffer =>
    execFileSync(program, [...args, '-c'], { input: large, maxBuffer: 1 << 28 });
  for (const packed of [
    run('zstd', '-19', '--long=27'),
    run('zstd', '-1', '--check'),
    run('zstd', '--no-check'),
  ])
    expect((await unpacked(packed, 'zstd', 1 << 16)).equals(large)).toBe(true);
  for (const packed of [run('xz', '-9'), run('xz', '-0', '--check=crc32'), run('xz', '--block-size=65536')])
    expect((await unpacked(packed, 'xz', 1 << 16)).equals(large)).toBe(true);
});
