// bench:train --start: from the start of a process to the end of its first and its twentieth step, caches empty. Ours is the real
// command line (dist/cli.js), and the training process of bench:train, which like PyTorch's reads a model from a file.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ModelConfig } from '../src/model/family.ts';
import { table } from '../src/run/format.ts';
import { packageRoot } from '../src/run/store.ts';
import { trainingOf, windowSource, writeModel } from './compare-steps.ts';
import { quantile } from './figures.ts';
import { benchModel } from './models.ts';
import type { ModelName, SizeName } from './models.ts';
import type { Peer } from './peer.ts';
import { bestAllocator, initPeer, ourPeer, pythonPeer } from './training-peers.ts';

const steps = 20;

/** Seconds from the start of a process to the end of a step. */
interface Reached {
  first: number;
  last: number;
}

export interface StartOptions {
  python: string;
  threads: number;
  rounds: number;
  compile: boolean;
}

/** Starts each side `rounds` times, in turns, prints a table of medians and returns all times. */
export async function compareStarts(model: ModelName, size: SizeName, options: StartOptions) {
  const { config, batch } = benchModel(model, size);
  const { python, threads, rounds } = options;
  const folder = await mkdtemp(join(tmpdir(), 'inheritune-start-'));
  try {
    const files = await writeModel(folder, config);
    await writeTokenFolder(join(folder, 'tokens'), config);
    const training = {
      ...files,
      ...trainingOf(config, batch, { precision: 'bfloat16', kernels: 'auto', threads }),
    };
    const choice = { python, threads, folder };
    const best = bestAllocator();
    const asked = (start: () => Peer | Promise<Peer>, compile: boolean) => () =>
      timePeer(start, { ...training, compile, warm: false }, windowSource(config, batch));
    const startPython = (name: string, environment: NodeJS.ProcessEnv) =>
      pythonPeer(choice, name, 'peer_train.py', { ...best.environment, ...environment });
    const sides: [name: string, run: (round: number) => Promise<Reached>][] = [
      [
        'inheritune train',
        (round) => timeCommand(join(folder, `run-${round}`), folder, config, batch, threads),
      ],
      ['inheritune, bench/ours.ts', asked(() => ourPeer(choice), false)],
      [`eager, ${best.name}`, asked(() => startPython('eager', {}), false)],
    ];
    if (options.compile)
      sides.push([
        `compile, ${best.name}`,
        async (round) => {
          const cache = join(folder, `cache-${round}`);
          const caches = {
            TORCHINDUCTOR_CACHE_DIR: cache,
            TRITON_CACHE_DIR: join(cache, 'triton'),
            TMPDIR: cache,
          };
          await mkdir(cache);
          return asked(() => startPython('compile', caches), true)();
        },
      ]);
    const times = new Map(sides.map(([name]) => [name, [] as Reached[]]));
    for (let round = 0; round < rounds; round++)
      for (const [name, run] of round % 2 === 0 ? sides : [...sides].reverse())
        times.get(name)?.push(await run(round));
    console.log(
      `\n${model}, ${size}, bfloat16: from the start of the process; load ${loadavg()[0]?.toFixed(1)}`,
    );
    console.log(startTable(times));
    return { model, size, threads, times: Object.fromEntries(times) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function startTable(times: ReadonlyMap<string, Reached[]>): string {
  const median = (of: readonly Reached[], step: keyof Reached) =>
    quantile(
      of.map((reached) => reached[step]),
      0.5,
    );
  const [ours = []] = times.values();
  const rows = [...times].map(([name, reached]) => {
    const last = median(reached, 'last');
    return [
      name,
      `${median(reached, 'first').toFixed(2)} s`,
      `${last.toFixed(2)} s`,
      reached.map((each) => each.last.toFixed(2)).join(' '),
      `${(last / median(ours, 'last')).toFixed(2)}x`,
    ];
  });
  return table([['', 'end of step 1', `end of step ${steps}`, 'each', 'over ours'], ...rows]);
}

async function timePeer<I extends { threads: number }>(
  start: () => Peer | Promise<Peer>,
  init: I,
  windows: (steps: number) => number[][],
): Promise<Reached> {
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  const peer = await start();
  try {
    await initPeer(peer, init);
    await peer.ask({ cmd: 'steps', starts: windows(1) });
    const first = seconds();
    await peer.ask({ cmd: 'steps', starts: windows(steps - 1) });
    const last = seconds();
    await peer.end();
    return { first, last };
  } finally {
    peer.kill();
  }
}

/** `inheritune train` with sizes only, a line for each step, and one window to evaluate: the peers evaluate none. */
async function timeCommand(
  out: string,
  folder: string,
  { family, layers, heads, width, context, ...config }: ModelConfig & { keyValueHeads?: number },
  batch: number,
  threads: number,
): Promise<Reached> {
  const settings = {
    'model.family': family,
    'model.layers': layers,
    'model.heads': heads,
    'model.width': width,
    'model.context': context,
    ...(config.keyValueHeads ? { 'model.keyValueHeads': config.keyValueHeads } : {}),
    steps,
    tokensPerStep: batch * context,
    microBatch: batch,
    logEvery: 1,
    'evaluation.windows': 1,
    'evaluation.train': false,
    ...(threads === availableParallelism() ? {} : { threads }),
  };
  const sets = Object.entries(settings).flatMap(([key, value]) => ['--set', `${key}=${value}`]);
  const cli = join(packageRoot(), 'dist', 'cli.js');
  const began = performance.now();
  const child = spawn(
    process.execPath,
    [cli, 'train', '--tokens', join(folder, 'tokens'), '--out', out, ...sets],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, OMP_NUM_THREADS: String(threads) },
    },
  );
  const reached = { first: NaN, last: NaN };
  let said = '';
  const read = async (stream: NodeJS.ReadableStream) => {
    for await (const line of createInterface({ input: stream })) {
      const seconds = (performance.now() - began) / 1000;
      said += `${line}\n`;
      const step = Number(/^step +(\d+)\/\d+ /.exec(line)?.[1] ?? NaN);
      if (step === 1) reached.first = seconds;
      if (step === steps) reached.last = seconds;
    }
  };
  const [[status]] = await Promise.all([
    once(child, 'close') as Promise<[number | null]>,
    read(child.stdout),
    read(child.stderr),
  ]);
  await rm(out, { recursive: true, force: true });
  if (status === 0 && Number.isFinite(reached.first + reached.last)) return reached;
  throw new Error(`inheritune train ended with ${status}:\n${said}`);
}

/** Random ids as a token folder of the model's vocabulary: characters, as many as it needs. */
async function writeTokenFolder(folder: string, { vocab, context }: ModelConfig): Promise<void> {
  await mkdir(folder);
  const split = async (name: string, tokens: number) => {
    const ids = Uint16Array.from({ length: tokens }, () => vocab * Math.random());
    await writeFile(join(folder, `${name}.bin`), ids);
    return { file: `${name}.bin`, tokens, documents: null, sha256: null };
  };
  const splits = { train: await split('train', 400 * context), val: await split('val', 10 * context) };
  const alphabet = String.fromCodePoint(...Array.from({ length: vocab - 1 }, (_, i) => 0x10000 + i));
  const tokenizer = { name: 'characters', alphabet };
  const info = { version: 1, tokenizer, vocab, dtype: 'uint16', splits, source: [] };
  await writeFile(join(folder, 'tokens.json'), JSON.stringify(info));
}
