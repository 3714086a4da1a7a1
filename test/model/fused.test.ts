// Fused passes against autograd in float64: loss, every gradient, and the same bits with blocks run again.

import * as vitest from 'vitest';
import { describe, expect } from 'vitest';
import { familyOf, initModel } from '../../src/model/families.ts';
import type { ModelConfig, ModelSizes, Weights } from '../../src/model/family.ts';
import { chooseKernels } from '../../src/model/fused/families.ts';
import { flattenWeights, mapWeights, releaseWeights } from '../../src/model/weights.ts';
import { fromTypedArray, keep, noGrad, ops, scope } from '../../src/torch/index.ts';
import type { Dtype, Tensor } from '../../src/torch/index.ts';
import { hasBfloat16Products, hasFloat32Products } from '../../src/torch/kernels.ts';
import { accumulateGradients } from '../../src/train/gradients.ts';
import type { GradientOptions } from '../../src/train/gradients.ts';
import { checkLiveTensors } from '../live-tensors.ts';

checkLiveTensors();

const [B, T] = [3, 21];
const sizes: ModelSizes = {
  layers: 2,
  heads: 4,
  width: 32,
  context: 24,
  vocab: 101, // odd, as GPT-2's 50257 is
  paddedVocab: 101,
  dropout: 0,
  bias: false,
  scaleAttentionByInverseLayer: true,
  keyValueHeads: undefined,
  hidden: undefined,
  tied: undefined,
};
const made = (family: string, changes: Partial<ModelSizes> = {}): ModelConfig =>
  familyOf({ family }).fromSizes({ ...sizes, ...changes });

const models: [string, ModelConfig][] = [
  ['GPT-2', made('gpt2')],
  ['GPT-2 with biases', made('gpt2', { bias: true })],
  ['GPT-2 with the exact GELU', { ...made('gpt2'), exactGelu: true } as ModelConfig],
  ['Llama', made('llama')],
  [
    'Llama, shared heads, biases, tied',
    made('llama', { keyValueHeads: 2, bias: true, tied: true, hidden: 86 }),
  ],
];

/** Weights with biases and norms that are not what they begin with. */
function weightsOf(config: ModelConfig): Weights {
  const weights = initModel(config, 5);
  noGrad(() =>
    scope(() => {
      for (const [index, leaf] of [...flattenWeights(weights).values()].entries()) {
        const noise = Float32Array.from({ length: leaf.numel() }, (_, i) => 0.02 * Math.sin(7.3 * i + index));
        leaf.add_(fromTypedArray(noise, leaf.shape));
      }
    }),
  );
  return weights;
}

function ids(offset: number): Tensor {
  return fromTypedArray(
    BigInt64Array.from({ length: B * T }, (_, i) => BigInt(((i + offset) * 7919) % sizes.vocab)),
    [B, T],
  );
}

/** Loss and gradients by path, of a copy of the weights in `dtype`. */
function gradientsOf(
  config: ModelConfig,
  weights: Weights,
  dtype: Dtype,
  options: Partial<GradientOptions>,
  times = 1,
): { loss: number; gradients: Map<string, Tensor> } {
  const copy = mapWeights(weights, (leaf) => scope(() => keep(leaf.detach().to(dtype).clone())));
  const leaves = flattenWeights(copy);
  for (const leaf of leaves.values()) leaf.requiresGrad = true;
  let loss = 0;
  for (let i = 0; i < times; i++)
    loss += scope(() =>
      accumulateGradients(ids(0), ids(1), copy, config, {
        precision: 'bfloat16',
        scale: 1 / (B * T),
        recompute: false,
        lossRows: 0,
        mode: { dropout: 0, seedDropout: () => undefined },
        ...options,
      }).item(),
    );
  const gradients = new Map(
    [...leaves].map(([path, leaf]) => {
      const { grad } = leaf;
      if (!grad) throw new Error(`${path} has no gradient`);
      return [path, grad] as const;
    }),
  );
  releaseWeights(copy);
  return { loss: loss / (B * T), gradients };
}

function free(...results: { gradients: Map<string, Tensor> }[]): void {
  for (const { gradients } of results) for (const gradient of gradients.values()) gradient.release();
}

const cosine = (a: Tensor, b: Tensor): number =>
  scope(() => ops.cosineSimilarity(a.to('float64').flatten(), b.to('float64').flatten(), 0).item());

/** How far from float64: the loss and gradients' norms relatively, gradients' cosines from 1. */
const precisions = [
  { precision: 'bfloat16', has: hasBfloat16Products(), loss: 1e-3, norm: 0.01, cosine: 1e-4 },
  {
    precision: 'float32',
    has: hasFloat32Products(),
    loss: 1e-6,
    norm: 1e-5,
    cosine: 1e-9,
  },
] as const;
const titled = precisions.map((kind) => ({
  ...kind,
  title: `fused passes in ${kind.precision}${kind.has ? '' : ' (skipped: this CPU has none)'}`,
}));

describe.each(titled)('$title', ({ precision, has, ...within }) => {
  const test = has ? vitest.test : vitest.test.skip;

  test.each(models)('%s: as float64 by autograd', (_, config) => {
    const weights = weightsOf(config);
    expect(chooseKernels({ kernels: 'auto', precision }, config, weights).fused).not.toBeNull();
    const exact = gradientsOf(config, weights, 'float64', { precision: 'float32', kernels: 'plain' });
    const fused = gradientsOf(config, weights, 'float32', { precision });
    expect(Math.abs(fused.loss / exact.loss - 1)).toBeLessThan(within.loss);
    for (const [path, gradient] of fused.gradients) {
      const other = exact.gradients.get(path);
      if (!other) throw new Error(path);
      const [ours, theirs] = scope(() => [gradient.norm().item(), other.norm().item()]);
      if (path.endsWith('key.bias')) continue; // moves all logits of a query alike: rounding is all there is
      expect(1 - cosine(gradient, other), path).toBeLessThan(within.cosine);
      expect(Math.abs(ours / theirs - 1), path).toBeLessThan(within.norm);
    }
    free(exact, fused);
    releaseWeights(weights);
  });

  test.each(models)(
    '%s: the same bits with blocks run again, and twice the gradient after two batches',
    (_, config) => {
      const weights = weightsOf(config);
      const once = gradientsOf(config, weights, 'float32', { precision });
      const again = gradientsOf(config, weights, 'float32', { precision, recompute: true });
      const chunks = gradientsOf(config, weights, 'float32', { precision, lossRows: 5 });
      const twice = gradientsOf(config, weights, 'float32', { precision }, 2);
      expect(again.loss).toBe(once.loss);
      expect(chunks.loss).toBeCloseTo(once.loss, 5);
      for (const [path, gradient] of once.gradients) {
        const of = (result: { gradients: Map<string, Tensor> }) => result.gradients.get(path) ?? gradient;
        expect(of(again).equal(gradient), path).toBe(true);
        if (path.endsWith('key.bias')) continue;
        expect(cosine(of(chunks), gradient), path).toBeGreaterThan(0.99999);
        const difference = scope(() => of(twice).sub(gradient.mul(2)).abs().max().item());
        expect(difference, path).toBeLessThan(
          1e-5 *
            Math.max(
              1,
              scope(() => gradient.abs().max().item()),
            ),
        );
      }
      free(once, again, chunks, twice);
      releaseWeights(weights);
    },
  );
});

vitest.test('plain passes are taken, and why is said', () => {
  const config = made('gpt2');
  const weights = initModel(config, 1);
  const auto = { kernels: 'auto', precision: 'bfloat16' } as const;
  expect(chooseKernels({ ...auto, kernels: 'plain' }, config, weights).reason).toBe('kernels is plain');
  expect(chooseKernels({ ...auto, precision: 'float16' }, config, weights).reason).toContain(
    'precision is float16',
  );
  expect(chooseKernels(auto, { ...config, dropout: 0.1 }, weights).reason).toContain('model.dropout is 0.1');
  expect(chooseKernels(auto, { ...config, heads: 32 }, weights).reason).toContain('even width');
  expect(chooseKernels(auto, made('opt'), weights).reason).toContain('opt has none');
  releaseWeights(weights);
});
