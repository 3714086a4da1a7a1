// Attention matrices as tensors, from queries and keys: what the fast path never makes. A few matrices at a time.

import { ops, scope } from '../torch/index.ts';
import type { Tensor } from '../torch/index.ts';

/**
 * Softmax of the attention logits, in float32.
 *
 * @param queries  [.., T, D], the attention scale in them
 * @param keys     [.., T, D]
 * @param causal   each query sees itself and what is before it; else every token sees all
 * @returns [.., T, T], rows sum to 1
 */
export function attentionMatrices(queries: Tensor, keys: Tensor, { causal }: { causal: boolean }): Tensor {
  return scope(() => {
    const logits = queries.to('float32').matmul(keys.to('float32').transpose(-2, -1)); // [.., T, T]
    if (causal) logits.maskedFill_(futureMask(logits.shape.at(-1) ?? 0, logits.device), -Infinity);
    return logits.softmax(-1); // [.., T, T]
  });
}

/** True where a key comes after its query: [T, T]. */
function futureMask(T: number, device: string): Tensor {
  return ops.ones([T, T], { dtype: 'bool', device }).triu(1);
}
