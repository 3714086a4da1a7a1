// A full disk costs a save, not the run: a small tmpfs is filled while a run trains on it. Needs root, for mount.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { train } from '../../src/train/train.ts';
import type { TrainHook } from '../../src/train/train.ts';
import { checkLiveTensors } from '../live-tensors.ts';
import {
  checkpointHashes,
  failureOf,
  listener,
  smallOptions,
  temporaryFolder,
  timelessMetrics,
  writeTokens,
} from './rig.ts';

const folder = temporaryFolder();
const disk = join(folder, 'disk');
mkdirSync(disk);
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', disk]).status === 0;
if (!mounted) console.warn('no right to mount a tmpfs: the tests of a full disk do not run');
const ballast = join(disk, 'ballast');
afterAll(() => {
  if (mounted) execFileSync('umount', [disk]);
});

function freeBytes(): number {
  const { bavail, bsize } = statfsSync(disk);
  return bavail * bsize;
}

/** After a step, leaves `bytes` free on the disk, or takes the ballast away. */
function leaveFree(plan: Record<number, number | 'all'>): TrainHook {
  return {
    every: 1,
    run: async ({ step }) => {
      const left = plan[step];
      if (left === undefined) return {};
      rmSync(ballast, { force: true });
      if (left !== 'all') writeFileSync(ballast, new Uint8Array(Math.max(0, freeBytes() - left)));
      return {};
    },
  };
}

describe.skipIf(!mounted)('a full disk (skipped without the right to mount)', () => {
  checkLiveTensors();
  const tokens = writeTokens(join(folder, 'tokens'));
  const calm = smallOptions({ out: join(folder, 'calm'), tokens });
  const options = (name: string) => ({ ...calm, out: join(disk, name) });
  const lastOf = async (run: string) => (await checkpointHashes(run))['step-00000024'];
  let calmRun: Promise<unknown> | null = null;
  const expectTheEndOfCalm = async (run: string) => {
    await (calmRun ??= train(calm, listener().context));
    expect(await lastOf(run)).toEqual(await lastOf(calm.out));
    expect(await timelessMetrics(run)).toEqual(await timelessMetrics(calm.out));
  };

  // A checkpoint has about 130 kB: nothing at all, and half of one (then the disk ends in the middle of a file).
  test.each([0, 64_000])(
    'with %i bytes left: one line a save, no line of the log lost, and the run ends well',
    async (left) => {
      const run = { ...options(`two-${left}`), checkpoint: { ...calm.checkpoint, every: 8 } };
      const { context, lines, warnings } = listener();
      await train(run, context, [leaveFree({ 2: left, 20: 'all' })]); // the saves of steps 8 and 16 fail
      const saves = warnings.filter((line) => line.includes('/checkpoints/'));
      expect(saves).toEqual([
        expect.stringMatching(/step-00000008: not saved: ENOSPC.* free\); .*; training goes on$/),
        expect.stringMatching(/step-00000016: not saved: ENOSPC.* free\); .*; training goes on$/),
      ]);
      const log = warnings.filter((line) => line.includes('metrics.jsonl'));
      expect(log.length).toBe(left === 0 ? 2 : 0); // not written; written again
      expect(warnings.length).toBe(saves.length + log.length);
      expect(lines.filter((line) => line.includes(': saved '))).toHaveLength(1);
      await expectTheEndOfCalm(run.out);
      rmSync(run.out, { recursive: true });
    },
  );

  test('three failed saves in a row end with 74; with room again the same command goes on', async () => {
    const run = options('three');
    const { context, warnings } = listener();
    const { message, code } = await failureOf(train(run, context, [leaveFree({ 6: 64_000 })])); // saved: step 4
    expect(code).toBe(74);
    expect(message).toMatch(
      /step-00000016: not saved: expected 1\d\d kB of free space, found \d+(\.\d+)? kB; /,
    );
    expect(message).toMatch(
      /; the third save in a row that failed; make room and run the same command again$/,
    );
    expect(message).not.toContain('\n');
    expect(warnings).toHaveLength(2);
    expect(Object.keys(await checkpointHashes(run.out))).toEqual(['step-00000004']);
    rmSync(ballast);
    await train(run, listener().context);
    await expectTheEndOfCalm(run.out);
    rmSync(run.out, { recursive: true });
  });

  test('a stop with no room to save ends with 74 at once, and says so', async () => {
    const run = options('stopped');
    const { context, asked } = listener();
    const stop: TrainHook = {
      every: 6,
      run: async () => {
        asked.stop = 'SIGTERM';
        return {};
      },
    };
    const { message, code } = await failureOf(train(run, context, [leaveFree({ 6: 0 }), stop]));
    expect([code, message]).toEqual([
      74,
      expect.stringMatching(/step-00000006: not saved: .*; make room and run the same command again$/),
    ]);
    expect(Object.keys(await checkpointHashes(run.out))).toEqual(['step-00000004']);
    rmSync(ballast);
    await train(run, listener().context);
    await expectTheEndOfCalm(run.out);
    rmSync(run.out, { recursive: true });
  });
});
