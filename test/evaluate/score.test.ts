// Scores of packed batches against each request alone, for batches of one and of many tokens; what is shared; stopping.

import { describe, expect, test } from 'vitest';
import { requestEncoder } from '../../src/evaluate/encode.ts';
import type { Request } from '../../src/evaluate/request.ts';
import { scoreRequests } from '../../src/evaluate/score.ts';
import type { ScoreOptions } from '../../src/evaluate/score.ts';
import { familyOf, forward, initModel } from '../../src/model/families.ts';
import type { Model } from '../../src/model/family.ts';
import { flattenWeights, mapWeights, releaseWeights } from '../../src/model/weights.ts';
import { streamSeed } from '../../src/run/seed.ts';
import { byteTokenizer } from '../../src/tokenizers/byte-tokenizer.ts';
import { fromTypedArray, keep, manualSeed, noGrad, scope, setThreads } from '../../src/torch/index.ts';
import { checkLiveTensors } from '../live-tensors.ts';

checkLiveTensors();
setThreads(1);

const context = 160;
const tokenizer = byteTokenizer();

/** A model of wide random weights, for whom a mask or a place that is wrong shows at once. */
function wideModel(family: 'gpt2' | 'llama' | 'mpt'): Model {
  const sizes = { layers: 2, heads: 2, width: 16, context, vocab: 257, paddedVocab: 320, dropout: 0 };
  const rest = {
    scaleAttentionByInverseLayer: false,
    hidden: undefined,
    tied: undefined,
    bias: family === 'gpt2',
  };
  const config = familyOf({ family }).fromSizes({ ...sizes, ...rest, keyValueHeads: undefined });
  const weights = initModel(config, 3);
  noGrad(() => {
    for (const [path, leaf] of flattenWeights(weights)) {
      manualSeed(streamSeed(3, path));
      leaf.normal_(path.includes('norm') ? 1 : 0, 0.3);
    }
  });
  return { config, weights };
}

/** Choices, one-token choices, equal requests, contexts that differ late, long shared beginnings, cut ones, whole texts. */
function requestsOfAllKinds(): Request[] {
  const pair = (before: string, after: string): Request => ({
    kind: 'loglikelihood',
    context: before,
    continuation: after,
  });
  const examples = 'Q: one and one?\nA: two\n\nQ: two and two?\nA: four\n\n';
  return [
    ...['the red one', 'the green one', 'a', 'the red one'].map((choice) =>
      pair('Which of them?', ` ${choice}`),
    ),
    ...['A', 'B', 'C', 'D'].map((letter) => pair('Say a letter:', ` ${letter}`)),
    pair('The cup does not fit the box as the cup', ' is too large.'),
    pair('The cup does not fit the box as the box', ' is too large.'),
    pair('', 'nothing before'),
    ...Array.from({ length: 12 }, (_, i) => [
      pair(`${examples}Q: what is ${i} and ${i * 3}?\nA:`, ` ${i * 4}`),
      pair(`${examples}Q: what is ${i} and ${i * 3}?\nA:`, ' none of these'),
    ]).flat(),
    ...Array.from({ length: 3 }, (_, i) => pair('much too long '.repeat(14 + i), 'to be seen')),
    { kind: 'rolling', text: 'A whole text. '.repeat(30) },
    { kind: 'rolling', text: '' },
  ];
}

/** Each sequence by itself, the plain way: log-softmax over all of the head's rows. */
function aloneScores(model: Model, requests: readonly Request[]) {
  const encode = requestEncoder(tokenizer, { context, beginOfText: 'auto', prefix: 'begin' });
  return requests.map((request) => {
    const score = { logLikelihood: 0, greedy: request.kind !== 'rolling', tokens: 0 };
    for (const { tokens, scored } of encode(request).sequences) {
      const T = tokens.length - 1;
      const ids = fromTypedArray(BigInt64Array.from(tokens.subarray(0, T), BigInt), [1, T]);
      const logs = noGrad(() =>
        scope(() => forward(ids, model).squeeze(0).logSoftmax(-1).data()),
      ) as Float32Array;
      ids.release();
      const V = model.config.paddedVocab;
      for (let t = T - scored; t < T; t++) {
        const row = logs.subarray(t * V, (t + 1) * V);
        const target = tokens[t + 1] ?? 0;
        score.logLikelihood += row[target] ?? NaN;
        score.greedy &&= row.indexOf(Math.max(...row)) === target;
        score.tokens += 1;
      }
    }
    return score;
  });
}

describe.each(['gpt2', 'llama', 'mpt'] as const)('%s', (family) => {
  test('scores are those of each request alone, in batches of 1 and of many tokens', async () => {
    const model = wideModel(family);
    const requests = requestsOfAllKinds();
    const expected = aloneScores(model, requests);
    for (const batchTokens of [1, 64, 4096]) {
      const { scores } = await scoreRequests(model, tokenizer, requests, { batchTokens });
      expect(scores.map((score) => score?.tokens)).toEqual(expected.map(({ tokens }) => tokens));
      expect(scores.map((score) => score?.greedy)).toEqual(expected.map(({ greedy }) => greedy));
      const differences = scores.map(
        (score, i) =>
          Math.abs((score?.logLikelihood ?? NaN) - (expected[i]?.logLikelihood ?? NaN)) /
          Math.max(1, Math.abs(expected[i]?.logLikelihood ?? 0) / 100),
      );
      expect(Math.max(...differences)).toBeLessThan(1e-4);
    }
    releaseWeights(model.weights);
  });
});

test('in bfloat16, by weights or by autocast as in training, the numbers are near those of float32', async () => {
  const model = wideModel('gpt2');
  const requests = requestsOfAllKinds();
  const { scores: exact } = await scoreRequests(model, tokenizer, requests);
  const { scores: cast } = await scoreRequests(model, tokenizer, requests, { autocast: 'bfloat16' });
  const weights = mapWeights(model.weights, (leaf) => scope(() => keep(leaf.to('bfloat16'))));
  const { scores: narrow } = await scoreRequests({ ...model, weights }, tokenizer, requests);
  for (const scores of [cast, narrow])
    for (const [i, score] of scores.entries()) {
      const [value, expected] = [score?.logLikelihood ?? NaN, exact[i]?.logLikelihood ?? NaN];
      expect(Math.abs(value - expected)).toBeLessThanOrEqual(0.05 * Math.abs(expected));
    }
  releaseWeights(weights);
  releaseWeights(model.weights);
});

async function scored(options: ScoreOptions, requests = requestsOfAllKinds()) {
  const model = wideModel('gpt2');
  const result = await scoreRequests(model, tokenizer, requests, options).finally(() =>
    releaseWeights(model.weights),
  );
  return result;
}

test('a likeliest target counts as greedy', async () => {
  const model = wideModel('gpt2');
  const ids = fromTypedArray(BigInt64Array.from(Buffer.from('ab'), BigInt), [1, 2]);
  const likeliest = noGrad(() =>
    scope(() => forward(ids, model).select(1, 1).squeeze(0).narrow(0, 0, 128).argmax().item()),
  );
  const best = noGrad(() => scope(() => forward(ids, model).select(1, 1).squeeze(0).argmax().item()));
  const letter = String.fromCharCode(likeliest);
  const { scores } = await scoreRequests(model, tokenizer, [
    { kind: 'loglikelihood', context: 'ab', continuation: letter },
    { kind: 'loglikelihood', context: 'ab', continuation: letter === 'x' ? 'y' : 'x' },
  ]);
  expect(scores.map((score) => score?.greedy)).toEqual([best === likeliest, false]);
  ids.release();
  releaseWeights(model.weights);
});

test('equal beginnings run once, and what was cut is counted', async () => {
  const all = await scored({});
  expect(all.tokensRun).toBeLessThan(0.6 * all.tokens);
  expect(all.cutRequests).toBe(3);
  expect(all.cutTokens).toBe(3 * 14 * 14 + 14 + 28 + 3 * 10 - 3 * (context + 1));
  const letters = await scored({}, requestsOfAllKinds().slice(4, 8));
  expect(letters.tokensRun).toBe('Say a letter: '.length); // the space is a byte of each continuation, and fed
});

test('scores come one by one, and a stop leaves the rest out', async () => {
  const told: number[] = [];
  let batches = 0;
  const { scores } = await scored({
    batchTokens: 1,
    onScored: (index) => void told.push(index),
    onProgress: () => void (batches += 1),
    isStopped: () => batches >= 3,
  });
  expect(batches).toBe(3);
  expect(told.length).toBeGreaterThan(0);
  expect(told.length).toBeLessThan(scores.length);
  expect(scores.flatMap((score, i) => (score === null ? [] : [i]))).toEqual([...told].sort((a, b) => a - b));
});
