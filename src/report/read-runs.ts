// Reads all that a report shows from the folders it was given, and gives each thing its name and colour. Draws nothing.

import { basename, join, resolve } from 'node:path';
import { z } from 'zod';
import { readInheritanceRecord } from '../inherit/inheritance-record.ts';
import { exists } from '../run/atomic.ts';
import { failure } from '../run/failure.ts';
import type { Look, Material, Naming, Origin, TrainingRun } from './material.ts';
import { readGrow } from './read-grow.ts';
import { profilesOf, scoresOf, tokensOf, toysOf } from './read-results.ts';
import { readConfig, readJob, readTraining } from './read-training.ts';
import { color, runColors } from './theme.ts';

const lookedFor = [
  'run.json',
  'grow.json',
  'analysis/attention.json',
  'analysis/toy.json',
  'evaluation/',
  'inheritance.json',
];

/**
 * Everything in these folders.
 *
 * @throws Error  with exit code 65 when one has nothing to report, or a file is damaged
 */
export async function readMaterial(folders: readonly string[]): Promise<Material> {
  const names = uniqueNames(folders);
  const parts: Material[] = [];
  for (const [index, folder] of folders.entries())
    parts.push(
      await readFolder(folder, { name: names[index] ?? folder, isOnly: folders.length === 1, index }),
    );
  const all = <T>(pick: (part: Material) => readonly T[]): T[] => parts.flatMap(pick);
  return {
    names,
    runs: all(({ runs }) => runs),
    grows: all(({ grows }) => grows),
    profiles: all(({ profiles }) => profiles),
    origins: all(({ origins }) => origins),
    scores: all(({ scores }) => scores),
    toys: all(({ toys }) => toys),
    jobs: all(({ jobs }) => jobs),
  };
}

async function readFolder(folder: string, naming: Naming): Promise<Material> {
  const found = [];
  for (const name of lookedFor) found.push(await exists(join(folder, name)));
  if (!found.some(Boolean))
    throw failure(
      'data',
      `${folder}: expected a run, a grow job or an analysed model, found none of ${lookedFor.join(', ')}`,
    );
  if ((await exists(join(folder, 'grow.json'))) || isGrowConfig(await readConfig(folder)))
    return readGrow(folder, naming);
  const look: Look = { color: color(`run-${1 + (naming.index % runColors)}`) };
  const label = naming.name;
  const isTraining = await exists(join(folder, 'run.json'));
  const runs: TrainingRun[] = isTraining
    ? [await readTraining(folder, { label, look, role: 'run', flopsBefore: 0 })]
    : [];
  return {
    names: [naming.name],
    runs,
    grows: [],
    profiles: await profilesOf(folder, { label, look, round: null, isMain: true }),
    origins: await originsOf(folder, label),
    scores: await scoresOf(folder, { label, look, tokens: tokensOf(runs[0]) }),
    toys: await toysOf(folder, label),
    jobs: isTraining ? [await readJob(folder, label)] : [],
  };
}

async function originsOf(folder: string, label: string): Promise<Origin[]> {
  const record = await readInheritanceRecord(join(folder, 'inheritance.json'));
  if (!record) return [];
  const layers = record.tensors.map(
    ({ source }) => Number(/^blocks\.(\d+)\./.exec(source ?? '')?.[1] ?? -1) + 1,
  );
  return [{ label, record, from: 'reference', referenceLayers: Math.max(0, ...layers) }];
}

function isGrowConfig(config: unknown): boolean {
  return z.looseObject({ referenceTraining: z.looseObject({}) }).safeParse(config).success;
}

/** Names of the folders, longer where two would be the same. */
function uniqueNames(folders: readonly string[]): string[] {
  const short = folders.map((folder) => basename(resolve(folder)));
  return folders.map((folder, index) => {
    const name = short[index] ?? folder;
    const twins = short.filter((each) => each === name).length;
    if (twins === 1) return name;
    const same = folders.slice(0, index).filter((_, earlier) => short[earlier] === name).length;
    return `${name} (${same + 1})`;
  });
}
