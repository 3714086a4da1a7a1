// Demo 2 of "pure attention loses rank": one attention layer without mask or residual learns noise, and its ranks over
// the steps. A toy of a few lines with an Adam of its own; models are trained by src/train.

import { streamSeed } from '../run/seed.ts';
import { backward, keep, manualSeed, noGrad, ops, scope } from '../torch/index.ts';
import type { Tensor } from '../torch/index.ts';
import type { TrainingOptions } from './toy-options.ts';
import { toyRanks } from './toy-rank.ts';
import type { RankHistory } from './toy-record.ts';

/** Weights of the layer, each [C, C], applied from the right; no biases. */
interface AttentionWeights {
  query: Tensor;
  key: Tensor;
  value: Tensor;
  output: Tensor;
}

/** What was measured after a step's update; `loss` is from before it. */
interface Measurement {
  step: number;
  ranks: number[];
  meanOfRanks: number;
  entropy: number;
  loss: number;
}

/**
 * Trains the layer and measures its attention after the first update, every `every` steps, and after the last.
 *
 * @param say  is told the measurements as they are made
 */
export async function trainedAttentionRanks(
  options: TrainingOptions,
  { tau, seed, device }: { tau: number; seed: number; device: string },
  say: (measured: { step: number; meanRank: number; loss: number }) => void = () => {},
): Promise<RankHistory> {
  const { batch: B, tokens: T, hidden: C, heads: H, steps, every, learningRate } = options;
  const draw = (shape: number[], sd: number, name: string, ...place: number[]): Tensor => {
    manualSeed(streamSeed(seed, `toy.${name}`, ...place));
    return ops.empty(shape, { dtype: 'float32' }).normal_(0, sd).to({ device });
  };
  const noise = (name: string, ...place: number[]): Tensor =>
    draw([B, T, C], 1, `training.${name}`, ...place);
  const weight = (name: string): Tensor => {
    const leaf = scope(() => keep(draw([C, C], Math.sqrt(2 / C), `training.${name}`))); // kaiming_normal_, relu
    leaf.requiresGrad = true;
    return leaf;
  };
  const weights = {
    query: weight('query'),
    key: weight('key'),
    value: weight('value'),
    output: weight('output'),
  };
  const adam = initAdam(Object.values(weights));
  const fixed = scope(() => keep(noise('fixed')));
  const measured: Measurement[] = [];
  try {
    for (let step = 0; step < steps; step++) {
      const loss = scope(() => {
        const output = attend(noise('inputs', step), weights, H); // [B, T, C]
        const error = output.result.sub(noise('targets', step)).square().mean(); // []
        backward(error);
        adamUpdate(adam, learningRate);
        return error.item();
      });
      if (step % every === 0 || step === steps - 1) {
        const found = { step, loss, ...measure(fixed, weights, H, tau) };
        measured.push(found);
        say({ step, loss, meanRank: mean(found.ranks) });
      }
      await new Promise(setImmediate); // finalizers, signals and logging get their turn
    }
  } finally {
    for (const tensor of [fixed, ...adam.leaves, ...adam.moment1, ...adam.moment2]) tensor.release();
  }
  return {
    tokens: T,
    hidden: C,
    heads: H,
    batch: B,
    tau,
    steps: measured.map(({ step }) => step),
    meanRank: measured.map(({ ranks }) => mean(ranks)),
    rankPerHead: measured.map(({ ranks }) => ranks),
    meanOfRanks: measured.map(({ meanOfRanks }) => meanOfRanks),
    entropy: measured.map(({ entropy }) => entropy),
    loss: measured.map(({ loss }) => loss),
  };
}

/** The layer: attention [B, H, T, T] and what comes out [B, T, C]. */
function attend(x: Tensor, w: AttentionWeights, H: number): { attention: Tensor; result: Tensor } {
  const [B = 0, T = 0, C = 0] = x.shape;
  const heads = (weight: Tensor): Tensor =>
    x
      .matmul(weight)
      .view([B, T, H, C / H])
      .transpose(1, 2); // [B, H, T, D]
  const logits = heads(w.query)
    .matmul(heads(w.key).transpose(2, 3))
    .mul(1 / Math.sqrt(C / H)); // [B, H, T, T]
  const attention = logits.softmax(-1); // [B, H, T, T]
  const mixed = attention.matmul(heads(w.value)).transpose(1, 2).reshape([B, T, C]); // [B, T, C]
  return { attention, result: mixed.matmul(w.output) };
}

function measure(
  x: Tensor,
  weights: AttentionWeights,
  H: number,
  tau: number,
): Pick<Measurement, 'ranks' | 'meanOfRanks' | 'entropy'> {
  return noGrad(() =>
    scope(() => {
      const { attention } = attend(x, weights, H); // [B, H, T, T]
      const own = attention.flatten(0, 1); // [B H, T, T]
      return {
        ranks: toyRanks(attention.mean([0]), tau),
        meanOfRanks: mean(toyRanks(own, tau)),
        entropy: ops.specialEntr(own).sum([-1]).mean().item(),
      };
    }),
  );
}

/** Adam's state: weights and both moments in one order, and updates so far. */
interface Adam {
  leaves: Tensor[];
  moment1: Tensor[];
  moment2: Tensor[];
  updates: number;
}

function initAdam(leaves: Tensor[]): Adam {
  const zeros = (): Tensor[] => leaves.map((leaf) => scope(() => keep(ops.zerosLike(leaf.detach()))));
  return { leaves, moment1: zeros(), moment2: zeros(), updates: 0 };
}

/** One update in place with PyTorch's defaults (beta 0.9 and 0.999, epsilon 1e-8); the gradients are dropped. */
function adamUpdate(adam: Adam, lr: number): void {
  const { leaves, moment1, moment2 } = adam;
  adam.updates += 1;
  noGrad(() => {
    const gradients = leaves.flatMap((leaf) => leaf.grad ?? []);
    const step = ops.full([], adam.updates, { dtype: 'float32', device: leaves[0]?.device });
    ops._fusedAdam_(
      leaves,
      gradients,
      moment1,
      moment2,
      [],
      leaves.map(() => step),
      {
        lr,
        beta1: 0.9,
        beta2: 0.999,
        weightDecay: 0,
        eps: 1e-8,
        amsgrad: false,
        maximize: false,
      },
    );
  });
  for (const leaf of leaves) leaf.grad = null;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
