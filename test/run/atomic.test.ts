import { execFileSync, spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  commitFolder,
  exists,
  freeBytes,
  makeFolder,
  removeLeftovers,
  writeFileAtomic,
} from '../../src/run/atomic.ts';
import { exitCodeOf } from '../../src/run/failure.ts';
import { runChild } from './child.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inheritune-atomic-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a file is replaced and nothing else is left', async () => {
  const path = join(folder, 'run.json');
  await writeFileAtomic(path, 'one');
  await writeFileAtomic(path, new Uint8Array([116, 119, 111]));
  expect(readFileSync(path, 'utf8')).toBe('two');
  expect(readdirSync(folder)).toEqual(['run.json']);
});

test('what cannot be written says where and why', async () => {
  const error: unknown = await writeFileAtomic(join(folder, 'missing', 'run.json'), 'x').catch(
    (e: unknown) => e,
  );
  expect(String(error)).toContain(`${join(folder, 'missing', 'run.json')}: not written: ENOENT`);
  expect(exitCodeOf(error)).toBe(65);
});

test('a target that is a folder stays, and no temporary does', async () => {
  mkdirSync(join(folder, 'run.json'));
  await expect(writeFileAtomic(join(folder, 'run.json'), 'x')).rejects.toThrow('not written');
  expect(readdirSync(folder)).toEqual(['run.json']);
});

describe('a full disk keeps the old file', () => {
  const replace = `
    import { writeFileAtomic } from 'RUN/atomic.js';
    import { exitCodeOf, errorLine } from 'RUN/failure.js';
    try { await writeFileAtomic(process.argv[1], new Uint8Array(Number(process.argv[2]))); }
    catch (error) { console.log(errorLine(error)); process.exitCode = exitCodeOf(error); }`;

  test('file size limit: first a short write, then EFBIG', () => {
    const path = join(folder, 'state');
    writeFileSync(path, 'old');
    // 512 blocks of 512 or 1024 bytes, as the shell counts
    const result = runChild(replace, [path, '3000000'], { before: 'ulimit -f 512' });
    expect(result).toEqual({ code: 74, output: `${path}: not written: EFBIG: file too large, write\n` });
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['state']);
  });

  test.skipIf(!canMount())('tmpfs of 1 MB (skipped where we are not root and cannot mount one)', () => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]);
    try {
      const path = join(folder, 'state');
      writeFileSync(path, 'old');
      const result = runChild(replace, [path, '3000000']);
      expect(result).toEqual({
        code: 74,
        output: `${path}: not written: ENOSPC: no space left on device, write\n`,
      });
      expect(readFileSync(path, 'utf8')).toBe('old');
      expect(readdirSync(folder)).toEqual(['state']);
    } finally {
      execFileSync('umount', [folder]);
    }
  });
});

test('a folder is committed whole and never over another', async () => {
  const temporary = join(folder, '.tmp-a');
  mkdirSync(join(temporary, 'model'), { recursive: true });
  writeFileSync(join(temporary, 'model', 'weights'), 'w');
  const final = join(folder, 'step-00000001');
  await commitFolder(temporary, final);
  expect(readFileSync(join(final, 'model', 'weights'), 'utf8')).toBe('w');

  mkdirSync(temporary);
  const error: unknown = await commitFolder(temporary, final).catch((e: unknown) => e);
  expect(String(error)).toContain('is there already');
  expect(exitCodeOf(error)).toBe(65);
  mkdirSync(join(folder, 'empty')); // rename(2) alone would replace an empty folder
  await expect(commitFolder(temporary, join(folder, 'empty'))).rejects.toThrow('is there already');
});

test('leftovers go, everything else stays', async () => {
  mkdirSync(join(folder, '.tmp-x', 'deep'), { recursive: true });
  writeFileSync(join(folder, '.tmp-x', 'deep', 'file'), '');
  writeFileSync(join(folder, '.tmp-run.json-1'), '');
  writeFileSync(join(folder, 'tmp-mine'), '');
  await removeLeftovers(folder, ['.tmp-']);
  expect(readdirSync(folder)).toEqual(['tmp-mine']);
});

test('folders are made with their parents, and again', async () => {
  const path = join(folder, 'a', 'b', 'c');
  await makeFolder(path);
  await makeFolder(path);
  expect(await exists(path)).toBe(true);
});

test('existence: a dangling link counts, a file in the way is no error', async () => {
  symlinkSync('nowhere', join(folder, 'link'));
  expect(await exists(join(folder, 'link'))).toBe(true);
  expect(await exists(join(folder, 'link', 'x'))).toBe(false);
  writeFileSync(join(folder, 'file'), '');
  expect(await exists(join(folder, 'file', 'x'))).toBe(false);
});

test('free bytes are those of df', async () => {
  const line = execFileSync('df', ['-Pk', folder], { encoding: 'utf8' }).trim().split('\n').at(-1) ?? '';
  const kilobytes = Number(line.split(/\s+/)[3]);
  expect(Math.abs((await freeBytes(folder)) / 1024 - kilobytes)).toBeLessThan(100_000); // others write meanwhile
});

function canMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const place = mkdtempSync(join(tmpdir(), 'inheritune-mount-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', place]).status === 0;
  if (mounted) spawnSync('umount', [place]);
  rmSync(place, { recursive: true });
  if (!mounted) console.warn('atomic: no tmpfs can be mounted here; the full-disk test is skipped');
  return mounted;
}

test.runIf(process.platform === 'linux')('makeFolder ends where the system makes no folders', async () => {
  await expect(makeFolder('/proc/inheritune/nope')).rejects.toMatchObject({ code: 'ENOENT' });
});
