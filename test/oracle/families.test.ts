// Every variant of every family: ours to transformers and back. Its logits and greedy text are ours, the bits come back.

import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ModelConfig } from '../../src/model/family.ts';
import { readModelFolder } from '../../src/model/folder.ts';
import type { GptNeoxConfig } from '../../src/model/gpt-neox.ts';
import { fromHubConfig } from '../../src/model/huggingface.ts';
import type { MptConfig } from '../../src/model/mpt-config.ts';
import { generate } from '../../src/model/sample.ts';
import { flattenWeights, releaseWeights } from '../../src/model/weights.ts';
import { liveTensors } from '../../src/torch/index.ts';
import { readGoldenJson } from '../golden.ts';
import { randomModel, writeCase } from './models.ts';
import { makeFolder, runPython } from './python.ts';

interface Examined {
  missing_keys: string[];
  unexpected_keys: string[];
  mismatched_keys: string[];
  difference: number;
  greedy: number[];
  uncached: number[];
  padding: number | null;
}

/** The configurations of the golden models, and some whose numbers are awkward to write. */
const cases: Record<string, ModelConfig> = {
  ...Object.fromEntries(
    readdirSync(join(import.meta.dirname, '..', 'golden'))
      .flatMap((file) => /^family-(.+)\.json$/.exec(file)?.[1] ?? [])
      .map((name) => [name, goldenConfig(name)]),
  ),
  'mpt, whole numbers where transformers wants fractions': {
    ...goldenConfig('mpt-clipped'),
    clip: 1,
    scale: 2,
  } as MptConfig,
  'neox, 30 of 44 channels turned': {
    ...goldenConfig('neox'),
    width: 88,
    hidden: 40,
    rotaryWidth: 30,
  } as GptNeoxConfig,
};

function goldenConfig(name: string): ModelConfig {
  return fromHubConfig((readGoldenJson(`family-${name}`) as { config: object }).config, name);
}

const folder = makeFolder();
const before = liveTensors();
const texts: number[][] = [];
let examined: Examined[] = [];

beforeAll(async () => {
  for (const [index, config] of Object.values(cases).entries()) {
    const model = randomModel(config);
    const { prompt } = await writeCase(join(folder, String(index)), model);
    const greedy = (cache: boolean) => generate(model, prompt, 8, { temperature: 0, cache });
    texts.push(greedy(true));
    expect(greedy(false)).toEqual(greedy(true));
    releaseWeights(model.weights);
  }
  const folders = texts.map((_, index) => join(folder, String(index)));
  examined = JSON.parse(runPython('round_trip.py', folders)) as Examined[];
}, 280_000);

afterAll(() => {
  rmSync(folder, { recursive: true });
  expect(liveTensors()).toBe(before);
});

describe.each(Object.entries(cases).map(([name, config], index) => ({ name, config, index })))(
  '$name',
  ({ config, index }) => {
    test('loads whole, with our logits within 1e-5 of the largest', () => {
      expect(examined[index]).toMatchObject({ missing_keys: [], unexpected_keys: [], mismatched_keys: [] });
      expect(examined[index]?.difference).toBeLessThan(1e-5);
    });

    test('gives our greedy text, with a cache and without', () => {
      expect(examined[index]?.greedy).toEqual(texts[index]);
      expect(examined[index]?.uncached).toEqual(texts[index]);
    });

    test('would train every row of the embedding', () => {
      expect(examined[index]?.padding).toBeNull();
    });

    test('comes back from save_pretrained with every bit', async () => {
      const model = await readModelFolder(join(folder, String(index)));
      const again = await readModelFolder(join(folder, `${index}-again`));
      expect(model.config).toEqual(config);
      expect(again.config).toEqual(config);
      const leaves = flattenWeights(again.weights);
      expect([...leaves.keys()]).toEqual([...flattenWeights(model.weights).keys()]);
      for (const [key, leaf] of flattenWeights(model.weights)) {
        const theirs = leaves.get(key);
        expect(theirs && leaf.equal(theirs), key).toBe(true);
      }
      for (const { weights } of [model, again]) releaseWeights(weights);
    });
  },
);
