// bench:sample: tokens a second of greedy sampling with the cache, ours beside transformers' generate on the same folder, cores
// and float32, in turns; the ids of both are compared. Random weights: speed does not depend on them.
//
//   npm run bench:sample [-- --tokens 256 --rounds 5 --threads N --python .venv/bin/python]
//
// Needs a Python with torch and transformers: npm run test:oracle makes .venv.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { familyOf, initModel, parameterCount } from '../src/model/families.ts';
import { writeModelFolder } from '../src/model/folder.ts';
import { layOutForSampling } from '../src/model/layout.ts';
import { generate } from '../src/model/sample.ts';
import { releaseWeights } from '../src/model/weights.ts';
import { formatCount, table } from '../src/run/format.ts';
import { noGrad, setThreads } from '../src/torch/index.ts';

const { values } = parseArgs({
  options: {
    tokens: { type: 'string', default: '256' },
    rounds: { type: 'string', default: '5' },
    threads: { type: 'string', default: String(cpus().length) },
    python: { type: 'string', default: '.venv/bin/python' },
  },
});
const [count, rounds, threads] = [Number(values.tokens), Number(values.rounds), Number(values.threads)];
const shared = {
  vocab: 8192,
  paddedVocab: 8192,
  dropout: 0,
  keyValueHeads: undefined,
  hidden: undefined,
  tied: undefined,
};
const plain = { ...shared, bias: true, scaleAttentionByInverseLayer: false };
const models = {
  'gpt2, 4 layers x 256': { family: 'gpt2', layers: 4, heads: 4, width: 256, context: 512, ...plain },
  'llama, 4 layers x 256': {
    family: 'llama',
    layers: 4,
    heads: 4,
    width: 256,
    context: 512,
    ...plain,
    bias: false,
  },
  'gpt2, 12 layers x 768': {
    family: 'gpt2',
    layers: 12,
    heads: 12,
    width: 768,
    context: 1024,
    ...plain,
    vocab: 50257,
    paddedVocab: 50257,
  },
} as const;

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? NaN;
}

setThreads(threads);
const folder = await mkdtemp(join(tmpdir(), 'inheritune-bench-'));
const rows: string[][] = [];
console.log(
  `${cpus()[0]?.model ?? 'unknown CPU'}, ${threads} threads; ${new Date().toISOString().slice(0, 10)}; load ${loadavg()[0]?.toFixed(1)}`,
);
for (const [name, { family, ...sizes }] of Object.entries(models)) {
  const config = familyOf({ family }).fromSizes(sizes);
  const fresh = { config, weights: initModel(config, 1) };
  noGrad(() => void fresh.weights.tokenEmbedding.mul_(20)); // logits far apart: rounding decides no token
  const path = await mkdtemp(join(folder, 'model-'));
  await writeModelFolder(path, fresh, { tokenizerFiles: new Map(), endOfText: null, card: '' });
  const model = layOutForSampling(fresh); // as sample and serve do
  const child = spawn(
    values.python,
    [join(import.meta.dirname, 'peer_sample.py'), path, String(threads), String(count)],
    {
      stdio: ['pipe', 'pipe', 'ignore'],
    },
  );
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const [ours, theirs]: [number[], number[]] = [[], []];
  let equal = 0;
  for (let round = 0; round <= rounds; round++) {
    const prompt = Array.from({ length: 16 }, (_, i) => (7919 * (round + 1) * (i + 1)) % config.vocab);
    const began = performance.now();
    const ids = generate(model, prompt, count, { temperature: 0 });
    const seconds = (performance.now() - began) / 1000;
    child.stdin.write(`${JSON.stringify(prompt)}\n`);
    const line = await answers.next();
    if (line.done) throw new Error(`${values.python} bench/peer_sample.py ended; run it by hand to see why`);
    const peer = JSON.parse(line.value) as { seconds: number; ids: number[] };
    if (round === 0) continue; // warms up
    ours.push(count / seconds);
    theirs.push(count / peer.seconds);
    if (peer.ids.join() === ids.join()) equal += 1;
  }
  child.stdin.end();
  await once(child, 'exit');
  const [us, them] = [median(ours), median(theirs)];
  rows.push([
    name,
    formatCount(parameterCount(config)),
    us.toFixed(1),
    them.toFixed(1),
    `${(us / them).toFixed(2)}x`,
    `${equal} of ${rounds}`,
  ]);
  releaseWeights(model.weights);
}
console.log(
  table([['model', 'parameters', 'ours, tokens/s', 'generate, tokens/s', 'ratio', 'equal ids'], ...rows]),
);
console.log(`load at the end ${loadavg()[0]?.toFixed(1)}`);
await rm(folder, { recursive: true });
