// GPT-2's block, forward and backward by hand, as `gpt2.block` computes it without dropout. See family.ts.

import { ops, scope } from '../../torch/index.ts';
import type { Tensor } from '../../torch/index.ts';
import * as kernels from '../../torch/kernels.ts';
import { attentionScale } from '../gpt2.ts';
import type { Gpt2Block, Gpt2Config, Gpt2Weights } from '../gpt2.ts';
import { attend, attendBackward } from './attention.ts';
import type { HeadParts } from './attention.ts';
import type { FusedFamily, Pass } from './family.ts';
import {
  addLinearGradients,
  finishRows,
  finishRowsBackward,
  normRows,
  normRowsBackward,
  releaseAll,
} from './layers.ts';

type Saved = {
  x: Tensor; // [N, C] float32
  normed1: Tensor; // [N, C]
  statistics1: Tensor; // [N, 2] float32
  joint: Tensor; // queries, keys, values: [N, 3C]
  attended: Tensor; // [N, C]
  logSums: Tensor; // [B, H, T] float32
  middle: Tensor; // [N, C] float32
  normed2: Tensor; // [N, C]
  statistics2: Tensor; // [N, 2] float32
  pre: Tensor; // before GELU: [N, 4C]
};

export const fusedGpt2: FusedFamily<Gpt2Config, Gpt2Block, Gpt2Weights, Saved> = {
  fits: ({ width, heads }) => (width / heads) % 2 === 0 && width / heads <= 256,

  tables: () => ({}),

  forward(x, { norm1, attention, norm2, mlp }, layer, config, pass) {
    const kind = normKind(config);
    const [normed1, statistics1] = normRows(x, norm1, kind, pass); // [N, C]
    const joint = kernels.linear(normed1, attention.queryKeyValue.weight, attention.queryKeyValue.bias); // [N, 3C]
    const [heads, logSums] = attend(parts(joint, pass, config), attentionScale(layer, config));
    const attended = heads.view(x.shape); // [N, C]
    const middle = kernels.linearAdd(x, attended, attention.output.weight, attention.output.bias); // [N, C]
    const [normed2, statistics2] = normRows(middle, norm2, kind, pass); // [N, C]
    const pre = kernels.linear(normed2, mlp.up.weight, mlp.up.bias); // [N, 4C]
    const activated = kernels.gelu(pre, isExact(config)); // [N, 4C]
    const output = kernels.linearAdd(middle, activated, mlp.down.weight, mlp.down.bias); // [N, C]
    const saved = { x, normed1, statistics1, joint, attended, logSums, middle, normed2, statistics2, pre };
    return { output, saved };
  },

  backward({ exact, rounded }, saved, { norm1, attention, norm2, mlp }, layer, config, pass) {
    const { joint, attended, logSums, pre } = saved;
    const inner = kernels.linearInputGradient(rounded, [mlp.down.weight]); // [N, 4C]
    kernels.geluBackward(inner, pre, isExact(config)); // inner is now the gradient of pre, and pre is activated
    addLinearGradients(mlp.down, rounded, pre);
    pre.release();
    addLinearGradients(mlp.up, inner, saved.normed2);
    const normed2 = kernels.linearInputGradient(inner, [mlp.up.weight]); // [N, C]
    releaseAll(inner, saved.normed2);
    const middle = normRowsBackward(exact, normed2, saved.middle, saved.statistics2, norm2, normKind(config));

    const heads = kernels.linearInputGradient(middle.rounded, [attention.output.weight]); // [N, C]
    addLinearGradients(attention.output, middle.rounded, attended);
    const jointGradient = ops.emptyLike(joint); // [N, 3C]
    scope(() => {
      const places = parts(joint, pass, config);
      const shape = places[0].shape; // [B, T, H, D]
      const [back, result] = [heads.view(shape), attended.view(shape)];
      const gradients = parts(jointGradient, pass, config);
      attendBackward(gradients, back, places, result, logSums, attentionScale(layer, config));
    });
    releaseAll(joint, attended, heads, saved.middle, normed2);
    addLinearGradients(attention.queryKeyValue, jointGradient, saved.normed1);
    const normed1 = kernels.linearInputGradient(jointGradient, [attention.queryKeyValue.weight]); // [N, C]
    return normRowsBackward(exact, normed1, saved.x, saved.statistics1, norm1, normKind(config));
  },

  finish: (x, { finalNorm }, config, pass) => finishRows(x, finalNorm, normKind(config), pass),

  finishBackward: (gradient, saved, { finalNorm }, config) =>
    finishRowsBackward(gradient, saved, finalNorm, normKind(config)),
};

function normKind({ layerNormEpsilon: epsilon }: Gpt2Config) {
  return { epsilon, centered: true };
}

function isExact({ exactGelu }: Gpt2Config): boolean {
  return exactGelu === true;
}

/** Queries, keys and values in a joint tensor [N, 3C], which they stay part of: [B, T, H, D] each. */
function parts(joint: Tensor, { B, T }: Pass, { heads, width }: Gpt2Config): HeadParts {
  const all = joint.view([B, T, 3, heads, width / heads]);
  return [all.select(2, 0), all.select(2, 1), all.select(2, 2)];
}
