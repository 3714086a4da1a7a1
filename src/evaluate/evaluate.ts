// JOB evaluate: tasks prepared, requests scored by a model, metrics, results. An interrupted one goes on from its scores.

import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { readModelConfig, readModelFolder } from '../model/folder.ts';
import { parameterCount } from '../model/families.ts';
import { folderAround } from '../model/locate.ts';
import { placeOfModel } from '../model/place.ts';
import { releaseWeights } from '../model/weights.ts';
import type { JobContext } from '../run/context.ts';
import { failure } from '../run/failure.ts';
import { formatCount } from '../run/format.ts';
import { loadTokenizer } from '../tokenizers/tokenizers.ts';
import { resolveDevice, setThreads } from '../torch/index.ts';
import { readAgainst } from './against.ts';
import { compareResults, readSamples } from './compare-results.ts';
import type { Difference } from './compare-results.ts';
import { modelIdentity } from './model-identity.ts';
import type { EvaluateOptions } from './options.ts';
import { prepareTasks } from './prepare.ts';
import { scoringProgress } from './progress.ts';
import type { Request } from './request.ts';
import { summarize } from './results.ts';
import type { Results } from './results.ts';
import { requestsOf, scoresByTask } from './flat-requests.ts';
import { noCache, openScoreCache } from './score-cache.ts';
import type { KnownScore, ScoreCache } from './score-cache.ts';
import { scoreRequests } from './score.ts';
import { writeResults } from './write-results.ts';

const flushEveryMs = 5000;

/** What an evaluation came to. */
export interface Evaluated {
  results: Results;
  resultsPath: string;
  /** Against the results that `against` names; null without. */
  differences: Difference[] | null;
}

/**
 * Evaluates a model on tasks.
 *
 * @throws Error  with exit code 64 (options, unknown tasks), 65 (no model, data missing or malformed, a continuation longer
 * than the context), 69 (network), 75 (stopped by a signal, scores kept), 76 (the model gives no finite numbers)
 */
export async function evaluate(
  options: EvaluateOptions,
  { console, stop }: Pick<JobContext, 'console' | 'stop'>,
): Promise<Evaluated> {
  const began = performance.now();
  const device = resolveDevice(options.device);
  setThreads(options.threads ?? availableParallelism());
  const against = options.against === undefined ? null : await readAgainst(options.against);
  const place = await placeOfModel(options.model, 'evaluation', { console });
  const { folder } = place;
  const out = options.out ?? place.out;
  const config = await readModelConfig(folder);
  const encoding = encodingOf(options, config.context);
  const prepared = await prepareTasks(options.tasks, {
    dataDir: options.dataDir ?? null,
    includePaths: options.includePath,
    compat: options.compat,
    shots: options.shots ?? null,
    limit: options.limit ?? null,
    seeds: { python: 0, numpy: 1234, torch: 1234, fewshot: options.shotSeed },
    offline: options.offline,
  });
  const requests = requestsOf(prepared);
  const identity = await modelIdentity(folder);
  const about = {
    version: 1,
    identity,
    precision: options.precision,
    kind: device.split(':')[0],
    ...encoding,
  };
  const cache = options.cache ? await openScoreCache(join(out, 'scores.jsonl'), about) : noCache;
  try {
    const scores = requests.map((request) => cache.get(request));
    const missing = scores.flatMap((score, index) => (score === null ? [index] : []));
    console.info(
      `${folder}: ${prepared.tasks.length} tasks, ${requests.length} requests` +
        `${missing.length < requests.length ? `, ${requests.length - missing.length} of them scored before` : ''}`,
    );
    if (missing.length > 0)
      await scoreMissing(missing, requests, scores, cache, options, {
        folder,
        device,
        encoding,
        console,
        stop,
        out,
      });
    const cut = scores.filter((score) => (score?.cut ?? 0) > 0);
    const cutTokens = cut.reduce((sum, score) => sum + (score?.cut ?? 0), 0);
    if (cut.length > 0)
      console.warn(
        `${cut.length} of ${requests.length} requests are longer than the model’s ${encoding.context} tokens: ` +
          `${formatCount(cutTokens)} tokens of their contexts were cut from the left`,
      );
    const byTask = scoresByTask(prepared, scores);
    const results = await summarize(prepared, byTask, { bootstrapIterations: options.bootstrap });
    const { resultsPath, samples } = await writeResults(
      out,
      results,
      { prepared, scores: byTask },
      {
        model: options.model,
        parameters: parameterCount(config),
        precision: options.precision,
        device,
        batchTokens: options.batchTokens,
        limit: options.limit ?? null,
        bootstrap: options.bootstrap,
        shotSeed: options.shotSeed,
        compat: options.compat,
        context: encoding.context,
        seconds: (performance.now() - began) / 1000,
        identity,
        cutRequests: cut.length,
        cutTokens,
      },
      options,
    );
    const own = [...samples].flatMap(([task, lines]) => readSamples(lines, task, resultsPath));
    return { results, resultsPath, differences: against === null ? null : compareResults(own, against) };
  } finally {
    await cache.close();
  }
}

type Encoding = ReturnType<typeof encodingOf>;

/** How texts become tokens. In 2023 nothing began with begin-of-text, and end-of-text stood for an empty context. */
function encodingOf({ context, beginOfText, compat }: EvaluateOptions, most: number) {
  if (context !== undefined && context > most)
    throw failure('usage', `context: the model sees at most ${most} tokens, got ${context}`);
  const isOld = compat === 'lm-eval-2023';
  return {
    context: context ?? most,
    beginOfText: isOld && beginOfText === 'auto' ? false : beginOfText,
    prefix: isOld ? ('end' as const) : ('begin' as const),
  };
}

/** Scores what is not known yet, and keeps it as it comes. */
async function scoreMissing(
  missing: readonly number[],
  requests: readonly Request[],
  scores: (KnownScore | null)[],
  cache: ScoreCache,
  { precision, batchTokens, cache: isKept }: EvaluateOptions,
  {
    folder,
    device,
    encoding,
    console,
    stop,
    out,
  }: { folder: string; device: string; encoding: Encoding; out: string } & Pick<
    JobContext,
    'console' | 'stop'
  >,
): Promise<void> {
  const tokenizer = await loadTokenizer(folderAround(folder));
  const model = await readModelFolder(folder, { device, dtype: precision });
  const progress = scoringProgress(console, missing.length);
  let [done, flushed] = [0, performance.now()];
  let flushing: Promise<void> = Promise.resolve();
  try {
    await scoreRequests(
      model,
      tokenizer,
      missing.flatMap((index) => requests[index] ?? []),
      {
        ...encoding,
        batchTokens,
        onScored(index, score, cut) {
          const place = missing[index];
          const request = place === undefined ? undefined : requests[place];
          if (place === undefined || !request) return;
          if (!Number.isFinite(score.logLikelihood))
            throw failure(
              'numerics',
              `${folder}: expected finite log-likelihoods, the model gives ${score.logLikelihood}`,
            );
          const known = { ...score, cut };
          scores[place] = known;
          cache.add(request, known);
          done += 1;
        },
        onProgress(share) {
          progress.show(share, done);
          if (performance.now() - flushed < flushEveryMs) return;
          flushing = flushing.then(() => cache.flush());
          flushed = performance.now();
        },
        isStopped: () => stop.requested() !== null,
      },
    );
  } finally {
    progress.end();
    releaseWeights(model.weights);
    await flushing;
  }
  const signal = stop.requested();
  if (signal === null || done === missing.length) return;
  await cache.flush();
  throw failure(
    'stopped',
    `${out}: stopped by ${signal} after ${done} of ${missing.length} requests; ` +
      (isKept ? 'the same command goes on from there' : 'without a cache the same command starts again'),
  );
}
