// Losses and gradients that are not finite: said in one line, never applied, and three in a row end the run with 76.

import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { initModel } from '../../src/model/families.ts';
import type { Gpt2Weights } from '../../src/model/gpt2.ts';
import { flattenWeights, releaseWeights } from '../../src/model/weights.ts';
import { readMetrics } from '../../src/run/metrics.ts';
import { fromTypedArray, noGrad, scope } from '../../src/torch/index.ts';
import { initAdamw } from '../../src/train/optimizer.ts';
import { train } from '../../src/train/train.ts';
import type { TrainHook } from '../../src/train/train.ts';
import { trainStep } from '../../src/train/step.ts';
import { checkLiveTensors } from '../live-tensors.ts';
import {
  bitsOf,
  failureOf,
  listener,
  smallConfig,
  smallOptions,
  temporaryFolder,
  writeTokens,
} from './rig.ts';

checkLiveTensors();
const folder = temporaryFolder();
const tokens = writeTokens(join(folder, 'tokens'));

/** Adds `value` to the first weight at the end of a step. */
function poison(at: number, value: number): TrainHook {
  return {
    every: 1,
    run: async ({ step, model }) => {
      if (step === at) noGrad(() => scope(() => model.weights.tokenEmbedding.select(0, 0).fill_(value)));
      return {};
    },
  };
}

describe('one step', () => {
  let weights = initModel(smallConfig, 1) as Gpt2Weights;
  releaseWeights(weights);
  beforeEach(() => {
    weights = initModel(smallConfig, 1) as Gpt2Weights;
  });
  afterEach(() => releaseWeights(weights));

  test.each([NaN, Infinity])(
    'abandoned, or with a weight of %d: nothing is updated, no gradient is left',
    async (value) => {
      const leaves = flattenWeights(weights);
      for (const leaf of leaves.values()) leaf.requiresGrad = true;
      const adamw = initAdamw(leaves);
      const state = () => bitsOf([...leaves.values(), ...adamw.moment1.values(), ...adamw.moment2.values()]);
      const step = (stopped = false) =>
        trainStep(
          { config: smallConfig, weights, leaves },
          adamw,
          { step: 0, seed: 1, learningRate: 1e-3 },
          async () => {
            const ids = BigInt64Array.from({ length: 32 }, (_, index) => BigInt(index));
            return { inputs: fromTypedArray(ids, [2, 16]), targets: fromTypedArray(ids, [2, 16]) };
          },
          {
            microSteps: 2,
            gradients: 'mean',
            precision: 'float32',
            recompute: false,
            lossRows: 0,
            optimizer: {
              beta1: 0.9,
              beta2: 0.95,
              epsilon: 1e-8,
              weightDecay: 0.1,
              clip: 1,
              decay: 'matrices',
            },
          },
          () => stopped,
        );
      expect(await step()).toMatchObject({ updated: true });
      const whole = state();
      expect(await step(true)).toBeNull(); // abandoned after its first micro-step
      expect([state(), adamw.updates]).toEqual([whole, 1]);
      expect([...leaves.values()].every((leaf) => leaf.grad === null)).toBe(true);
      noGrad(() => scope(() => weights.finalNorm.weight.fill_(value)));
      const before = state();
      const result = await step();
      expect(result?.updated).toBe(false);
      expect(Number.isFinite(result?.gradientNorm)).toBe(false);
      expect(state()).toBe(before);
      expect(adamw.updates).toBe(1);
      expect([...leaves.values()].every((leaf) => leaf.grad === null)).toBe(true);
      noGrad(() => scope(() => weights.finalNorm.weight.fill_(1)));
      expect(await step()).toMatchObject({ updated: true });
      expect(adamw.updates).toBe(2);
      for (const moment of [...adamw.moment1.values(), ...adamw.moment2.values()]) moment.release();
    },
  );
});

test('three in a row end with 76; each names step, learning rate, gradient norm and batch', async () => {
  const options = smallOptions({ out: join(folder, 'nan'), tokens });
  const { context, warnings } = listener();
  const weights: string[] = [];
  const watch: TrainHook = {
    every: 1,
    run: async ({ model }) => {
      weights.push(bitsOf(model.leaves.values()));
      return {};
    },
  };
  const { message, code } = await failureOf(train(options, context, [poison(5, NaN), watch]));
  expect(code).toBe(76);
  expect(message).toMatch(
    /three steps in a row were not finite, the last is step 8; lower learningRate\.peak/,
  );
  expect(warnings).toHaveLength(3);
  expect(warnings[0]).toMatch(
    /^step 6: loss NaN, gradient norm NaN at learning rate 2\.571e-3; not updated \(samples 40 to 47, windows at tokens \d+, \d+, \d+, \d+ \.\.\.\)$/,
  );
  expect(warnings[2]).toMatch(/^step 8: .*samples 56 to 63/);
  expect(new Set(weights.slice(4)).size).toBe(1);
  expect(new Set(weights.slice(0, 5)).size).toBe(5);

  // The NaN of the evaluation at step 6 is no best loss, and the last good checkpoint goes on.
  await train({ ...options, steps: 10 }, listener().context);
  const records = await readMetrics(join(options.out, 'metrics.jsonl'));
  expect(records.filter(({ type }) => type === 'train').map(({ updated }) => updated)).toEqual(
    Array.from({ length: 10 }, () => true),
  );
});

test('a checkpoint of a model whose first evaluation is not finite can be read again', async () => {
  const from = join(folder, 'poisoned');
  await train(smallOptions({ out: from, tokens, steps: 2 }), listener().context, [poison(2, NaN)]);
  const options = smallOptions({ out: join(folder, 'from-poisoned'), tokens, from, model: {} });
  const { context, asked } = listener();
  const stop: TrainHook = {
    every: 1,
    run: async () => {
      asked.stop = 'SIGTERM';
      return {};
    },
  };
  expect((await failureOf(train(options, context, [stop]))).code).toBe(75);
  const { message, code } = await failureOf(train(options, listener().context));
  expect([code, message]).toEqual([76, expect.stringContaining('the last is step 3;')]); // not 65: unreadable
});

test('a single bad step is skipped, counted once, and the run goes on', async () => {
  const options = smallOptions({ out: join(folder, 'once'), tokens, steps: 8 });
  const { context, warnings } = listener();
  const { last } = await train(options, context, [poison(3, NaN), poison(4, 0.01)]);
  expect(warnings).toHaveLength(1);
  expect(Number.isFinite(last.validationLoss)).toBe(true);
  const records = (await readMetrics(join(options.out, 'metrics.jsonl'))).filter(
    ({ type }) => type === 'train',
  );
  expect(records.map(({ updated }) => updated)).toEqual([true, true, true, false, true, true, true, true]);
});

test('a learning rate that blows up ends with 76, not with a finished run', async () => {
  const learningRate = { peak: 1e38, floor: 1e38, warmupSteps: 0 };
  const { code } = await failureOf(
    train(smallOptions({ out: join(folder, 'huge'), tokens, learningRate }), listener().context),
  );
  expect(code).toBe(76);
});
