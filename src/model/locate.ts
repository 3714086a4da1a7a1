// Finds the model folder a user means by a path: a run, a checkpoint, or the folder itself.

import { join } from 'node:path';
import { exists } from '../run/atomic.ts';
import { newestCheckpoint } from '../run/checkpoints.ts';
import { failure } from '../run/failure.ts';
import { isNanogpt } from './nanogpt.ts';

/**
 * The folder with config.json that `path` stands for: a run directory's newest whole checkpoint, a checkpoint's
 * `model/`, a nanoGPT checkpoint file, or `path` itself.
 *
 * @throws Error  with exit code 65 when there is no model
 */
export async function locateModel(path: string): Promise<string> {
  if (isNanogpt(path) && (await exists(path))) return path;
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
