// Measures of single attention matrices: columns of mass, share of the first token, entropy. Ranks are in rank.ts.

import { ops, scope } from '../torch/index.ts';
import type { Tensor } from '../torch/index.ts';

const roundoff = 1e-6; // of a matrix's mass: what float32 softmax may miss an exact boundary by

/**
 * Smallest number of columns that hold `eta` of each matrix's squared mass, the sum of its squared column norms.
 *
 * @param attention  [N, T, T] float32, rows are queries
 * @returns columns [N], 1 to T: `sorted` takes the heaviest first, `index` the first tokens first
 * @see arXiv:2404.08634v4, section 2, where the formula reads as `index` and the words as `sorted`
 */
export function massColumns(attention: Tensor, eta: number): { sorted: Float64Array; index: Float64Array } {
  const [N, T] = attention.shape;
  const masses = scope(() => float64s(attention.square().sum([-2], false, { dtype: 'float64' }))); // [N, T]
  const result = { sorted: new Float64Array(N), index: new Float64Array(N) };
  for (let n = 0; n < N; n++) {
    const columns = masses.slice(n * T, (n + 1) * T);
    const total = columns.reduce((sum, mass) => sum + mass, 0);
    const wanted = (eta - roundoff) * total;
    result.index[n] = countUntil(columns, wanted);
    result.sorted[n] = countUntil(columns.sort().reverse(), wanted);
  }
  return result;
}

/** Share of attention on the first token, mean over queries: [N, T, T] -> [N], in 0 to 1. The sink of later work. */
export function sinkShares(attention: Tensor): Float64Array {
  return scope(() => float64s(attention.select(-1, 0).mean([-1], false, { dtype: 'float64' })));
}

/** Entropy of a query's attention, mean over queries: [N, T, T] -> [N], in nats. */
export function entropies(attention: Tensor): Float64Array {
  return scope(() => float64s(ops.specialEntr(attention).sum([-1]).mean([-1], false, { dtype: 'float64' })));
}

function countUntil(masses: Float64Array, wanted: number): number {
  let sum = 0;
  for (let count = 0; count < masses.length; count++) {
    sum += masses[count];
    if (sum >= wanted) return count + 1;
  }
  return masses.length;
}

function float64s(tensor: Tensor): Float64Array {
  const data = tensor.data();
  if (!(data instanceof Float64Array)) throw new TypeError(`expected float64 figures, got ${tensor.dtype}`);
  return data;
}
