// Llama's block, forward and backward by hand, as `llama.block` computes it without dropout. See family.ts.

import { ops, scope } from '../../torch/index.ts';
import type { Tensor } from '../../torch/index.ts';
import * as kernels from '../../torch/kernels.ts';
import type { LlamaBlock, LlamaConfig, LlamaWeights } from '../llama.ts';
import type { Linear } from '../layers.ts';
import { rotaryAngles } from '../rotary.ts';
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
  joint: Tensor; // turned queries and keys, and values: [N, (H + 2K) D]
  attended: Tensor; // [N, HD]
  logSums: Tensor; // [B, H, T] float32
  middle: Tensor; // [N, C] float32
  normed2: Tensor; // [N, C]
  statistics2: Tensor; // [N, 2] float32
  gateAndUp: Tensor; // [N, 2F]
};

export const fusedLlama: FusedFamily<LlamaConfig, LlamaBlock, LlamaWeights, Saved> = {
  fits: ({ headWidth }) => headWidth % 2 === 0 && headWidth <= 256,

  tables({ headWidth, rotary }, { T }) {
    const { cos, sin } = rotaryAngles(headWidth, rotary, 0, T, {
      dtype: 'float32',
      device: 'cpu',
    });
    return { cos, sin };
  },

  forward(x, { norm1, attention, norm2, mlp }, _, config, pass, tables) {
    const kind = normKind(config);
    const [normed1, statistics1] = normRows(x, norm1, kind, pass); // [N, C]
    const joint = sideBySide(normed1, [attention.query, attention.key, attention.value]);
    const places = parts(joint, pass, config);
    for (const turned of places.slice(0, 2)) kernels.rotate(turned, tables.cos, tables.sin, false);
    const [heads, logSums] = attend(places, attentionScale(config)); // [B, T, H, D]
    const attended = heads.view([x.shape[0], -1]); // [N, HD]
    const middle = kernels.linearAdd(x, attended, attention.output.weight, attention.output.bias); // [N, C]
    const [normed2, statistics2] = normRows(middle, norm2, kind, pass); // [N, C]
    const gateAndUp = sideBySide(normed2, [mlp.gate, mlp.up]); // [N, 2F]
    const activated = kernels.swiglu(...halves(gateAndUp)); // [N, F]
    const output = kernels.linearAdd(middle, activated, mlp.down.weight, mlp.down.bias); // [N, C]
    const saved = {
      x,
      normed1,
      statistics1,
      joint,
      attended,
      logSums,
      middle,
      normed2,
      statistics2,
      gateAndUp,
    };
    return { output, saved };
  },

  backward({ exact, rounded }, saved, { norm1, attention, norm2, mlp }, _, config, pass, tables) {
    const { joint, attended, logSums, gateAndUp } = saved;
    const inner = kernels.linearInputGradient(rounded, [mlp.down.weight]); // [N, F]
    const normed2 = scope(() => {
      const [gate, up] = halves(gateAndUp);
      kernels.swigluBackward(inner, gate, up); // gate and up are now their gradients, and inner is activated
      addLinearGradients(mlp.down, rounded, inner);
      addLinearGradients(mlp.gate, gate, saved.normed2);
      addLinearGradients(mlp.up, up, saved.normed2);
      return kernels.linearInputGradient(gateAndUp, [mlp.gate.weight, mlp.up.weight]); // [N, C]
    });
    releaseAll(inner, gateAndUp, saved.normed2);
    const middle = normRowsBackward(exact, normed2, saved.middle, saved.statistics2, norm2, normKind(config));

    const { query, key, value, output } = attention;
    const heads = kernels.linearInputGradient(middle.rounded, [output.weight]); // [N, HD]
    addLinearGradients(output, middle.rounded, attended);
    const jointGradient = ops.emptyLike(joint); // [N, (H + 2K) D]
    scope(() => {
      const places = parts(joint, pass, config);
      const gradients = parts(jointGradient, pass, config);
      const shape = places[0].shape; // [B, T, H, D]
      const [back, result] = [heads.view(shape), attended.view(shape)];
      attendBackward(gradients, back, places, result, logSums, attentionScale(config));
      for (const turned of gradients.slice(0, 2)) kernels.rotate(turned, tables.cos, tables.sin, true);
    });
    releaseAll(joint, attended, heads, saved.middle, normed2);
    let place = 0;
    for (const layer of [query, key, value]) {
      const [width] = layer.weight.shape;
      addLinearGradients(layer, jointGradient.narrow(1, place, width), saved.normed1);
      place += width;
    }
    const normed1 = kernels.linearInputGradient(jointGradient, [query.weight, key.weight, value.weight]); // [N, C]
    return normRowsBackward(exact, normed1, saved.x, saved.statistics1, norm1, normKind(config));
  },

  finish: (x, { finalNorm }, config, pass) => finishRows(x, finalNorm, normKind(config), pass),

  finishBackward: (gradient, saved, { finalNorm }, config) =>
    finishRowsBackward(gradient, saved, finalNorm, normKind(config)),
};

function normKind({ normEpsilon: epsilon }: LlamaConfig) {
  return { epsilon, centered: false };
}

function attentionScale({ headWidth }: LlamaConfig): number {
  return 1 / Math.sqrt(headWidth);
}

/** Results of linear layers in one tensor: [N, C] -> [N, O1 + O2 + ..]. */
function sideBySide(x: Tensor, layers: readonly Linear[]): Tensor {
  const widths = layers.map(({ weight }) => weight.shape[0]);
  const total = widths.reduce((sum, width) => sum + width, 0);
  const joint = ops.empty([x.shape[0], total], { dtype: x.dtype });
  let place = 0;
  for (const [i, { weight, bias }] of layers.entries()) {
    kernels.linearInto(joint.narrow(1, place, widths[i]), x, weight, bias);
    place += widths[i];
  }
  return joint;
}

/** Queries [B, T, H, D], keys and values [B, T, K, D] in a joint tensor, which they stay part of. */
function parts(joint: Tensor, { B, T }: Pass, { heads, keyValueHeads, headWidth }: LlamaConfig): HeadParts {
  const all = joint.view([B, T, heads + 2 * keyValueHeads, headWidth]);
  const from = (first: number, count: number) => all.narrow(2, first, count);
  return [from(0, heads), from(heads, keyValueHeads), from(heads + keyValueHeads, keyValueHeads)];
}

function halves(joint: Tensor): [Tensor, Tensor] {
  const F = joint.shape[1] / 2;
  return [joint.narrow(1, 0, F), joint.narrow(1, F, F)];
}
