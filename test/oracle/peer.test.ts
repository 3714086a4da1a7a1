// The PyTorch peers of bench:train train as we do on the same weights and windows: losses and gradient norms of the first steps.

import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { trainingOf, windowSource, writeModel } from '../../bench/compare-steps.ts';
import { linearLayers, modelNames } from '../../bench/models.ts';
import type { ModelName } from '../../bench/models.ts';
import { startPeer } from '../../bench/peer.ts';
import type { Peer } from '../../bench/peer.ts';
import { familyOf } from '../../src/model/families.ts';
import { hasBfloat16Products } from '../../src/torch/kernels.ts';
import { randomModel } from './models.ts';
import { makeFolder } from './python.ts';

const root = join(import.meta.dirname, '..', '..');
const python = process.env.INHERITUNE_ORACLE_PYTHON ?? 'python3';
const loader = pathToFileURL(join(root, 'tools', 'typescript.mjs')).href;
const environment = { OMP_NUM_THREADS: '1' };
const startPython = (script: string) => startPeer(script, [python, join(root, 'bench', script)], environment);

const noBfloat16 = !hasBfloat16Products();
const folder = makeFolder();
const ours = startPeer(
  'ours',
  [process.execPath, '--import', loader, join(root, 'bench', 'ours.ts')],
  environment,
);
const theirs = startPython('peer_train.py');
afterAll(async () => {
  await Promise.all([ours, theirs].map((peer) => peer.end()));
  rmSync(folder, { recursive: true });
});

interface Answer {
  losses: number[];
  norms: number[];
}

type Files = Awaited<ReturnType<typeof writeModel>>;

/** Losses and norms of `steps` steps of 3 windows, at `rates` or at none. */
async function train(peer: Peer, files: Files, family: ModelName, precision: string, rates: number[]) {
  const config = tinyModel(family);
  const init = { ...files, ...trainingOf(config, 3, { precision, kernels: 'auto', threads: 1 }) };
  const { kernels } = await peer.ask<{ kernels?: string }>({ cmd: 'init', ...init, compile: false });
  const starts = windowSource(config, 3)(rates.length);
  const steps = await peer.ask<Answer>({ cmd: 'steps', starts, rates });
  const validation = await peer.ask<Answer>({ cmd: 'validate', starts, tokens: files.tokens });
  return { kernels, losses: steps.losses, norms: steps.norms, validation: validation.losses };
}

/** A model whose attention is far from uniform. */
function writeTiny(family: ModelName): Promise<Files> {
  const config = tinyModel(family);
  return writeModel(mkdtempSync(join(folder, 'model-')), config, randomModel(config).weights);
}

function tinyModel(family: ModelName) {
  return familyOf({ family }).fromSizes({
    layers: 2,
    heads: 4,
    width: 64,
    context: 64,
    vocab: 200,
    paddedVocab: 200,
    bias: false,
    dropout: 0,
    scaleAttentionByInverseLayer: family === 'gpt2',
    keyValueHeads: family === 'llama' ? 2 : undefined,
    hidden: undefined,
    tied: undefined,
  });
}

const rates = [1e-3, 2e-3, 3e-3, 2e-3, 1e-3, 5e-4];
const keys = ['losses', 'norms', 'validation'] as const;

test.each(modelNames)('%s, float32: losses and norms of six steps', async (family) => {
  const files = await writeTiny(family);
  const [mine, other] = await Promise.all(
    [ours, theirs].map((peer) => train(peer, files, family, 'float32', rates)),
  );
  for (const key of keys)
    for (const [step, value] of mine[key].entries())
      expect(Math.abs(value / (other[key][step] ?? NaN) - 1), `${key}, step ${step}`).toBeLessThan(1e-5);
  expect(mine.losses).toHaveLength(rates.length);
  expect(mine.losses[0]).toBeGreaterThan(mine.validation.at(-1) ?? NaN); // it did learn
});

// Each side rounds to bfloat16 in places of its own, so the measure is the float32 step: ours must be no farther from it than theirs.
test.each(modelNames)('%s, bfloat16: as close to float32 as PyTorch is', async (family) => {
  const files = await writeTiny(family);
  const still = new Array<number>(40).fill(0); // rates: 40 batches of the same weights
  const exact = await train(ours, files, family, 'float32', still);
  const [mine, other] = await Promise.all(
    [ours, theirs].map((peer) => train(peer, files, family, 'bfloat16', still)),
  );
  const fused = noBfloat16 ? 'plain' : 'fused';
  expect(mine.kernels?.slice(0, fused.length)).toBe(fused);
  for (const key of keys) {
    const error = (side: typeof exact) =>
      Math.sqrt(exact[key].reduce((sum, value, i) => sum + (value - (side[key][i] ?? NaN)) ** 2, 0) / 40);
    expect(error(mine), key).toBeGreaterThan(0);
    expect(error(mine), key).toBeLessThan(1.25 * error(other));
  }
});

test('the peer of bare products counts the FLOPs it times', async () => {
  const peer = startPython('peer_mm.py');
  const layers = linearLayers(tinyModel('llama'), 72);
  await peer.ask({ cmd: 'init', layers, precision: 'bfloat16', threads: 1 });
  const { ms, flops } = await peer.ask<{ ms: number[]; flops: number }>({ cmd: 'steps', repeats: 2 });
  await peer.end();
  expect(flops).toBe(layers.reduce((sum, each) => sum + 6 * 72 * each.in * each.out * each.count, 0));
  expect(ms).toHaveLength(2);
  expect(Math.min(...ms)).toBeGreaterThan(0);
});
