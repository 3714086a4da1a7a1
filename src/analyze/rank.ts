// Approximate rank k* of attention matrices: how many singular values hold a share of the energy. Exact, on the CPU.
// The work is in native/torch/kernels/energy_rank.cpp; which heads and sequences to measure is the caller's affair.

import { op, scope, Tensor } from '../torch/index.ts';

const energyRank = op('inheritune::energy_rank');

/** How an answer was proven, cheapest first. */
export const rankWays = ['bounds', 'float32', 'float64'] as const;
export type RankWay = (typeof rankWays)[number];

export interface ApproximateRanks {
  /** k* of matrix i at taus[t], at place i * taus.length + t; matrices in row-major order of the leading dimensions. */
  ranks: Int32Array;
  /** The way that gave each matrix's ranks. */
  ways: RankWay[];
}

export interface RankOptions {
  /** Shares of the sum of all squared singular values, ascending, in (0, 1]. */
  taus?: readonly number[];
  /** The matrices are zero above the diagonal: half the work. False takes any square matrix. */
  causal?: boolean;
  /** Matrices up to this size get all their singular values without trying bounds first. */
  direct?: number;
}

/**
 * The smallest k whose k largest squared singular values sum to at least tau of all of them, for each matrix and tau:
 * what float64's full spectrum says, proven from as few singular values as that takes. An energy less than 1e-12 of the
 * whole below a share is a tie, and reaches it; a matrix of zeros has rank 1.
 *
 * @param attention  [.., T, T] float32; on a GPU it is copied to the CPU
 * @throws TypeError   when `attention` is no tensor of float32
 * @throws RangeError  when it is not square, or taus are not ascending in (0, 1]
 * @throws Error       with the number of the matrix, when one has NaN, infinity or, if causal, anything but zeros above
 *                     the diagonal
 * @see arXiv:2404.08634, Definition of approximate rank; Ky Fan 1949 for the bounds
 */
export function approximateRanks(
  attention: Tensor,
  { taus = [0.9], causal = true, direct = 160 }: RankOptions = {},
): ApproximateRanks {
  if (!(attention instanceof Tensor) || attention.dtype !== 'float32')
    throw new TypeError(
      `approximateRanks: expected attention in float32, got ${attention instanceof Tensor ? attention.dtype : typeof attention}`,
    );
  const shape = attention.shape;
  const T = shape.at(-1) ?? 0;
  if (shape.length < 2 || shape.at(-2) !== T || T === 0)
    throw new RangeError(`approximateRanks: expected matrices [.., T, T], got [${shape.join(', ')}]`);
  if (taus.length === 0 || taus.some((tau, i) => !(tau > (taus[i - 1] ?? 0) && tau <= 1)))
    throw new RangeError(
      `approximateRanks: expected taus ascending in (0, 1], got [${taus.join(', ')}]; sort them`,
    );
  const count = shape.slice(0, -2).reduce((product, size) => product * size, 1);
  return scope(() => {
    const matrices = attention.detach().to({ device: 'cpu' }).reshape([count, T, T]).contiguous(); // [N, T, T]
    const [ranks, ways] = call(matrices, taus, causal, direct); // [N, taus], [N]
    return {
      ranks: Int32Array.from(ranks.data() as BigInt64Array, Number),
      ways: Array.from(ways.data() as BigInt64Array, (way) => rankWays[Number(way)]),
    };
  });
}

function call(matrices: Tensor, taus: readonly number[], causal: boolean, direct: number): [Tensor, Tensor] {
  const results = energyRank(matrices, taus, causal, { direct });
  const [ranks, ways] = Array.isArray(results) ? (results as unknown[]) : [];
  if (!(ranks instanceof Tensor && ways instanceof Tensor))
    throw new TypeError('energy_rank gave no pair of tensors');
  return [ranks, ways];
}
