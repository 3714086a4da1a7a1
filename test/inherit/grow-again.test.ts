// JOB grow started again: after faults everywhere, after a signal, moved, and with other options.

import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { grow } from '../../src/inherit/grow.ts';
import type { GrowResult } from '../../src/inherit/grow.ts';
import { readRun } from '../../src/run/directory.ts';
import { exitCodeOf } from '../../src/run/failure.ts';
import { checkLiveTensors } from '../live-tensors.ts';
import { listen, makeTokens, resultHashes, runGrow, temporaryFolder, tinyGrow } from './rig.ts';

const folder = temporaryFolder();
const plain = join(folder, 'plain'); // a finished job that the tests copy and compare with
const controls = ['same-steps', 'same-flops'];
let finished: GrowResult | null;
beforeAll(async () => {
  await makeTokens(folder);
  finished = (await run({ out: plain, controls })).result;
});
afterAll(() => rmSync(folder, { recursive: true }));

checkLiveTensors();

const run = (changes: object, onLine?: (line: string) => void) => runGrow(folder, changes, onLine);

describe('after a fault', () => {
  test.each([
    ['within the reference', 'step  5/12', 1],
    ['within a round', 'step 1/4', 4],
    ['when a round’s checkpoint was just announced', 'step 4: saved', 2],
    ['between a round’s start and its training', 'round 2: 3 layers: ', 1],
    ['when a round was just compared', 'round 1: 2 layers, loss', 1],
    ['within a control', 'step 2/4', 4],
  ])('%s, the same command ends with the same bytes', async (_, words, times) => {
    const out = join(folder, 'again');
    let seen = 0;
    const faulty = await run({ out, controls }, (line) => {
      if (line.includes(words)) seen += 1;
      if (seen === times) throw new Error('a fault');
    });
    expect(faulty.error).toEqual(new Error('a fault'));
    expect((await readRun(out))?.state).toBe('failed');
    const { result } = await run({ out, controls });
    expect(resultsOf(result)).toEqual(resultsOf(finished));
    expect(resultHashes(out)).toEqual(resultHashes(plain));
    rmSync(out, { recursive: true });
  });

  test('stopped by a signal: exit code 75, and the same command goes on', async () => {
    const out = join(folder, 'stopped');
    let requested = false;
    const { context, lines } = listen((line) => (requested ||= line.startsWith('round 1: 2 layers: ')));
    const stop = { ...context.stop, requested: () => (requested ? ('SIGTERM' as const) : null) };
    const error: unknown = await grow(tinyGrow(folder, { out }), { ...context, stop }).catch(
      (thrown: unknown) => thrown,
    );
    expect(exitCodeOf(error)).toBe(75);
    expect((await readRun(out))?.state).toBe('stopped');
    expect(lines.at(-1)).toContain('saved');
    const { result } = await run({ out });
    expect(resultsOf(result)?.rounds).toEqual(resultsOf(finished)?.rounds);
    rmSync(out, { recursive: true });
  });

  test('a finished job started again trains nothing and says the same', async () => {
    const before = resultHashes(plain);
    const { result, lines } = await run({ out: plain, controls });
    expect(resultsOf(result)).toEqual(resultsOf(finished));
    expect(lines.length).toBe(1); // the reference's
    expect(resultHashes(plain)).toEqual(before);
  });

  test('a job goes on where its folder was moved to, and more rounds may be asked for', async () => {
    const short = join(folder, 'short');
    await run({ out: short, maxRounds: 1, controls: ['same-steps'] });
    cpSync(short, join(folder, 'moved'), { recursive: true });
    rmSync(short, { recursive: true });
    const { result } = await run({ out: join(folder, 'moved'), controls });
    expect(resultsOf(result)).toEqual(resultsOf(finished)); // the control of 2 layers is no longer in the table
    expect(existsSync(join(folder, 'moved', 'same-steps-2-layers'))).toBe(true);
    rmSync(join(folder, 'moved'), { recursive: true });
  });
});

describe('options changed since the last start', () => {
  test('another tolerance judges the rounds there are again, without training', async () => {
    const out = copyOf('plain');
    const { result, lines } = await run({
      out,
      stop: { windows: 64, block: 8, tolerance: 5 },
      controls,
    });
    expect(result?.matched).toBe(true);
    expect(result?.rounds.map(({ matched }) => matched)).toEqual([true, true, true]);
    expect(result?.rounds.map(({ loss }) => loss)).toEqual(finished?.rounds.map(({ loss }) => loss));
    expect(lines.some((line) => /^step +\d+\/\d+/.test(line))).toBe(false);
    expect(lines).toContain(`${out}: changed since the last start: stop.tolerance: 0 -> 5`);
    rmSync(out, { recursive: true });
  });

  test('other windows compare every model again', async () => {
    const out = copyOf('plain');
    const { result } = await run({
      out,
      stop: { windows: 48, block: 8, tolerance: 0 },
      controls: ['same-steps'],
    });
    expect(result?.referenceLosses?.length).toBe(48);
    expect(
      [...(result?.rounds ?? []), ...(result?.controls ?? [])].map((each) => each.difference?.blocks),
    ).toEqual([6, 6, 6, 6]);
    rmSync(out, { recursive: true });
  });

  test('a round’s start that was made otherwise is not used silently', async () => {
    const out = join(folder, 'other');
    await run({ out, growth: 'random' }, (line) => {
      if (line.startsWith('round 2: 3 layers: ')) throw new Error('a fault');
    });
    const { error } = await run({ out, growth: 'zero' });
    expect(error).toEqual(
      new Error(
        `${join(out, 'round-2-start')}: was made as '2 trained layers of round-1, then 1 more: random ones (seed 1337)', the options now ask for ` +
          `'2 trained layers of round-1, then 1 more: random ones that change nothing at first (seed 1337)'; undo the change, or remove it and round-2`,
      ),
    );
    expect(exitCodeOf(error)).toBe(64);
    rmSync(out, { recursive: true });
  });
});

function copyOf(name: string): string {
  const out = join(folder, `${name}-copy`);
  cpSync(join(folder, name), out, { recursive: true });
  return out;
}

/** What a job found out, without where it lies. */
function resultsOf(result: GrowResult | null) {
  const named = <T extends { run: string }>({ run: _, ...rest }: T) => rest;
  return (
    result && {
      reference: named(result.reference),
      rounds: result.rounds.map(named),
      controls: result.controls.map(named),
    }
  );
}
