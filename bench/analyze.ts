// bench:analyze: approximate ranks of all heads at the model's full context, ours beside a loop of float32 svdvals on the
// same libtorch and threads, in turns; k compared with float64 svdvals on every head. Random weights of the same shape are
// measured beside the checkpoint.
//
//   npm run bench:analyze [-- RUN_OR_MODEL_FOLDER] [--tokens FOLDER] [--length 1024] [--sequences 2] [--rounds 3]
//                            [--threads N] [--no-check]
//
// Without a folder: runs/context-1024, which recipes/context-1024.yaml trains. Its tokens are found by the run's own config.
// On a machine that is not quiet, --threads 1: threads of svdvals that wait for each other make it up to twenty times slower.

import { readFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { attentionMatrices } from '../src/analyze/attention.ts';
import { approximateRanks, rankWays } from '../src/analyze/rank.ts';
import { readBatch } from '../src/data/batches.ts';
import { openTokens } from '../src/data/tokens.ts';
import { readModelFolder } from '../src/model/folder.ts';
import type { Model } from '../src/model/family.ts';
import { familyOf, initModel } from '../src/model/families.ts';
import { locateModel } from '../src/model/locate.ts';
import { flattenWeights } from '../src/model/weights.ts';
import { table } from '../src/run/format.ts';
import { keep, ops, scope, setThreads } from '../src/torch/index.ts';
import type { Tensor } from '../src/torch/index.ts';

const { values, positionals } = parseArgs({
  options: {
    tokens: { type: 'string' },
    length: { type: 'string' },
    sequences: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '3' },
    threads: { type: 'string', default: String(cpus().length) },
    'no-check': { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const taus = [0.8, 0.85, 0.9, 0.95];
const run = positionals[0] ?? 'runs/context-1024';
const threads = Number(values.threads);
const rounds = Number(values.rounds);

/** What one way took for the heads of one layer, and what it found. */
interface Sample {
  ms: number;
  ranks: number[];
}

async function tokensFolder(): Promise<string> {
  if (values.tokens !== undefined) return values.tokens;
  const config = parse(await readFile(join(run, 'config.resolved.yaml'), 'utf8')) as { tokens: string };
  return config.tokens;
}

/** Causal attention of each layer, one after another: [B * H, T, T], freed after `visit`. */
function eachLayer(
  tokens: Tensor,
  { weights, config }: Model,
  visit: (attention: Tensor, layer: number) => void,
): void {
  const { embed, block, queriesAndKeys } = familyOf(config);
  let x = keep(scope(() => embed(tokens, weights, config))); // [B, T, C]
  const [B, T] = tokens.shape;
  weights.blocks.forEach((layerWeights, layer) => {
    scope(() => {
      const { queries, keys } = queriesAndKeys(x, layerWeights, layer, config); // [B, H, T, D] each
      const maps = attentionMatrices(queries, keys, { causal: true }); // [B, H, T, T]
      visit(maps.reshape([B * config.heads, T, T]), layer);
    });
    const next = keep(scope(() => block(x, layerWeights, layer, config)));
    x.release();
    x = next;
  });
  x.release();
}

/** The peer: one matrix after another through libtorch's own svdvals, all threads on each. */
function bySvdvals(attention: Tensor, dtype: 'float32' | 'float64'): Sample {
  const began = performance.now();
  const ranks: number[] = [];
  for (let i = 0; i < attention.shape[0]; i++)
    scope(() => {
      const energy = ops.linalgSvdvals(attention.select(0, i).to(dtype)).to('float64').square(); // [T]
      const shares = energy.cumsum(0).div(energy.sum()); // [T]
      // 1e-12 for float64's rounding, as approximateRanks has it
      for (const tau of taus)
        ranks.push(
          1 +
            shares
              .lt(tau - 1e-12)
              .sum()
              .item(),
        );
    });
  return { ms: performance.now() - began, ranks };
}

function byOurs(attention: Tensor): Sample & { ways: string[] } {
  const began = performance.now();
  const { ranks, ways } = approximateRanks(attention, { taus });
  return { ms: performance.now() - began, ranks: [...ranks], ways };
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2
    ? (sorted[middle] ?? NaN)
    : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

function measure(name: string, tokens: Tensor, model: Model): void {
  const rows: string[][] = [];
  const ways = new Map<string, number>(rankWays.map((way) => [way, 0]));
  const total = { ours: 0, peer: 0, heads: 0, equal: 0, peerEqual: 0 };
  eachLayer(tokens, model, (attention, layer) => {
    const heads = attention.shape[0];
    const [ours, peer]: [number[], number[]] = [[], []];
    let [found, theirs] = [byOurs(attention), bySvdvals(attention.narrow(0, 0, 1), 'float32')]; // warms up
    for (let round = 0; round < rounds; round++) {
      for (const turn of round % 2 ? ['peer', 'ours'] : ['ours', 'peer'])
        if (turn === 'ours') ours.push((found = byOurs(attention)).ms);
        else peer.push((theirs = bySvdvals(attention, 'float32')).ms);
    }
    for (const way of found.ways) ways.set(way, (ways.get(way) ?? 0) + 1);
    const exact = values['no-check'] ? null : bySvdvals(attention, 'float64').ranks;
    const isEqual = (ranks: readonly number[], head: number) =>
      taus.every((_, t) => ranks[head * taus.length + t] === exact?.[head * taus.length + t]);
    for (let head = 0; exact && head < heads; head++) {
      if (isEqual(found.ranks, head)) total.equal++;
      if (isEqual(theirs.ranks, head)) total.peerEqual++;
    }
    total.heads += heads;
    total.ours += median(ours);
    total.peer += median(peer);
    const at90 = found.ranks.filter((_, i) => i % taus.length === 2).sort((a, b) => a - b);
    rows.push([
      String(layer + 1),
      at90.join(' '),
      `${(median(ours) / heads).toFixed(1)} ms`,
      `${(median(peer) / heads).toFixed(1)} ms`,
      `${(median(peer) / median(ours)).toFixed(1)}x`,
    ]);
  });
  console.log(`\n${name}: ${total.heads} heads, T = ${tokens.shape[1]}`);
  console.log(table([['layer', 'k at 0.90', 'ours, a head', 'svdvals, a head', 'ratio'], ...rows]));
  const share = [...ways].map(([way, count]) => `${way} ${count}`).join(', ');
  const check = values['no-check']
    ? 'k not compared'
    : `k equal on ${total.equal} of ${total.heads} heads at taus ${taus.join(' ')} (float32 svdvals: ${total.peerEqual})`;
  console.log(
    `${name}: ${(total.peer / total.ours).toFixed(1)}x as fast as float32 svdvals ` +
      `(${(total.ours / 1000).toFixed(2)} s and ${(total.peer / 1000).toFixed(2)} s, medians of ${rounds}); ${check}; proven by: ${share}`,
  );
}

setThreads(threads);
const { config, weights } = await readModelFolder(await locateModel(run));
const length = Number(values.length ?? config.context);
const file = await openTokens(join(await tokensFolder(), 'val.bin'), { vocab: config.vocab });
const count = Number(values.sequences);
const stride = Math.floor((file.length - length - 1) / count);
const { inputs, targets } = await readBatch(
  file,
  Array.from({ length: count }, (_, i) => i * stride),
  length,
);
await file.close();
console.log(
  `${cpus()[0]?.model ?? 'unknown CPU'}, ${threads} threads; ${new Date().toISOString().slice(0, 10)}; ` +
    `load ${loadavg()[0]?.toFixed(1)}; ${run}`,
);
measure('checkpoint', inputs, { config, weights });
const random = initModel(config, 1);
measure('random weights', inputs, { config, weights: random });
console.log(`load at the end ${loadavg()[0]?.toFixed(1)}`);
for (const tensor of [
  inputs,
  targets,
  ...flattenWeights(weights).values(),
  ...flattenWeights(random).values(),
])
  tensor.release();
