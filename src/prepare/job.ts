// What the steps of a prepare job share: what to do, and the process around it. No behaviour.

import type { Origin } from '../sources/origins.ts';
import type { Unit } from '../sources/units.ts';
import type { JobContext } from '../run/context.ts';
import { failure } from '../run/failure.ts';
import type { Tokenizer } from '../tokenizers/tokenizer.ts';
import type { PrepareOptions } from './options.ts';

/** Folder inside a token folder that has what is not finished. */
export const workFolder = '.prepare';

export interface PrepareJob {
  options: PrepareOptions;
  /** Null for the characters of the text. */
  chosen: Tokenizer | null;
  units: readonly Unit[];
  origins: Origin[];
  workers: number;
  /** Bytes of input that become one part. */
  groupBytes: number;
}

/** What it needs of the process around it. */
export type PrepareContext = Pick<JobContext, 'console'> & Partial<Pick<JobContext, 'stop'>>;

/** Whether a signal asks to stop. */
export function isStopped({ stop }: PrepareContext): boolean {
  return (stop?.requested() ?? null) !== null;
}

/** @throws Error  with exit code 75 when a signal asks to stop */
export function throwIfStopped({ stop }: PrepareContext): void {
  const signal = stop?.requested() ?? null;
  if (signal !== null) throw failure('stopped', `prepare: stopped by ${signal}; run it again to go on`);
}
