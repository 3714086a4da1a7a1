// How weights lie in memory: products with a single token read them fastest column by column.

import { keep, noGrad, scope } from '../torch/index.ts';
import type { Model } from './family.ts';
import { mapWeights } from './weights.ts';

/**
 * The model with its float32 matrices on the CPU laid out for products with one row, where that is a third faster (a GPT-2 of
 * 124M parameters: 33 for 46 ms a token); products with many rows lose nothing. The old matrices are freed one by one. In
 * bfloat16 and on other devices nothing is gained, and nothing is changed.
 */
export function layOutForSampling<M extends Model>(model: M): M {
  const weights = mapWeights(model.weights, (leaf) => {
    if (leaf.shape.length !== 2 || leaf.dtype !== 'float32' || leaf.device !== 'cpu') return leaf;
    const turned = noGrad(() =>
      scope(() => keep(leaf.detach().t().clone({ memoryFormat: 'contiguous' }).t())),
    ); // [out, in] as before, strides [1, out]
    leaf.release();
    return turned;
  });
  return { ...model, weights };
}
