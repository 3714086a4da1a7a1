// bench:train: our training step beside PyTorch's, eager and compiled, in one run: same model, tokens and torch build.
// Processes take turns in blocks of steps, so that a slow minute of the machine hits all of them.
//
//   npm run bench:train [-- --size small|124m] [--precision bfloat16|float32] [--rounds 6] [--no-compile]

import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeModelFolder } from '../src/model/folder.ts';
import { trainingFlopsPerToken, initModel } from '../src/model/families.ts';
import type { Gpt2Config } from '../src/model/gpt2.ts';
import { table } from '../src/run/format.ts';
import { startPeer } from './peer.ts';
import type { Peer, StepsAnswer } from './peer.ts';

const sizes = {
  small: { layers: 4, heads: 4, width: 256, context: 256, vocab: 8192, batch: 8, warmUp: 10, block: 10 },
  '124m': { layers: 12, heads: 12, width: 768, context: 1024, vocab: 50304, batch: 1, warmUp: 6, block: 4 },
} as const;

const glibc = {
  GLIBC_TUNABLES: 'glibc.malloc.mmap_threshold=1073741824:glibc.malloc.trim_threshold=1073741824',
};
const tcmalloc = '/usr/lib/x86_64-linux-gnu/libtcmalloc_minimal.so.4';

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: 'small,124m' },
    precision: { type: 'string', default: 'bfloat16' },
    rounds: { type: 'string', default: '6' },
    python: { type: 'string', default: process.env.INHERITUNE_ORACLE_PYTHON ?? '.venv/bin/python' },
    'no-compile': { type: 'boolean', default: false },
  },
});

console.log(
  `${cpus()[0]?.model ?? 'unknown CPU'}, ${cpus().length} cores; ${new Date().toISOString().slice(0, 10)}`,
);
for (const size of values.size.split(',')) {
  if (size !== 'small' && size !== '124m') throw new Error(`--size: expected small or 124m, got ${size}`);
  await compare(size);
}

async function compare(size: keyof typeof sizes): Promise<void> {
  const { batch, block, warmUp, ...model } = sizes[size];
  const config: Gpt2Config = {
    ...model,
    family: 'gpt2',
    paddedVocab: model.vocab,
    bias: false,
    dropout: 0,
    scaleAttentionByInverseLayer: false,
    layerNormEpsilon: 1e-5,
  };
  const folder = await mkdtemp(join(tmpdir(), 'inheritune-bench-'));
  try {
    await writeModelFolder(
      folder,
      { config, weights: initModel(config, 1) },
      { tokenizerFiles: new Map(), endOfText: null, card: '' },
    );
    const tokens = join(folder, 'train.bin');
    const ids = Uint16Array.from(
      { length: 400 * model.context },
      (_, i) => ((i * 2654435761) % 4294967296) % model.vocab,
    );
    await writeFile(tokens, ids);
    const init = {
      cmd: 'init',
      folder,
      model: { ...model, bias: false, scaleAttentionByInverseLayer: false },
      batch,
      tokens,
      weights: join(folder, 'model.safetensors'),
      precision: values.precision,
      threads: cpus().length,
      rate: 3e-4,
      clip: 1,
    };
    const rounds = Number(values.rounds);
    let place = 0;
    const windows = (steps: number) =>
      Array.from({ length: steps }, () =>
        Array.from({ length: batch }, () => (place++ * model.context) % (ids.length - model.context - 1)),
      );
    const plan = [windows(warmUp), ...Array.from({ length: rounds }, () => windows(block))]; // the first warms up

    const peers = startPeers(size);
    const answers = new Map<Peer, StepsAnswer>(peers.map((peer) => [peer, { ms: [], losses: [] }]));
    for (const peer of peers) await peer.ask({ ...init, compile: peer.name.includes('compile') });
    for (const [round, starts] of plan.entries()) {
      for (const peer of round % 2 === 0 ? peers : [...peers].reverse()) {
        const { ms, losses } = await peer.ask<StepsAnswer>({ cmd: 'steps', starts });
        const all = answers.get(peer);
        if (round > 0) all?.ms.push(...ms);
        all?.losses.push(...losses);
      }
    }
    const memory = new Map<Peer, number>();
    for (const peer of peers)
      memory.set(peer, (await peer.ask<{ peakRssBytes: number }>({ cmd: 'memory' })).peakRssBytes);
    for (const peer of peers) await peer.end();
    print(size, config, batch, answers, memory);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function startPeers(size: string): Peer[] {
  const python = (name: string, environment: NodeJS.ProcessEnv) =>
    startPeer(name, [values.python, 'bench/peer_train.py'], environment);
  const hasTcmalloc = existsSync(tcmalloc);
  const [bestName, best] = hasTcmalloc ? ['tcmalloc', { LD_PRELOAD: tcmalloc }] : ['glibc thresholds', glibc];
  const peers = [
    startPeer('inheritune', [process.execPath, '--import', './tools/typescript.mjs', 'bench/ours.ts']),
    python('eager, as shipped', {}),
    python(`eager, ${bestName}`, best),
  ];
  if (!values['no-compile'])
    peers.push(python('compile, as shipped', {}), python(`compile, ${bestName}`, best));
  if (!hasTcmalloc)
    console.log(
      'tcmalloc is not installed (Debian: libtcmalloc-minimal4); the peers have glibc with raised thresholds',
    );
  console.log(`\n${size}, ${values.precision}: ${peers.map(({ name }) => name).join('; ')}`);
  return peers;
}

function print(
  size: string,
  config: Gpt2Config,
  batch: number,
  answers: Map<Peer, StepsAnswer>,
  memory: Map<Peer, number>,
): void {
  const [ours] = answers.keys();
  const oursMs = quantile(ours ? (answers.get(ours)?.ms ?? []) : [], 0.5);
  const oursBytes = ours ? (memory.get(ours) ?? NaN) : NaN;
  const flops = trainingFlopsPerToken(config) * batch * config.context;
  const rows = [...answers].map(([peer, { ms, losses }]) => {
    const median = quantile(ms, 0.5);
    const bytes = memory.get(peer) ?? NaN;
    return [
      peer.name,
      `${median.toFixed(1)} ms`,
      `${quantile(ms, 0.25).toFixed(1)}-${quantile(ms, 0.75).toFixed(1)}`,
      `${(median / oursMs).toFixed(2)}x`,
      `${(flops / median / 1e9).toFixed(3)} TFLOP/s`,
      `${(bytes / 1e9).toFixed(2)} GB`,
      `${(oursBytes / bytes).toFixed(2)}x`,
      losses[0]?.toFixed(4) ?? '',
      losses.at(-1)?.toFixed(4) ?? '',
    ];
  });
  console.log(
    table([
      [
        '',
        'median step',
        'quartiles',
        'over ours',
        'rate',
        'peak memory',
        'ours / it',
        'first loss',
        'last loss',
      ],
      ...rows,
    ]),
  );
  if (existsSync('/proc/loadavg'))
    console.log(`${size}: load ${readFileSync('/proc/loadavg', 'utf8').split(' ').slice(0, 3).join(' ')}`);
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}
