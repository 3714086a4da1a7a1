// What is to be measured: the model folder a path stands for, the run it belongs to, and where its analysis goes.

import { join } from 'node:path';
import { parse } from 'yaml';
import { heaviestFolder, tokensOption } from '../data/mixture.ts';
import { placeOfModel } from '../model/place.ts';
import { readIfThere } from '../run/atomic.ts';
import type { JobConsole } from '../run/console.ts';
import { failure } from '../run/failure.ts';

export interface Subject {
  /** The folder with config.json and model.safetensors. */
  folder: string;
  /** Optimizer step of the checkpoint; null for a bare model folder. */
  step: number | null;
  /** Where analysis goes by default: never into a checkpoint, whose manifest lists its files. */
  out: string;
  /** The token folder that the run was trained on, of several that of the largest weight; null where nobody says. */
  tokens: string | null;
}

/** Finds model, run and output folder of a run, a checkpoint or a model folder. @throws Error  with exit code 65 */
export async function findSubject(
  path: string,
  { console }: { console?: JobConsole } = {},
): Promise<Subject> {
  const { folder, run, step, out } = await placeOfModel(path, 'analysis', console ? { console } : {});
  return { folder, step, out, tokens: run === null ? null : await tokensOfRun(run) };
}

/** The token folder to read: as asked for, or the run's own. @throws Error  with exit code 64 when neither is known */
export function tokensOf(path: string, subject: Subject, asked: string | undefined): string {
  const tokens = asked ?? subject.tokens;
  if (tokens === null || tokens === undefined)
    throw failure(
      'usage',
      `tokens: expected a folder made by prepare, found none for ${path}, which is no training run; set --tokens`,
    );
  return tokens;
}

async function tokensOfRun(run: string): Promise<string | null> {
  const text = await readIfThere(join(run, 'config.resolved.yaml'));
  if (text === null) return null;
  const options: unknown = parse(text.toString());
  const tokens: unknown =
    typeof options === 'object' && options !== null ? Reflect.get(options, 'tokens') : null;
  const option = tokensOption.safeParse(tokens);
  return option.success ? heaviestFolder(option.data) : null;
}
