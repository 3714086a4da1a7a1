// Every file call of a save goes wrong once: the newest checkpoint is whole, and none that is half written counts.

import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newestCheckpoint, saveCheckpoint, sweepCheckpoints } from '../../src/run/checkpoints.ts';
import { openCrashLab } from './harness.ts';
import type { CrashLab, CrashRun } from './harness.ts';

const save = `
  import { writeFile } from 'node:fs/promises';
  import { saveCheckpoint } from 'RUN/checkpoints.js';
  import { errorLine, exitCodeOf } from 'RUN/failure.js';
  try {
    await saveCheckpoint(process.argv[1], 2, async (at) => {
      await writeFile(at + '/weights', 'weights of 2');
      await writeFile(at + '/state', 'state of 2');
    });
    console.log('announced');
  } catch (error) {
    console.error(errorLine(error));
    process.exitCode = exitCodeOf(error);
  }`;

describe.runIf(process.platform === 'linux')('a save (by LD_PRELOAD, so Linux only)', () => {
  let lab: CrashLab;
  beforeEach(async () => {
    lab = openCrashLab();
    await saveCheckpoint(lab.start, 1, (at) => writeFile(join(at, 'weights'), 'weights of 1'));
  });
  afterEach(() => lab.close());

  /** The newest checkpoint is whole, was not refused anything newer, and a sweep leaves checkpoints only. */
  async function newestStep({ folder, title }: CrashRun): Promise<number> {
    const warnings: string[] = [];
    const newest = await newestCheckpoint(folder, { warn: (line) => warnings.push(line) });
    expect(warnings, title).toEqual([]);
    expect(newest, title).not.toBe(null);
    expect(readFileSync(join(folder, 'step-00000001', 'weights'), 'utf8'), title).toBe('weights of 1');
    await sweepCheckpoints(folder);
    expect(
      readdirSync(folder).filter((name) => !name.startsWith('step-')),
      title,
    ).toEqual([]);
    return newest?.step ?? -1;
  }

  test('makes the calls it should: all bytes, then fsyncs, then the name, then the fsync of the folder', async () => {
    const calls = (await lab.calls(save)).map((call) =>
      call.replace(/^\d+ /, '').replace(/(step-\d{8})-[0-9a-f]{8}/, '$1'),
    );
    expect(calls).toEqual([
      'mkdir .tmp-step-00000002',
      'open .tmp-step-00000002/weights',
      'write .tmp-step-00000002/weights',
      'open .tmp-step-00000002/state',
      'write .tmp-step-00000002/state',
      'open .tmp-step-00000002/MANIFEST.json',
      'write .tmp-step-00000002/MANIFEST.json',
      'fsync .tmp-step-00000002/MANIFEST.json',
      'fsync .tmp-step-00000002/state',
      'fsync .tmp-step-00000002/weights',
      'fsync .tmp-step-00000002',
      'rename step-00000002',
      expect.stringMatching(/^fsync .*\/calm$/) as string,
    ]);
  });

  test('killed at every call: the new one when its name was there, else the old one', async () => {
    const steps = new Map<number, number>();
    const runs = await lab.crash(save, [{ how: 'kill' }], async (run) => {
      expect([run.code, run.stdout], run.title).toEqual([137, '']);
      steps.set(Number.parseInt(run.title), await newestStep(run));
    });
    expect(runs).toBe(13);
    const found = [...steps].sort(([a], [b]) => a - b).map(([, step]) => step);
    expect(found).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2]);
  });

  test('failing at every call: one line, code 74, the old one untouched', async () => {
    const faults = [{ how: 'eio' }, { how: 'enospc' }, { how: 'eio', again: true }, { how: 'full' }] as const;
    const runs = await lab.crash(save, faults, async (run, { how }) => {
      expect(run.code, run.title).toBe(74);
      expect(run.stdout, run.title).toBe('');
      expect(run.stderr, run.title).toMatch(
        /^[^\n]*step-00000002: not saved: [^\n]*older checkpoints are untouched[^\n]*\n$/,
      );
      expect(run.stderr, run.title).toContain(how === 'eio' ? 'EIO' : 'ENOSPC');
      // Only the fsync of the parent fails after the rename: then the new one is there, whole but not announced.
      expect(await newestStep(run), run.title).toBe(run.title.startsWith('13 ') ? 2 : 1);
    });
    expect(runs).toBe(3 * 13 + 3);
  });

  test('with a short write at every write: saved all the same', async () => {
    const runs = await lab.crash(save, [{ how: 'short' }], async (run) => {
      expect([run.code, run.stdout], run.title).toEqual([0, 'announced\n']);
      expect(await newestStep(run), run.title).toBe(2);
    });
    expect(runs).toBe(3);
  });
});

describe.runIf(process.platform === 'linux')('a replaced file (by LD_PRELOAD, so Linux only)', () => {
  const replace = `
    import { writeFileAtomic } from 'RUN/atomic.js';
    import { errorLine, exitCodeOf } from 'RUN/failure.js';
    try { await writeFileAtomic(process.argv[1] + '/run.json', 'new'); }
    catch (error) { console.error(errorLine(error)); process.exitCode = exitCodeOf(error); }`;

  test('is the old one or the new one, whatever call goes wrong', async () => {
    const lab = openCrashLab();
    try {
      mkdirSync(lab.start);
      writeFileSync(join(lab.start, 'run.json'), 'old');
      const faults = [
        { how: 'kill' },
        { how: 'eio' },
        { how: 'enospc' },
        { how: 'short' },
        { how: 'full' },
      ] as const;
      const runs = await lab.crash(replace, faults, async ({ folder, code, stderr, title }, { how }) => {
        const last = title.startsWith('5 '); // fsync of the folder, after the rename
        expect(readFileSync(join(folder, 'run.json'), 'utf8'), title).toBe(
          last || how === 'short' ? 'new' : 'old',
        );
        expect(code, title).toBe({ kill: 137, eio: 74, enospc: 74, full: 74, short: 0 }[how]);
        expect(stderr.split('\n').length - 1, title).toBe(code === 74 ? 1 : 0);
        if (how !== 'kill') expect(readdirSync(folder), title).toEqual(['run.json']);
      });
      expect(runs).toBe(5 * 3 + 2);
    } finally {
      lab.close();
    }
  });
});
