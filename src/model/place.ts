// Which model a path stands for, and where jobs write what they find out about it.

import { basename, dirname, join } from 'node:path';
import { exists } from '../run/atomic.ts';
import type { JobConsole } from '../run/console.ts';
import { folderAround, locateModel } from './locate.ts';

export interface ModelPlace {
  /** The folder with config.json and model.safetensors, or a checkpoint file of another program. */
  folder: string;
  /** The run it belongs to, and the optimizer step of its checkpoint; null for a bare model. */
  run: string | null;
  step: number | null;
  /** Where results go by default: never into a checkpoint, whose manifest lists its files. */
  out: string;
}

/**
 * Finds the model of a run, a checkpoint, a folder or the hub.
 *
 * @param results  name of the folder for results, e.g. `analysis`
 * @throws Error  with exit code 65 when there is no model, 69 when the network fails
 */
export async function placeOfModel(
  path: string,
  results: string,
  { console }: { console?: JobConsole } = {},
): Promise<ModelPlace> {
  const folder = await locateModel(path, console ? { console } : {});
  // A model of the hub: nothing is written into the cache that Python shares.
  if (!(await exists(path)))
    return { folder, run: null, step: null, out: join(results, path.replace('/', '--')) };
  const checkpoint = dirname(folder);
  const step = /^step-(\d{8,})$/.exec(basename(checkpoint))?.[1];
  if (basename(folder) !== 'model' || step === undefined)
    return { folder, run: null, step: null, out: join(folderAround(folder), results) };
  const run = dirname(dirname(checkpoint));
  const isWholeRun = path !== folder && path !== checkpoint && join(path) === join(run);
  const out = isWholeRun ? join(run, results) : join(run, results, basename(checkpoint));
  return { folder, run, step: Number(step), out };
}
