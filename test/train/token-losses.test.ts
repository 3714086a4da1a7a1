// Losses without gradients: the fused forward pass and the plain one against float64, and chunks of rows against the whole.

import * as vitest from 'vitest';
import { describe, expect, test } from 'vitest';
import type { TokenFile } from '../../src/data/tokens.ts';
import { familyOf, initModel } from '../../src/model/families.ts';
import type { Model, ModelSizes } from '../../src/model/family.ts';
import { flattenWeights, mapWeights, releaseWeights } from '../../src/model/weights.ts';
import { fromTypedArray, keep, noGrad, ops, scope } from '../../src/torch/index.ts';
import type { Tensor } from '../../src/torch/index.ts';
import { hasBfloat16Products, hasFloat32Products } from '../../src/torch/kernels.ts';
import { rowsAtOnce } from '../../src/train/loss.ts';
import { tokenLosses } from '../../src/train/token-losses.ts';
import type { LossOptions } from '../../src/train/token-losses.ts';
import { windowLosses } from '../../src/train/validation.ts';
import { numbers } from '../golden.ts';
import { checkLiveTensors } from '../live-tensors.ts';

checkLiveTensors();

const [B, T] = [5, 41]; // odd: tails everywhere
const sizes: ModelSizes = {
  layers: 2,
  heads: 4,
  width: 64,
  context: T,
  vocab: 211,
  paddedVocab: 211,
  dropout: 0,
  bias: true,
  scaleAttentionByInverseLayer: true,
  keyValueHeads: undefined,
  hidden: undefined,
  tied: undefined,
};

const models = [
  familyOf({ family: 'gpt2' }).fromSizes(sizes),
  familyOf({ family: 'llama' }).fromSizes({ ...sizes, keyValueHeads: 2 }),
];

function modelOf(config: Model['config']): Model {
  const weights = initModel(config, 5);
  noGrad(() =>
    scope(() => {
      for (const [index, leaf] of [...flattenWeights(weights).values()].entries()) {
        const noise = Float32Array.from({ length: leaf.numel() }, (_, i) => 0.1 * Math.sin(7.3 * i + index));
        leaf.add_(fromTypedArray(noise, leaf.shape));
        leaf.requiresGrad = true; // as in training
      }
    }),
  );
  return { config, weights };
}

const idAt = (place: number) => (place * 7919 + (place % 5)) % sizes.vocab;

function ids(offset: number): Tensor {
  const values = BigInt64Array.from({ length: B * T }, (_, i) => BigInt(idAt(i + offset)));
  return fromTypedArray(values, [B, T]);
}

/** The same tokens as a file's. */
const windows: TokenFile = {
  path: 'in memory',
  length: B * T + 1,
  read: (start, count) => Promise.resolve(Uint16Array.from({ length: count }, (_, i) => idAt(start + i))),
  close: () => Promise.resolve(),
};

const lossesOf = (model: Model, options: LossOptions): number[] =>
  scope(() => numbers(tokenLosses(ids(0), ids(1), model, options).to('float64')));

function mapModel({ config, weights }: Model, change: (leaf: Tensor) => Tensor): Model {
  return { config, weights: mapWeights(weights, (leaf) => noGrad(() => scope(() => keep(change(leaf))))) };
}

const release = (...all: Model[]): void => {
  for (const { weights } of all) releaseWeights(weights);
};

/** Root of the mean square, largest and mean of the differences. */
function distance(a: readonly number[], b: readonly number[]) {
  const differences = a.map((value, i) => value - (b[i] ?? NaN));
  const average = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / a.length;
  return {
    typical: Math.sqrt(average(differences.map((value) => value ** 2))),
    largest: Math.max(...differences.map(Math.abs)),
    mean: average(differences),
  };
}

/** Whether a precision's fused passes run here, and how far from float64 they may be. */
const precisions = [
  {
    precision: 'bfloat16',
    has: hasBfloat16Products(),
    typical: 2 ** -7, // half a unit in the last place of logits between 2 and 4
    largest: 2 ** -5,
    mean: 1e-3, // what errors of 2 ** -7 leave of B T tokens
  },
  { precision: 'float32', has: hasFloat32Products(), typical: 1e-6, largest: 1e-5, mean: 1e-6 },
] as const;
const titled = precisions.map((kind) => ({
  ...kind,
  title: `the fused forward pass in ${kind.precision}${kind.has ? '' : ' (skipped: this CPU has none)'}`,
}));

describe.each(titled)('$title', ({ precision, has, ...within }) => {
  const test = has ? vitest.test : vitest.test.skip;
  const fused: LossOptions = { precision, kernels: 'auto' };
  const plain: LossOptions = { precision, kernels: 'plain' };

  test.each(models)('$family: as close to float64 as the plain pass', (config) => {
    const model = modelOf(config);
    const wide = mapModel(model, (leaf) => leaf.to('float64'));
    const exact = lossesOf(wide, { precision: 'float32', kernels: 'plain' });
    const [ours, theirs] = [fused, plain].map((options) => distance(lossesOf(model, options), exact));
    expect(ours.typical).toBeLessThan(1.3 * theirs.typical);
    expect(ours.typical).toBeLessThan(within.typical);
    expect(ours.largest).toBeLessThan(within.largest);
    expect(Math.abs(ours.mean)).toBeLessThan(within.mean);
    release(wide, model);
  });

  test.each(models)(
    '$family: the same bits again, for any rows at once, and with dropout in the model',
    (config) => {
      const model = modelOf(config);
      const losses = lossesOf(model, fused);
      expect(lossesOf(model, plain)).not.toEqual(losses); // both ways are gone
      expect(lossesOf(model, fused)).toEqual(losses);
      for (const lossRows of [1, 7, 64, 1000])
        expect(lossesOf(model, { ...fused, lossRows }), `${lossRows} rows`).toEqual(losses);
      expect(lossesOf({ ...model, config: { ...config, dropout: 0.5 } }, fused)).toEqual(losses);
      release(model);
    },
  );

  test('a NaN weight makes NaN losses', () => {
    const model = modelOf(models[0]);
    noGrad(() =>
      scope(() => {
        model.weights.tokenEmbedding.select(0, 3).fill_(NaN);
      }),
    );
    expect(lossesOf(model, fused).every(Number.isNaN)).toBe(true); // the head is the embedding
    release(model);
  });
});

test.each(models)('$family: rows at once do not change the plain pass', (config) => {
  const model = modelOf(config);
  for (const [precision, tolerance] of [
    ['float32', 2e-6], // another product for few rows
    ['bfloat16', 2 ** -7], // and then a logit rounded to the other side
  ] as const) {
    const losses = lossesOf(model, { precision, kernels: 'plain' });
    for (const lossRows of [7, 64, 1000]) {
      const chunks = lossesOf(model, { precision, kernels: 'plain', lossRows });
      expect(distance(chunks, losses).largest, `${lossRows} rows`).toBeLessThan(tolerance);
    }
  }
  release(model);
});

test.each(['auto', 'plain'] as const)(
  'kernels %s: losses of windows are means of their tokens’',
  async (kernels) => {
    const model = modelOf(models[1]);
    const options = { precision: 'bfloat16', kernels } as const;
    const starts = Array.from({ length: B }, (_, window) => window * T);
    const scored = (batch: number) =>
      windowLosses(model, windows, starts, { ...options, batch, device: 'cpu' });
    const means = await scored(B);
    const losses = lossesOf(model, options);
    for (const [window, found] of means.entries()) {
      const own = losses.slice(window * T, (window + 1) * T);
      expect(found).toBeCloseTo(own.reduce((sum, loss) => sum + loss, 0) / T, 5);
    }
    expect(distance([...(await scored(2))], [...means]).largest).toBeLessThan(1e-3);
    expect(await scored(B)).toEqual(means);
    release(model);
  },
);

test('64 MB of logits are held where nobody says how many', () => {
  scope(() => {
    expect(rowsAtOnce(0, 50304, ops.zeros([2, 3], { dtype: 'bfloat16' }))).toBe(667);
    expect(rowsAtOnce(0, 50304, ops.zeros([2, 3]))).toBe(333);
    expect(rowsAtOnce(0, 1e9, ops.zeros([2, 3]))).toBe(1);
    expect(rowsAtOnce(5, 50304, ops.zeros([2, 3]))).toBe(5);
  });
});
