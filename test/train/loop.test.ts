// What the loop computes: accumulation, recomputation and chunked losses change nothing; hooks, metrics and starting
// models do what the options say; rows of a padded vocabulary are never sampled.

import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generate } from '../../src/model/sample.ts';
import type { ForwardMode } from '../../src/model/layers.ts';
import { forward, initModel } from '../../src/model/families.ts';
import type { Gpt2Config, Gpt2Weights } from '../../src/model/gpt2.ts';
import { readModelFolder } from '../../src/model/folder.ts';
import { flattenWeights, releaseWeights } from '../../src/model/weights.ts';
import { readMetrics } from '../../src/run/metrics.ts';
import { streamSeed } from '../../src/run/seed.ts';
import { fromTypedArray, manualSeed, noGrad, scope } from '../../src/torch/index.ts';
import type { Tensor } from '../../src/torch/index.ts';
import { accumulateGradients } from '../../src/train/gradients.ts';
import type { GradientOptions } from '../../src/train/gradients.ts';
import { dropGradients } from '../../src/train/optimizer.ts';
import { train } from '../../src/train/train.ts';
import { checkLiveTensors } from '../live-tensors.ts';
import { numbers } from '../golden.ts';
import {
  bitsOf,
  checkpointHashes,
  failureOf,
  listener,
  smallConfig,
  smallOptions,
  temporaryFolder,
  timelessMetrics,
  writeTokens,
} from './rig.ts';

const folder = temporaryFolder();
const tokens = writeTokens(join(folder, 'tokens'));

describe('gradients', () => {
  const config: Gpt2Config = { ...smallConfig, bias: true };
  const weights = initModel(config, 3);
  const leaves = flattenWeights(weights);
  for (const leaf of leaves.values()) leaf.requiresGrad = true;
  checkLiveTensors();
  afterAll(() => releaseWeights(weights));

  /** Gradients by path, and the summed loss, of 8 rows of 16 tokens in `parts` micro-batches. */
  function gradientsOf(parts: number, given: Partial<GradientOptions> = {}) {
    const rows = 8 / parts;
    let loss = 0;
    for (let part = 0; part < parts; part++)
      scope(() => {
        const ids = (shift: number) =>
          fromTypedArray(
            BigInt64Array.from({ length: rows * 16 }, (_, index) =>
              BigInt(Number(streamSeed(2, 'ids', part * rows * 16 + index + shift) % 60n)),
            ),
            [rows, 16],
          );
        const mode = given.mode ?? { dropout: 0, seedDropout: () => undefined };
        loss += accumulateGradients(
          ids(0),
          ids(1),
          weights,
          { ...config, dropout: mode.dropout },
          {
            ...{ precision: 'float32', scale: 1 / 128, recompute: false, lossRows: 0, mode },
            ...given,
          },
        ).item();
      });
    const result = scope(() => {
      const gradients = new Map([...leaves].map(([path, leaf]) => [path, gradientOf(leaf)]));
      return {
        loss,
        bits: bitsOf(gradients.values()),
        gradients: new Map([...gradients].map(([path, gradient]) => [path, numbers(gradient)])),
      };
    });
    dropGradients(leaves);
    return result;
  }

  function largestDifference(a: Map<string, number[]>, b: Map<string, number[]>): number {
    return Math.max(
      ...[...a].map(([path, values]) => {
        const others = b.get(path) ?? [];
        const scale = Math.max(...others.map(Math.abs), 1e-3); // a key bias has no gradient but noise
        return Math.max(...values.map((value, index) => Math.abs(value - (others[index] ?? NaN)))) / scale;
      }),
    );
  }

  test('four micro-batches give the mean of one big batch, within 1e-6', () => {
    const [one, four] = [gradientsOf(1), gradientsOf(4)];
    expect(largestDifference(four.gradients, one.gradients)).toBeLessThan(1e-6);
    expect(Math.abs(four.loss - one.loss) / one.loss).toBeLessThan(1e-6);
  });

  test('the sum of four is four times their mean, to the bit', () => {
    const [mean, sum] = [gradientsOf(4), gradientsOf(4, { scale: 1 / 32 })];
    const fourfold = [...mean.gradients].map(([path, values]) => [path, values.map((value) => 4 * value)]);
    expect([...sum.gradients]).toEqual(fourfold);
  });

  test.each([1, 7, 32, 128])('losses %i rows at a time: within 1e-6', (lossRows) => {
    const [whole, chunked] = [gradientsOf(1), gradientsOf(1, { lossRows })];
    expect(largestDifference(chunked.gradients, whole.gradients)).toBeLessThan(1e-6);
    expect(Math.abs(chunked.loss - whole.loss) / whole.loss).toBeLessThan(1e-6);
  });

  describe.each(['float32', 'bfloat16'] as const)('recomputed blocks, %s', (precision) => {
    const dropping = (dropout: number, seed = 5): ForwardMode => ({
      dropout,
      seedDropout: (part) => manualSeed(streamSeed(seed, 'dropout', part + 1)),
    });

    test.each([0, 0.2])('dropout %d: the same bits', (dropout) => {
      const given = { precision, mode: dropping(dropout) };
      const [kept, recomputed] = [gradientsOf(2, given), gradientsOf(2, { ...given, recompute: true })];
      expect(recomputed.bits).toBe(kept.bits);
      expect(recomputed.loss).toBe(kept.loss);
    });

    test('another dropout seed: other bits', () => {
      const [a, b] = [5, 6].map((seed) =>
        gradientsOf(1, { precision, mode: dropping(0.2, seed), recompute: true }),
      );
      expect(a?.bits).not.toBe(b?.bits);
    });
  });
});

describe('runs', () => {
  checkLiveTensors();
  const first = smallOptions({
    out: join(folder, 'first'),
    tokens,
    steps: 10,
    evaluation: { every: 4, windows: 8 },
  });
  const hooked: Record<string, number[]> = { three: [], end: [] };
  beforeAll(async () => {
    const at = (name: string, every: number) => ({
      every,
      run: async ({ step, runFolder }: { step: number; runFolder: string }) => {
        expect(runFolder).toBe(first.out);
        hooked[name]?.push(step);
        return { name, twice: 2 * step };
      },
    });
    await train(first, listener().context, [at('three', 3), at('end', 0)]);
  });

  test('hooks run at their steps and at the end, and their figures are recorded', async () => {
    expect(hooked).toEqual({ three: [3, 6, 9, 10], end: [10] });
    const records = (await readMetrics(join(first.out, 'metrics.jsonl'))).filter(
      ({ type }) => type === 'hook',
    );
    expect(records).toEqual(
      [3, 6, 9, 10]
        .map((step) => ({ type: 'hook', step, name: 'three', twice: 2 * step }))
        .concat({ type: 'hook', step: 10, name: 'end', twice: 20 }),
    );
  });

  test('metrics: every step once with all its figures, evaluations at 0, 4, 8 and the end', async () => {
    const records = await readMetrics(join(first.out, 'metrics.jsonl'));
    const steps = records.filter(({ type }) => type === 'train');
    expect(steps.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    for (const { step = 0, type, updated, ...figures } of steps) {
      expect([type, updated]).toEqual(['train', true]);
      expect(Object.keys(figures).sort()).toEqual(
        [
          ...['epoch', 'flopsPerSecond', 'gradientNorm', 'learningRate', 'loss', 'rssBytes'],
          ...['stepMs', 'tokens', 'tokensPerSecond'],
        ].sort(),
      );
      for (const [name, value] of Object.entries(figures)) expect(value, name).toBeGreaterThan(0);
      expect(figures.tokens).toBe(128 * step);
    }
    const evaluations = records.filter(({ type }) => type === 'evaluation');
    expect(evaluations.map(({ step }) => step)).toEqual([0, 4, 8, 10]);
    for (const { validationLoss, trainLoss } of evaluations)
      for (const loss of [validationLoss, trainLoss]) expect(loss).toBeGreaterThan(1);
    const [start, , , end] = evaluations.map(({ validationLoss }) => Number(validationLoss));
    expect(Math.abs((start ?? 0) - Math.log(320))).toBeLessThan(0.1); // a random model knows nothing
    expect(end).toBeLessThan((start ?? 0) - 0.02);
  });

  test('a finished run that is started again changes nothing and gives the same result', async () => {
    const before = await checkpointHashes(first.out);
    const metrics = await timelessMetrics(first.out);
    const { last, tokens: trained } = await train(first, listener().context);
    expect(last.step).toBe(10);
    expect(trained).toBe(1280);
    expect(await checkpointHashes(first.out)).toEqual(before);
    expect(await timelessMetrics(first.out)).toEqual(metrics);
  });

  test.each(['run', 'checkpoint', 'model folder'])('starts from a %s where that ended', async (kind) => {
    const checkpoint = join(first.out, 'checkpoints', 'step-00000010');
    const from = { run: first.out, checkpoint, 'model folder': join(checkpoint, 'model') }[kind] ?? '';
    const out = join(folder, `from-${kind}`);
    const { config, parameters } = await train(
      smallOptions({ out, tokens, from, steps: 2, model: { dropout: 0.1 } }),
      listener().context,
    );
    expect([config.layers, config.width, parameters]).toEqual([
      2,
      16,
      320 * 16 + 16 * 16 + 2 * (12 * 256 + 32) + 16,
    ]);
    const [before, after] = [await timelessMetrics(first.out), await timelessMetrics(out)];
    const { validationLoss, trainLoss } = before.at(-1) ?? {};
    expect(after[0]).toEqual({ type: 'evaluation', step: 0, validationLoss, trainLoss });
  });

  test.each([{ layers: 3 }, { width: 32 }, { context: 8 }])(
    'a starting model that is not %j is refused',
    async (model) => {
      const given = { out: join(folder, 'mismatch'), tokens, from: first.out, model };
      const { message, code } = await failureOf(train(smallOptions(given), listener().context));
      const [[key, value] = []] = Object.entries(model);
      expect([code, message]).toEqual([64, expect.stringContaining(`model.${key}: asked for ${value}, `)]);
    },
  );
});

describe('a padded vocabulary', () => {
  checkLiveTensors();

  test('its rows are never sampled, though their logits are the largest', async () => {
    const weights = initModel(smallConfig, 1) as Gpt2Weights; // 60 tokens in 64 rows
    noGrad(() =>
      scope(() => {
        // Hidden states end in a norm whose weight is 1 here and 0 elsewhere: the first channel alone decides.
        weights.finalNorm.weight.zero_();
        weights.finalNorm.weight.narrow(0, 0, 2).fill_(1);
        weights.tokenEmbedding.narrow(0, 60, 2).narrow(1, 0, 1).fill_(1000);
        weights.tokenEmbedding.narrow(0, 62, 2).narrow(1, 0, 1).fill_(-1000);
      }),
    );
    const model = { config: smallConfig, weights };
    const largest = noGrad(() =>
      scope(() =>
        forward(fromTypedArray(BigInt64Array.of(1n, 2n), [1, 2]), { config: smallConfig, weights })
          .view([2, 64])
          .argmax(-1)
          .data(),
      ),
    );
    expect(Array.from(largest as BigInt64Array, Number).every((id) => id >= 60)).toBe(true);
    for (const temperature of [0, 1, 100])
      for (const seed of [1, 2])
        for (const id of generate(model, [1, 2], 40, { temperature, seed })) expect(id).toBeLessThan(60);
    releaseWeights(weights);
  });

  test('training keeps them unlikely, and a folder remembers which they are', async () => {
    const out = join(folder, 'padded');
    const learningRate = { peak: 1e-2, floor: 1e-3, warmupSteps: 2 };
    const { last } = await train(smallOptions({ out, tokens, steps: 30, learningRate }), listener().context);
    expect(last.validationLoss).toBeLessThan(5.5);
    const model = await readModelFolder(join(out, 'checkpoints', 'step-00000030', 'model'));
    expect([model.config.vocab, model.config.paddedVocab]).toEqual([257, 320]);
    for (const id of generate(model, [1], 50, { temperature: 2 })) expect(id).toBeLessThan(257);
    releaseWeights(model.weights);
  });
});

function gradientOf(leaf: Tensor): Tensor {
  const { grad } = leaf;
  if (!grad) throw new Error('a leaf has no gradient');
  return grad;
}
