// bench:load: how long a training loop waits for its next batch. The step is a model of 4 layers and width 256, or an empty one
// that takes as long as a fast GPU would (a million tokens a second) and blocks the event loop meanwhile, as kernels' launches do. The wait is the whole time spent in asking for a batch, with what it takes to ask for later ones.
//
//   npm run bench:load [-- SECONDS_A_CASE]      writes 2.6 GB into the temporary folder, and removes them

import { spawnSync } from 'node:child_process';
import {
  closeSync,
  fsyncSync,
  mkdtempSync,
  mkdirSync,
  openSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SamplerName } from '../src/data/mixture-sampler.ts';
import { openSources, readSources } from '../src/data/mixture.ts';
import type { TokensOption } from '../src/data/mixture.ts';
import { initModel } from '../src/model/families.ts';
import type { Gpt2Config } from '../src/model/gpt2.ts';
import { flattenWeights, releaseWeights } from '../src/model/weights.ts';
import { formatBytes, formatCount, table } from '../src/run/format.ts';
import { setThreads } from '../src/torch/index.ts';
import { initAdamw } from '../src/train/optimizer.ts';
import { batchReader } from '../src/train/reader.ts';
import { trainStep } from '../src/train/step.ts';

const seconds = Number(process.argv[2] ?? 10);
const tokensPerSecond = 1e6;
const vocab = 50257;
const folder = mkdtempSync(join(tmpdir(), 'inheritune-load-'));

interface Case {
  data: string;
  step: string;
  sampler: SamplerName;
  tokens: TokensOption;
  context: number;
  microBatch: number;
  /** Steps before those that are measured. */
  settle: number;
  /** Runs a step; `next` gives its batch. */
  run: (next: () => ReturnType<ReturnType<typeof batchReader>['next']>) => Promise<unknown>;
}

interface Figures {
  steps: number;
  stepMs: number;
  waitMs: number;
  worstMs: number;
  /** Batches that were not there when they were asked for. */
  late: number;
  share: number;
}

/** A token folder of ids without meaning, in shards. */
function writeFolder(name: string, shards: number, tokensEach: number): string {
  const path = join(folder, name);
  mkdirSync(path);
  const block = Uint16Array.from({ length: 1 << 21 }, (_, i) => (i * 7919 + 13) % vocab);
  const write = (file: string, tokens: number) => {
    const fd = openSync(join(path, file), 'w');
    for (let left = tokens; left > 0; left -= block.length) writeSync(fd, block.subarray(0, left));
    fsyncSync(fd);
    closeSync(fd);
    return { file, tokens, sha256: null };
  };
  const list = Array.from({ length: shards }, (_, shard) =>
    write(`train_${String(shard).padStart(6, '0')}.bin`, tokensEach),
  );
  const split = (files: ReturnType<typeof write>[]) => ({
    tokens: files.reduce((sum, { tokens }) => sum + tokens, 0),
    documents: null,
    shards: files,
  });
  const splits = { train: split(list), val: split([write('val.bin', 100_000)]) };
  const more = {
    tokenizer: { name: 'gpt2' },
    vocab,
    dtype: 'uint16',
    layout: 'raw',
    documentSeparator: null,
    source: [],
  };
  writeFileSync(join(path, 'tokens.json'), JSON.stringify({ version: 2, ...more, splits }));
  return path;
}

/** Takes a file out of the page cache, where dd can; else the figures are of a warm file. */
function makeCold(path: string): boolean {
  return spawnSync('dd', [`if=${path}`, 'iflag=nocache', 'count=0', 'of=/dev/null']).status === 0;
}

async function measure({ tokens, sampler, context, microBatch, settle, run }: Case): Promise<Figures> {
  const file = await openSources(await readSources(tokens, console), 'train');
  const options = { sampler, microBatch, tokensPerStep: microBatch * context };
  const reader = batchReader(file, { context }, options, 'cpu', { position: 0, seed: 1 });
  let waited = 0;
  let worst = 0;
  let late = 0;
  let steps = 0;
  const next = async () => {
    const asked = performance.now();
    let turned = false;
    const turn = setImmediate(() => (turned = true));
    const batch = await reader.next();
    clearImmediate(turn);
    if (steps >= warmUp) {
      late += Number(turned);
      waited += performance.now() - asked;
      worst = Math.max(worst, performance.now() - asked);
    }
    return batch;
  };
  const warmUp = settle; // by then most files are open
  let began = performance.now();
  for (; steps < warmUp + 3 || performance.now() - began < 1000 * seconds; steps++) {
    if (steps === warmUp) began = performance.now();
    await run(next);
  }
  const ms = performance.now() - began;
  await reader.close();
  await file.close();
  const measured = steps - warmUp; // at least one
  return {
    steps: measured,
    stepMs: ms / measured,
    waitMs: waited / measured,
    worstMs: worst,
    late,
    share: waited / ms,
  };
}

/** A step that only takes its time: the event loop turns once, as in a step of ours. */
async function emptyStep(next: Parameters<Case['run']>[0], tokens: number): Promise<void> {
  const { inputs, targets } = await next();
  const end = performance.now() + (1000 * tokens) / tokensPerSecond;
  while (performance.now() < end);
  inputs.release();
  targets.release();
  await new Promise(setImmediate);
}

function modelStep(): { config: Gpt2Config; run: Case['run']; release: () => void } {
  const config: Gpt2Config = {
    ...{
      family: 'gpt2',
      layers: 4,
      heads: 4,
      width: 256,
      context: 256,
      vocab,
      paddedVocab: 50304,
      bias: false,
    },
    ...{ dropout: 0, scaleAttentionByInverseLayer: true, layerNormEpsilon: 1e-5 },
  };
  const weights = initModel(config, 1);
  const leaves = flattenWeights(weights);
  for (const leaf of leaves.values()) leaf.requiresGrad = true;
  const adamw = initAdamw(leaves);
  const optimizer = {
    beta1: 0.9,
    beta2: 0.95,
    epsilon: 1e-8,
    weightDecay: 0.1,
    decay: 'matrices',
    clip: 1,
  } as const;
  const options = {
    microSteps: 1,
    gradients: 'mean',
    precision: 'float32',
    recompute: false,
    lossRows: 0,
    optimizer,
  } as const;
  let step = 0;
  return {
    config,
    run: (next) =>
      trainStep(
        { config, weights, leaves },
        adamw,
        { step: step++, seed: 1, learningRate: 1e-4 },
        next,
        options,
        () => false,
      ),
    release: () => {
      releaseWeights(weights);
      for (const moments of [adamw.moment1, adamw.moment2])
        for (const tensor of moments.values()) tensor.release();
    },
  };
}

setThreads(1);
const model = modelStep();
try {
  const large = writeFolder('large', 1, 1_000_000_000);
  const many = writeFolder('many', 300, 1_000_003);
  const small = { context: 256, microBatch: 8, settle: 3 };
  const gpu = {
    context: 1024,
    microBatch: 8,
    settle: 150,
    step: 'empty, 1 M tokens/s',
    run: (next: Parameters<Case['run']>[0]) => emptyStep(next, 8192),
  };
  const cases: (Case & { cold?: string })[] = [
    {
      data: 'one file of 2 GB',
      step: '4 x 256',
      sampler: 'permutation',
      tokens: large,
      ...small,
      run: model.run,
    },
    { data: '300 shards', step: '4 x 256', sampler: 'permutation', tokens: many, ...small, run: model.run },
    { data: 'one file of 2 GB', sampler: 'permutation', tokens: large, ...gpu },
    { data: '300 shards', sampler: 'permutation', tokens: many, ...gpu },
    {
      data: 'both, 67 to 33',
      sampler: 'permutation',
      tokens: [
        { folder: large, weight: 67 },
        { folder: many, weight: 33 },
      ],
      ...gpu,
    },
    { data: '300 shards', sampler: 'sequential', tokens: many, ...gpu },
    {
      data: 'one file of 2 GB, cold',
      sampler: 'random',
      tokens: large,
      cold: join(large, 'train_000000.bin'),
      ...gpu,
    },
  ];
  const rows = [
    ['data', 'sampler', 'step', 'batch', 'steps', 'step ms', 'wait ms', 'worst ms', 'late', 'wait'],
  ];
  for (const each of cases) {
    const isCold = each.cold !== undefined && makeCold(each.cold);
    const { steps, stepMs, waitMs, worstMs, late, share } = await measure(each);
    const data = each.cold !== undefined && !isCold ? `${each.data} (but warm: no dd)` : each.data;
    const shape = `${each.microBatch} x ${each.context}`;
    rows.push([
      data,
      each.sampler,
      each.step,
      shape,
      String(steps),
      stepMs.toFixed(2),
      waitMs.toFixed(3),
      worstMs.toFixed(1),
      String(late),
      `${(100 * share).toFixed(2)} %`,
    ]);
  }
  console.log(table(rows));
  console.log(
    `${formatCount(tokensPerSecond)} tokens/s of 16-bit ids are ${formatBytes(2 * tokensPerSecond)} a second; one thread, ${seconds} s a case`,
  );
} finally {
  model.release();
  rmSync(folder, { recursive: true, force: true });
}
