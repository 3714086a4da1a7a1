// JOB inherit: copies the first layers (or any list) of a trained reference into a new, smaller model folder.

import { z } from 'zod';
import { openModelFolder, readModelConfig } from '../model/folder.ts';
import { leafPaths, parameterCount } from '../model/families.ts';
import type { ModelConfig } from '../model/family.ts';
import { locateModel } from '../model/locate.ts';
import { exists } from '../run/atomic.ts';
import type { JobContext } from '../run/context.ts';
import { failure } from '../run/failure.ts';
import { formatCount } from '../run/format.ts';
import { describeInheritance, inheritanceMap, targetConfig, upstreamParts } from './inheritance.ts';
import type { Inheritance } from './inheritance.ts';
import { inheritedTensors } from './inherited-tensors.ts';
import { writeInheritedFolder } from './inherited-folder.ts';
import { firstLayers, parseLayers } from './layer-list.ts';

export const inheritOptions = z.strictObject({
  from: z.string().min(1).describe('Reference: a run, a checkpoint or a model folder'),
  out: z.string().min(1).describe('Model folder to make'),
  first: z.int().optional().describe('Inherit this many first layers; by default half of them'),
  layers: z.string().optional().describe('Inherit these layers instead, 0-based: 0-7 or 0,2,5'),
  embeddings: z.boolean().default(true),
  positions: z.boolean().default(true),
  finalNorm: z.boolean().default(true),
  head: z.boolean().default(true).describe('A tied head is the token embedding: either inherits it'),
  asUpstream: z.boolean().default(false).describe('Blocks and tied head only, as upstream’s GPT-2 script'),
  keepScale: z
    .boolean()
    .default(false)
    .describe('Moved blocks keep the attention scale of their old place, folded into their query weights'),
  seed: z.int().min(0).default(1337).describe('Of what is not inherited'),
  dryRun: z.boolean().default(false).describe('Print the tensor map and write nothing'),
});

export type InheritOptions = z.infer<typeof inheritOptions>;

export interface InheritResult {
  folder: string;
  config: ModelConfig;
  /** Layers of the reference, in their order in the target. */
  layers: number[];
  map: Inheritance[];
}

/**
 * Makes the smaller model. The folder appears whole or not at all; one that is there already is not overwritten.
 *
 * @throws Error  with exit code 64 for layers the reference lacks, 65 when there is no model, 73 when `out` exists
 */
export async function inherit(
  options: InheritOptions,
  { console }: Pick<JobContext, 'console'>,
): Promise<InheritResult> {
  const folder = await locateModel(options.from, { console });
  const { layers: available } = await readModelConfig(folder);
  const layers = chosenLayers(options, available);
  if (!options.dryRun && (await exists(options.out)))
    throw failure('locked', `${options.out}: exists already; choose another folder or remove it`);
  const reference = await openModelFolder(folder, { dtype: 'stored' });
  const { keepScale, seed, dryRun } = options;
  const config = targetConfig(reference.config, layers);
  const parts = options.asUpstream ? upstreamParts : options;
  const map = inheritanceMap(leafPaths(config), layers, reference.config, { parts, keepScale });
  try {
    if (dryRun) console.print(describeInheritance(map).join('\n'));
    else
      await writeInheritedFolder(options.out, config, inheritedTensors(reference, config, map, seed), {
        tokenizerFrom: folder,
        origin: `Layers ${layers.join(', ')} of ${options.from}`,
        map,
      });
    const [smaller, whole] = [config, reference.config].map((each) => formatCount(parameterCount(each)));
    console.info(
      `${dryRun ? 'would make' : 'made'} ${options.out}: layers ${layers.join(', ')} of 0-${available - 1} from ${folder}; ${smaller} of ${whole} parameters`,
    );
    return { folder: options.out, config, layers, map };
  } finally {
    await reference.close();
  }
}

function chosenLayers({ first, layers }: InheritOptions, available: number): number[] {
  if (layers === undefined) return firstLayers(first ?? Math.ceil(available / 2), available);
  if (first !== undefined) throw failure('usage', 'inherit: expected first or layers, got both');
  return parseLayers(layers, available);
}
