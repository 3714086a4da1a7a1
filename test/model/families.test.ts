// Every family against transformers: logits, loss, every gradient, attention matrices, greedy tokens, files both ways.

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { attentionMatrices } from '../../src/analyze/attention.ts';
import { measureModel } from '../../src/analyze/measure.ts';
import { inheritModel } from '../../src/inherit/inheritance.ts';
import { blocksInMemory, blocksOfFolder } from '../../src/model/blocks.ts';
import { keyValueCache } from '../../src/model/cache.ts';
import { familyOf, forward, initModel, parameterCount } from '../../src/model/families.ts';
import type { Model } from '../../src/model/family.ts';
import { readModelFolder, writeModelFolder } from '../../src/model/folder.ts';
import { fromHubConfig, fromHubTensors, toHubConfig, toHubTensors } from '../../src/model/huggingface.ts';
import { generate, scoreTokens } from '../../src/model/sample.ts';
import { flattenWeights, mapWeights, releaseWeights } from '../../src/model/weights.ts';
import { keep, noGrad, ops, scope } from '../../src/torch/index.ts';
import type { Tensor } from '../../src/torch/index.ts';
import { accumulateGradients } from '../../src/train/gradients.ts';
import { readGoldenJson, readGoldenTensors, relativeError } from '../golden.ts';
import { checkLiveTensors } from '../live-tensors.ts';

const folder = mkdtempSync(join(tmpdir(), 'inheritune-families-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const names = readdirSync(join(import.meta.dirname, '..', 'golden'))
  .flatMap((file) => /^(family-.+)\.json$/.exec(file)?.[1] ?? [])
  .sort();

interface Case extends Model {
  loss: number;
  golden: ReadonlyMap<string, Tensor>;
  free: () => void;
}

async function readCase(name: string): Promise<Case> {
  const json = readGoldenJson(name) as { config: object; loss: number };
  const golden = await readGoldenTensors(name);
  const config = fromHubConfig(json.config, name);
  const weights = await fromHubTensors(config, (key) =>
    Promise.resolve(scope(() => keep(named(golden, key).clone()))),
  );
  const free = () => {
    releaseWeights(weights);
    for (const tensor of golden.values()) tensor.release();
  };
  return { config, weights, loss: json.loss, golden, free };
}

function named(tensors: ReadonlyMap<string, Tensor>, key: string): Tensor {
  const tensor = tensors.get(key);
  if (!tensor) throw new Error(`golden file has no ${key}`);
  return tensor;
}

function idsOf(tensor: Tensor): number[] {
  return Array.from(tensor.data() as BigInt64Array, Number);
}

test('there are golden models of every family', () => {
  expect(names.length).toBeGreaterThanOrEqual(15);
});

describe.each(names)('%s', (name) => {
  checkLiveTensors();

  test('logits and attention matrices equal transformers’ within 1e-5 of the largest', async () => {
    const { config, weights, golden, free } = await readCase(name);
    const tokens = named(golden, 'tokens');
    const { embed, block, queriesAndKeys } = familyOf(config);
    noGrad(() =>
      scope(() => {
        expect(relativeError(forward(tokens, { config, weights }), named(golden, 'logits'))).toBeLessThan(
          1e-5,
        );
        let x = embed(tokens, weights, config);
        weights.blocks.forEach((each, layer) => {
          const { queries, keys } = queriesAndKeys(x, each, layer, config);
          const ours = attentionMatrices(queries, keys, { causal: true });
          const theirs = named(golden, 'attention').select(0, layer);
          expect(relativeError(ours, theirs), `layer ${layer}`).toBeLessThan(1e-5);
          x = block(x, each, layer, config);
        });
      }),
    );
    free();
  });

  test.each([
    ['whole graph', false, 0],
    ['recomputed, logits in chunks of 5 rows', true, 5],
  ])('loss and every gradient within 1e-5, %s', async (_, recompute, lossRows) => {
    const { config, weights, golden, loss, free } = await readCase(name);
    for (const leaf of flattenWeights(weights).values()) leaf.requiresGrad = true;
    const total = accumulateGradients(named(golden, 'tokens'), named(golden, 'targets'), weights, config, {
      precision: 'float32',
      scale: 1 / 22,
      recompute,
      lossRows,
      mode: { dropout: 0, seedDropout: () => undefined },
    });
    expect(Math.abs(total.item() / 22 - loss) / loss).toBeLessThan(1e-5);
    total.release();
    const gradients = mapWeights(weights, (leaf) => {
      const { grad } = leaf; // a new handle each time it is asked for
      if (!grad) throw new Error('no gradient');
      return grad;
    });
    const ours = toHubTensors({ config, weights: gradients });
    const expected = [...golden.keys()].filter((key) => key.startsWith('gradient.'));
    expect([...ours.keys()].map((key) => `gradient.${key}`).sort()).toEqual(expected.sort());
    for (const [key, gradient] of ours) {
      const theirs = named(golden, `gradient.${key}`);
      // a key's bias moves all logits of a query alike: its gradient is zero but for rounding
      const largest = (tensor: Tensor) => scope(() => tensor.abs().max().item());
      if (largest(theirs) < 1e-6) expect(largest(gradient), key).toBeLessThan(1e-6);
      else expect(relativeError(gradient, theirs), key).toBeLessThan(1e-5);
      gradient.release();
    }
    releaseWeights(gradients);
    free();
  });

  test('greedy tokens equal transformers’ with and without the cache, and beyond the context both are equal', async () => {
    const { config, weights, golden, free } = await readCase(name);
    const ids = idsOf(named(golden, 'greedy'));
    const model = { config, weights };
    for (const cache of [true, false])
      expect(generate(model, ids.slice(0, 4), ids.length - 4, { temperature: 0, cache })).toEqual(
        ids.slice(4),
      );
    const far = (cache: boolean) => generate(model, ids.slice(0, 4), config.context, { seed: 3, cache });
    expect(far(true)).toEqual(far(false));
    free();
  });

  test('a text that goes through the cache in three parts has the states of the whole', async () => {
    const { config, weights, golden, free } = await readCase(name);
    const { embed, block } = familyOf(config);
    const cache = keyValueCache(config.layers, 11);
    noGrad(() =>
      scope(() => {
        const through = (tokens: Tensor, first: number, cached: boolean) =>
          weights.blocks.reduce(
            (x, each, layer) =>
              block(x, each, layer, config, undefined, cached ? cache.blocks[layer] : undefined),
            embed(tokens, weights, config, first),
          );
        const tokens = named(golden, 'tokens');
        const parts = [
          [0, 5],
          [5, 4],
          [9, 2],
        ].map(([first, count]) => through(tokens.narrow(1, first, count), first, true));
        expect(relativeError(ops.cat(parts, 1), through(tokens, 0, false))).toBeLessThan(1e-5);
      }),
    );
    cache.release();
    free();
  });

  test('scores are the log-softmax of the logits', async () => {
    const { config, weights, golden, free } = await readCase(name);
    const ids = idsOf(named(golden, 'tokens')).slice(0, 11);
    const { logProbabilities, greedy, top } = scoreTokens({ config, weights }, ids, 2);
    scope(() => {
      const logits = named(golden, 'logits').select(0, 0).logSoftmax(-1); // [11, V]
      ids.slice(1).forEach((id, place) => {
        const row = Array.from(logits.select(0, place).data() as Float32Array);
        expect(logProbabilities[place]).toBeCloseTo(row[id] ?? NaN, 4);
        expect(greedy[place]).toBe(row[id] === Math.max(...row));
        expect(top[place]?.[0]?.logProbability).toBeCloseTo(Math.max(...row), 4);
      });
    });
    free();
  });

  test('a folder of ours holds the same bits and the same configuration, read whole or block by block', async () => {
    const { config, weights, golden, free } = await readCase(name);
    const path = mkdtempSync(join(folder, 'model-'));
    await writeModelFolder(path, { config, weights }, { tokenizerFiles: new Map(), endOfText: 1, card: '' });
    const again = await readModelFolder(path);
    expect(again.config).toEqual(config);
    expect(fromHubConfig(toHubConfig(config, { endOfText: null }), 'again')).toEqual(config);
    const leaves = flattenWeights(again.weights);
    expect([...leaves.keys()]).toEqual([...flattenWeights(weights).keys()]);
    for (const [key, leaf] of flattenWeights(weights)) expect(leaf.equal(named(leaves, key)), key).toBe(true);
    releaseWeights(again.weights);
    const settings = { taus: [0.9], eta: 0.9, causal: true };
    const source = await blocksOfFolder(path);
    expect(await measureModel(source, named(golden, 'tokens'), settings)).toEqual(
      await measureModel(blocksInMemory({ config, weights }), named(golden, 'tokens'), settings),
    );
    await source.close();
    free();
  });

  test('random weights of its configuration: as many as it counts, and layers are inherited', async () => {
    const { config, golden, weights, free } = await readCase(name);
    const random = initModel(config, 1);
    const count = [...flattenWeights(random).values()].reduce((sum, leaf) => sum + leaf.numel(), 0);
    expect(parameterCount(config)).toBe(count);
    expect([...flattenWeights(random).keys()]).toEqual([...flattenWeights(weights).keys()]);
    const { model, map } = inheritModel({ config, weights }, [1, 0, null]);
    expect(model.config).toEqual({ ...config, layers: 3 });
    expect(
      map.filter(({ source }) => source === null).every(({ target }) => target.startsWith('blocks.2.')),
    ).toBe(true);
    const leaves = flattenWeights(model.weights);
    for (const [key, leaf] of flattenWeights(weights)) {
      const moved = key.replace(/^blocks\.(\d)/, (_, layer) => `blocks.${1 - Number(layer)}`);
      expect(leaf.equal(named(leaves, moved)), key).toBe(true);
    }
    noGrad(() =>
      scope(() => expect(forward(named(golden, 'tokens'), model).isfinite().all().item()).toBe(1)),
    );
    releaseWeights(model.weights);
    releaseWeights(random);
    free();
  });

  test('bfloat16: gradients point the same way, and sampling from bfloat16 weights runs', async () => {
    const { config, weights, golden, free } = await readCase(name);
    for (const leaf of flattenWeights(weights).values()) leaf.requiresGrad = true;
    accumulateGradients(named(golden, 'tokens'), named(golden, 'targets'), weights, config, {
      precision: 'bfloat16',
      scale: 1 / 22,
      recompute: false,
      lossRows: 0,
      mode: { dropout: 0, seedDropout: () => undefined },
    }).release();
    const { headWeight } = familyOf(config);
    scope(() => {
      const ours = headWeight(weights).grad;
      if (!ours) throw new Error('no gradient');
      const key = [...golden.keys()].find((each) => /^gradient\.(lm_head|embed_out)\.weight$/.test(each));
      const theirs = named(
        golden,
        key ??
          [...golden.keys()].find((each) => /^gradient\..*(embed_tokens|embed_in|wte)\.weight$/.test(each)) ??
          '',
      );
      const cosine = ops.cosineSimilarity(ours.flatten(), theirs.flatten(), 0).item();
      expect(cosine).toBeGreaterThan(0.999);
      ours.release();
    });
    const half = mapWeights(weights, (leaf) => scope(() => keep(noGrad(() => leaf.detach().to('bfloat16')))));
    const made = generate({ config, weights: half }, [1, 2, 3], 8, { seed: 1 });
    expect(made.every((id) => id >= 0 && id < config.vocab)).toBe(true);
    releaseWeights(half);
    free();
  });
});
