// The forward pass by a family's fused passes: how any begins, and one where nothing goes back, which frees each block's
// tensors as soon as it is done. Call them in `noGrad`.

import { scope } from '../../torch/index.ts';
import type { Dtype, Tensor } from '../../torch/index.ts';
import { familyOf } from '../families.ts';
import type { Model } from '../family.ts';
import type { FusedFamily, Pass, Saved } from './family.ts';

/** What the blocks of a pass over tokens [B, T] int64 have in common, and the stream that enters the first: x [N, C]. */
export function beginPass(
  tokens: Tensor,
  { config, weights }: Model,
  fused: FusedFamily,
  dtype: Dtype,
): { pass: Pass; tables: Saved; x: Tensor } {
  const [B, T] = tokens.shape;
  const pass = { B, T, dtype };
  const embedded = (): Tensor =>
    familyOf(config)
      .embed(tokens, weights, config)
      .view([B * T, -1]);
  return { pass, tables: fused.tables(config, pass), x: scope(embedded) };
}

/** States before the head, of tokens [B, T] int64: [N, C] in `dtype`. */
export function fusedStates(tokens: Tensor, model: Model, fused: FusedFamily, dtype: Dtype): Tensor {
  const { config, weights } = model;
  return scope(() => {
    const { pass, tables, x: entry } = beginPass(tokens, model, fused, dtype);
    let x = entry;
    for (const [layer, block] of weights.blocks.entries()) {
      const before = x;
      x = scope(() => fused.forward(before, block, layer, config, pass, tables).output); // [N, C]
      before.release();
    }
    return fused.finish(x, weights, config, pass).normed; // [N, C]
  });
}
