// transformers loads model folders of ours: no key too few or too many, our logits, our greedy text.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inheritModel } from '../../src/inherit/inheritance.ts';
import type { Model } from '../../src/model/family.ts';
import { generate } from '../../src/model/sample.ts';
import { presets } from '../../src/model/presets.ts';
import { releaseWeights } from '../../src/model/weights.ts';
import { liveTensors } from '../../src/torch/index.ts';
import { randomModel, tiny, writeCase } from './models.ts';
import { full, makeFolder, runPython } from './python.ts';

interface Examined {
  class: string;
  dtype: string;
  missing_keys: string[];
  unexpected_keys: string[];
  mismatched_keys: string[];
  difference: number;
  greedy: number[];
}

const scaled = { ...tiny, scaleAttentionByInverseLayer: true };

/** Models by the name of their case; made one at a time. */
const cases: Record<string, () => Model> = {
  biases: () => randomModel(tiny),
  'layer scale': () => randomModel(scaled),
  'no biases, layer scale': () => randomModel({ ...scaled, bias: false }),
  'padded vocabulary': () => randomModel({ ...tiny, paddedVocab: 64 }),
  'dropout in the configuration': () => randomModel({ ...tiny, dropout: 0.5 }),
  'another epsilon': () => randomModel({ ...tiny, layerNormEpsilon: 1e-2 }),
  'layers 2, 0 inherited, scale of their new place': () => inherited({ keepScale: false }),
  'layers 2, 0 inherited, scale of their old place': () => inherited({ keepScale: true }),
  ...(full ? { 'GPT-2 124M at 1024 tokens': () => randomModel(gpt2Small, 0.05) } : {}),
};

const gpt2Small = { ...scaled, ...presets.small, bias: false, vocab: 50257, paddedVocab: 50304 };

function inherited(options: { keepScale: boolean }): Model {
  const reference = randomModel(scaled);
  const { model } = inheritModel(reference, [2, 0], options);
  releaseWeights(reference.weights);
  return model;
}

const folder = makeFolder();
const before = liveTensors();
const texts = new Map<string, number[]>();
let examined: Examined[] = [];

beforeAll(async () => {
  for (const [index, make] of Object.values(cases).entries()) {
    const model = make();
    const { prompt } = await writeCase(join(folder, String(index)), model);
    texts.set(String(index), generate(model, prompt, 8, { temperature: 0 }));
    releaseWeights(model.weights);
  }
  const folders = Object.keys(cases).map((_, index) => join(folder, String(index)));
  examined = JSON.parse(runPython('from_ours.py', [...folders, wrongScale(join(folder, '1'))])) as Examined[];
}, 280_000);

afterAll(() => {
  rmSync(folder, { recursive: true });
  expect(liveTensors()).toBe(before);
});

describe.each(Object.keys(cases).map((name, index) => [name, index] as const))('%s', (_, index) => {
  test('loads whole', () => {
    expect(examined[index]).toMatchObject({
      class: 'GPT2LMHeadModel',
      dtype: 'torch.float32',
      missing_keys: [],
      unexpected_keys: [],
      mismatched_keys: [],
    });
  });

  test('gives our logits within 1e-5 of the largest', () => {
    expect(examined[index]?.difference).toBeLessThan(1e-5);
  });

  test('gives our greedy text', () => {
    expect(examined[index]?.greedy).toEqual(texts.get(String(index)));
  });
});

test('another layer scale in config.json would be seen', () => {
  expect(examined.at(-1)?.difference).toBeGreaterThan(1e-3);
});

/** A copy of a case whose config.json says nothing of the layer scale. */
function wrongScale(original: string): string {
  const copy = `${original}-unscaled`;
  mkdirSync(copy);
  for (const file of ['model.safetensors', 'generation_config.json'])
    writeFileSync(join(copy, file), readFileSync(join(original, file)));
  writeFileSync(`${copy}.case.safetensors`, readFileSync(`${original}.case.safetensors`));
  const config = JSON.parse(readFileSync(join(original, 'config.json'), 'utf8')) as object;
  writeFileSync(
    join(copy, 'config.json'),
    JSON.stringify({ ...config, scale_attn_by_inverse_layer_idx: false }),
  );
  return copy;
}
