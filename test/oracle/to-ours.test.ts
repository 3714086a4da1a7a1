// Model folders that transformers wrote load in ours and give its logits.

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { readModelFolder } from '../../src/model/folder.ts';
import { forward } from '../../src/model/families.ts';
import { releaseWeights } from '../../src/model/weights.ts';
import { liveTensors, noGrad, openSafetensors, scope } from '../../src/torch/index.ts';
import type { Tensor } from '../../src/torch/index.ts';
import { full, makeFolder, runPython } from './python.ts';

const folder = makeFolder();
const names = ['plain', 'scaled', 'epsilon', 'bfloat16', 'bare', ...(full ? ['gpt2-124m'] : [])];
let before = 0;

beforeAll(() => {
  const written: unknown = JSON.parse(runPython('to_ours.py', [folder, ...(full ? ['--full'] : [])]));
  expect(written).toEqual(names);
}, 280_000);
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  before = liveTensors();
});
afterEach(() => {
  expect(liveTensors()).toBe(before);
});

test.each(names)('%s: logits within 1e-5 of the largest', async (name) => {
  expect(await difference(name)).toBeLessThan(1e-5);
});

test('another layer scale would be seen', async () => {
  expect(await difference('scaled', { scaleAttentionByInverseLayer: false })).toBeGreaterThan(1e-3);
});

/** Largest difference of our logits from transformers', as a share of the largest. */
async function difference(name: string, change: { scaleAttentionByInverseLayer?: boolean } = {}) {
  const { config, weights } = await readModelFolder(join(folder, name));
  const file = await openSafetensors(join(folder, `${name}.case.safetensors`));
  const [tokens, theirs] = [await file.read('tokens'), await file.read('logits')];
  await file.close();
  const largest = noGrad(() =>
    scope(() => {
      const ours = forward(tokens, { config: { ...config, ...change }, weights });
      const maximum = (tensor: Tensor) => tensor.abs().max().item();
      return maximum(ours.sub(theirs)) / maximum(theirs);
    }),
  );
  releaseWeights(weights);
  tokens.release();
  theirs.release();
  return largest;
}
