// The end of a grow job for people: the table of all models, what each costs to use, where everything is.

import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from '../model/generate.ts';
import { readModelFolder } from '../model/folder.ts';
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
  const footprints = new Map<string, Footprint>();
  for (const contender of [result.reference, ...(target ? [target] : [])])
    footprints.set(contender.name, await measureFootprint(contender));
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

/** Samples a little from a model and weighs its file. */
async function measureFootprint({ run, parameters }: Contender): Promise<Footprint> {
  const folder = await locateModel(run);
  const model = await readModelFolder(folder);
  try {
    generate(model, [0], 8); // warm up
    const tokens = 64;
    const began = performance.now();
    generate(model, [0], tokens, { seed: 1n });
    const samplingTokensPerSecond = (1000 * tokens) / (performance.now() - began);
    const { size: fileBytes } = await stat(join(folder, 'model.safetensors'));
    return { samplingTokensPerSecond, weightBytes: 4 * parameters, fileBytes };
  } finally {
    releaseWeights(model.weights);
  }
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
