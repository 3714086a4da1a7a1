// The model folder a round starts from: made once, whole or not at all, so that a killed job finds it again.

import { join } from 'node:path';
import { readModelFolder } from '../model/folder.ts';
import { locateModel } from '../model/locate.ts';
import { releaseWeights } from '../model/weights.ts';
import { exists } from '../run/atomic.ts';
import type { JobConsole } from '../run/console.ts';
import type { GrowOptions } from './grow-options.ts';
import type { GrowState } from './grow-state.ts';
import { growModel } from './growth.ts';
import { writeInheritedFolder } from './inherited-folder.ts';

/** Makes OUT/round-N-start where it is not there yet. @returns its path */
export async function makeRoundStart(
  state: GrowState,
  round: number,
  layers: number,
  { out, growth, parts, keepScale, training }: GrowOptions,
  console: JobConsole,
): Promise<string> {
  const folder = join(out, `round-${round}-start`);
  if (await exists(folder)) return folder;
  const referenceFolder = await locateModel(state.reference?.run ?? out);
  const previous = growth === 'reference' ? undefined : state.rounds.at(-1)?.run; // the paper's growth forgets it
  const reference = await readModelFolder(referenceFolder);
  const before = previous ? await readModelFolder(await locateModel(previous)) : null;
  const { model, map } = growModel(reference, before, layers, growth, {
    parts,
    keepScale,
    seed: training.seed,
  });
  try {
    const origin = `layers 0-${layers - 1} by growth '${growth}' from ${previous ?? referenceFolder}`;
    await writeInheritedFolder(folder, model, { tokenizerFrom: referenceFolder, origin, map });
    console.info(`round ${round}: ${layers} layers, ${origin}`);
    return folder;
  } finally {
    for (const each of [model, reference, before]) if (each) releaseWeights(each.weights);
  }
}
