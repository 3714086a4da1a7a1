// bench:curves: that the fused training step trains as the plain one does. Ours fused, ours plain and PyTorch's eager step, all in
// bfloat16, learn real text from the same weights and windows; the three loss curves, their differences, and validation losses.
//
//   npm run bench:curves [-- --model gpt2 --steps 1000 --threads N --out curves.csv --python .venv/bin/python]
//
// Trains one after another in turns of 50 steps; the CSV is written after each turn. Text: --train, --validation.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { permutation } from '../src/data/permutation.ts';
import { learningRate } from '../src/train/schedule.ts';
import { countOf, namesOf } from './arguments.ts';
import { trainingOf, writeModel } from './compare-steps.ts';
import { curveTable, curvesCsv, differenceTable } from './curve-differences.ts';
import type { Curve } from './curve-differences.ts';
import { writeCurveTokens } from './curve-text.ts';
import { benchModel, modelNames } from './models.ts';
import type { Peer, StepsAnswer } from './peer.ts';
import { bestAllocator, initPeer, ourPeer, pythonPeer } from './training-peers.ts';

const corpus = '../shared/corpora/enwiki-featured-good';
const { values } = parseArgs({
  options: {
    model: { type: 'string', default: 'gpt2' },
    steps: { type: 'string', default: '1000' },
    threads: { type: 'string', default: String(cpus().length) },
    vocab: { type: 'string', default: '8192' },
    windows: { type: 'string', default: '64' },
    train: { type: 'string', default: `${corpus}/train.jsonl.zst` },
    validation: { type: 'string', default: `${corpus}/val.jsonl.zst` },
    python: { type: 'string', default: process.env.INHERITUNE_ORACLE_PYTHON ?? '.venv/bin/python' },
    out: { type: 'string', default: 'curves.csv' },
  },
});
const [model = 'gpt2'] = namesOf('model', values.model, modelNames);
const [steps, threads, vocab, windows] = (['steps', 'threads', 'vocab', 'windows'] as const).map((name) =>
  countOf(name, values[name]),
) as [number, number, number, number];
const turn = 50;
const { config, batch } = benchModel(model, 'small', vocab);
const { context } = config;

const folder = await mkdtemp(join(tmpdir(), 'inheritune-curves-'));
const peers: Peer[] = [];
try {
  const files = await writeModel(folder, config);
  const need = { train: steps * batch * context + 1, validation: windows * context + 1 };
  const text = await writeCurveTokens(
    folder,
    {
      train: { sources: [values.train], tokens: need.train },
      validation: { sources: [values.validation], tokens: need.validation },
    },
    vocab,
  );
  const choice = { python: values.python, threads, folder };
  const best = bestAllocator();
  peers.push(
    await ourPeer(choice, 'fused'),
    await ourPeer(choice, 'plain'),
    pythonPeer(choice, 'pytorch', 'peer_train.py', best.environment),
  );
  for (const peer of peers) {
    const kernels = peer.name === 'plain' ? 'plain' : 'auto';
    const training = trainingOf(config, batch, { precision: 'bfloat16', kernels, threads });
    const ready = await initPeer(peer, { ...files, ...training, tokens: text.train, compile: false });
    if (ready.kernels) console.log(`${peer.name}: kernels ${ready.kernels}`);
  }
  console.log(
    `${cpus()[0]?.model ?? 'unknown CPU'}, ${threads} threads; ${model}, small, vocabulary ${vocab}; ${steps} steps of ${batch} x ${context} tokens of ${values.train}`,
  );
  const curves = await trainInTurns(need.train);
  await validate(curves, text.validation);
  const width = Math.max(1, Math.min(25, Math.floor(steps / 4)));
  console.log(`${curveTable(curves, width)}\n\n${differenceTable(curves, width)}`);
  console.log(`${values.out}: losses of every step; load ${loadavg()[0]?.toFixed(1)}`);
} finally {
  for (const peer of peers) peer.kill();
  await rm(folder, { recursive: true });
}

async function trainInTurns(tokens: number): Promise<Curve[]> {
  const curves: Curve[] = peers.map(({ name }) => ({ name, losses: [], validation: NaN }));
  const places = Math.floor((tokens - 1) / context);
  const place = permutation(places, 1n);
  const schedule = { peak: 1e-3, floor: 1e-4, warmupSteps: Math.ceil(steps / 10), decaySteps: steps };
  for (let first = 0; first < steps; first += turn) {
    const some = Array.from({ length: Math.min(turn, steps - first) }, (_, i) => first + i);
    const starts = some.map((step) =>
      Array.from({ length: batch }, (_, row) => context * place((step * batch + row) % places)),
    );
    const rates = some.map((step) => learningRate(step, schedule));
    const told: string[] = [];
    for (const [index, peer] of peers.entries()) {
      const { losses, ms } = await peer.ask<StepsAnswer>({ cmd: 'steps', starts, rates });
      curves[index]?.losses.push(...losses);
      const msPerStep = ms.reduce((sum, each) => sum + each, 0) / ms.length;
      told.push(`${peer.name} ${losses.at(-1)?.toFixed(4)} (${msPerStep.toFixed(0)} ms)`);
    }
    await writeFile(values.out, curvesCsv(curves));
    console.log(`step ${first + some.length}: ${told.join('  ')}`);
  }
  return curves;
}

/** Mean loss of the first windows of the validation text; the same for all. */
async function validate(curves: readonly Curve[], tokens: string): Promise<void> {
  const places = Array.from({ length: windows }, (_, i) => i * context);
  const starts = Array.from({ length: Math.ceil(windows / batch) }, (_, i) =>
    places.slice(i * batch, (i + 1) * batch),
  );
  for (const [index, peer] of peers.entries()) {
    const { losses } = await peer.ask<{ losses: number[] }>({ cmd: 'validate', starts, tokens });
    const sum = losses.reduce((total, loss, i) => total + loss * (starts[i]?.length ?? NaN), 0);
    const curve = curves[index];
    if (curve) curve.validation = sum / windows;
    await peer.end();
  }
}
