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
import { randomModel } from './models.ts';
import { makeFolder } from './python.ts';

const root = join(import.meta.dirname, '..', '..');
const python = process.env.INHERITUNE_ORACLE_PYTHON ?? 'python3';
const loader = pathToFileURL(join(root, 'tools', 'typescript.mjs')).href;
const environment = { OMP_NUM_THREADS: '1' };
const startPython = (script: string) => startPeer(script, [python, join(root, 'bench', script)], environment);

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
  validation: number[];
}

const rates = [1e-3, 2e-3, 3e-3, 2e-3, 1e-3, 5e-4];

async function trainingFigures(peer: Peer, init: object & { tokens: string }, starts: number[][]) {
  await peer.ask({ cmd: 'init', ...init, compile: false });
  const steps = await peer.ask<Answer>({ cmd: 'steps', starts, rates });
  const { losses } = await peer.ask<Answer>({ cmd: 'validate', starts, tokens: init.tokens });
  return { ...steps, validation: losses };
}

function tinyModel(family: ModelName) {
  return familyOf({ family }).fromSizes({
    layers: 2,
    heads: 4,
    width: 32,
    context: 24,
    vocab: 61,
    paddedVocab: 61,
    bias: false,
    dropout: 0,
    scaleAttentionByInverseLayer: family === 'gpt2',
    keyValueHeads: family === 'llama' ? 2 : undefined,
    hidden: undefined,
    tied: undefined,
  });
}

// Both sides sum in float32 and round each product to bfloat16: steps drift apart by its noise, the first has none of it yet.
test.each(
  modelNames.flatMap((family) => [
    [family, 'float32', 1e-5, 1e-5] as const,
    [family, 'bfloat16', 5e-4, 1e-2] as const,
  ]),
)('%s, %s: losses and norms of our steps', async (family, precision, first, later) => {
  const config = tinyModel(family);
  const files = await writeModel(mkdtempSync(join(folder, 'model-')), config, randomModel(config).weights);
  const init = { ...files, ...trainingOf(config, 3, { precision, kernels: 'auto', threads: 1 }) };
  const starts = windowSource(config, 3)(rates.length);
  const [mine, other] = await Promise.all([ours, theirs].map((peer) => trainingFigures(peer, init, starts)));
  expect(mine.losses).toHaveLength(rates.length);
  expect(Math.abs((mine.losses[0] ?? NaN) - (other.losses[0] ?? NaN))).toBeLessThan(first);
  for (const key of ['losses', 'norms', 'validation'] as const)
    for (const [step, value] of mine[key].entries())
      expect(Math.abs(value / (other[key][step] ?? NaN) - 1), `${key}, step ${step}`).toBeLessThan(later);
  expect(mine.losses[0]).toBeGreaterThan(mine.validation.at(-1) ?? NaN); // it did learn
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
