// The model folder a round starts from: made once, whole or not at all, so that a killed job finds it again.

import { join } from 'node:path';
import { modelTensors, readModelFolder } from '../model/folder.ts';
import { locateModel } from '../model/locate.ts';
import { releaseWeights } from '../model/weights.ts';
import { exists } from '../run/atomic.ts';
import type { JobConsole } from '../run/console.ts';
import { failure } from '../run/failure.ts';
import type { GrowOptions } from './grow-options.ts';
import type { Contender, GrowState, Round } from './grow-state.ts';
import { growModel } from './growth.ts';
import { inheritedOrigin, writeInheritedFolder } from './inherited-folder.ts';
import { lastRound } from './plan.ts';

/**
 * Makes OUT/round-N-start for the next round where it is not there yet.
 *
 * @param layers  of the round's target
 * @returns its path
 * @throws Error  with exit code 64 when it is there, but was made with other options
 */
export async function makeRoundStart(
  state: GrowState,
  reference: Contender,
  layers: number,
  options: GrowOptions,
  console: JobConsole,
): Promise<string> {
  const { out, growth, parts, keepScale, training } = options;
  const round = state.rounds.length + 1;
  const folder = roundStart(out, round);
  const before = growth === 'reference' ? null : lastRound(state); // the paper's growth forgets it
  const origin = originOf(before, layers, options);
  if (await exists(folder)) {
    const found = await inheritedOrigin(folder);
    if (found === origin) return folder;
    throw failure(
      'usage',
      `${folder}: was made as '${found}', the options now ask for '${origin}'; undo the change, or remove it and round-${round}`,
    );
  }
  const referenceFolder = await locateModel(reference.run);
  const models = [await readModelFolder(referenceFolder)];
  try {
    const [whole] = models;
    const previous = before ? await readModelFolder(await locateModel(before.run)) : null;
    if (previous) models.push(previous);
    const { model, map } = growModel(whole, previous, layers, growth, {
      parts,
      keepScale,
      seed: training.seed,
    });
    models.push(model);
    await writeInheritedFolder(folder, model.config, modelTensors(model), {
      tokenizerFrom: referenceFolder,
      origin,
      map,
    });
    console.info(`round ${round}: ${layers} layers: ${origin}`);
    return folder;
  } finally {
    for (const { weights } of models) releaseWeights(weights);
  }
}

/** The model folder that a round starts from. */
export function roundStart(out: string, round: number): string {
  return join(out, `round-${round}-start`);
}

/** What a round starts from, in words; other words mean other weights. */
function originOf(
  before: Round | null,
  layers: number,
  { growth, parts, keepScale, training }: GrowOptions,
): string {
  const notInherited = Object.entries(parts).flatMap(([part, inherited]) => (inherited ? [] : [part]));
  const details = [
    ...(notInherited.length > 0 && !before ? [`without ${notInherited.join(', ')}`] : []),
    ...(keepScale ? ['keeping the attention scale'] : []),
    `seed ${training.seed}`,
  ].join(', ');
  const first = layers === 1 ? 'Layer 0' : `Layers 0-${layers - 1}`;
  if (!before) return `${first} of the reference (${details})`;
  const added = {
    reference: '',
    'reference-keep': 'the reference’s next',
    'copy-last': 'a copy of its last',
    random: 'random ones',
    zero: 'random ones that change nothing at first',
  }[growth];
  return `${before.layers} trained layers of ${before.name}, then ${layers - before.layers} more: ${added} (${details})`;
}
