// A model in shards of ours, fetched into a cache of ours: Python finds it by its name, and transformers loads it whole.

import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { fetchModel } from '../../src/hub/fetch.ts';
import { modelTensors, readModelFolder } from '../../src/model/folder.ts';
import { writeShards } from '../../src/model/shards.ts';
import { flattenWeights, releaseWeights } from '../../src/model/weights.ts';
import { startFakeHub } from '../hub/fake-hub.ts';
import { checkLiveTensors } from '../live-tensors.ts';
import { randomModel, tiny, writeCase, writeLogits } from './models.ts';
import { makeFolder, runPython } from './python.ts';

checkLiveTensors();

const folder = makeFolder();
afterAll(() => rmSync(folder, { recursive: true }));

interface Index {
  metadata: Record<string, number>;
  weight_map: Record<string, string>;
}

test('written in shards, fetched by name, loaded by transformers', async () => {
  const model = randomModel(tiny);
  const written = join(folder, 'written');
  await writeCase(written, model);
  rmSync(join(written, 'model.safetensors'));
  await writeShards(written, modelTensors(model), { maximalBytes: 9000 });

  const hub = await startFakeHub(join(folder, 'cache'));
  hub.files.clear();
  for (const name of readdirSync(written)) hub.files.set(name, readFileSync(join(written, name)));
  const snapshot = await fetchModel({ model: 'org/name' }, { settings: hub.settings });
  await hub.close();

  const python = JSON.parse(
    runPython('hub_cache.py', [hub.settings.cache, 'org/name', join(folder, 'theirs')]),
  ) as { snapshot: string; files: unknown; index: Index };
  const files = readdirSync(written).filter((name) => name !== 'README.md');
  expect(python).toMatchObject({
    snapshot,
    warnings: [],
    files: { 'org/name': { refs: ['main'], files: files.sort() } },
    ...{ missing_keys: [], unexpected_keys: [], mismatched_keys: [] },
  });

  const index = JSON.parse(readFileSync(join(written, 'model.safetensors.index.json'), 'utf8')) as Index;
  expect(index.metadata).toEqual(python.index.metadata);
  expect(Object.keys(index.weight_map)).toEqual(Object.keys(python.index.weight_map));
  expect(new Set(Object.values(index.weight_map)).size).toBeGreaterThan(3);

  await writeLogits(snapshot, model);
  const [examined] = JSON.parse(runPython('from_ours.py', [snapshot])) as { difference: number }[];
  expect(examined?.difference).toBeLessThan(1e-5);

  const theirs = await readModelFolder(join(folder, 'theirs')); // transformers' own shards
  const ours = flattenWeights(model.weights);
  for (const [path, tensor] of flattenWeights(theirs.weights))
    expect([path, tensor.data()]).toEqual([path, ours.get(path)?.data()]);
  releaseWeights(theirs.weights);
  releaseWeights(model.weights);
});
