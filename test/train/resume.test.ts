// Resume is exact: a run that was killed and went on equals one that was not, in every bit of every file; and each
// piece of saved state is needed for that. It starts several processes, so it takes longer than most files.

import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { manifestName, writeManifest } from '../../src/run/manifest.ts';
import { openSafetensors, setThreads, writeSafetensors } from '../../src/torch/index.ts';
import type { Tensor } from '../../src/torch/index.ts';
import { hasBfloat16Products } from '../../src/torch/kernels.ts';
import { train } from '../../src/train/train.ts';
import { checkLiveTensors } from '../live-tensors.ts';
import {
  checkpointHashes,
  listener,
  smallOptions,
  startTraining,
  temporaryFolder,
  timelessMetrics,
  trainAndDie,
  writeTokens,
} from './rig.ts';

checkLiveTensors();
const folder = temporaryFolder();
const tokens = writeTokens(join(folder, 'tokens')); // 74 windows, 8 a step: an epoch ends at step 9, 18 and 27

/** Warm-up, then the cosine; evaluations at 0, 6 ... 24, checkpoints at 4, 8 ... 24. */
function options(out: string, given: Record<string, unknown> = {}) {
  return smallOptions({ out: join(folder, out), tokens, ...given });
}

describe.each(['float32', 'bfloat16'])('%s, dropout 0.1', (precision) => {
  const calm = options(`calm-${precision}`, { precision });
  const killed = options(`killed-${precision}`, { precision });

  beforeAll(async () => {
    await train(calm, listener().context);
    await trainAndDie(killed, 14); // the newest checkpoint is of step 12, two steps are lost
  });

  test('24 steps equal 12 steps, kill -9 and 12 steps, in every file of every checkpoint', async () => {
    const out = join(folder, `resumed-${precision}`);
    cpSync(killed.out, out, { recursive: true });
    const { context, lines, warnings } = listener();
    await train({ ...killed, out }, context);
    expect(lines.join('\n')).toContain('going on after step 12 from ');
    expect(warnings).toEqual([]);
    const hashes = await checkpointHashes(out);
    expect(Object.keys(hashes)).toEqual(
      [4, 8, 12, 16, 20, 24].map((step) => `step-${String(step).padStart(8, '0')}`),
    );
    expect(hashes).toEqual(await checkpointHashes(calm.out));
    const metrics = await timelessMetrics(out);
    expect(metrics.filter(({ type }) => type === 'train').map(({ step }) => step)).toEqual(
      Array.from({ length: 24 }, (_, index) => index + 1),
    );
    expect(metrics).toEqual(await timelessMetrics(calm.out));
  });

  test.each(mutants())('without %s the weights differ', async (name, mutate, differs = true) => {
    const out = join(folder, `mutant-${precision}-${name.replaceAll(' ', '-')}`);
    cpSync(killed.out, out, { recursive: true });
    const checkpoint = join(out, 'checkpoints', 'step-00000012');
    await mutate(checkpoint);
    await seal(checkpoint);
    await train({ ...killed, out }, listener().context);
    const [mutant, whole] = [await lastWeights(out), await lastWeights(calm.out)];
    if (differs) expect(mutant).not.toBe(whole);
    else expect(mutant).toBe(whole);
  });
});

const withoutDropout = { layers: 2, heads: 2, width: 16, context: 16, dropout: 0 };

test.each(['gpt2', 'llama'])('fused kernels, %s: as exact, and the same with two threads', async (family) => {
  const given = { precision: 'bfloat16', model: { ...withoutDropout, family } };
  const calm = options(`calm-fused-${family}`, given);
  const { context, lines } = listener();
  await train(calm, context);
  expect(lines.join('\n')).toContain(hasBfloat16Products() ? 'kernels: fused' : 'kernels: plain');
  const killed = options(`killed-fused-${family}`, {
    ...given,
    threads: hasBfloat16Products() ? 2 : 1, // libtorch's own sums depend on it
  });
  await trainAndDie(killed, 14);
  await train(killed, listener().context);
  setThreads(1);
  const [hashes, expected] = [await checkpointHashes(killed.out), await checkpointHashes(calm.out)];
  expect(Object.keys(hashes)).toHaveLength(6);
  expect(hashes).toEqual(expected);
});

test('the dropout stream alone: where the order of data cannot differ, another seed still gives other weights', async () => {
  const oneWindow = writeTokens(join(folder, 'one-window'), { train: 17 });
  const weightsOf = async (seed: number, dropout: number) => {
    const out = `stream-${seed}-${dropout}`;
    const given = { tokens: oneWindow, model: { layers: 2, heads: 2, width: 16, context: 16, dropout } };
    const run = options(out, { ...given, steps: 8 });
    await trainAndDie(run, 5);
    const checkpoint = join(run.out, 'checkpoints', 'step-00000004');
    await edit(checkpoint, (state) => ({ ...state, seed }));
    await seal(checkpoint);
    await train(run, listener().context);
    return (await checkpointHashes(run.out))['step-00000008']?.['model/model.safetensors'];
  };
  expect(await weightsOf(8, 0.1)).not.toBe(await weightsOf(7, 0.1));
  expect(await weightsOf(8, 0)).toBe(await weightsOf(7, 0));
});

test('five kills at random moments, and the end is the same', async () => {
  const given = { steps: 60, precision: 'bfloat16', model: withoutDropout }; // by fused kernels, where there are any
  const calm = options('calm-random', given);
  await train(calm, listener().context);
  const run = options('killed-random', given);
  let kills = 0;
  for (;;) {
    const training = startTraining(run);
    if (kills < 5) {
      await training.until(/parameters/);
      await new Promise((resolve) => setTimeout(resolve, 150 * Math.random()));
      training.child.kill('SIGKILL');
    }
    const end = await training.ended;
    if (end !== 'SIGKILL') {
      expect(end, training.said()).toBe(0);
      break;
    }
    kills += 1;
  }
  console.log(`killed ${kills} times`);
  expect(kills).toBeGreaterThan(0);
  expect(await checkpointHashes(run.out)).toEqual(await checkpointHashes(calm.out));
  expect(await timelessMetrics(run.out)).toEqual(await timelessMetrics(calm.out));
});

test('a run killed before its first checkpoint begins again, and records every step once', async () => {
  const calm = options('calm-early', { steps: 6 });
  const run = options('killed-early', { steps: 6 });
  await train(calm, listener().context);
  await trainAndDie(run, 2);
  expect((await timelessMetrics(run.out)).length).toBeGreaterThan(0);
  await train(run, listener().context);
  expect(await checkpointHashes(run.out)).toEqual(await checkpointHashes(calm.out));
  expect(await timelessMetrics(run.out)).toEqual(await timelessMetrics(calm.out));
});

type Mutant = [name: string, mutate: (checkpoint: string) => Promise<void>, differs?: boolean];

function mutants(): Mutant[] {
  const zeroed = (kind: string) => (checkpoint: string) =>
    editMoments(checkpoint, (name, tensor) => {
      if (name === `blocks.0.mlp.up.weight.${kind}`) tensor.zero_();
    });
  return [
    ['any change (the control)', async () => undefined, false],
    ['one first moment', zeroed('moment1')],
    ['one second moment', zeroed('moment2')],
    ['the count of updates', (at) => edit(at, (state) => ({ ...state, updates: 0 }))],
    ['the step', (at) => edit(at, (state) => ({ ...state, step: Number(state.step) + 1 }))],
    ['the position in the data', (at) => edit(at, (state) => ({ ...state, position: 0 }))],
    ['the seed', (at) => edit(at, (state) => ({ ...state, seed: Number(state.seed) + 1 }))],
  ];
}

async function lastWeights(run: string): Promise<string | undefined> {
  return (await checkpointHashes(run))['step-00000024']?.['model/model.safetensors'];
}

/** Changes trainer/state.json of a checkpoint. */
async function edit(
  checkpoint: string,
  change: (state: Record<string, unknown>) => Record<string, unknown>,
): Promise<void> {
  const path = join(checkpoint, 'trainer', 'state.json');
  const state = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  writeFileSync(path, JSON.stringify(change(state)));
}

/** Makes the manifest of a changed checkpoint true again. */
async function seal(checkpoint: string): Promise<void> {
  rmSync(join(checkpoint, manifestName));
  await writeManifest(checkpoint, { step: Number(/\d+$/.exec(checkpoint)?.[0]) });
}

async function editMoments(
  checkpoint: string,
  change: (name: string, moment: Tensor) => void,
): Promise<void> {
  const path = join(checkpoint, 'trainer', 'optimizer.safetensors');
  const file = await openSafetensors(path);
  const moments = new Map<string, Tensor>();
  for (const name of file.names) moments.set(name, await file.read(name));
  await file.close();
  for (const [name, moment] of moments) change(name, moment);
  rmSync(path);
  await writeSafetensors(path, moments);
  for (const moment of moments.values()) moment.release();
}
