// AdamW and the learning rate against PyTorch and nanoGPT's formula, in float64.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { fromHubConfig, fromHubTensors, toHubTensors } from '../../src/model/huggingface.ts';
import { flattenWeights, releaseWeights } from '../../src/model/weights.ts';
import { keep, liveTensors, noGrad, scope } from '../../src/torch/index.ts';
import type { Tensor } from '../../src/torch/index.ts';
import { accumulateGradients } from '../../src/train/gradients.ts';
import {
  adamwUpdate,
  clipFactor,
  dropGradients,
  gradientNorm,
  initAdamw,
} from '../../src/train/optimizer.ts';
import type { AdamwOptions } from '../../src/train/optimizer.ts';
import { learningRate } from '../../src/train/schedule.ts';
import type { Schedule } from '../../src/train/schedule.ts';
import { numbers, readGoldenJson, readGoldenTensors, relativeError } from '../golden.ts';

type Options = AdamwOptions & { clip: number; schedule: Schedule };

let before = 0;
beforeEach(() => {
  before = liveTensors();
});
afterEach(() => {
  expect(liveTensors()).toBe(before);
});

test('learning rates equal nanoGPT’s get_lr', () => {
  const { cases } = readGoldenJson('schedule') as {
    cases: (Schedule & { steps: number[]; rates: number[] })[];
  };
  expect(cases.length).toBeGreaterThan(2);
  for (const { steps, rates, ...schedule } of cases)
    steps.forEach((step, index) => {
      expect(learningRate(step, schedule)).toBeCloseTo(rates[index] ?? NaN, 15);
    });
});

test('adamw: 20 steps in float64 equal PyTorch within 1e-9', async () => {
  const { options } = readGoldenJson('adamw') as { options: Options };
  const golden = await readGoldenTensors('adamw');
  const names = [...golden.keys()]
    .filter((key) => key.startsWith('start.'))
    .map((key) => key.slice('start.'.length));
  const leaves = new Map(
    names.map((name) => [name, scope(() => keep(get(golden, `start.${name}`).clone()))]),
  );
  const state = initAdamw(leaves);
  const norms = numbers(get(golden, 'norms'));
  const rates = numbers(get(golden, 'rates'));
  for (let step = 0; step < 20; step++) {
    scope(() => {
      for (const [name, leaf] of leaves) leaf.grad = get(golden, `gradients.${name}`).select(0, step).clone();
    });
    expect(learningRate(step, options.schedule)).toBeCloseTo(rates[step] ?? NaN, 15);
    const norm = gradientNorm(leaves);
    expect(Math.abs(norm - (norms[step] ?? NaN))).toBeLessThan(1e-12);
    const gradientScale = clipFactor(norm, options.clip);
    const rate = learningRate(step, options.schedule);
    adamwUpdate(leaves, state, rate, { ...options, decay: 'matrices', gradientScale });
    dropGradients(leaves);
    for (const [name, leaf] of leaves)
      scope(() =>
        expect(
          relativeError(leaf, get(golden, `weights.${name}`).select(0, step)),
          `${name} after step ${step}`,
        ).toBeLessThan(1e-9),
      );
  }
  for (const name of names) {
    expect(relativeError(get(state.moment1, name), get(golden, `moment1.${name}`))).toBeLessThan(1e-9);
    expect(relativeError(get(state.moment2, name), get(golden, `moment2.${name}`))).toBeLessThan(1e-9);
  }
  for (const tensors of [golden, leaves, state.moment1, state.moment2])
    for (const tensor of tensors.values()) tensor.release();
});

test('20 training steps of a small GPT-2 in float64 equal PyTorch within 1e-9', async () => {
  const { config: hub, options } = readGoldenJson('training') as { config: object; options: Options };
  const golden = await readGoldenTensors('training');
  const config = fromHubConfig(hub, 'training.json');
  const weights = await fromHubTensors(config, (key) =>
    Promise.resolve(scope(() => keep(get(golden, `start.${key}`).clone()))),
  );
  const leaves = flattenWeights(weights);
  for (const leaf of leaves.values()) leaf.requiresGrad = true;
  const state = initAdamw(leaves);
  const losses = numbers(get(golden, 'losses'));
  for (let step = 0; step < 20; step++) {
    const loss = scope(() => {
      const [inputs, targets] = [
        get(golden, 'tokens').select(0, step),
        get(golden, 'targets').select(0, step),
      ];
      const count = inputs.shape[0] * inputs.shape[1];
      const total = accumulateGradients(inputs, targets, weights, config, {
        precision: 'float32',
        scale: 1 / count,
        recompute: step % 2 === 1,
        lossRows: step % 3,
        mode: { dropout: 0, seedDropout: () => undefined },
      });
      return total.item() / count;
    });
    expect(Math.abs(loss - (losses[step] ?? NaN)), `loss of step ${step}`).toBeLessThan(1e-9);
    const gradientScale = clipFactor(gradientNorm(leaves), options.clip);
    const rate = learningRate(step, options.schedule);
    adamwUpdate(leaves, state, rate, { ...options, decay: 'matrices', gradientScale });
    dropGradients(leaves);
  }
  const named = noGrad(() => toHubTensors({ config, weights }));
  for (const [name, tensor] of named)
    expect(relativeError(tensor, get(golden, `end.${name}`)), name).toBeLessThan(1e-9);
  releaseWeights(weights);
  for (const tensors of [golden, named, state.moment1, state.moment2])
    for (const tensor of tensors.values()) tensor.release();
});

function get(tensors: ReadonlyMap<string, Tensor>, name: string): Tensor {
  const tensor = tensors.get(name);
  if (!tensor) throw new Error(`no tensor ${name}`);
  return tensor;
}
