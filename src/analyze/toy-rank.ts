// Approximate ranks of the toy's matrices, by upstream's rule: float32 singular values. Models' attention has a kernel of
// its own; there are few matrices here, and k* should come the way the published numbers did.

import { ops, scope } from '../torch/index.ts';
import type { Tensor } from '../torch/index.ts';

/**
 * Approximate rank k* of each matrix: the first place where the running share of the squared singular values is at
 * least `tau`, counted from 1; upstream's `searchsorted(cumsum, tau) + 1`. A matrix of which one vector proves that the
 * first singular value alone holds `tau` is not decomposed: most are, and the others take a third of a second each.
 *
 * @param matrices  [N, T, T], float32
 * @returns ranks [N]
 */
export function toyRanks(matrices: Tensor, tau: number): number[] {
  return scope(() =>
    firstShares(matrices).map((share, index) =>
      share >= tau + margin ? 1 : fullSpectrumRank(matrices.select(0, index), tau),
    ),
  );
}

const margin = 1e-4; // far above float32's error in a share

/** Lower bounds on the share of the first singular value, sharp for rank 1: |A v|^2 / |v|^2, v the sums of columns. */
function firstShares(matrices: Tensor): number[] {
  const v = matrices.sum([1]).unsqueeze(-1); // [N, T, 1]
  const stretch = matrices
    .matmul(v)
    .square()
    .sum([1, 2])
    .div(v.square().sum([1, 2])); // [N]
  const shares: ArrayLike<number | bigint> = stretch.div(matrices.square().sum([1, 2])).data(); // [N]
  return Array.from(shares, Number);
}

function fullSpectrumRank(matrix: Tensor, tau: number): number {
  return scope(() => {
    const energy = ops.linalgSvdvals(matrix).square(); // [T], largest first
    return energy.cumsum(0).div(energy.sum()).lt(tau).sum().item() + 1;
  });
}
