// Every file call of a deletion goes wrong once: what still has a checkpoint's name is a whole checkpoint.

import { writeFile } from 'node:fs/promises';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  checkpointSteps,
  newestCheckpoint,
  saveCheckpoint,
  sweepCheckpoints,
} from '../../src/run/checkpoints.ts';
import { verifyManifest } from '../../src/run/manifest.ts';
import { openCrashLab } from './harness.ts';
import type { CrashLab, CrashRun } from './harness.ts';

const retain = `
  import { retainCheckpoints } from 'RUN/checkpoints.js';
  import { errorLine, exitCodeOf } from 'RUN/failure.js';
  try { await retainCheckpoints(process.argv[1], { last: 1, best: [1] }); }
  catch (error) { console.error(errorLine(error)); process.exitCode = exitCodeOf(error); }`;

describe.runIf(process.platform === 'linux')('retention (by LD_PRELOAD, so Linux only)', () => {
  let lab: CrashLab;
  beforeEach(async () => {
    lab = openCrashLab();
    for (const step of [1, 2, 3, 4])
      await saveCheckpoint(lab.start, step, (at) => writeFile(join(at, 'weights'), `${step}`));
  });
  afterEach(() => lab.close());

  async function expectWhole({ folder, title }: CrashRun): Promise<void> {
    const warnings: string[] = [];
    const newest = await newestCheckpoint(folder, { warn: (line) => warnings.push(line) });
    expect([newest?.step, warnings], title).toEqual([4, []]);
    const steps = await checkpointSteps(folder);
    expect(steps, title).toEqual(expect.arrayContaining([4, 1]));
    await sweepCheckpoints(folder);
    for (const name of readdirSync(folder))
      expect(await verifyManifest(join(folder, name)), `${title}: ${name}`).toMatchObject({ ok: true });
  }

  test('killed at every call', async () => {
    const runs = await lab.crash(retain, [{ how: 'kill' }], async (run) => {
      expect(run.code, run.title).toBe(137);
      await expectWhole(run);
    });
    expect(runs).toBe(2 * 6); // rename, fsync, rmdir (in vain), two unlinks and rmdir, for two checkpoints
  });

  test('failing at every call: one line, code 74', async () => {
    const runs = await lab.crash(retain, [{ how: 'eio' }, { how: 'eio', again: true }], async (run) => {
      expect(run.code, run.title).toBe(74);
      expect(run.stderr, run.title).toMatch(
        /^[^\n]*step-0000000[23]: not deleted: [^\n]*EIO[^\n]*newer checkpoints are untouched\n$/,
      );
      await expectWhole(run);
    });
    expect(runs).toBe(2 * 2 * 6);
  });
});
