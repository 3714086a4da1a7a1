// What the tests of src/train share: small token folders, options, a console that listens, runs in processes of their
// own, and what two runs must have in common to be the same run.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect } from 'vitest';
import type { Gpt2Config } from '../../src/model/gpt2.ts';
import type { JobContext } from '../../src/run/context.ts';
import { exitCodeOf } from '../../src/run/failure.ts';
import { verifyManifest } from '../../src/run/manifest.ts';
import { readMetrics } from '../../src/run/metrics.ts';
import type { MetricRecord } from '../../src/run/metrics.ts';
import { configText } from '../../src/run/options.ts';
import { streamSeed } from '../../src/run/seed.ts';
import { packageRoot } from '../../src/run/store.ts';
import type { Tensor } from '../../src/torch/index.ts';
import { trainOptions } from '../../src/train/options.ts';
import type { TrainOptions } from '../../src/train/options.ts';
import { compiledRun } from '../run/child.ts';

/** A folder of its own for a test file, removed at its end. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'inheritune-train-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A token folder of byte ids in which the next one mostly follows from the last, so that there is something to learn. */
export function writeTokens(folder: string, { train = 1200, val = 400, vocab = 257 } = {}): string {
  mkdirSync(folder);
  const split = (name: string, count: number) => {
    let id = 0;
    const ids = Uint16Array.from({ length: count }, (_, index) => {
      id = (5 * id + Number(streamSeed(1, name, index) % 3n)) % 251;
      return id;
    });
    writeFileSync(join(folder, `${name}.bin`), ids);
    return { file: `${name}.bin`, tokens: count, documents: null, sha256: null };
  };
  const splits = { train: split('train', train), val: split('val', val) };
  const tokenizer =
    vocab === 257
      ? { name: 'bytes' }
      : {
          name: 'characters',
          alphabet: String.fromCharCode(...Array.from({ length: vocab }, (_, i) => 256 + i)),
        };
  const info = { version: 1, tokenizer, vocab, dtype: 'uint16', splits, source: [] };
  writeFileSync(join(folder, 'tokens.json'), JSON.stringify(info));
  return folder;
}

/** Options of a run that takes 10 ms a step: 2 layers, width 16, context 16, accumulation 2. */
export function smallOptions(given: { out: string; tokens: string } & Record<string, unknown>): TrainOptions {
  return trainOptions.parse({
    model: { layers: 2, heads: 2, width: 16, context: 16, dropout: 0.1 },
    steps: 24,
    microBatch: 4,
    tokensPerStep: 128,
    precision: 'float32',
    learningRate: { peak: 3e-3, floor: 1e-4, warmupSteps: 6 },
    evaluation: { every: 6, windows: 8 },
    checkpoint: { every: 4, keepLast: 100 },
    logEvery: 1,
    seed: 7,
    threads: 1,
    device: 'cpu',
    ...given,
  });
}

/** A model of 7000 parameters, without files. */
export const smallConfig: Gpt2Config = {
  family: 'gpt2',
  layers: 2,
  heads: 2,
  width: 16,
  context: 16,
  vocab: 60,
  paddedVocab: 64,
  bias: false,
  dropout: 0,
  scaleAttentionByInverseLayer: true,
  layerNormEpsilon: 1e-5,
};

/** A context that keeps what is said, and can be told to stop. */
export function listener() {
  const lines: string[] = [];
  const warnings: string[] = [];
  const asked: { stop: NodeJS.Signals | null; save: boolean } = { stop: null, save: false };
  const say = (line: string) => void lines.push(line);
  const context: JobContext = {
    console: {
      info: say,
      warn: (line) => void warnings.push(line),
      metrics: say,
      status: () => undefined,
      print: say,
    },
    stop: {
      requested: () => asked.stop,
      takeSaveRequest: () => {
        const { save } = asked;
        asked.save = false;
        return save;
      },
      dispose: () => undefined,
    },
    command: ['test'],
  };
  return { context, lines, warnings, asked };
}

/** The error a promise ends with, and the exit code it asks for. */
export async function failureOf(job: Promise<unknown>): Promise<{ message: string; code: number }> {
  const error: unknown = await job.then(
    () => {
      throw new Error('expected a failure, and there was none');
    },
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error('expected an Error');
  return { message: error.message, code: exitCodeOf(error) };
}

/** `inheritune train` in a process of its own. */
export interface TrainProcess {
  child: ChildProcess;
  /** Everything it said on stderr so far. */
  said(): string;
  /** Waits until it has said so, or throws when it ended before. */
  until(pattern: RegExp): Promise<void>;
  /** Exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals | null>;
}

/** Starts the compiled command line with these options. */
export function startTraining(options: TrainOptions): TrainProcess {
  const recipe = `${options.out}.yaml`;
  writeFileSync(recipe, configText(options));
  return listenTo([join(compiled(), 'cli.js'), 'train', '--recipe', recipe]);
}

/** Trains with these options in a process that kills itself with -9 after a step, when nothing of it is saved yet. */
export async function trainAndDie(options: TrainOptions, deadlyStep: number): Promise<void> {
  const script = `
    import { train } from '${join(compiled(), 'train', 'train.js')}';
    import { silentConsole } from '${join(compiled(), 'run', 'console.js')}';
    const stop = { requested: () => null, takeSaveRequest: () => false, dispose() {} };
    const die = { every: 1, run: async ({ step }) => (step === ${deadlyStep} && process.kill(process.pid, 'SIGKILL'), {}) };
    await train(${JSON.stringify(options)}, { console: silentConsole, stop, command: ['test'] }, [die]);`;
  const { ended, said } = listenTo(['--input-type=module', '-e', script]);
  expect(await ended, said()).toBe('SIGKILL');
}

/** dist/, with a warning when src/train has changed since: then a process and this one may train differently. */
function compiled(): string {
  const folder = dirname(compiledRun());
  const newest = (path: string) =>
    Math.max(...readdirSync(path).map((name) => statSync(join(path, name)).mtimeMs));
  if (newest(join(folder, 'train')) < newest(join(packageRoot(), 'src', 'train')))
    console.warn('dist/train is older than src/train: build it, or processes may differ from this one');
  return folder;
}

function listenTo(argv: string[]): TrainProcess {
  const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  child.stderr.on('data', (data: Buffer) => (text += data.toString()));
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.once('close', (code, signal) => resolve(signal ?? code));
  });
  const until = async (pattern: RegExp): Promise<void> => {
    const heard = new Promise<void>((resolve) => {
      const look = () => {
        if (!pattern.test(text)) return;
        child.stderr.off('data', look);
        resolve();
      };
      child.stderr.on('data', look);
      look();
    });
    const over = ended.then(() => {
      if (!pattern.test(text)) throw new Error(`ended before ${pattern.source}:\n${text}`);
    });
    await Promise.race([heard, over]);
  };
  return { child, said: () => text, until, ended };
}

/** Hashes of all files of every checkpoint of a run, by checkpoint. Each is checked against its files. */
export async function checkpointHashes(run: string): Promise<Record<string, Record<string, string>>> {
  const found: Record<string, Record<string, string>> = {};
  for (const name of readdirSync(join(run, 'checkpoints')).sort()) {
    const verdict = await verifyManifest(join(run, 'checkpoints', name));
    if (!verdict.ok) throw new Error(`${name}: ${verdict.reason}`);
    found[name] = Object.fromEntries(verdict.manifest.files.map((file) => [file.name, file.sha256]));
  }
  return found;
}

/** The metrics of a run without what a clock or the kernel put in, and without hooks. */
export async function timelessMetrics(run: string): Promise<MetricRecord[]> {
  const records = await readMetrics(join(run, 'metrics.jsonl'));
  const clock = ['stepMs', 'tokensPerSecond', 'flopsPerSecond', 'rssBytes'];
  return records
    .filter(({ type }) => type !== 'hook')
    .map((record) => Object.fromEntries(Object.entries(record).filter(([name]) => !clock.includes(name))));
}

/** Hash of the bits of some tensors. */
export function bitsOf(tensors: Iterable<Tensor>): string {
  const hash = createHash('sha256');
  for (const tensor of tensors) {
    const { buffer, byteOffset, byteLength } = tensor.data();
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return hash.digest('hex');
}
