// bench:evaluate: our scoring beside lm-eval's hf model: the same folder, requests, threads and dtype, in turns. The peer's time is that
// of its best batch size. Both sides have the model loaded and tokenise within the time. Times are seconds of the processor, which others
// at work on the machine disturb less than the clock. Random weights: speed does not depend on them.
//
//   npm run bench:evaluate [-- --data ../shared/evaldata --python PYTHON --tasks hellaswag,mmlu --limit 200 --mmlu-limit 5
//                              --precisions float32,bfloat16 --batches 1,8,32 --threads 1 --rounds 1 --batch-tokens 2048]
//
// Needs a Python with torch, transformers and lm-eval 0.4.12, and a folder with GPT-2's tokenizer.

import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { scoreRequests } from '../src/evaluate/score.ts';
import { familyOf, initModel } from '../src/model/families.ts';
import { readModelFolder, writeModelFolder } from '../src/model/folder.ts';
import { releaseWeights } from '../src/model/weights.ts';
import { table } from '../src/run/format.ts';
import { loadTokenizer } from '../src/tokenizers/tokenizers.ts';
import { setThreads } from '../src/torch/index.ts';
import { startPeer } from './peer.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/evaldata' },
    tokenizer: { type: 'string', default: '../shared/models/gpt2-tokenizer' },
    python: { type: 'string', default: '.venv/bin/python' },
    tasks: { type: 'string', default: 'hellaswag,arc_easy,piqa,winogrande,lambada_openai,mmlu' },
    limit: { type: 'string', default: '200' },
    'mmlu-limit': { type: 'string', default: '5' },
    precisions: { type: 'string', default: 'float32,bfloat16' },
    batches: { type: 'string', default: '1,8,32' },
    'batch-tokens': { type: 'string', default: '2048' },
    threads: { type: 'string', default: String(cpus().length) },
    rounds: { type: 'string', default: '1' },
    layers: { type: 'string', default: '12' },
  },
});
const list = (text: string) => text.split(',');
const [threads, rounds] = [Number(values.threads), Number(values.rounds)];
const batchTokens = Number(values['batch-tokens']);

interface Row {
  task: string;
  precision: string;
  requests: number;
  ours: number;
  theirs: number;
  batch: number;
  difference: number;
  otherChoices: number;
}

/** Fewest of several numbers. */
const least = (numbers: readonly number[]) => numbers.reduce((a, b) => Math.min(a, b), Infinity);

const folder = await mkdtemp(join(tmpdir(), 'inheritune-bench-'));
const config = familyOf({ family: 'gpt2' }).fromSizes({
  layers: Number(values.layers),
  heads: 12,
  width: 768,
  context: 1024,
  vocab: 50257,
  paddedVocab: 50257,
  dropout: 0,
  bias: true,
  scaleAttentionByInverseLayer: false,
  keyValueHeads: undefined,
  hidden: undefined,
  tied: undefined,
});
const fresh = { config, weights: initModel(config, 1) };
await writeModelFolder(folder, fresh, { tokenizerFiles: new Map(), endOfText: 50256, card: '' });
releaseWeights(fresh.weights);
cpSync(values.tokenizer, folder, { recursive: true });
setThreads(threads);
const tokenizer = await loadTokenizer({ name: 'gpt2' });
console.log(
  `${cpus()[0]?.model ?? 'unknown CPU'}, ${threads} threads; ${new Date().toISOString().slice(0, 10)}; load ${loadavg()[0]?.toFixed(1)}`,
);
const found = spawnSync(values.python, ['-c', 'import lm_eval']);
if (found.status !== 0) throw new Error(`${values.python}: has no lm-eval; pip install lm-eval==0.4.12`);

const rows: Row[] = [];
for (const precision of list(values.precisions)) {
  if (precision !== 'float32' && precision !== 'bfloat16') throw new RangeError(`precisions: ${precision}`);
  const model = await readModelFolder(folder, { dtype: precision });
  const script = join(import.meta.dirname, 'peer_evaluate.py');
  const peer = startPeer(
    'lm-eval',
    [values.python, script, folder, values.data, String(threads), precision],
    { OMP_NUM_THREADS: String(threads) },
  );
  for (const task of list(values.tasks)) {
    const isMmlu = task.startsWith('mmlu');
    const limit = Number(isMmlu ? values['mmlu-limit'] : values.limit);
    const { requests } = await peer.ask<{ requests: [string, string][] }>({
      cmd: 'requests',
      task,
      limit,
      shots: isMmlu ? 5 : 0,
    });
    const own = requests.map(([context, continuation]) => ({
      kind: 'loglikelihood' as const,
      context,
      continuation,
    }));
    const ours: number[] = [];
    const theirs: { seconds: number; batch: number }[] = [];
    let [difference, otherChoices] = [0, 0];
    for (let round = 0; round < rounds; round++) {
      const began = process.cpuUsage();
      const { scores } = await scoreRequests(model, tokenizer, own, { batchTokens });
      const { user, system } = process.cpuUsage(began);
      ours.push((user + system) / 1e6);
      for (const batch of list(values.batches).map(Number)) {
        const answer = await peer.ask<{ seconds: number; scores: [number, boolean][] }>({
          cmd: 'score',
          requests,
          batch,
        });
        theirs.push({ seconds: answer.seconds, batch });
        const mine = scores.map((score) => score?.logLikelihood ?? NaN);
        const others = answer.scores.map(([logLikelihood]) => logLikelihood);
        difference = Math.max(difference, ...mine.map((value, i) => Math.abs(value - (others[i] ?? NaN))));
        otherChoices = Math.max(otherChoices, choicesThatDiffer(requests, mine, others));
      }
    }
    const best = theirs.reduce((a, b) => (b.seconds < a.seconds ? b : a));
    rows.push({
      task,
      precision,
      requests: own.length,
      ours: least(ours),
      theirs: best.seconds,
      batch: best.batch,
      difference,
      otherChoices,
    });
    print(rows.slice(-1));
  }
  await peer.end();
  releaseWeights(model.weights);
}
print(rows);
for (const precision of list(values.precisions)) {
  const own = rows.filter((row) => row.precision === precision);
  for (const [name, part] of [
    ['without MMLU', own.filter(({ task }) => !task.startsWith('mmlu'))],
    ['MMLU', own.filter(({ task }) => task.startsWith('mmlu'))],
  ] as const) {
    const [us, them] = [part.reduce((s, r) => s + r.ours, 0), part.reduce((s, r) => s + r.theirs, 0)];
    if (part.length > 0)
      console.log(
        `${precision}, ${name}: ${us.toFixed(1)} s, lm-eval ${them.toFixed(1)} s, ratio ${(them / us).toFixed(2)}`,
      );
  }
}
console.log(`load at the end ${loadavg()[0]?.toFixed(1)}`);
await rm(folder, { recursive: true });

/** How many neighbouring requests with one context would be answered otherwise; choices with two contexts are not counted. */
function choicesThatDiffer(
  requests: readonly [string, string][],
  ours: readonly number[],
  theirs: readonly number[],
): number {
  let [count, start] = [0, 0];
  for (let end = 1; end <= requests.length; end++) {
    if (end < requests.length && requests[end]?.[0] === requests[start]?.[0]) continue;
    if (best(ours.slice(start, end)) !== best(theirs.slice(start, end))) count += 1;
    start = end;
  }
  return count;
}

function best(scores: readonly number[]): number {
  return scores.indexOf(Math.max(...scores));
}

function print(shown: readonly Row[]): void {
  const cells = shown.map((row) => [
    row.task,
    row.precision,
    String(row.requests),
    row.ours.toFixed(2),
    row.theirs.toFixed(2),
    String(row.batch),
    `${(row.theirs / row.ours).toFixed(2)}x`,
    row.difference.toExponential(1),
    String(row.otherChoices),
  ]);
  console.log(
    table([
      [
        'task',
        'dtype',
        'requests',
        'ours, s',
        'lm-eval, s',
        'its batch',
        'ratio',
        'largest difference',
        'other choices',
      ],
      ...cells,
    ]),
  );
}
