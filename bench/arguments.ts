// What the command lines of benchmarks may say: names of a list, whole numbers. Anything else ends the process with one line.

import { exitCodes } from '../src/run/failure.ts';

/** Names of `known`, given with commas between. */
export function namesOf<N extends string>(option: string, given: string, known: readonly N[]): N[] {
  return given.split(',').map((name) => {
    const found = known.find((each) => each === name);
    return found ?? refuse(`--${option}: expected ${known.join(', ')}, got ${name || 'nothing'}`);
  });
}

/** A whole number above 0. */
export function countOf(option: string, given: string): number {
  const count = Number(given);
  if (given.trim() !== '' && Number.isSafeInteger(count) && count > 0) return count;
  return refuse(`--${option}: expected a whole number above 0, got ${given || 'nothing'}`);
}

/** Ends the process: what was asked for cannot be done. */
export function refuse(line: string): never {
  console.error(`error: ${line}`);
  process.exit(exitCodes.usage);
}
