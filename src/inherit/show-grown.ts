// The end of a grow job for people: the table of all models, what each costs to use, where everything is.

import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from '../model/sample.ts';
import { readModelFolder } from '../model/folder.ts';
import type { Model } from '../model/family.ts';
import { layOutForSampling } from '../model/layout.ts';
import { locateModel } from '../model/locate.ts';
import { releaseWeights } from '../model/weights.ts';
import type { GrowOptions } from './grow-options.ts';
import type { Contender } from './grow-state.ts';
import { finalTable, verdict } from './grow-table.ts';
import type { Footprint } from './grow-table.ts';
import type { GrowResult } from './grow.ts';
import { lastRound } from './plan.ts';

/** Table, verdict, what the smaller model buys, and the folders. */
export async function showGrown(result: GrowResult, options: GrowOptions): Promise<string> {
  const target = lastRound(result);
  const footprints = await measureFootprints([result.reference, ...(target ? [target] : [])]);
  const runs = [result.reference, ...result.rounds, ...result.controls].map(
    ({ name, run }) => `  ${name}: ${run}`,
  );
  return [
    finalTable(result, footprints),
    '',
    verdict(result, options),
    ...whatItBuys(result.reference, target, footprints),
    '',
    'Loss is in nats per token on the same fixed validation windows; the difference is paired, ± its standard error over',
    `blocks of ${options.stop.block} neighbouring windows. FLOPs are each model's own training: 6 N + 12 L C T for each token.`,
    '',
    'Runs:',
    ...runs,
  ].join('\n');
}

/** Bytes of the files that hold the weights, be it one or shards. */
async function weightFileBytes(folder: string): Promise<number> {
  const names = (await readdir(folder)).filter((name) => /\.(safetensors|bin)$/.test(name));
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Samples from each model in turn, three times, and weighs its file. Turns, so that a slow moment hits all of them. */
async function measureFootprints(contenders: readonly Contender[]): Promise<Map<string, Footprint>> {
  const rates = new Map<string, number[]>();
  const footprints = new Map<string, Footprint>();
  for (let turn = 0; turn < 3; turn++) {
    for (const { name, run, parameters } of contenders) {
      const folder = await locateModel(run);
      const model = layOutForSampling(await readModelFolder(folder));
      try {
        const own = [...(rates.get(name) ?? []), samplingRate(model)].sort((a, b) => a - b);
        rates.set(name, own);
        const fileBytes = await weightFileBytes(folder);
        footprints.set(name, {
          samplingTokensPerSecond: own[own.length >> 1],
          weightBytes: 4 * parameters,
          fileBytes,
        });
      } finally {
        releaseWeights(model.weights);
      }
    }
  }
  return footprints;
}

function samplingRate(model: Model): number {
  generate(model, [0], 4); // warm up
  const tokens = 48;
  const began = performance.now();
  generate(model, [0], tokens, { seed: 1 });
  return (1000 * tokens) / (performance.now() - began);
}

function whatItBuys(
  reference: Contender,
  target: Contender | null,
  footprints: ReadonlyMap<string, Footprint>,
): string[] {
  const [before, after] = [footprints.get(reference.name), target ? footprints.get(target.name) : undefined];
  if (!before || !after) return [];
  const speed = (after.samplingTokensPerSecond / before.samplingTokensPerSecond).toFixed(2);
  const size = Math.round((100 * after.fileBytes) / before.fileBytes);
  return [`the smaller model samples ${speed}x as fast and its file is ${size} % as large`];
}
