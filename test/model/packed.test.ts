// Many texts packed in one row against each text alone, for every family.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { keyValueCache } from '../../src/model/cache.ts';
import { familyOf, hiddenStates } from '../../src/model/families.ts';
import type { Model } from '../../src/model/family.ts';
import { fromHubConfig, fromHubTensors } from '../../src/model/huggingface.ts';
import { fillPrefix, packedStates } from '../../src/model/packed.ts';
import type { TokenForest } from '../../src/model/packed.ts';
import { releaseWeights } from '../../src/model/weights.ts';
import { fromTypedArray, keep, noGrad, ops, scope } from '../../src/torch/index.ts';
import type { Tensor } from '../../src/torch/index.ts';
import { readGoldenJson, readGoldenTensors, relativeError } from '../golden.ts';
import { checkLiveTensors } from '../live-tensors.ts';

const names = readdirSync(join(import.meta.dirname, '..', 'golden'))
  .flatMap((file) => /^((?:family|gpt2)-.+)\.json$/.exec(file)?.[1] ?? [])
  .sort();

async function withModel(name: string, use: (model: Model) => void): Promise<void> {
  const json = readGoldenJson(name) as { config: object };
  const golden = await readGoldenTensors(name);
  const config = fromHubConfig(json.config, name);
  const weights = await fromHubTensors(config, (key) =>
    Promise.resolve(scope(() => keep((golden.get(key) as Tensor).clone()))),
  );
  try {
    noGrad(() => scope(() => use({ config, weights })));
  } finally {
    releaseWeights(weights);
    for (const tensor of golden.values()) tensor.release();
  }
}

/** Finished states of a text by itself: [T, E]. */
function alone(model: Model, ids: readonly number[]): Tensor {
  const tokens = fromTypedArray(BigInt64Array.from(ids, BigInt), [1, ids.length]);
  return hiddenStates(tokens, model).squeeze(0);
}

/** The texts that end at each token of a forest. */
function textsOf({ ids, parents }: TokenForest): number[][] {
  const texts: number[][] = [];
  for (const [i, parent] of parents.entries()) texts.push([...(texts[parent] ?? []), ids[i] ?? 0]);
  return texts;
}

// 1 2 3, then from 3: 4 5 and 6, then from 2: 7; a text of its own: 8 9. And a plain text.
const branched: TokenForest = { ids: [1, 2, 3, 4, 5, 6, 7, 8, 9], parents: [-1, 0, 1, 2, 3, 2, 1, -1, 7] };
const plain: TokenForest = { ids: [5, 6, 7, 3], parents: [-1, 0, 1, 2] };

describe.each(names)('%s', (name) => {
  checkLiveTensors();

  test.each([
    ['', []],
    [' after a prefix', [11, 3, 12, 1]],
  ])('each token’s states equal those of its text alone%s', async (_, prefix) => {
    await withModel(name, (model) => {
      const forests = [branched, plain, branched];
      const cache = keyValueCache(model.config.layers, prefix.length + branched.ids.length);
      if (prefix.length > 0) fillPrefix(cache, prefix, model);
      const packed = packedStates(forests, model, prefix.length > 0 ? cache : null);
      const states = familyOf(model.config).finish(packed, model.weights, model.config); // [N, E]
      const expected = forests
        .flatMap(textsOf)
        .map((text) => alone(model, [...prefix, ...text]).narrow(0, prefix.length + text.length - 1, 1));
      expect(relativeError(states, ops.cat(expected, 0))).toBeLessThan(1e-5);
      cache.release();
    });
  });
});
