// Tars: OpenWebText's form (a tar of packed tars of texts), names and sizes of all dialects, cuts and lies.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { isTar, tarMembers } from '../../src/sources/tar.ts';
import { errorOf, readSource } from './reading.ts';

const folder = mkdtempSync(join(tmpdir(), 'inheritune-tar-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A member with its header; `size` may lie. */
function member(
  name: string,
  content: string | Buffer,
  { type = '0', size }: { type?: string; size?: string } = {},
): Buffer {
  const bytes = Buffer.from(content as string);
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write('0000644\0', 100);
  header.write(size ?? `${bytes.length.toString(8).padStart(11, '0')}\0`, 124, 'latin1');
  header.write(type, 156);
  header.write('ustar\u000000', 257);
  header.write('        ', 148);
  let sum = 0;
  for (const byte of header) sum += byte;
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
}
const end = Buffer.alloc(1024);
const tar = (...members: Buffer[]): Buffer => Buffer.concat([...members, end]);
const write = (name: string, bytes: Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};

describe('documents', () => {
  test('texts, lines, packed files and tars inside; what is none of them is told', async () => {
    const inner = tar(member('1.txt', 'one'), member('2.txt', 'two'));
    const path = write(
      'a.tar',
      tar(
        member('subset.gz', gzipSync(inner)),
        member('folder', '', { type: '5' }),
        member('x.jsonl', '{"id":1}\n{"text":"three"}\n'),
        member('y.txt.gz', gzipSync('four')),
        member('bad.txt', Buffer.of(0xff)),
        member('z.png', 'no'),
      ),
    );
    const found = await readSource(path);
    expect(found.texts).toEqual(['one', 'two', 'three', 'four']);
    expect(found.rows).toEqual([0, 1, 3, 4]); // the others are faults
    expect(found.faults.map(({ kind, place }) => [kind, place])).toEqual([
      ['column', 'x.jsonl: line 1'],
      ['utf8', 'bad.txt'],
      ['member', 'z.png'],
    ]);
    expect((await readSource(write('a.tgz', gzipSync(readFileSync(path))))).texts).toEqual(found.texts);
  });

  test.each(['gnu', 'pax', 'ustar', 'v7'])(
    "long names and dates, as tar's %s format has them",
    async (format) => {
      const name = `${'deep/'.repeat(format === 'ustar' ? 30 : format === 'v7' ? 10 : 45)}é.txt`;
      const here = join(folder, format);
      mkdirSync(join(here, name, '..'), { recursive: true });
      writeFileSync(join(here, name), 'long');
      writeFileSync(join(here, 'z.txt'), 'short');
      const bytes = execFileSync('tar', ['-c', `--format=${format}`, '-C', here, 'deep', 'z.txt']);
      expect(isTar(bytes)).toBe(true);
      const names: string[] = [];
      async function* pieces(): AsyncGenerator<Buffer> {
        await Promise.resolve();
        for (let at = 0; at < bytes.length; at += 700) yield bytes.subarray(at, at + 700);
      }
      for await (const { name: found, content } of tarMembers(pieces(), 'x')) {
        names.push(found);
        if (found === 'z.txt') for await (const part of content) expect(part.toString()).toBe('short'); // others are passed over
      }
      expect(names).toEqual([name, 'z.txt']);
    },
  );
});

describe('damage', () => {
  test('cut anywhere is a line with exit code 65, but where a member ends and no mark is missing', async () => {
    const whole = tar(member('1.txt', 'one'), member('2.txt', 'x'.repeat(700)));
    for (let length = 1; length < whole.length - 1023; length += 97)
      expect(await errorOf(readSource(write('cut.tar', whole.subarray(0, length))), 65)).toContain(
        'cut.tar: expected',
      );
  });

  test('numbers that lie, and headers that are none', async () => {
    const bad = (bytes: Buffer) => errorOf(readSource(write('bad.tar', bytes)), 65);
    expect(await bad(tar(member('1.txt', 'one', { size: '77777777777\0' })))).toContain(
      'found its end inside 1.txt, of which',
    );
    const huge = Buffer.from([
      0x80, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    ]).toString('latin1');
    expect(await bad(tar(member('1.txt', 'one', { size: huge })))).toContain(
      'found a size that is no number',
    );
    expect(await bad(tar(member('1.txt', 'one', { size: '0000000zzz\0 ' })))).toContain(
      'found a size that is no number',
    );
    expect(await bad(tar(member('long', 'n', { type: 'L', size: '00100000000\0' })))).toContain(
      'found a header of 16777216 bytes',
    );
    expect(await bad(tar(member('pax', '99 path=x\n', { type: 'x' })))).toContain(
      'pax records that cannot be read',
    );
    const changed = tar(member('1.txt', 'one'));
    changed[3] = 0x41;
    expect(await bad(changed)).toContain('found a header with a wrong checksum');
  });
});
