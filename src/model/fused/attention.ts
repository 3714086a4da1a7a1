// Causal attention of fused passes: a kernel of ours in bfloat16, ATen's in float32.

import { ops } from '../../torch/index.ts';
import type { Tensor } from '../../torch/index.ts';
import * as kernels from '../../torch/kernels.ts';
import { repeatHeads } from '../attend.ts';

/** Queries [B, T, H, D], keys and values [B, T, K, D]; K divides H. */
export type HeadParts = [queries: Tensor, keys: Tensor, values: Tensor];

/** -> [B, T, H, D], and what `attendBackward` needs of its sums. */
export function attend(parts: HeadParts, scale: number): [heads: Tensor, logSums: Tensor] {
  if (parts[0].dtype === 'bfloat16') return kernels.attention(...parts, scale);
  const [heads, logSums] = ops._scaledDotProductFlashAttentionForCpu(...byHeads(parts), 0, true, { scale });
  return [heads.transpose(1, 2), logSums];
}

/** Gradients of `parts` into those of `into`, from that of `heads`, which is [B, T, H, D]. */
export function attendBackward(
  into: HeadParts,
  gradient: Tensor,
  parts: HeadParts,
  heads: Tensor,
  logSums: Tensor,
  scale: number,
): void {
  if (heads.dtype === 'bfloat16') {
    kernels.attentionBackward(...into, gradient, ...parts, heads, logSums, scale);
    return;
  }
  const gradients = ops._scaledDotProductFlashAttentionForCpuBackward(
    gradient.transpose(1, 2),
    ...byHeads(parts),
    heads.transpose(1, 2),
    logSums,
    0,
    true,
    { scale },
  );
  for (const [i, place] of into.entries())
    place.copy_(sharedSum(gradients[i], place.shape[2]).transpose(1, 2));
}

/** As ATen wants them: [B, H, T, D] each, keys and values as often as queries share them. */
function byHeads(parts: HeadParts): HeadParts {
  const heads = parts[0].shape[2];
  const [queries, keys, values] = parts.map((x) => repeatHeads(x.transpose(1, 2), heads));
  return [queries, keys, values];
}

/** [B, H, T, D] -> [B, K, T, D]: the sum over those that share a head. */
function sharedSum(x: Tensor, heads: number): Tensor {
  const [B, H, T, D] = x.shape;
  return H === heads ? x : x.reshape([B, heads, H / heads, T, D]).sum([2]);
}
