// Sampling without a cache: each token runs the whole window again. Rows of a padded vocabulary are never chosen.

import { manualSeed, noGrad, ops, scope, fromTypedArray } from '../torch/index.ts';
import type { Model } from './folder.ts';
import { block, embed, finish, head } from './gpt2.ts';

/**
 * Continues a prompt.
 *
 * @param prompt       token ids, at least one
 * @param temperature  0 takes the likeliest token
 * @returns the new ids only
 */
export function generate(
  { config, weights }: Model,
  prompt: readonly number[],
  count: number,
  { temperature = 1, seed = 0n }: { temperature?: number; seed?: bigint } = {},
): number[] {
  if (prompt.length === 0) throw new RangeError('generate: the prompt needs at least one token');
  const device = weights.tokenEmbedding.device;
  const ids = [...prompt];
  manualSeed(seed);
  for (let produced = 0; produced < count; produced++) {
    const window = BigInt64Array.from(ids.slice(-config.context), BigInt);
    const next = noGrad(() =>
      scope(() => {
        let x = embed(fromTypedArray(window, [1, window.length], { device }), weights); // [1, T, C]
        weights.blocks.forEach((blockWeights, layer) => {
          x = block(x, blockWeights, layer, config);
        });
        const last = finish(x.narrow(1, window.length - 1, 1), weights, config); // [1, 1, C]
        const logits = head(last, weights).view([-1]).narrow(0, 0, config.vocab); // [vocab]
        if (temperature === 0) return logits.argmax().item();
        return ops.multinomial(ops.softmax(logits.div(temperature), -1), 1).item();
      }),
    );
    ids.push(next);
  }
  return ids.slice(prompt.length);
}
