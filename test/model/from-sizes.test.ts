// Models of every family that start at random: sizes from options, training, growing, and what is refused.

import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { growModel } from '../../src/inherit/growth.ts';
import { allParts } from '../../src/inherit/inheritance.ts';
import {
  familyOf,
  forward,
  initModel,
  parameterCount,
  trainingFlopsPerToken,
} from '../../src/model/families.ts';
import { readModelFolder } from '../../src/model/folder.ts';
import { mpt } from '../../src/model/mpt.ts';
import type { MptConfig } from '../../src/model/mpt-config.ts';
import type { MptWeights } from '../../src/model/mpt.ts';
import { familyNames } from '../../src/model/presets.ts';
import { releaseWeights } from '../../src/model/weights.ts';
import { readMetrics } from '../../src/run/metrics.ts';
import { fromTypedArray, noGrad, ops, scope } from '../../src/torch/index.ts';
import { train } from '../../src/train/train.ts';
import { checkLiveTensors } from '../live-tensors.ts';
import { relativeError } from '../golden.ts';
import { listener, smallOptions, temporaryFolder, writeTokens } from '../train/rig.ts';

const folder = temporaryFolder();
const tokens = writeTokens(join(folder, 'tokens'));

const sizes = {
  layers: 2,
  heads: 4,
  width: 16,
  context: 16,
  vocab: 61,
  paddedVocab: 64,
  dropout: 0,
  bias: false,
  scaleAttentionByInverseLayer: false,
  keyValueHeads: undefined,
  hidden: undefined,
  tied: undefined,
};

checkLiveTensors();

describe.each(familyNames)('%s', (family) => {
  test('trains from random weights, in bfloat16 with dropout, and what it saves grows', async () => {
    const out = join(folder, `run-${family}`);
    const model = { family, layers: 2, heads: 4, width: 16, context: 16, dropout: 0.02 };
    const learningRate = { peak: 3e-3, floor: 1e-3, warmupSteps: 2 };
    const options = smallOptions({ out, tokens, steps: 32, model, learningRate, precision: 'bfloat16' });
    const { last, parameters } = await train(options, listener().context);
    expect(Number.isFinite(last.validationLoss)).toBe(true);
    const losses = (await readMetrics(join(out, 'metrics.jsonl'))).flatMap((record) =>
      record.type === 'train' ? [Number(record.loss)] : [],
    );
    const mean = (part: number[]) => part.reduce((sum, loss) => sum + loss, 0) / part.length;
    expect(mean(losses.slice(-8))).toBeLessThan(mean(losses.slice(0, 8)));
    const reference = await readModelFolder(join(out, 'checkpoints', 'step-00000032', 'model'));
    expect(reference.config.family).toBe(family);
    expect(parameterCount(reference.config)).toBe(parameters);
    const grown = growModel(reference, null, 1, 'reference', {
      parts: allParts,
      keepScale: false,
      seed: 1,
    });
    expect(grown.model.config.layers).toBe(1);
    const logits = noGrad(() =>
      scope(() =>
        forward(fromTypedArray(BigInt64Array.of(1n, 2n), [1, 2]), grown.model)
          .isfinite()
          .all()
          .item(),
      ),
    );
    expect(logits).toBe(1);
    for (const { weights } of [reference, grown.model]) releaseWeights(weights);
  });

  test('FLOPs a token: six for each parameter that tokens meet, and attention', () => {
    const config = familyOf({ family }).fromSizes(sizes);
    const lookedUp = { gpt2: 16 * 16, llama: 64 * 16, 'gpt-neox': 64 * 16, opt: 18 * 16, mpt: 0 }[family];
    expect(trainingFlopsPerToken(config)).toBe(6 * (parameterCount(config) - lookedUp) + 12 * 2 * 16 * 16);
  });
});

test.each<[string, object, string]>([
  ['gpt2', { hidden: 24 }, 'model.hidden: gpt2 has 64, got 24'],
  ['gpt2', { tied: false }, 'model.tied: gpt2 has true, got false'],
  ['llama', { keyValueHeads: 3 }, 'model.keyValueHeads: must divide the 4 heads, got 3'],
  ['llama', { heads: 16 }, 'model.heads: a head must have an even width, got 16 / 16'],
  ['gpt-neox', { keyValueHeads: 2 }, 'model.keyValueHeads: gpt-neox has 4, got 2'],
  ['gpt-neox', { heads: 16 }, 'model.heads: a head needs 2 channels or more'],
  ['opt', { keyValueHeads: 2 }, 'model.keyValueHeads: opt has 4, got 2'],
  ['mpt', { bias: true }, 'model.bias: mpt has false, got true'],
  ['mpt', { tied: false }, 'model.tied: mpt has true, got false'],
  ['mpt', { keyValueHeads: 3 }, 'model.keyValueHeads: must divide the 4 heads, got 3'],
])('%s refuses %j', (family, changes, problem) => {
  expect(() => familyOf({ family }).fromSizes({ ...sizes, ...changes })).toThrow(problem);
});

test('MPT with shared keys and values equals the one whose heads each have a copy', () => {
  const shared = mpt.fromSizes({ ...sizes, keyValueHeads: 2 });
  const whole: MptConfig = { ...shared, keyValueHeads: 4 };
  const weights = initModel(shared, 3) as MptWeights;
  const copied = initModel(whole, 3) as MptWeights;
  noGrad(() =>
    scope(() => {
      for (const [layer, { attention }] of weights.blocks.entries()) {
        const joint = attention.queryKeyValue.weight.mul_(20); // far from uniform attention
        const [query, key, value] = joint.splitWithSizes([16, 8, 8], 0);
        const twice = (part: typeof key) => part.view([2, 4, 16]).repeatInterleave(2, 0).view([16, 16]);
        copied.blocks[layer]?.attention.queryKeyValue.weight.copy_(
          ops.cat([query, twice(key), twice(value)], 0),
        );
      }
      const input = fromTypedArray(BigInt64Array.from([5n, 9n, 1n, 60n, 2n]), [1, 5]);
      const ours = forward(input, { config: shared, weights });
      expect(relativeError(ours, forward(input, { config: whole, weights: copied }))).toBeLessThan(1e-6);
    }),
  );
  releaseWeights(weights);
  releaseWeights(copied);
});
