// Reads whole units for tests: all texts, faults, and their hash as the golden files have it.

import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import type { DocumentBatch, Fault, ReadOptions, Unit } from '../../src/sources/units.ts';
import { planUnits } from '../../src/sources/plan.ts';
import { readUnit } from '../../src/sources/read.ts';
import { errorLine, exitCodeOf } from '../../src/run/failure.ts';

export interface Found {
  texts: string[];
  faults: Fault[];
  /** Place of each text among all, faults counted. */
  rows: number[];
  /** Of all texts as UTF-8, joined by NUL. */
  sha256: string;
}

export async function readBatches(batches: AsyncIterable<DocumentBatch>): Promise<Found> {
  const found: Found = { texts: [], faults: [], rows: [], sha256: '' };
  const hash = createHash('sha256');
  for await (const { text, ends, rows, faults } of batches) {
    let begin = 0;
    for (const end of ends) {
      const bytes = text.subarray(begin, end);
      if (found.texts.length > 0) hash.update('\0');
      hash.update(bytes);
      found.texts.push(Buffer.from(bytes).toString('utf8'));
      begin = end;
    }
    expect(begin).toBe(text.length);
    found.faults.push(...faults);
    found.rows.push(...rows);
  }
  found.sha256 = hash.digest('hex');
  return found;
}

/** All documents of units, one after the other. */
export async function readUnits(units: readonly Unit[], options: ReadOptions = {}): Promise<Found> {
  return readBatches(
    (async function* () {
      for (const unit of units) yield* readUnit(unit, options);
    })(),
  );
}

/** All documents of a source. */
export async function readSource(source: string, options: ReadOptions = {}): Promise<Found> {
  const { units } = await planUnits([source], options);
  return readUnits(units, options);
}

/** The one line of an error with that exit code. */
export async function errorOf(run: Promise<unknown>, exit: number): Promise<string> {
  const error = await run.then(
    () => null,
    (caught: unknown) => caught,
  );
  const message = error instanceof Error ? error.message : `no error, ${String(error)}`;
  expect([exitCodeOf(error), message.includes('\n'), message.length < 400, message]).toEqual([
    exit,
    false,
    true,
    message,
  ]);
  return errorLine(error);
}
