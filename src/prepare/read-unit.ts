// The documents of one unit, a batch at a time: the embedded corpus here, all else in src/sources.

import { sotu, sotuCorpus } from '../sources/corpus.ts';
import type { DocumentBatch, ReadOptions, Unit } from '../sources/units.ts';
import { makeBatcher } from '../sources/batches.ts';
import { readUnit as readFileUnit } from '../sources/read.ts';

/** @throws Error  with exit code 65 for what damages a whole file, 69 for the network */
export function readUnit(unit: Unit, options: ReadOptions): AsyncGenerator<DocumentBatch> {
  return unit.source === sotu ? readSotu() : readFileUnit(unit, options);
}

/** How many documents a unit has, those at fault too. */
export async function countRows(unit: Unit, options: ReadOptions): Promise<number> {
  let count = 0;
  for await (const { ends, faults } of readUnit(unit, options)) count += ends.length + faults.length;
  return count;
}

async function* readSotu(): AsyncGenerator<DocumentBatch> {
  const batcher = makeBatcher();
  for await (const { title, text } of sotuCorpus().documents()) {
    batcher.addString(text, () => title);
    yield* batcher.take();
  }
  yield* batcher.take(true);
}
