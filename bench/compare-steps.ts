// One comparison of bench:train: all processes on the same model, tokens and windows, taking turns in blocks of steps, so that a
// slow minute of the machine hits all of them.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { initModel, parameterCount, trainingFlopsPerToken } from '../src/model/families.ts';
import type { ModelConfig } from '../src/model/family.ts';
import { writeModelFolder } from '../src/model/folder.ts';
import { releaseWeights } from '../src/model/weights.ts';
import type { Comparison, Side } from './figures.ts';
import { quantile } from './figures.ts';
import { linearLayers, peerModel } from './models.ts';
import type { BenchSize } from './models.ts';
import type { Peer, StepsAnswer } from './peer.ts';
import { bestAllocator, initPeer, ourPeer, pythonPeer } from './training-peers.ts';

export interface StepsOptions {
  /** Said in the result. */
  model: string;
  size: string;
  precision: string;
  kernels: string;
  threads: number;
  rounds: number;
  python: string;
  /** Peers: `best` is the fastest allocator there is. */
  peers: readonly ('eager' | 'eager best' | 'compile' | 'compile best' | 'mm')[];
  /** Laid over the environment of every process, ours too. */
  environment?: NodeJS.ProcessEnv;
}

/** Times every process for `rounds` blocks of steps after a warm-up. */
export async function compareSteps(
  { config, batch, warmUp, block }: BenchSize,
  options: StepsOptions,
): Promise<Comparison> {
  const folder = await mkdtemp(join(tmpdir(), 'inheritune-bench-'));
  const peers: Peer[] = [];
  try {
    const init = { ...(await writeModel(folder, config)), ...trainingOf(config, batch, options) };
    const { ours, others, mm } = await startAll(folder, options, peers);
    const trainers = [ours, ...others];
    const { kernels = '' } = await initPeer(ours, init);
    for (const peer of others) await initPeer(peer, { ...init, compile: peer.name.includes('compile') });
    const { precision, threads, rounds } = options;
    if (mm) await initPeer(mm, { layers: linearLayers(config, batch * config.context), precision, threads });

    const windows = windowSource(config, batch);
    const sides = new Map<Peer, Side>(
      trainers.map((peer) => [peer, { name: peer.name, ms: [], losses: [], peakBytes: NaN }]),
    );
    const products: number[] = [];
    let productFlops = NaN;
    for (let round = 0; round <= rounds; round++) {
      const starts = windows(round === 0 ? warmUp : block); // the first round warms up
      for (const peer of round % 2 === 0 ? trainers : [...trainers].reverse()) {
        const { ms, losses } = await peer.ask<StepsAnswer>({ cmd: 'steps', starts });
        const side = sides.get(peer);
        if (round > 0) side?.ms.push(...ms);
        side?.losses.push(...losses);
      }
      if (!mm || round === 0) continue;
      const answer = await mm.ask<{ ms: number[]; flops: number }>({ cmd: 'steps', repeats: 1 });
      products.push(...answer.ms);
      productFlops = answer.flops;
    }
    for (const [peer, side] of sides)
      side.peakBytes = (await peer.ask<{ peakRssBytes: number }>({ cmd: 'memory' })).peakRssBytes;
    for (const peer of peers) await peer.end();
    const tokensPerStep = batch * config.context;
    return {
      model: options.model,
      size: options.size,
      precision,
      kernels,
      threads,
      parameters: parameterCount(config),
      tokensPerStep,
      flops: trainingFlopsPerToken(config) * tokensPerStep,
      sides: [...sides.values()],
      productRate: mm ? productFlops / (quantile(products, 0.5) / 1000) : null,
    };
  } finally {
    for (const peer of peers) peer.kill();
    await rm(folder, { recursive: true });
  }
}

/** A model (its weights are released) and tokens at random in `folder`, named as the processes want them. */
export async function writeModel(
  folder: string,
  config: ModelConfig,
  weights = initModel(config, 1),
): Promise<{ folder: string; weights: string; tokens: string }> {
  const extras = { tokenizerFiles: new Map<string, string>(), endOfText: null, card: '' };
  await writeModelFolder(folder, { config, weights }, extras);
  releaseWeights(weights);
  const tokens = join(folder, 'train.bin');
  const ids = Uint16Array.from(
    { length: tokenCount(config) },
    (_, i) => ((i * 2654435761) % 4294967296) % config.vocab,
  );
  await writeFile(tokens, ids);
  return { folder, weights: join(folder, 'model.safetensors'), tokens };
}

/** What a training process is told besides files. */
export function trainingOf(
  config: ModelConfig,
  batch: number,
  { precision, kernels, threads }: Pick<StepsOptions, 'precision' | 'kernels' | 'threads'>,
) {
  return { model: peerModel(config), batch, precision, kernels, threads, rate: 3e-4, clip: 1 };
}

/** Windows one after another, from the start again at the tokens' end. */
export function windowSource({ context, ...config }: ModelConfig, batch: number) {
  const last = tokenCount({ context, ...config }) - context - 1;
  let place = 0;
  return (steps: number): number[][] =>
    Array.from({ length: steps }, () => Array.from({ length: batch }, () => (place++ * context) % last));
}

function tokenCount({ context }: Pick<ModelConfig, 'context'>): number {
  return 400 * context;
}

async function startAll(folder: string, options: StepsOptions, started: Peer[]) {
  const { python, threads, environment = {}, peers } = options;
  const choice = { python, threads, environment, folder };
  const ours = await ourPeer(choice);
  started.push(ours);
  const best = peers.some((name) => name.endsWith('best')) ? bestAllocator() : null;
  const others = peers
    .filter((name) => name !== 'mm')
    .map((name) => {
      const [kind, allocator] = name.split(' ');
      return allocator === 'best' && best
        ? pythonPeer(choice, `${kind}, ${best.name}`, 'peer_train.py', best.environment)
        : pythonPeer(choice, `${kind}, as shipped`, 'peer_train.py');
    });
  started.push(...others);
  const mm = peers.includes('mm') ? pythonPeer(choice, 'torch.mm', 'peer_mm.py') : null;
  if (mm) started.push(mm);
  return { ours, others, mm };
}
