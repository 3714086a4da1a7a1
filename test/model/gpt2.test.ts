// GPT-2 against transformers: logits, loss and every gradient, in every setting of biases and layer scale.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fromHubConfig, fromHubTensors, toHubTensors } from '../../src/model/huggingface.ts';
import { forward } from '../../src/model/families.ts';
import type { Model } from '../../src/model/family.ts';
import type { Gpt2Config } from '../../src/model/gpt2.ts';
import { flattenWeights, mapWeights, releaseWeights } from '../../src/model/weights.ts';
import { liveTensors, noGrad, scope } from '../../src/torch/index.ts';
import type { Tensor } from '../../src/torch/index.ts';
import { accumulateGradients } from '../../src/train/gradients.ts';
import { readGoldenJson, readGoldenTensors, relativeError } from '../golden.ts';

let before = 0;
beforeEach(() => {
  before = liveTensors();
});
afterEach(() => {
  expect(liveTensors()).toBe(before);
});

const evaluation = { dropout: 0, seedDropout: () => undefined };

async function readCase(name: string) {
  const json = readGoldenJson(name) as { config: object; loss: number };
  const golden = await readGoldenTensors(name);
  const bias = !name.includes('plain');
  const config = { ...(fromHubConfig(json.config, name) as Gpt2Config), bias };
  const weights = await fromHubTensors(config, (key) => Promise.resolve(take(golden, key)));
  return { config, weights, golden, loss: json.loss };
}

function take(golden: Map<string, Tensor>, key: string): Tensor {
  const tensor = golden.get(key);
  if (!tensor) throw new Error(`golden file has no ${key}`);
  golden.delete(key);
  return tensor;
}

function releaseAll(golden: Map<string, Tensor>) {
  for (const tensor of golden.values()) tensor.release();
}

/** Gradients as transformers names and lays them out. */
function hubGradients({ config, weights }: Model): Map<string, Tensor> {
  const gradients = mapWeights(weights, (leaf) => {
    const gradient = leaf.grad;
    if (!gradient) throw new Error('no gradient');
    return gradient;
  });
  const named = toHubTensors({ config, weights: gradients });
  releaseWeights(gradients);
  return named;
}

describe.each(['gpt2-bias', 'gpt2-bias-scaled', 'gpt2-plain-scaled'])('%s equals transformers', (name) => {
  test('logits within 1e-5 of the largest', async () => {
    const { config, weights, golden } = await readCase(name);
    const logits = noGrad(() => scope(() => forward(read(golden, 'tokens'), { config, weights })));
    expect(relativeError(logits, read(golden, 'logits'))).toBeLessThan(1e-5);
    logits.release();
    releaseWeights(weights);
    releaseAll(golden);
  });

  test.each([
    ['whole graph', false, 0],
    ['recomputed, logits in chunks of 5 rows', true, 5],
  ])('loss and every gradient within 1e-5, %s', async (_, recompute, lossRows) => {
    const { config, weights, golden, loss } = await readCase(name);
    for (const leaf of flattenWeights(weights).values()) leaf.requiresGrad = true;
    const [inputs, targets] = [read(golden, 'tokens'), read(golden, 'targets')];
    const count = inputs.shape[0] * inputs.shape[1];
    const total = accumulateGradients(inputs, targets, weights, config, {
      precision: 'float32',
      scale: 1 / count,
      recompute,
      lossRows,
      mode: evaluation,
    });
    expect(Math.abs(total.item() / count - loss) / loss).toBeLessThan(1e-5);
    total.release();
    const gradients = hubGradients({ config, weights });
    let compared = 0;
    for (const [key, gradient] of gradients) {
      const expected = golden.get(`gradient.${key}`);
      if (expected) expect(relativeError(gradient, expected), key).toBeLessThan(1e-5);
      if (expected) compared += 1;
    }
    expect(compared).toBe(config.bias ? gradients.size : flattenWeights(weights).size);
    for (const gradient of gradients.values()) gradient.release();
    releaseWeights(weights);
    releaseAll(golden);
  });
});

function read(golden: Map<string, Tensor>, key: string): Tensor {
  const tensor = golden.get(key);
  if (!tensor) throw new Error(`golden file has no ${key}`);
  return tensor;
}
