// What a grow job has done so far, in grow.json: enough to go on after a kill and to draw every table. No tensors.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from '../run/atomic.ts';
import { failure, systemCode } from '../run/failure.ts';
import { growOptions } from './grow-options.ts';

const difference = z.strictObject({
  mean: z.number(),
  standardError: z.number(),
  upperBound: z.number(),
  blocks: z.int(),
});

const contender = z.strictObject({
  name: z.string(),
  /** Its run directory, or the model folder that was given. */
  run: z.string(),
  layers: z.int().positive(),
  parameters: z.int().positive(),
  /** Tokens and FLOPs of its own training; null where nobody said. */
  tokens: z.number().nullable(),
  flops: z.number().nullable(),
  /** Mean loss on the compared windows, nats per token. */
  loss: z.number(),
  /** Its loss minus the reference's; null for the reference. */
  difference: difference.nullable(),
});

const round = z.strictObject({
  ...contender.shape,
  round: z.int().positive(),
  difference,
  matched: z.boolean(),
});

const layout = z.strictObject({
  version: z.literal(1),
  /** How the models below were compared; null before the first comparison. */
  stop: growOptions.shape.stop.unwrap().nullable().default(null),
  reference: contender.nullable(),
  /** The reference's loss on each compared window. */
  referenceLosses: z.array(z.number()).nullable(),
  rounds: z.array(round),
  controls: z.array(contender),
});

/** A model in the comparison: the reference, a round's target, or a control. */
export type Contender = z.infer<typeof contender>;
export type Round = z.infer<typeof round>;
export type GrowState = z.infer<typeof layout>;

/**
 * The state of a job's folder; empty where it has not begun. Runs inside the folder are found where it is now.
 *
 * @throws Error  with exit code 65 when it is damaged
 */
export async function readGrowState(folder: string): Promise<GrowState> {
  const path = join(folder, 'grow.json');
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  });
  if (text === null)
    return { version: 1, stop: null, reference: null, referenceLosses: null, rounds: [], controls: [] };
  try {
    const state = layout.parse(JSON.parse(text));
    for (const each of [...state.rounds, ...state.controls]) each.run = join(folder, each.name);
    return state;
  } catch (cause) {
    throw failure(
      'data',
      `${path}: expected the state of a grow job, found something else; move it away to start over (finished rounds are kept)`,
      { cause },
    );
  }
}

/** Replaces the state: the old one or the new one survives a kill. */
export async function writeGrowState(folder: string, state: GrowState): Promise<void> {
  await writeFileAtomic(join(folder, 'grow.json'), `${JSON.stringify(state)}\n`);
}
