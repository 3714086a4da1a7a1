// What a run needs beside its weights to go on exactly: optimizer moments and counters, in a checkpoint's trainer/.
// Random streams and the order of data are functions of (seed, step), so two numbers stand for them.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { failure } from '../run/failure.ts';
import { openSafetensors, writeSafetensors } from '../torch/index.ts';
import type { Tensor } from '../torch/index.ts';
import type { Adamw } from './optimizer.ts';

const stored = z.strictObject({
  version: z.literal(1),
  /** Steps done. */
  step: z.int().min(0),
  /** Optimizer updates applied: fewer than steps when some were skipped. */
  updates: z.int().min(0),
  /** Tokens trained on. */
  tokens: z.int().min(0),
  /** Global number of the next training window. */
  position: z.int().min(0),
  /** Seed of dropout's streams and of the order of data. */
  seed: z.int().min(0),
  /** Steps in a row that were skipped for a loss or gradient that is not finite. */
  skipped: z.int().min(0),
  best: z.strictObject({ step: z.int().min(0), loss: z.number() }).nullable(),
});

export type Counters = Omit<z.infer<typeof stored>, 'version' | 'updates'>;

/** Writes trainer/ into a checkpoint folder that is being made. */
export async function writeTrainerState(folder: string, counters: Counters, adamw: Adamw): Promise<void> {
  const trainer = join(folder, 'trainer');
  await mkdir(trainer);
  const tensors = new Map<string, Tensor>();
  for (const [path, moment] of adamw.moment1) tensors.set(`${path}.moment1`, moment);
  for (const [path, moment] of adamw.moment2) tensors.set(`${path}.moment2`, moment);
  await writeSafetensors(join(trainer, 'optimizer.safetensors'), tensors);
  const state = { version: 1, ...counters, updates: adamw.updates };
  await writeFile(join(trainer, 'state.json'), `${JSON.stringify(state, null, 2)}\n`);
}

/**
 * Reads trainer/ of a checkpoint.
 *
 * @param leaves  the model's weights by path; every one must have its moments in the same shape
 * @throws Error  with exit code 65 when the state is of another model or malformed
 */
export async function readTrainerState(
  folder: string,
  leaves: ReadonlyMap<string, Tensor>,
  { device = 'cpu' }: { device?: string } = {},
): Promise<{ counters: Counters; adamw: Adamw }> {
  const path = join(folder, 'trainer', 'state.json');
  const parsed = stored.safeParse(JSON.parse(await readFile(path, 'utf8')));
  if (!parsed.success)
    throw failure(
      'data',
      `${path}: ${parsed.error.issues[0]?.path.join('.')}: ${parsed.error.issues[0]?.message}`,
    );
  const { version: _, updates, ...counters } = parsed.data;
  const file = await openSafetensors(join(folder, 'trainer', 'optimizer.safetensors'));
  try {
    const read = async (kind: 'moment1' | 'moment2') => {
      const moments = new Map<string, Tensor>();
      for (const [leafPath, leaf] of leaves) {
        const name = `${leafPath}.${kind}`;
        const entry = file.entries.get(name);
        if (entry && entry.dtype !== leaf.dtype)
          throw failure(
            'usage',
            `${folder}: optimizer state is ${entry.dtype}, the options ask for weights ${leaf.dtype}; use another run directory`,
          );
        const found = entry?.shape.join();
        if (found !== leaf.shape.join())
          throw failure(
            'data',
            `${folder}: optimizer state ${name}: expected [${leaf.shape.join(', ')}], found [${found ?? 'nothing'}]`,
          );
        moments.set(leafPath, await file.read(name, { device }));
      }
      return moments;
    };
    return { counters, adamw: { updates, moment1: await read('moment1'), moment2: await read('moment2') } };
  } finally {
    await file.close();
  }
}
