// Documents that could not be taken: counted by kind, the first few kept to be shown, too many of them an error.

import { failure } from '../run/failure.ts';

/** A document that could not be taken. */
export interface ShownFault {
  /** File and place in it. */
  place: string;
  kind: string;
  detail: string;
}

export interface FaultTally {
  /** How many of each kind. */
  counts: Record<string, number>;
  /** The first of them. */
  shown: ShownFault[];
}

const shownFaults = 5;

export function noFaults(): FaultTally {
  return { counts: {}, shown: [] };
}

/** Adds one. */
export function addFault(tally: FaultTally, fault: ShownFault): void {
  tally.counts[fault.kind] = (tally.counts[fault.kind] ?? 0) + 1;
  if (tally.shown.length < shownFaults) tally.shown.push(fault);
}

/** Adds all of another tally. */
export function addFaults(tally: FaultTally, { counts, shown }: FaultTally): void {
  for (const [kind, count] of Object.entries(counts)) tally.counts[kind] = (tally.counts[kind] ?? 0) + count;
  tally.shown.push(...shown.slice(0, shownFaults - tally.shown.length));
}

export function faultCount({ counts }: FaultTally): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

const alwaysAllowed = 10;

/**
 * Ends the job when more documents are at fault than `share` of them, ten in any case.
 *
 * @throws Error  with exit code 65
 */
export function checkFaults(tally: FaultTally, documents: number, share: number): void {
  const found = faultCount(tally);
  if (found <= Math.max(alwaysAllowed, share * (documents + found))) return;
  const [first] = tally.shown;
  throw failure(
    'data',
    `prepare: expected at most ${(share * 100).toPrecision(2)} % of documents at fault, found ${found} of ${documents + found} ` +
      `(${faultWords(tally)}${first === undefined ? '' : `; first: ${faultLine(first)}`}); mend them, or raise faults`,
  );
}

/** The kinds with their counts. */
export function faultWords({ counts }: FaultTally): string {
  return Object.entries(counts)
    .map(([kind, count]) => `${count} ${kind}`)
    .join(', ');
}

/** One of them in one line. */
export function faultLine({ place, detail }: ShownFault): string {
  return `${place}: ${detail}`;
}
