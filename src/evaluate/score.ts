// Requests scored by a model: encoded, planned into batches that share what texts have in common, run, added up.

import { keyValueCache } from '../model/cache.ts';
import type { KeyValueCache } from '../model/cache.ts';
import type { Model } from '../model/family.ts';
import { fillPrefix, packedStates } from '../model/packed.ts';
import type { Tokenizer } from '../tokenizers/tokenizer.ts';
import { autocast, noGrad, scope } from '../torch/index.ts';
import type { Dtype } from '../torch/index.ts';
import { requestEncoder } from './encode.ts';
import type { EncodeSettings, Sequence } from './encode.ts';
import { planBatches } from './plan.ts';
import type { Batch } from './plan.ts';
import type { Request, Score } from './request.ts';
import { tokenScores } from './token-scores.ts';

export interface ScoreOptions extends Partial<EncodeSettings> {
  /** Tokens that go through the model at once. */
  batchTokens?: number;
  /** Dtype of the products where it is not that of the weights, as in training. */
  autocast?: Dtype;
  /** Called once for each request, in no order of theirs, with the tokens that its context lost. */
  onScored?: (index: number, score: Score, cut: number) => void;
  /** Called after each batch with the share of the work that is done, 0 to 1. */
  onProgress?: (share: number) => void;
  /** Asked between batches; true ends the work. */
  isStopped?: () => boolean;
}

export interface ScoredRequests {
  /** In the order of the requests; null for those that a stop left out. */
  scores: (Score | null)[];
  /** Requests whose contexts were cut from the left, and tokens cut in all. */
  cutRequests: number;
  cutTokens: number;
  /** Tokens in all sequences, and tokens that went through the model after sharing. */
  tokens: number;
  tokensRun: number;
}

/**
 * Scores requests. Log-probabilities are those of float32 log-softmax; they do not depend on what else is scored, within
 * rounding: 1e-4 in float32.
 *
 * @throws Error  with exit code 65 for a continuation that is empty or longer than the model's context
 */
export async function scoreRequests(
  model: Model,
  tokenizer: Tokenizer,
  requests: readonly Request[],
  {
    context = model.config.context,
    beginOfText = 'auto',
    prefix = 'begin',
    batchTokens = 2048,
    autocast: products = model.weights.tokenEmbedding.dtype,
    onScored = () => undefined,
    onProgress = () => undefined,
    isStopped = () => false,
  }: ScoreOptions = {},
): Promise<ScoredRequests> {
  const encode = requestEncoder(tokenizer, { context, beginOfText, prefix });
  const sequences: Sequence[] = [];
  const requestOf: number[] = [];
  const partial = requests.map(() => ({ logLikelihood: 0, greedy: true, tokens: 0, missing: 0, cut: 0 }));
  const result: ScoredRequests = {
    scores: requests.map(() => null),
    cutRequests: 0,
    cutTokens: 0,
    tokens: 0,
    tokensRun: 0,
  };
  const finish = (index: number) => {
    const part = partial[index];
    if (!part) return;
    const greedy = part.greedy && requests[index]?.kind !== 'rolling';
    const score = { logLikelihood: part.logLikelihood, greedy, tokens: part.tokens };
    result.scores[index] = score;
    onScored(index, score, part.cut);
  };

  let spoken = performance.now();
  for (const [index, request] of requests.entries()) {
    const encoded = encode(request);
    result.cutTokens += encoded.cut;
    if (encoded.cut > 0) result.cutRequests += 1;
    const part = partial[index];
    if (part) [part.missing, part.cut] = [encoded.sequences.length, encoded.cut];
    for (const sequence of encoded.sequences) {
      sequences.push(sequence);
      requestOf.push(index);
      result.tokens += sequence.tokens.length - 1;
    }
    if (encoded.sequences.length === 0) finish(index);
    if (performance.now() - spoken > 100) {
      await new Promise(setImmediate);
      if (isStopped()) return result;
      spoken = performance.now();
    }
  }

  const { dtype, device } = model.weights.tokenEmbedding;
  const batches = planBatches(sequences, { batchTokens });
  const runner = batchRunner(model);
  try {
    for (const [done, batch] of batches.entries()) {
      const found = noGrad(() =>
        products === dtype ? runner.run(batch) : autocast(products, () => runner.run(batch), { device }),
      );
      result.tokensRun += found.tokens;
      const touched = new Set<number>();
      for (const [i, owner] of found.owners.entries()) {
        const part = partial[requestOf[owner] ?? -1];
        if (!part) continue;
        part.logLikelihood += found.logProbabilities[i] ?? NaN;
        part.greedy &&= found.greedy[i] === 1;
        part.tokens += 1;
        touched.add(owner);
      }
      for (const owner of touched) {
        const index = requestOf[owner] ?? -1;
        const part = partial[index];
        if (part && --part.missing === 0) finish(index);
      }
      onProgress((done + 1) / batches.length);
      await new Promise(setImmediate); // signals, logging and finalizers get their turn
      if (isStopped()) break;
    }
  } finally {
    runner.release();
  }
  return result;
}

/** Runs batches in order; keeps the prefix of the last one, as the next often has the same. */
function batchRunner(model: Model) {
  let held: { prefix: readonly number[]; cache: KeyValueCache } | null = null;
  const release = () => {
    held?.cache.release();
    held = null;
  };
  const room = 1024; // tokens of a forest beside a prefix; grown where one has more
  const prefixCache = ({ prefix, forests }: Batch): { cache: KeyValueCache | null; filled: number } => {
    if (prefix.length === 0) return { cache: null, filled: 0 };
    const largest = Math.max(room, ...forests.map(({ ids }) => ids.length));
    if (held?.prefix === prefix && largest === room) return { cache: held.cache, filled: 0 };
    release();
    const cache = keyValueCache(model.config.layers, prefix.length + largest);
    held = { prefix, cache };
    fillPrefix(cache, prefix, model);
    return { cache, filled: prefix.length };
  };
  return {
    release,
    run(batch: Batch) {
      const { cache, filled } = prefixCache(batch);
      const [nodes, targets, owners]: [number[], number[], number[]] = [[], [], []];
      let start = 0;
      for (const forest of batch.forests) {
        for (const node of forest.nodes) nodes.push(start + node);
        targets.push(...forest.targets);
        owners.push(...forest.owners);
        start += forest.ids.length;
      }
      const scores = scope(() =>
        tokenScores(packedStates(batch.forests, model, cache), nodes, targets, model),
      );
      return { ...scores, owners, tokens: start + filled };
    },
  };
}
