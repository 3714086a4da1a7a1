// bench:leak: trains a 2-layer model and prints what grows over 10 000 steps: live tensors, tensors that only the garbage
// collector freed, and resident memory. A benchmark, not a test: memory of a process is noisy.
// With --steps-only it neither evaluates nor saves between. The training runs compiled, in a process of its own: here, TypeScript's compiler is in memory too.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { formatBytes, formatDuration, table } from '../src/run/format.ts';
import { packageRoot } from '../src/run/store.ts';
import { trainOptions } from '../src/train/options.ts';

const { values, positionals } = parseArgs({
  options: { 'steps-only': { type: 'boolean', default: false } },
  allowPositionals: true,
});
const stepsOnly = values['steps-only']; // no evaluations and checkpoints but the last
const measured = Number(positionals[0] ?? 10_000);
const warmUp = 1.5 * measured; // until V8's heap and the allocators' arenas have found their sizes; flat from there on
const steps = warmUp + measured;
const sampleEvery = Math.max(1, Math.floor(steps / 200));
const target = 4; // KiB per 1000 steps

interface Sample {
  step: number;
  rss: number;
  /** V8's heap: in use, and taken from the system (256 KiB at a time). */
  heap: number;
  heapTotal: number;
  /** Typed arrays and buffers, outside V8's heap. */
  external: number;
  live: number;
}

interface Report {
  samples: Sample[];
  /** Live tensors before and after the run. */
  before: number;
  after: number;
  collected: number;
}

/** Trains and measures. The heap is collected before each sample, or its sawtooth would hide a small slope. */
const script = `
  import { writeFileSync } from 'node:fs';
  import { silentConsole } from 'DIST/run/console.js';
  import { watchSignals } from 'DIST/run/stop.js';
  import { collectedTensors, liveTensors } from 'DIST/torch/index.js';
  import { train } from 'DIST/train/train.js';
  const [options, every, report] = process.argv.slice(1);
  const samples = [];
  const run = async ({ step }) => {
    gc();
    const { rss, heapUsed: heap, heapTotal, external } = process.memoryUsage();
    samples.push({ step, rss, heap, heapTotal, external, live: liveTensors() });
    return {};
  };
  const before = liveTensors();
  const context = { console: silentConsole, stop: watchSignals(), command: ['bench:leak'] };
  await train(JSON.parse(options), context, [{ every: Number(every), run }]);
  const figures = { samples, before, after: liveTensors(), collected: collectedTensors() };
  writeFileSync(report, JSON.stringify(figures));`;

/** Random byte ids as a token folder. */
function writeTokens(folder: string): void {
  const split = (name: string, tokens: number) => {
    const ids = Uint16Array.from({ length: tokens }, () => 256 * Math.random());
    writeFileSync(join(folder, `${name}.bin`), ids);
    return { file: `${name}.bin`, tokens, documents: null, sha256: null };
  };
  const splits = { train: split('train', 100_000), val: split('val', 10_000) };
  const info = { version: 1, tokenizer: { name: 'bytes' }, vocab: 257, dtype: 'uint16', splits, source: [] };
  writeFileSync(join(folder, 'tokens.json'), JSON.stringify(info));
}

function measure(folder: string): Report {
  writeTokens(folder);
  const options = trainOptions.parse({
    out: join(folder, 'run'),
    tokens: folder,
    model: { layers: 2, heads: 2, width: 32, context: 32, dropout: 0.1 },
    steps,
    tokensPerStep: 4 * 2 * 32, // accumulation 2
    microBatch: 4,
    evaluation: { every: stepsOnly ? 0 : Math.ceil(steps / 20), windows: 16 },
    checkpoint: { every: stepsOnly ? 0 : Math.ceil(steps / 10) },
    threads: 1,
    device: 'cpu',
  });
  const report = join(folder, 'report.json');
  const source = script.replaceAll('DIST/', `${join(packageRoot(), 'dist')}/`);
  const flags = ['--expose-gc', '--input-type=module', '-e', source];
  const { status } = spawnSync(
    process.execPath,
    [...flags, JSON.stringify(options), String(sampleEvery), report],
    { stdio: 'inherit' },
  );
  if (status !== 0) throw new Error(`the training process ended with ${status}`);
  return JSON.parse(readFileSync(report, 'utf8')) as Report;
}

/** Slope of the least-squares line, in KiB per 1000 steps. One page more of V8's heap, 256 KiB, can make it 38 in 10 000 steps. */
function slope(samples: readonly Sample[], figure: (sample: Sample) => number): number {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x0, y0] = [mean(samples.map(({ step }) => step)), mean(samples.map(figure))];
  const up = samples.reduce((sum, sample) => sum + (sample.step - x0) * (figure(sample) - y0), 0);
  const down = samples.reduce((sum, { step }) => sum + (step - x0) ** 2, 0);
  return (1000 / 1024) * (up / down);
}

/** Median of the slopes between all pairs of samples (Theil and Sen): a leak moves it, a single page does not. */
function medianSlope(samples: readonly Sample[], figure: (sample: Sample) => number): number {
  const slopes = samples.flatMap((a, index) =>
    samples.slice(index + 1).map((b) => (figure(b) - figure(a)) / (b.step - a.step)),
  );
  return (1000 / 1024) * (slopes.sort((a, b) => a - b)[slopes.length >> 1] ?? NaN);
}

const began = performance.now();
const folder = mkdtempSync(join(tmpdir(), 'inheritune-leak-'));
try {
  const { samples, before, after, collected } = measure(folder);
  const counted = samples.filter(({ step }) => step >= warmUp);
  const shown = [samples[0], counted[0], counted[counted.length >> 1], samples.at(-1)].filter(
    (at) => at !== undefined,
  );
  const row = (name: string, figure: (sample: Sample) => number) => [
    name,
    ...shown.map((at) => formatBytes(figure(at))),
    slope(counted, figure).toFixed(2),
    medianSlope(counted, figure).toFixed(2),
  ];
  console.log(
    table([
      ['', ...shown.map(({ step }) => `step ${step}`), 'KiB per 1000 steps', 'their median'],
      row('resident', ({ rss }) => rss),
      row('  outside V8', ({ rss, heapTotal }) => rss - heapTotal),
      row('V8 heap in use', ({ heap }) => heap),
      row('buffers', ({ external }) => external),
    ]),
  );
  const grown = medianSlope(counted, ({ rss }) => rss);
  const shrank = grown < -target; // V8 gives memory back when a process was stopped or the machine was short of it
  const verdict = shrank ? 'disturbed, measure again' : grown < target ? 'met' : 'missed';
  const live = [...new Set(samples.map((at) => at.live))].sort((a, b) => a - b);
  console.log(
    `live tensors: ${live.join(', ')} in the loop (a batch is read ahead), ${before} before and ${after} after it; ` +
      `${collected} freed by the garbage collector; resident memory grows ${grown.toFixed(2)} KiB per 1000 steps, ` +
      `the target is below ${target}: ${verdict}; ${formatDuration(performance.now() - began)}`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
