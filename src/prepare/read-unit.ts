// The documents of one unit, a batch at a time, whatever it is.

import { readFile } from 'node:fs/promises';
import { sotu, sotuCorpus } from '../data/corpus.ts';
import { textFiles } from '../data/sources.ts';
import type { Document } from '../data/sources.ts';
import type { DocumentBatch, Fault, ReadOptions, Unit } from '../data/units.ts';
import { failure } from '../run/failure.ts';

const batchBytes = 4 << 20;

/** @throws Error  with exit code 65 for what damages a whole file */
export async function* readUnit(
  { place, format, source }: Unit,
  { separator = 'file', column = 'text' }: ReadOptions,
): AsyncGenerator<DocumentBatch> {
  if (!('path' in place)) throw failure('usage', `${source}: expected a file of this machine`);
  if (source === sotu) yield* batches(sotuCorpus().documents());
  else if (format === 'jsonl') yield* batches(lines(place.path, column));
  else yield* batches(textFiles([place.path], { separator }).documents());
}

/** How many documents a unit has, those at fault too. */
export async function countRows(unit: Unit, options: ReadOptions): Promise<number> {
  let count = 0;
  for await (const { ends, faults } of readUnit(unit, options)) count += ends.length + faults.length;
  return count;
}

async function* lines(path: string, column: string): AsyncGenerator<Document> {
  for (const [index, line] of (await readFile(path, 'utf8')).trimEnd().split('\n').entries())
    yield { title: `line ${index + 1}`, text: (JSON.parse(line) as Record<string, string>)[column] ?? '' };
}

async function* batches(documents: AsyncIterable<Document>): AsyncGenerator<DocumentBatch> {
  let batch = { texts: [] as Buffer[], bytes: 0, rows: [] as number[], faults: [] as Fault[] };
  const finished = (): DocumentBatch => {
    const { texts, rows, faults } = batch;
    let end = 0;
    const ends = Uint32Array.from(texts, ({ length }) => (end += length));
    batch = { texts: [], bytes: 0, rows: [], faults: [] };
    return { text: Buffer.concat(texts), ends, rows: Uint32Array.from(rows), faults };
  };
  let row = 0;
  for await (const { title, text } of documents) {
    if (text.trim() === '')
      batch.faults.push({ kind: 'empty', place: title.slice(title.indexOf('document')), detail: '' });
    else {
      const bytes = Buffer.from(text);
      batch.texts.push(bytes);
      batch.rows.push(row);
      batch.bytes += bytes.length;
    }
    row++;
    if (batch.bytes >= batchBytes) yield finished();
  }
  yield finished();
}
