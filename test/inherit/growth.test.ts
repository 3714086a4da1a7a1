// How a round's target is made: where each block comes from, and what zeroed output projections promise.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { growModel } from '../../src/inherit/growth.ts';
import type { Growth, GrownModel } from '../../src/inherit/growth.ts';
import { allParts } from '../../src/inherit/inheritance.ts';
import { initModel } from '../../src/model/families.ts';
import type { Model } from '../../src/model/family.ts';
import { flattenWeights, releaseWeights } from '../../src/model/weights.ts';
import { checkLiveTensors } from '../live-tensors.ts';
import { floats, logitsOf, relativeDifference, smallModel, snapshot } from './models.ts';

const options = { parts: allParts, keepScale: false, seed: 3 };
const beside = ['tokenEmbedding', 'positionEmbedding', 'finalNorm.weight', 'finalNorm.bias'];

let reference: Model;
let before: Model;
beforeAll(() => {
  reference = smallModel(1);
  before = smallModel(2, { layers: 3 }); // the round before, trained to something else
});
afterAll(() => {
  for (const { weights } of [reference, before]) releaseWeights(weights);
});

checkLiveTensors();

/** For each block, and for the parts beside the blocks, whose bytes it has: 'reference 3', 'before 2', 'other'. */
function originsOf({ model }: GrownModel): { blocks: string[]; beside: string } {
  const known = [
    ['reference', snapshot(reference)],
    ['before', snapshot(before)],
  ] as const;
  const made = snapshot(model);
  const same = (path: string, from: ReadonlyMap<string, Float32Array>, source: string) =>
    JSON.stringify([...(made.get(path) ?? [])]) === JSON.stringify([...(from.get(source) ?? [])]);
  const tensors = [...made.keys()]
    .filter((path) => path.startsWith('blocks.0.'))
    .map((path) => path.slice(9));
  const blocks = model.weights.blocks.map((_, layer) => {
    for (const [name, tensorsOf] of known)
      for (let source = 0; source < 7; source++)
        if (
          tensors.every((tensor) =>
            same(`blocks.${layer}.${tensor}`, tensorsOf, `blocks.${source}.${tensor}`),
          )
        )
          return `${name} ${source}`;
    return 'other';
  });
  const owner = known.find(([, tensorsOf]) => beside.every((path) => same(path, tensorsOf, path)));
  return { blocks, beside: owner?.[0] ?? 'other' };
}

describe('new layers', () => {
  const kept = ['before 0', 'before 1', 'before 2'];
  const first = (count: number) => Array.from({ length: count }, (_, layer) => `reference ${layer}`);

  test.each<[Growth, number, string[], string]>([
    ['reference', 5, first(5), 'reference'], // all that was trained is dropped
    ['reference-keep', 5, [...kept, 'reference 3', 'reference 4'], 'before'],
    ['copy-last', 5, [...kept, 'before 1', 'before 2'], 'before'],
    ['copy-last', 4, [...kept, 'before 2'], 'before'],
    ['copy-last', 7, [...kept, ...kept, 'before 0'].slice(0, 7), 'before'], // four added to three: from the start again
    ['random', 5, [...kept, 'other', 'other'], 'before'],
    ['zero', 5, [...kept, 'other', 'other'], 'before'],
  ])('%s, to %d layers', (growth, layers, blocks, owner) => {
    const grown = growModel(reference, before, layers, growth, options);
    expect(grown.model.config).toEqual({ ...reference.config, layers });
    expect(originsOf(grown)).toEqual({ blocks, beside: owner });
    releaseWeights(grown.model.weights);
  });

  test('the first round inherits from the reference, whatever the growth', () => {
    for (const growth of ['reference', 'reference-keep', 'copy-last', 'random', 'zero'] as const) {
      const grown = growModel(reference, null, 3, growth, options);
      expect(originsOf(grown)).toEqual({ blocks: first(3), beside: 'reference' });
      releaseWeights(grown.model.weights);
    }
  });

  test('random ones are as a new model of that size has them, and another seed gives others', () => {
    const fresh = initModel({ ...reference.config, layers: 5 }, 3);
    const [one, other] = [3, 4].map((seed) =>
      growModel(reference, before, 5, 'random', { ...options, seed }),
    );
    const path = 'blocks.4.mlp.up.weight';
    const expected = floats(flattenWeights(fresh).get(path) ?? fail());
    expect(one && snapshot(one.model).get(path)).toEqual(expected);
    expect(other && snapshot(other.model).get(path)).not.toEqual(expected);
    releaseWeights(fresh);
    for (const grown of [one, other]) if (grown) releaseWeights(grown.model.weights);
  });
});

test('zero changes nothing at first: the same logits within 1e-6; the other ways change them', () => {
  const logits = logitsOf(before);
  for (const growth of ['zero', 'random', 'copy-last', 'reference-keep', 'reference'] as const) {
    const { model } = growModel(reference, before, 5, growth, options);
    const difference = relativeDifference(logitsOf(model), logits);
    if (growth === 'zero') expect(difference).toBeLessThan(1e-6);
    else expect(difference, growth).toBeGreaterThan(1e-4); // random ones are small
    releaseWeights(model.weights);
  }
});

test('a silent block can still learn: only its two output projections are zero', () => {
  const { model } = growModel(reference, before, 5, 'zero', options);
  for (const [path, values] of snapshot(model)) {
    if (!/^blocks\.[34]\./.test(path)) continue;
    const isSilent = /(attention\.output|mlp\.down)\./.test(path) || path.endsWith('.bias'); // fresh biases are zero
    expect(
      values.every((value) => value === 0),
      path,
    ).toBe(isSilent);
  }
  releaseWeights(model.weights);
});

test('copied layers keep their attention scale where asked for', () => {
  const [moved, kept] = [false, true].map((keepScale) =>
    growModel(reference, before, 5, 'copy-last', { ...options, keepScale }),
  );
  const factors = (grown: GrownModel | undefined) =>
    grown?.map
      .filter(({ target }) => target.endsWith('queryKeyValue.weight'))
      .map((each) => each.queryFactor);
  expect(factors(moved)).toEqual([1, 1, 1, 1, 1]);
  expect(factors(kept)).toEqual([1, 1, 1, 4 / 2, 5 / 3]);
  for (const grown of [moved, kept]) if (grown) releaseWeights(grown.model.weights);
});

test('reference and round before stay as they are, and share nothing with the target', () => {
  const both = [snapshot(reference), snapshot(before)];
  for (const growth of ['reference', 'reference-keep', 'copy-last', 'zero'] as const)
    releaseWeights(growModel(reference, before, 5, growth, { ...options, keepScale: true }).model.weights);
  expect([snapshot(reference), snapshot(before)]).toEqual(both);
});

test('targets that do not fit are refused with both numbers', () => {
  expect(() => growModel(reference, before, 8, 'zero', options)).toThrow(/reference has 7 layers.* have 8/);
  expect(() => growModel(reference, before, 3, 'zero', options)).toThrow(
    '3 layers are no more than the 3 there are',
  );
});

function fail(): never {
  throw new Error('no such tensor');
}
