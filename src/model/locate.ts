// Finds the model folder a user means by a path or a name: a run, a checkpoint, the folder itself, or a model of the hub.

import { dirname, join } from 'node:path';
import { exists } from '../run/atomic.ts';
import { newestCheckpoint } from '../run/checkpoints.ts';
import { parseModelName } from '../hub/names.ts';
import { silentConsole } from '../run/console.ts';
import type { JobConsole } from '../run/console.ts';
import { failure } from '../run/failure.ts';
import { isLitgpt } from './litgpt.ts';
import { isNanogpt } from './nanogpt.ts';

/**
 * The folder with config.json that `path` stands for: a run directory's newest whole checkpoint, a checkpoint's
 * `model/`, a checkpoint file of nanoGPT or litgpt, or `path` itself. Where there is nothing, nor a folder ORG, ORG/NAME is a model of the hub: its snapshot
 * in the cache, fetched when it is not there whole.
 *
 * @param console  told what is fetched
 * @throws Error  with exit code 65 when there is no model, 69 when the network fails
 */
export async function locateModel(
  path: string,
  { console = silentConsole }: { console?: JobConsole } = {},
): Promise<string> {
  const isPath = (await exists(path)) || (await exists(dirname(path))); // runs/typo beside other runs is no ORG/NAME
  if (parseModelName(path) && !isPath)
    return (await import('../hub/resolve.ts')).resolveModel(path, { console });
  if ((isNanogpt(path) || isLitgpt(path)) && (await exists(path))) return path;
  if (await isLitgptFolder(path)) return join(path, 'lit_model.pth');
  if (await exists(join(path, 'config.json'))) return path;
  if (await exists(join(path, 'model', 'config.json'))) return join(path, 'model');
  if (await exists(join(path, 'checkpoints'))) {
    const newest = await newestCheckpoint(join(path, 'checkpoints'), {
      warn: (line) => process.emitWarning(line),
    });
    if (newest) return join(newest.path, 'model');
    throw failure('data', `${path}: the run has no whole checkpoint yet`);
  }
  if (await exists(join(path, 'grow.json')))
    throw failure('data', `${path}: is a grow job; name one of its models, e.g. ${join(path, 'reference')}`);
  throw failure('data', `${path}: expected a model folder, a checkpoint or a run; there is none`);
}

/** Where a model's other files lie, its tokenizer's among them: beside a checkpoint file, or in the folder that it is. */
export function folderAround(model: string): string {
  return isNanogpt(model) || isLitgpt(model) ? dirname(model) : model;
}

/** Whether a folder is litgpt's and holds no weights under Hugging Face's names. */
async function isLitgptFolder(path: string): Promise<boolean> {
  if (!(await exists(join(path, 'lit_model.pth')))) return false;
  const others = ['model.safetensors', 'pytorch_model.bin'].flatMap((name) => [name, `${name}.index.json`]);
  const found = await Promise.all(others.map((name) => exists(join(path, name))));
  return !found.includes(true);
}
