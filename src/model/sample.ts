// Sampling: one token after another, from a cache of keys and values. Rows of a padded vocabulary are never chosen.

import { streamSeed } from '../run/seed.ts';
import { fromTypedArray, keep, manualSeed, noGrad, ops, scope } from '../torch/index.ts';
import type { Tensor } from '../torch/index.ts';
import { keyValueCache } from './cache.ts';
import type { KeyValueCache } from './cache.ts';
import { familyOf, headLogits } from './families.ts';
import type { Model } from './family.ts';

export interface SampleSettings {
  /** 0 takes the likeliest token; 1 samples as the model says. */
  temperature: number;
  /** Only so many of the likeliest; 0 all. */
  topK: number;
  /** Only the likeliest that hold this share of the probability; 1 all. */
  topP: number;
  /** The draw of each token is a function of this and its place. */
  seed: number;
  /** False runs the whole text again for each token: the same ids, for checking. */
  cache: boolean;
}

const defaults: SampleSettings = { temperature: 1, topK: 0, topP: 1, seed: 0, cache: true };

/**
 * Continues a prompt, token by token. Beyond the context only the last tokens are seen, as if the text began there;
 * from there on the cache is of no use, and each token costs a whole context.
 *
 * @param prompt  token ids, at least one
 * @param count   tokens to make
 * @throws RangeError  for an empty prompt, ids outside the vocabulary or settings that are no such thing
 */
export function* sampleTokens(
  model: Model,
  prompt: readonly number[],
  count: number,
  settings: Partial<SampleSettings> = {},
): Generator<number, void, void> {
  const { vocab, context, layers } = model.config;
  const all = { ...defaults, ...settings };
  check(prompt, vocab, all);
  const ids = [...prompt];
  const cache = keyValueCache(layers, Math.min(context, prompt.length + count));
  try {
    for (let made = 0; made < count; made++) {
      const usesCache = all.cache && ids.length <= context;
      if (!usesCache) cache.release();
      const seen = usesCache ? ids.slice(cache.length) : ids.slice(-context);
      const next = noGrad(() =>
        scope(() => {
          const logits = lastLogits(model, seen, usesCache ? cache : null); // [vocab]
          manualSeed(streamSeed(all.seed, 'sample', prompt.length + made));
          return chooseToken(logits, all);
        }),
      );
      ids.push(next);
      yield next;
    }
  } finally {
    cache.release();
  }
}

/** All of `sampleTokens` at once: the new ids only. */
export function generate(
  model: Model,
  prompt: readonly number[],
  count: number,
  settings: Partial<SampleSettings> = {},
): number[] {
  return [...sampleTokens(model, prompt, count, settings)];
}

/** Log-probabilities of a text's tokens after its first. */
export interface TokenScores {
  /** Of each token given those before it, [T - 1]. */
  logProbabilities: Float32Array;
  /** Whether each was the likeliest, [T - 1]. */
  greedy: boolean[];
  /** The likeliest tokens of each place, best first, [T - 1][top]. */
  top: { id: number; logProbability: number }[][];
}

/**
 * Scores a text in one pass, log-softmax in float32 over the tokens that the tokenizer knows.
 *
 * @param ids  2 to context + 1 of them (the last is only scored)
 * @param top  how many of the likeliest tokens to tell at each place
 * @throws RangeError  for fewer or more ids, or ids outside the vocabulary
 */
export function scoreTokens(model: Model, ids: readonly number[], top = 0): TokenScores {
  const { vocab, context } = model.config;
  check(ids, vocab, defaults);
  if (ids.length < 2 || ids.length > context + 1)
    throw new RangeError(`score: expected 2 to ${context + 1} tokens, got ${ids.length}`);
  const T = ids.length - 1;
  return noGrad(() =>
    scope(() => {
      const logits = logitsOf(model, ids.slice(0, T), null, T); // [T, vocab]
      const logProbabilities = logits.to('float32').logSoftmax(-1); // [T, vocab]
      const targets = fromTypedArray(BigInt64Array.from(ids.slice(1), BigInt), [T, 1], {
        device: logits.device,
      });
      const [best, places] = logProbabilities.topk(Math.max(1, Math.min(top, vocab)), -1);
      const [values, likeliest] = [best.to('float32').data() as Float32Array, places.data() as BigInt64Array];
      const width = best.shape[1];
      return {
        logProbabilities: Float32Array.from(
          logProbabilities.gather(1, targets).view([T]).data() as Float32Array,
        ),
        greedy: Array.from({ length: T }, (_, t) => Number(likeliest[t * width]) === ids[t + 1]),
        top: Array.from({ length: T }, (_, t) =>
          Array.from({ length: top === 0 ? 0 : width }, (_, i) => ({
            id: Number(likeliest[t * width + i]),
            logProbability: values[t * width + i],
          })),
        ),
      };
    }),
  );
}

/** Logits of the token after the last: [vocab]. */
function lastLogits(model: Model, ids: readonly number[], cache: KeyValueCache | null): Tensor {
  return logitsOf(model, ids, cache, 1).view([-1]);
}

/** Logits at the last `count` of some tokens, those in the cache before them: [count, vocab]. */
function logitsOf(model: Model, ids: readonly number[], cache: KeyValueCache | null, count: number): Tensor {
  const { config, weights } = model;
  const { embed, block, finish } = familyOf(config);
  const { device } = weights.tokenEmbedding;
  const tokens = fromTypedArray(BigInt64Array.from(ids, BigInt), [1, ids.length], { device });
  let x = embed(tokens, weights, config, cache?.length ?? 0); // [1, T, C]
  for (const [layer, blockWeights] of weights.blocks.entries()) {
    const before = x;
    x = keep(scope(() => block(before, blockWeights, layer, config, undefined, cache?.blocks[layer])));
    if (layer > 0) before.release();
  }
  const last = x.narrow(1, ids.length - count, count); // [1, count, C]
  const logits = headLogits(finish(last, weights, config), model); // [1, count, V]
  x.release();
  return logits.view([count, config.paddedVocab]).narrow(1, 0, config.vocab);
}

function chooseToken(logits: Tensor, { temperature, topK, topP }: SampleSettings): number {
  if (temperature === 0) return logits.argmax().item();
  const [values, places] = logits.to('float32').div(temperature).sort(-1, true); // [vocab] each, best first
  const kept = topK > 0 ? Math.min(topK, values.shape[0]) : values.shape[0];
  let shares = ops.softmax(values.narrow(0, 0, kept), -1); // [kept]
  if (topP < 1) {
    const before = shares.cumsum(0).sub(shares); // what the better ones hold
    shares = shares.maskedFill(before.ge(topP), 0); // the first always stays
  }
  return places.select(0, ops.multinomial(shares, 1).item()).item();
}

function check(ids: readonly number[], vocab: number, { temperature, topK, topP }: SampleSettings): void {
  if (ids.length === 0) throw new RangeError('sample: the prompt needs at least one token');
  const bad = ids.find((id) => !(Number.isInteger(id) && id >= 0 && id < vocab));
  if (bad !== undefined) throw new RangeError(`sample: token ids are 0 to ${vocab - 1}, got ${bad}`);
  if (!(temperature >= 0)) throw new RangeError(`temperature: expected 0 or more, got ${temperature}`);
  if (!(Number.isInteger(topK) && topK >= 0))
    throw new RangeError(`topK: expected a whole number, got ${topK}`);
  if (!(topP > 0 && topP <= 1)) throw new RangeError(`topP: expected a share in (0, 1], got ${topP}`);
}
