// Files of every family as the years have left them: names without the model's prefix, heads twice, stored masks. And the
// inherit job from file to file.

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { inherit, inheritOptions } from '../../src/inherit/inherit.ts';
import { initModel } from '../../src/model/families.ts';
import type { Model } from '../../src/model/family.ts';
import { readModelFolder, writeModelFolder } from '../../src/model/folder.ts';
import { fromHubConfig, hubShapes, toHubTensors } from '../../src/model/huggingface.ts';
import { flattenWeights, releaseWeights } from '../../src/model/weights.ts';
import { silentConsole } from '../../src/run/console.ts';
import { exitCodeOf } from '../../src/run/failure.ts';
import { noGrad, ops, scope, writeSafetensors } from '../../src/torch/index.ts';
import type { Tensor } from '../../src/torch/index.ts';
import { readGoldenJson } from '../golden.ts';
import { checkLiveTensors } from '../live-tensors.ts';

const folder = mkdtempSync(join(tmpdir(), 'inheritune-family-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const names = readdirSync(join(import.meta.dirname, '..', 'golden'))
  .flatMap((file) => /^(family-.+)\.json$/.exec(file)?.[1] ?? [])
  .sort();

/** What names begin with when transformers saves a model with its head, and not when it saves one without. */
const prefixes: Record<string, string> = {
  llama: 'model.',
  'gpt-neox': 'gpt_neox.',
  opt: 'model.',
  mpt: 'transformer.',
};

function modelOf(name: string): Model {
  const config = fromHubConfig((readGoldenJson(name) as { config: object }).config, name);
  const weights = initModel(config, 3);
  noGrad(() =>
    scope(() => {
      for (const leaf of flattenWeights(weights).values()) leaf.normal_(0, 0.3);
    }),
  );
  return { config, weights };
}

/** A folder of ours whose tensors are then renamed, or others put with them. */
async function writeRenamed(
  model: Model,
  rename: (name: string) => string,
  more: ReadonlyMap<string, Tensor> = new Map(),
): Promise<string> {
  const path = mkdtempSync(join(folder, 'model-'));
  await writeModelFolder(path, model, { tokenizerFiles: new Map(), endOfText: 1, card: '' });
  rmSync(join(path, 'model.safetensors')); // it is never written over
  const tensors = toHubTensors(model);
  const renamed = new Map([...tensors].map(([name, tensor]) => [rename(name), tensor]));
  await writeSafetensors(join(path, 'model.safetensors'), new Map([...renamed, ...more]), { format: 'pt' });
  for (const tensor of [...tensors.values(), ...more.values()]) tensor.release();
  return path;
}

async function expectSame(path: string, model: Model): Promise<void> {
  const again = await readModelFolder(path);
  const leaves = flattenWeights(again.weights);
  for (const [key, leaf] of flattenWeights(model.weights)) {
    const theirs = leaves.get(key);
    expect(theirs && leaf.equal(theirs), key).toBe(true);
  }
  releaseWeights(again.weights);
}

describe.each(names)('%s', (name) => {
  checkLiveTensors();

  test('names without the prefix are read; an untied model’s head is missed by name', async () => {
    const model = modelOf(name);
    const prefix = prefixes[model.config.family] ?? '';
    expect([...hubShapes(model.config).keys()].some((key) => key.startsWith(prefix))).toBe(true);
    const bare = (key: string) => (key.startsWith(prefix) ? key.slice(prefix.length) : key);
    await expectSame(await writeRenamed(model, bare), model);
    const headless = (key: string) => (/^(lm_head|embed_out)\./.test(key) ? `${key}.lost` : bare(key));
    const head = [...flattenWeights(model.weights).keys()].includes('head');
    const reading = readModelFolder(await writeRenamed(model, headless));
    if (head) await expect(reading).rejects.toThrow(/missing (lm_head|embed_out)\.weight/);
    else releaseWeights((await reading).weights);
    releaseWeights(model.weights);
  });

  test('a tied head that the file holds all the same is passed over; a tensor of no use is named', async () => {
    const model = modelOf(name);
    const { tokenEmbedding, head } = model.weights as { tokenEmbedding: Tensor; head?: Tensor | null };
    if (!head) {
      const twice = new Map([['lm_head.weight', scope(() => tokenEmbedding.clone())]]);
      await expectSame(await writeRenamed(model, (key) => key, twice), model);
    }
    const other = new Map([['other.weight', scope(() => ops.zeros([1], { dtype: 'float32' }))]]);
    const error: unknown = await readModelFolder(await writeRenamed(model, (key) => key, other)).catch(
      (reason: unknown) => reason,
    );
    expect(String(error)).toContain('unexpected other.weight');
    expect(exitCodeOf(error)).toBe(65);
    releaseWeights(model.weights);
  });

  test('the inherit job takes its last layer and all the rest, to the bit', async () => {
    const model = modelOf(name);
    const from = await writeRenamed(model, (key) => key);
    const out = join(folder, `inherited-${name}`);
    await inherit(inheritOptions.parse({ from, out, layers: '1' }), { console: silentConsole });
    const target = await readModelFolder(out);
    expect(target.config).toEqual({ ...model.config, layers: 1 });
    const [theirs, ours] = [flattenWeights(model.weights), flattenWeights(target.weights)];
    expect(ours.size).toBeGreaterThan(0);
    for (const [key, leaf] of ours) {
      const source = theirs.get(key.replace(/^blocks\.0\./, 'blocks.1.'));
      expect(source && leaf.equal(source), key).toBe(true);
    }
    for (const { weights } of [model, target]) releaseWeights(weights);
  });
});

describe('GPT-NeoX', () => {
  checkLiveTensors();

  test('masks and frequencies that old transformers stored are passed over', async () => {
    const model = modelOf('family-neox');
    const at = 'gpt_neox.layers.0.attention';
    const stored = new Map<string, Tensor>([
      [`${at}.bias`, scope(() => ops.ones([1, 1, 32, 32], { dtype: 'bool' }))],
      [`${at}.masked_bias`, scope(() => ops.full([1], -1e9, { dtype: 'float32' }))],
      [`${at}.rotary_emb.inv_freq`, scope(() => ops.ones([1], { dtype: 'float32' }))],
    ]);
    await expectSame(await writeRenamed(model, (key) => key, stored), model);
    releaseWeights(model.weights);
  });
});
