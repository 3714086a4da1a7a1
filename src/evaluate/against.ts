// Samples of an earlier evaluation, ours or lm-eval's, found from its results file or folder, for paired comparison.

import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { failure } from '../run/failure.ts';
import { readSamples } from './compare-results.ts';
import type { ItemValues } from './compare-results.ts';

const resultsName = /^results_(.+)\.json$/;

/**
 * The values of the items of all samples files that lie beside a results file and have its date.
 *
 * @param path  the results file, or a folder of some, whose newest is taken
 * @throws Error  with exit code 65 when there is none, or no samples beside it
 */
export async function readAgainst(path: string): Promise<ItemValues[]> {
  const file = await resultsFile(path);
  const date = resultsName.exec(basename(file))?.[1] ?? '';
  const folder = dirname(file);
  const found: ItemValues[] = [];
  for (const name of (await readdir(folder)).sort()) {
    const task = name.startsWith('samples_') && name.endsWith(`_${date}.jsonl`);
    if (!task) continue;
    const samples = join(folder, name);
    const lines: string[] = [];
    for await (const line of createInterface({ input: createReadStream(samples) })) lines.push(line);
    found.push(...readSamples(lines, name.slice('samples_'.length, -`_${date}.jsonl`.length), samples));
  }
  if (found.length > 0) return found;
  throw failure(
    'data',
    `${file}: expected samples_TASK_${date}.jsonl beside it, found none; evaluate that model again with logSamples`,
  );
}

async function resultsFile(path: string): Promise<string> {
  const found = await stat(path).catch(() => null);
  if (found?.isFile() && resultsName.test(basename(path))) return path;
  const names = found?.isDirectory() ? await readdir(path) : [];
  const newest = names
    .filter((name) => resultsName.test(name))
    .sort()
    .at(-1);
  if (newest !== undefined) return join(path, newest);
  throw failure('data', `${path}: expected results_DATE.json or a folder with one, found none`);
}
