// Attention that needs no model: known matrices whose rank and columns are printed beside what was measured.
// With a causal mask a rank of 1 means a sink; uniform attention has more, and without a mask it has 1 (PAPER 1.2).

import { fromTypedArray, scope } from '../torch/index.ts';
import type { Tensor } from '../torch/index.ts';
import { attentionMatrices } from './attention.ts';
import type { AttentionRecord } from './attention-record.ts';
import { massColumns } from './matrix-measures.ts';
import { approximateRanks } from './rank.ts';
import { seededNormal } from './seeded-normal.ts';

/** A known attention matrix [T, T], float32; rows are queries and sum to 1. */
export interface NullMatrix {
  name: string;
  matrix: Tensor;
}

/** Width of the random head: its logits are products of queries and keys of this many numbers, as in the models. */
const headWidth = 64;

/**
 * The known matrices of `T` tokens, in the order to print them. They belong to the scope around the call.
 * At T = 100 and 0.9, their ranks k* are 5, 1, 90, 89, 1, 1, 1 and about 20, their columns m* 30, 90, 90, 89, 1, 1, 1
 * and about 33 (test/analyze/null-values.test.ts).
 *
 * @param seed  of the random logits
 */
export function nullMatrices(T: number, { seed = 0 }: { seed?: number } = {}): NullMatrix[] {
  return scope(() => {
    const causal = rows(T, (query, key) => (key <= query ? 1 / (query + 1) : 0)); // [T, T]
    const identity = rows(T, (query, key) => (key === query ? 1 : 0)); // [T, T]
    const sink = rows(T, (_, key) => (key === 0 ? 1 : 0)); // [T, T]
    return [
      { name: 'uniform, causal', matrix: causal },
      { name: 'uniform, no mask', matrix: rows(T, () => 1 / T) },
      { name: 'each token on itself', matrix: identity },
      {
        name: 'each token on the one before',
        matrix: rows(T, (query, key) => (key === Math.max(query - 1, 0) ? 1 : 0)),
      },
      { name: 'first token only', matrix: sink },
      { name: 'half on the first token, rest uniform', matrix: blend(sink, causal, 0.5) },
      { name: '80 % on the first token, rest on itself', matrix: blend(sink, identity, 0.8) },
      { name: 'random logits, causal', matrix: randomCausal(T, seed) },
    ];
  });
}

/** Rank and columns of the known matrices, measured as a model's are. */
export function measureNullValues(
  T: number,
  {
    tau,
    taus,
    eta,
    columnOrder,
  }: { tau: number; taus: readonly number[]; eta: number; columnOrder: 'sorted' | 'index' },
): AttentionRecord['nullValues'] {
  return scope(() =>
    nullMatrices(T).map(({ name, matrix }) => {
      const one = matrix.view([1, T, T]);
      const rankAtTaus = [...approximateRanks(one, { taus, causal: false }).ranks];
      const columns = massColumns(one, eta)[columnOrder][0];
      return { name, rank: rankAtTaus[taus.indexOf(tau)], rankAtTaus, columns };
    }),
  );
}

function rows(T: number, weight: (query: number, key: number) => number): Tensor {
  const values = Float32Array.from({ length: T * T }, (_, i) => weight(Math.floor(i / T), i % T));
  return fromTypedArray(values, [T, T]);
}

/** `share` of one attention, the rest of another. */
function blend(one: Tensor, other: Tensor, share: number): Tensor {
  return one.mul(share).add(other.mul(1 - share));
}

/** Softmax of causal logits of standard deviation 1: an untrained head. */
function randomCausal(T: number, seed: number): Tensor {
  const query = seededNormal([T, headWidth], { seed }, 'null.query'); // [T, D]
  const key = seededNormal([T, headWidth], { seed }, 'null.key'); // [T, D]
  return attentionMatrices(query.mul(1 / Math.sqrt(headWidth)), key, { causal: true }); // [T, T]
}
