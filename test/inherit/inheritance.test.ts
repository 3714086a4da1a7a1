// What is inherited: the tensor map against golden ones, bytes against the reference's, and the folded attention scale.

import { describe, expect, test } from 'vitest';
import { inheritanceMap, inheritModel, upstreamParts } from '../../src/inherit/inheritance.ts';
import type { InheritedParts } from '../../src/inherit/inheritance.ts';
import { familyOf, initModel } from '../../src/model/families.ts';
import type { Model } from '../../src/model/family.ts';
import { flattenWeights, releaseWeights } from '../../src/model/weights.ts';
import { noGrad, scope } from '../../src/torch/index.ts';
import type { Tensor } from '../../src/torch/index.ts';
import { readGoldenJson } from '../golden.ts';
import { checkLiveTensors } from '../live-tensors.ts';
import { floats, relativeDifference, randomStates, smallConfig, smallModel, snapshot } from './models.ts';

interface Case {
  name: string;
  blocks: (number | null)[];
  bias: boolean;
  scaled: boolean;
  parts: InheritedParts;
  keepScale: boolean;
  map: [string, string | null, number][];
}

const { cases } = readGoldenJson('inheritance') as { cases: Case[] };

checkLiveTensors();

describe.each(cases)('$name', ({ blocks, bias, scaled, parts, keepScale, map: golden }) => {
  const changes = { bias, scaleAttentionByInverseLayer: scaled };

  test('the tensor map is the golden one', () => {
    const weights = initModel(smallConfig({ ...changes, layers: blocks.length }), 1);
    const map = inheritanceMap(flattenWeights(weights).keys(), blocks, smallConfig(changes), {
      parts,
      keepScale,
    });
    expect(map.map(({ target, source, queryFactor }) => [target, source, queryFactor])).toEqual(golden);
    releaseWeights(weights);
  });

  test('inherited tensors have the reference’s bytes, the others those of a random model of the same seed', () => {
    const reference = smallModel(1, changes);
    const before = snapshot(reference);
    const { model } = inheritModel(reference, blocks, { parts, keepScale, seed: 5 });
    const random = initModel(model.config, 5);
    const [made, fresh] = [flattenWeights(model.weights), flattenWeights(random)];
    expect(model.config).toEqual({ ...reference.config, layers: blocks.length });
    expect([...made.keys()]).toEqual(golden.map(([target]) => target));
    for (const [target, source, factor] of golden) {
      const expected = source === null ? floats(leafOf(fresh, target)) : leafOf(before, source);
      expect(floats(leafOf(made, target)), target).toEqual(
        factor === 1 ? expected : withScaledQuery(expected, factor),
      );
    }
    releaseWeights(random);
    releaseWeights(model.weights);
    releaseWeights(reference.weights);
  });
});

test('the target shares no memory with the reference: writing it leaves the reference as it was', () => {
  const reference = smallModel(2);
  const before = snapshot(reference);
  const { model } = inheritModel(reference, [0, 1, 1], { keepScale: true });
  noGrad(() => {
    for (const leaf of flattenWeights(model.weights).values()) leaf.add_(1);
  });
  expect(snapshot(reference)).toEqual(before);
  expect(floats(leafOf(flattenWeights(model.weights), 'blocks.1.norm1.weight'))).not.toEqual(
    before.get('blocks.1.norm1.weight'),
  );
  releaseWeights(model.weights);
  releaseWeights(reference.weights);
});

test('a layer the reference lacks is refused with both numbers, and nothing is left behind', () => {
  const reference = smallModel(2);
  for (const layer of [7, -1, 1.5])
    expect(() => inheritModel(reference, [0, layer])).toThrow(
      `layers must be 0..6 (the reference has 7), got ${layer}`,
    );
  releaseWeights(reference.weights);
});

test('upstream’s script inherits blocks and the tied head', () => {
  expect(upstreamParts).toEqual({ embeddings: false, positions: false, finalNorm: false, head: true });
});

describe.each([true, false])('a block moved from layer 4 to 1, biases %s', (bias) => {
  test.each([
    ['keeps its output with keepScale', true, true, true],
    ['has another output without, for its attention is divided by 2 and not by 5', true, false, false],
    ['keeps its output anyway where attention has no layer scale', false, false, true],
    ['and keepScale then changes nothing', false, true, true],
  ])('%s', (_, scaled, keepScale, isSame) => {
    const reference = smallModel(3, { bias, scaleAttentionByInverseLayer: scaled });
    const { model } = inheritModel(reference, [0, 4], { keepScale });
    const x = randomStates(reference.config, 9);
    const [there, here] = [outputAt(x, reference, 4), outputAt(x, model, 1)];
    if (isSame) expect(relativeDifference(there, here)).toBeLessThan(1e-6);
    else expect(relativeDifference(there, here)).toBeGreaterThan(1e-2);
    x.release();
    releaseWeights(model.weights);
    releaseWeights(reference.weights);
  });
});

function outputAt(x: Tensor, { config, weights }: Model, layer: number): Float32Array {
  const { block } = familyOf(config);
  return noGrad(() => scope(() => floats(block(x, weights.blocks[layer] ?? fail(), layer, config))));
}

/** A joint [3C, C] or [3C] list with its first third times a factor, in float32 as tensors compute. */
function withScaledQuery(values: Float32Array, factor: number): Float32Array {
  return values.map((value, index) => (index < values.length / 3 ? value * Math.fround(factor) : value));
}

function leafOf<T>(leaves: ReadonlyMap<string, T>, path: string): T {
  return leaves.get(path) ?? fail(path);
}

function fail(path = 'block'): never {
  throw new Error(`no ${path}`);
}
