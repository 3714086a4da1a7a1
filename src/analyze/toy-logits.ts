// Demo 1 of "pure attention loses rank": ranks of random attention before and after softmax. Nothing is trained.
// After upstream's attention-collapse notebook: no mask; logits and attention are averaged over sequences before the SVD.

import { noGrad, scope } from '../torch/index.ts';
import type { Tensor } from '../torch/index.ts';
import { seededNormal } from './seeded-normal.ts';
import type { LogitsOptions } from './toy-options.ts';
import { toyRanks } from './toy-rank.ts';
import type { LogitRanks } from './toy-record.ts';

export interface RandomAttention {
  /** Inputs, [B, T, C]. */
  x: Tensor;
  /** One matrix a head, [H, C, D]. */
  query: Tensor;
  /** [H, C, D] */
  key: Tensor;
}

/** What demo 1 measures, of random inputs and weights drawn from `seed`. */
export function randomAttentionRanks(
  { batch: B, tokens: T, hidden: C, heads: H }: LogitsOptions,
  { tau, seed, device }: { tau: number; seed: number; device: string },
): LogitRanks {
  const deviation = kaimingDeviation(C, C / H);
  return scope(() =>
    attentionRanks(
      {
        x: seededNormal([B, T, C], { seed, device }, 'toy.logits.x'),
        query: seededNormal([H, C, C / H], { seed, deviation, device }, 'toy.logits.query'),
        key: seededNormal([H, C, C / H], { seed, deviation, device }, 'toy.logits.key'),
      },
      tau,
    ),
  );
}

/**
 * Standard deviation of PyTorch's `kaiming_normal_(w, nonlinearity='relu')` for `w` of [H, C, D]: the fan-in of three
 * dimensions is C x D, as of a convolution, where the C inputs of a product were meant. So logits are D times too small.
 */
function kaimingDeviation(C: number, D: number): number {
  return Math.sqrt(2 / (C * D));
}

/** Ranks of given inputs and weights, one head at a time. */
export function attentionRanks({ x, query, key }: RandomAttention, tau: number): LogitRanks {
  const [batch = 0, tokens = 0, hidden = 0] = x.shape;
  const [heads = 0, , D = 0] = query.shape;
  const measured = Array.from({ length: heads }, (_, head) =>
    noGrad(() =>
      scope(() => {
        const q = x.matmul(query.select(0, head)); // [B, T, D]
        const k = x.matmul(key.select(0, head)); // [B, T, D]
        const logits = q.matmul(k.transpose(1, 2)).mul(1 / Math.sqrt(D)); // [B, T, T]
        const attention = logits.softmax(-1); // [B, T, T]
        const rankOfMean = (matrices: Tensor): number => toyRanks(matrices.mean([0], true), tau)[0] ?? NaN;
        return {
          before: rankOfMean(logits),
          after: rankOfMean(attention),
          ownAfter: mean(toyRanks(attention, tau)),
          logitMean: logits.mean().item(),
          logitSquare: logits.square().mean().item(),
        };
      }),
    ),
  );
  const logitMean = mean(measured.map((head) => head.logitMean));
  const logitSquare = mean(measured.map((head) => head.logitSquare));
  return {
    tokens,
    hidden,
    heads,
    batch,
    tau,
    ranksBefore: measured.map(({ before }) => before),
    ranksAfter: measured.map(({ after }) => after),
    meanRanksAfter: measured.map(({ ownAfter }) => ownAfter),
    logitDeviation: Math.sqrt(logitSquare - logitMean ** 2),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
