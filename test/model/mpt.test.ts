// MPT's bias in a long text: places have more digits than bfloat16 holds, and must not be rounded to it.

import { expect, test } from 'vitest';
import { attentionMatrices } from '../../src/analyze/attention.ts';
import { initModel } from '../../src/model/families.ts';
import { mpt } from '../../src/model/mpt.ts';
import type { MptBlock } from '../../src/model/mpt.ts';
import { flattenWeights, mapWeights, releaseWeights } from '../../src/model/weights.ts';
import { autocast, keep, manualSeed, noGrad, ops, scope } from '../../src/torch/index.ts';
import type { Tensor } from '../../src/torch/index.ts';
import { checkLiveTensors } from '../live-tensors.ts';

checkLiveTensors();

const T = 1024;
const config = mpt.fromSizes({
  layers: 1,
  heads: 6,
  width: 48,
  context: T,
  vocab: 61,
  paddedVocab: 64,
  dropout: 0,
  bias: false,
  scaleAttentionByInverseLayer: false,
  keyValueHeads: undefined,
  hidden: undefined,
  tied: undefined,
});

/** A block far from uniform attention, in float32 with values that bfloat16 has. */
function longBlock(): MptBlock {
  const { blocks, ...rest } = initModel(config, 1);
  releaseWeights(rest);
  manualSeed(3n);
  for (const leaf of flattenWeights(blocks).values())
    noGrad(() => scope(() => leaf.add_(ops.randnLike(leaf).mul(0.1)).copy_(leaf.to('bfloat16'))));
  return (blocks as MptBlock[])[0];
}

/** Largest difference as a share of the largest value. */
function difference(ours: Tensor, theirs: Tensor): number {
  const largest = (tensor: Tensor) => tensor.abs().max().item();
  return largest(ours.sub(theirs)) / largest(theirs);
}

test('a block in bfloat16 over 1024 tokens is within 1e-2 of float32', () => {
  const weights = longBlock();
  noGrad(() =>
    scope(() => {
      const x = ops.randn([1, T, 48]);
      const run = () => mpt.block(x, weights, 0, config);
      const half = autocast('bfloat16', run, { device: 'cpu' }).to('float32');
      expect(difference(half, run())).toBeLessThan(1e-2);
    }),
  );
  releaseWeights(weights);
});

test('attention matrices of bfloat16 weights over 1024 tokens are within 2e-2 of float32’s', () => {
  const weights = longBlock();
  const half = mapWeights(weights, (leaf) => scope(() => keep(noGrad(() => leaf.to('bfloat16')))));
  noGrad(() =>
    scope(() => {
      const x = ops.randn([1, T, 48]).to('bfloat16');
      const matrices = (block: MptBlock, states: typeof x) => {
        const { queries, keys } = mpt.queriesAndKeys(states, block, 0, config);
        return attentionMatrices(queries, keys, { causal: true });
      };
      const theirs = matrices(weights, x.to('float32'));
      expect(difference(matrices(half, x), theirs)).toBeLessThan(2e-2);
    }),
  );
  for (const tree of [weights, half]) releaseWeights(tree);
});
