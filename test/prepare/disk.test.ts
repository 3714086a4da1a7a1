// A full disk ends prepare with 74 and loses nothing: with room again, it goes on. A tmpfs is filled; needs root, for mount.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const root = mkdtempSync(join(tmpdir(), 'inheritune-prepare-disk-'));
const disk = join(root, 'disk');
mkdirSync(disk);
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', disk]).status === 0;
if (!mounted) console.warn('no right to mount a tmpfs: the test of a full disk does not run');
afterAll(() => {
  if (mounted) spawnSync('umount', [disk]);
  rmSync(root, { recursive: true });
});

const run = (options: object): { status: number | null; stderr: string } =>
  spawnSync(process.execPath, ['test/prepare/prepare-child.mjs', JSON.stringify(options), '100000'], {
    encoding: 'utf8',
  });
const sha256 = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

test.skipIf(!mounted).each([0, 2])('%i workers: exit code 74 in one line, and then it goes on', (workers) => {
  const source = Array.from({ length: 12 }, (_, i) => {
    const path = join(root, `${i}.txt`);
    writeFileSync(path, `text of file ${i} `.repeat(5000));
    return path;
  });
  const options = { source, tokenizer: 'bytes', validationSplit: 'tail', workers };
  expect(run({ ...options, out: join(root, `undisturbed-${workers}`) }).status).toBe(0);

  const out = join(disk, `tokens-${workers}`);
  writeFileSync(join(disk, 'ballast'), new Uint8Array(1_500_000));
  const full = run({ ...options, out });
  expect(full.stderr.trim().split('\n')).toEqual([
    expect.stringMatching(/tokens-\d: ENOSPC: .*; make room, and run it again to go on$/),
  ]);
  expect(full.status).toBe(74);
  expect(existsSync(join(out, 'tokens.json'))).toBe(false);

  rmSync(join(disk, 'ballast'));
  spawnSync('mount', ['-o', 'remount,size=20m', disk]);
  expect(run({ ...options, out }).status).toBe(0);
  for (const file of ['train.bin', 'val.bin'])
    expect(sha256(join(out, file))).toBe(sha256(join(root, `undisturbed-${workers}`, file)));
  rmSync(out, { recursive: true });
  spawnSync('mount', ['-o', 'remount,size=3m', disk]);
});

test.skipIf(!mounted)('a disk that cannot hold it even at best is refused before anything is read', () => {
  const path = join(root, 'large.txt');
  writeFileSync(path, 'many words '.repeat(2_000_000));
  const refused = run({
    source: [path],
    out: join(disk, 'refused'),
    tokenizer: 'bytes',
    validationSplit: 'tail',
  });
  expect(refused.stderr.trim()).toMatch(
    /refused: expected room for 22.0 MB at least, found [\d.]+ MB; make room, or choose another disk$/,
  );
  expect(refused.status).toBe(74);
  expect(existsSync(join(disk, 'refused', '.prepare', 'progress.json'))).toBe(false);
});
