import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { freeBytes } from '../../src/run/atomic.ts';
import {
  checkpointName,
  checkpointSteps,
  newestCheckpoint,
  retainCheckpoints,
  saveCheckpoint,
  sweepCheckpoints,
} from '../../src/run/checkpoints.ts';
import { exitCodeOf } from '../../src/run/failure.ts';

let folder = '';
let warnings: string[] = [];
const warn = (line: string): void => void warnings.push(line);

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'inheritune-checkpoints-')), 'checkpoints');
  warnings = [];
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

function save(step: number, text = `weights of ${step}`, extra = {}): Promise<string> {
  return saveCheckpoint(folder, step, (at) => writeFile(join(at, 'weights'), text), extra);
}

const at = (step: number, ...names: string[]): string => join(folder, checkpointName(step), ...names);

describe('save', () => {
  test('puts a whole folder under its name', async () => {
    expect(await save(1000, 'w', { fingerprint: 'x' })).toBe(join(folder, 'step-00001000'));
    expect(readdirSync(folder)).toEqual(['step-00001000']);
    expect(readdirSync(at(1000)).sort()).toEqual(['MANIFEST.json', 'weights']);
    const newest = await newestCheckpoint(folder, { warn });
    expect(newest).toMatchObject({ path: at(1000), step: 1000, manifest: { step: 1000, fingerprint: 'x' } });
  });

  test('of the same bytes keeps the first, of others is an error', async () => {
    await save(5);
    const before = readFileSync(at(5, 'MANIFEST.json'));
    expect(await save(5)).toBe(at(5));
    expect(readFileSync(at(5, 'MANIFEST.json'))).toEqual(before);
    const error: unknown = await save(5, 'other').catch((e: unknown) => e);
    expect(String(error)).toContain(`${at(5)}: is there already, with other bytes`);
    expect(exitCodeOf(error)).toBe(65);
    expect(readFileSync(at(5, 'weights'), 'utf8')).toBe('weights of 5');
    expect(readdirSync(folder)).toEqual(['step-00000005']);
  });

  test('takes the place of a damaged one', async () => {
    await save(5);
    truncateSync(at(5, 'weights'), 1);
    await save(5);
    expect(readFileSync(at(5, 'weights'), 'utf8')).toBe('weights of 5');
  });

  test('that throws leaves nothing, and the error is the one thrown', async () => {
    const problem = new TypeError('no such tensor');
    const failing = async (folder: string): Promise<void> => {
      await writeFile(join(folder, 'weights'), 'half');
      throw problem;
    };
    await expect(saveCheckpoint(folder, 5, failing)).rejects.toBe(problem);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('on a full disk says so in one line with code 74', async () => {
    const full = async (): Promise<void> => writeFile('/dev/full', 'x');
    const error: unknown = await saveCheckpoint(folder, 5, full).catch((e: unknown) => e);
    expect(exitCodeOf(error)).toBe(74);
    expect(String(error)).toMatch(
      /step-00000005: not saved: ENOSPC: no space left on device, write \([\d.]+ [kMGTP]?B free\); older checkpoints are untouched; make room/,
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  test('does not start without room for one as large as the last', async () => {
    await save(1);
    const bytes = 2 * (await freeBytes(folder));
    truncateSync(at(1, 'weights'), bytes); // sparse: takes no room itself
    const content = { version: 1, step: 1, files: [{ name: 'weights', bytes, sha256: '0'.repeat(64) }] };
    const sha256 = createHash('sha256').update(JSON.stringify(content)).digest('hex');
    writeFileSync(at(1, 'MANIFEST.json'), JSON.stringify({ ...content, sha256 }));

    let written = false;
    const error: unknown = await saveCheckpoint(folder, 2, async () => {
      written = true;
    }).catch((e: unknown) => e);
    expect(String(error)).toMatch(
      /step-00000002: not saved: expected .*B of free space, found .*B; free some/,
    );
    expect(exitCodeOf(error)).toBe(74);
    expect(written).toBe(false);
    expect(readdirSync(folder)).toEqual(['step-00000001']);
  });

  test.each([-1, 0.5, Number.NaN, 2 ** 53])('of step %d is refused', async (step) => {
    await expect(save(step)).rejects.toThrow(RangeError);
  });
});

describe('the newest', () => {
  test('is null where there is none', async () => {
    expect(await newestCheckpoint(folder, { warn })).toBe(null);
  });

  test('is by number, not by name', async () => {
    for (const step of [99_999_999, 100_000_000, 7]) await save(step);
    expect(await checkpointSteps(folder)).toEqual([100_000_000, 99_999_999, 7]);
    expect((await newestCheckpoint(folder, { warn }))?.step).toBe(100_000_000);
  });

  test('falls back past a damaged one with one warning', async () => {
    for (const step of [1, 2, 3]) await save(step);
    writeFileSync(at(3, 'weights'), 'weights of 4'); // same size
    expect((await newestCheckpoint(folder, { warn }))?.step).toBe(2);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(
      /step-00000003: not used: weights: expected sha256 .* found .*; looking for an older/,
    );
  });

  test('does not count half-made, half-deleted, renamed and foreign folders', async () => {
    await save(1);
    mkdirSync(join(folder, '.tmp-step-00000009-x'));
    mkdirSync(join(folder, '.trash-step-00000008-x'));
    mkdirSync(join(folder, 'step-7'));
    mkdirSync(join(folder, 'step-00000006.bak'));
    writeFileSync(join(folder, 'latest'), '');
    expect((await newestCheckpoint(folder, { warn }))?.step).toBe(1);
    expect(warnings).toEqual([]);
  });

  test('of another step in its manifest is refused', async () => {
    await save(1);
    mkdirSync(at(2));
    for (const name of ['weights', 'MANIFEST.json']) writeFileSync(at(2, name), readFileSync(at(1, name)));
    expect((await newestCheckpoint(folder, { warn }))?.step).toBe(1);
    expect(warnings[0]).toContain('its manifest is of step 1');
  });
});

describe('retention', () => {
  const steps = async (): Promise<number[]> => (await checkpointSteps(folder)).reverse();

  beforeEach(async () => {
    for (let step = 10; step <= 60; step += 10) await save(step);
  });

  test('keeps the last, the multiples and the best', async () => {
    const deleted = await retainCheckpoints(folder, { last: 2, every: 30, best: [20] });
    expect(deleted).toEqual([at(40), at(10)]);
    expect(await steps()).toEqual([20, 30, 50, 60]);
    expect(readdirSync(folder)).toHaveLength(4);
    expect(await retainCheckpoints(folder, { last: 2, every: 30, best: [20] })).toEqual([]);
  });

  test('by default keeps two', async () => {
    await retainCheckpoints(folder);
    expect(await steps()).toEqual([50, 60]);
  });

  test('a damaged one does not count as kept', async () => {
    truncateSync(at(60, 'weights'), 1);
    await retainCheckpoints(folder, { last: 2 });
    expect(await steps()).toEqual([40, 50, 60]);
    expect((await newestCheckpoint(folder, { warn }))?.step).toBe(50);
  });

  test('never keeps none', async () => {
    await expect(retainCheckpoints(folder, { last: 0 })).rejects.toThrow(RangeError);
  });
});

test('sweeping removes what was half made and half deleted, and needs no folder', async () => {
  await sweepCheckpoints(folder);
  await save(1);
  mkdirSync(join(folder, '.tmp-step-00000009-x', 'model'), { recursive: true });
  mkdirSync(join(folder, '.trash-step-00000008-x'));
  await sweepCheckpoints(folder);
  expect(readdirSync(folder)).toEqual(['step-00000001']);
});
