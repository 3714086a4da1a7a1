// Demo 2 of "pure attention loses rank": one attention layer without mask or residual learns noise, and its ranks over
// the steps. A toy of a few lines with an Adam of its own; models are trained by src/train.

import { backward, keep, noGrad, ops, scope } from '../torch/index.ts';
import type { Tensor } from '../torch/index.ts';
import { seededNormal } from './seeded-normal.ts';
import type { TrainingOptions } from './toy-options.ts';
import { toyRanks } from './toy-rank.ts';
import type { RankHistory } from './toy-record.ts';

/** Weights of the layer, each [C, C], applied from the right; no biases. */
export interface AttentionWeights {
  query: Tensor;
  key: Tensor;
  value: Tensor;
  output: Tensor;
}

/** Where the layer's numbers come from: a step's inputs and targets, and the batch that is measured, each [B, T, C]. */
export type Noise = (what: 'inputs' | 'targets' | 'fixed', step: number) => Tensor;

/** One measurement, after the update of `step`. */
export interface Measured {
  step: number;
  /** Of each head, rank of the mean attention over sequences. */
  ranks: number[];
  /** Mean over heads and sequences of each sequence's own rank. */
  meanOfRanks: number;
  /** Mean entropy of a query's attention, in nats. */
  entropy: number;
  /** Mean squared error before the update. */
  loss: number;
}

/**
 * What demo 2 measures, of weights and noise drawn from `seed`.
 *
 * @param say  is told each measurement as it is made
 */
export async function trainedAttentionRanks(
  options: TrainingOptions,
  { tau, seed, device }: { tau: number; seed: number; device: string },
  say: (measured: Measured) => void = () => {},
): Promise<RankHistory> {
  const { batch, tokens, hidden, heads } = options;
  const deviation = Math.sqrt(2 / hidden); // kaiming_normal_(w, nonlinearity='relu') of a matrix
  const weight = (name: string): Tensor =>
    scope(() => keep(seededNormal([hidden, hidden], { seed, deviation, device }, `toy.training.${name}`))); // [C, C]
  const weights: AttentionWeights = {
    query: weight('query'),
    key: weight('key'),
    value: weight('value'),
    output: weight('output'),
  };
  const noise: Noise = (what, step) =>
    seededNormal([batch, tokens, hidden], { seed, device }, `toy.training.${what}`, step); // [B, T, C]
  try {
    const measured = await trainAttention(weights, noise, { ...options, tau }, say);
    return {
      tokens,
      hidden,
      heads,
      batch,
      tau,
      steps: measured.map(({ step }) => step),
      meanRank: measured.map(({ ranks }) => mean(ranks)),
      rankPerHead: measured.map(({ ranks }) => ranks),
      meanOfRanks: measured.map(({ meanOfRanks }) => meanOfRanks),
      entropy: measured.map(({ entropy }) => entropy),
      loss: measured.map(({ loss }) => loss),
    };
  } finally {
    for (const tensor of Object.values<Tensor>({ ...weights })) tensor.release();
  }
}

/** Trains the weights in place; measures after the first update, every `every` steps, and after the last. */
export async function trainAttention(
  weights: AttentionWeights,
  noise: Noise,
  {
    heads,
    steps,
    every,
    learningRate,
    tau,
  }: Pick<TrainingOptions, 'heads' | 'steps' | 'every' | 'learningRate'> & { tau: number },
  say: (measured: Measured) => void = () => {},
): Promise<Measured[]> {
  const adam = initAdam(weights);
  const measured: Measured[] = [];
  try {
    for (let step = 0; step < steps; step++) {
      const loss = scope(() => {
        const { result } = attend(noise('inputs', step), weights, heads); // [B, T, C]
        const error = result.sub(noise('targets', step)).square().mean(); // []
        backward(error);
        adamUpdate(adam, learningRate);
        return error.item();
      });
      if (step % every === 0 || step === steps - 1) {
        const found = scope(() => measure(noise('fixed', 0), weights, heads, tau));
        measured.push({ step, loss, ...found });
        say({ step, loss, ...found });
      }
      await new Promise(setImmediate); // finalizers, signals and logging get their turn
    }
    return measured;
  } finally {
    for (const tensor of [...adam.moment1, ...adam.moment2]) tensor.release();
  }
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
): Pick<Measured, 'ranks' | 'meanOfRanks' | 'entropy'> {
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

function initAdam({ query, key, value, output }: AttentionWeights): Adam {
  const leaves = [query, key, value, output];
  const zeros = (): Tensor[] => leaves.map((leaf) => scope(() => keep(ops.zerosLike(leaf))));
  const [moment1, moment2] = [zeros(), zeros()];
  for (const leaf of leaves) leaf.requiresGrad = true;
  return { leaves, moment1, moment2, updates: 0 };
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
