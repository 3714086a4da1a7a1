import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exitCodeOf } from '../../src/run/failure.ts';
import { openMetrics, readMetrics } from '../../src/run/metrics.ts';
import { runChild } from './child.ts';

let folder = '';
let path = '';
let warnings: string[] = [];
const warn = (line: string): void => void warnings.push(line);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inheritune-metrics-'));
  path = join(folder, 'metrics.jsonl');
  warnings = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

const steps = async (): Promise<unknown[]> => (await readMetrics(path)).map((record) => record.step);

test('what is appended is read, NaN and infinities too', async () => {
  const metrics = await openMetrics(path, { warn });
  void metrics.append({ step: 1, loss: Number.NaN, best: null, kind: 'train' });
  void metrics.append({ step: 2, loss: -Infinity, gradientNorm: 1e308, done: false });
  await metrics.close();
  expect(readFileSync(path, 'utf8').split('\n')[0]).toBe(
    '{"step":1,"loss":"NaN","best":null,"kind":"train"}',
  );
  expect(await readMetrics(path)).toEqual([
    { step: 1, loss: Number.NaN, best: null, kind: 'train' },
    { step: 2, loss: -Infinity, gradientNorm: 1e308, done: false },
  ]);
});

test('a missing file has no records, and is made', async () => {
  expect(await readMetrics(path)).toEqual([]);
  await (await openMetrics(path, { warn })).close();
  expect(readFileSync(path, 'utf8')).toBe('');
});

test('a torn last line is skipped by the reader and cut by the next writer', async () => {
  for (const torn of ['{"step":3', '{"step":3}', '{"step":3,"x":"\u{1f600}'.slice(0, -1), '{']) {
    writeFileSync(path, `{"step":1}\n{"step":2}\n${torn}`);
    expect(await steps()).toEqual([1, 2]);
    const metrics = await openMetrics(path, { warn });
    await metrics.append({ step: 3 });
    await metrics.close();
    expect(readFileSync(path, 'utf8')).toBe('{"step":1}\n{"step":2}\n{"step":3}\n');
  }
});

test('a broken line in the middle is an error with its number', async () => {
  writeFileSync(path, '{"step":1}\n{"st\n{"step":2}\n');
  const error: unknown = await readMetrics(path).catch((e: unknown) => e);
  expect(String(error)).toContain(`${path}:2: expected a JSON object, found {"st`);
  expect(exitCodeOf(error)).toBe(65);
});

test('resuming drops later steps, so that no step is there twice and none is missing', async () => {
  const first = await openMetrics(path, { warn });
  for (let step = 1; step <= 7; step += 1) void first.append({ step, loss: step });
  void first.append({ note: 'no step' });
  await first.close();
  appendFileSync(path, '{"step":8,"lo'); // killed

  const second = await openMetrics(path, { warn });
  await second.truncateAfterStep(4);
  for (let step = 5; step <= 8; step += 1) void second.append({ step, loss: step });
  await second.close();
  expect(await steps()).toEqual([1, 2, 3, 4, undefined, 5, 6, 7, 8]);

  const third = await openMetrics(path, { warn });
  await third.truncateAfterStep(100);
  await third.truncateAfterStep(0);
  await third.close();
  expect(await readMetrics(path)).toEqual([{ note: 'no step' }]);
});

test.skipIf(!mountable())(
  'lines wait in memory until a full tmpfs has room (skipped where none can be mounted)',
  async () => {
    spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]);
    try {
      const metrics = await openMetrics(path, { warn });
      const filler = join(folder, 'filler');
      const text = 'x'.repeat(1000);
      await metrics.append({ step: 1, text });
      writeFileSync(filler, new Uint8Array(60 * 1024 - 4096));
      for (let step = 2; step <= 20; step += 1) await metrics.append({ step, text }); // the disk takes a part of one line
      expect(warnings).toHaveLength(1);
      expect((await readMetrics(path)).length).toBeLessThan(20);
      rmSync(filler);
      await metrics.append({ step: 21, text });
      await metrics.close();
      expect(warnings).toEqual([
        `${path}: not written: ENOSPC: no space left on device, write; lines are kept in memory and tried again`,
        `${path}: written again, nothing is missing`,
      ]);
      expect(await steps()).toEqual(Array.from({ length: 21 }, (_, index) => index + 1));
    } finally {
      spawnSync('umount', [folder]);
    }
  },
);

test('a file size limit tears a line; the next start mends it', async () => {
  const script = `
    import { openMetrics } from 'RUN/metrics.js';
    const metrics = await openMetrics(process.argv[1], { warn: (line) => console.log(line) });
    for (let step = 1; step <= 200; step += 1) await metrics.append({ step, text: 'x'.repeat(3000) });
    await metrics.close();`;
  const { code, output } = runChild(script, [path], { before: 'ulimit -f 512' });
  expect(code).toBe(0);
  expect(output.match(/EFBIG/g)).toHaveLength(1); // one warning, not one a line
  const before = await steps();
  expect(before.length).toBeGreaterThan(80);
  expect(readFileSync(path).at(-1)).not.toBe(0x0a);
  const metrics = await openMetrics(path, { warn });
  await metrics.append({ step: 1000 });
  await metrics.close();
  expect(await steps()).toEqual([...before, 1000]);
});

function mountable(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const place = mkdtempSync(join(tmpdir(), 'inheritune-mount-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', place]).status === 0;
  if (mounted) spawnSync('umount', [place]);
  else console.warn('metrics: no tmpfs can be mounted here; the full-disk test is skipped');
  rmSync(place, { recursive: true });
  return mounted;
}
