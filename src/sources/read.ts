// Reads one unit of text: its documents, batch by batch. Which units there are is in plan.ts.

import type { DocumentBatch, HubPlace, LocalPlace, Unit } from './units.ts';
import { failure } from '../run/failure.ts';
import { longestDocument } from './batches.ts';
import { openLocal } from './byte-source.ts';
import type { ByteSource } from './byte-source.ts';
import { compressionOfBytes, headBytes } from './formats.ts';
import { openHubFile } from './hub-source.ts';
import type { SourceOptions } from './hub-source.ts';
import { readJsonl } from './jsonl.ts';
import { readParquet } from './parquet.ts';
import { parseSeparator } from './separators.ts';
import type { ByteSeparator, Separator } from './separators.ts';
import { readTar } from './tar-documents.ts';
import { readText } from './text.ts';
import { lookAhead, unpack } from './unpack.ts';

/**
 * The documents of a unit, in order. A document that is bad is a fault in a batch; what damages a file is an error.
 *
 * @throws Error  with exit code 65 for a damaged or changed file, or a column that is not there, 69 for the network
 */
export async function* readUnit(unit: Unit, options: SourceOptions = {}): AsyncGenerator<DocumentBatch> {
  const { column = 'text', separator = 'file', signal } = options;
  const file = await openPlace(unit.place, options);
  try {
    for await (const batch of documentsOf(file, unit, column, parseSeparator(separator), signal)) {
      signal?.throwIfAborted();
      yield batch;
    }
  } finally {
    await file.close();
  }
}

/** Opens the file of a unit, wherever it is. */
export function openPlace(place: LocalPlace | HubPlace, options: SourceOptions = {}): Promise<ByteSource> {
  return 'path' in place ? openLocal(place, options) : openHubFile(place, options);
}

async function* documentsOf(
  file: ByteSource,
  unit: Unit,
  column: string,
  separator: Separator,
  signal: AbortSignal | undefined,
): AsyncGenerator<DocumentBatch> {
  const { source, format, compression, begin } = unit;
  // The last part reads on to the end, where a stream's hash is checked.
  const end = format !== 'parquet' && unit.end >= file.bytes ? Infinity : unit.end;
  if (format === 'tokens') throw new TypeError(`${source}: holds tokens, not documents`);
  if (format === 'parquet') return void (yield* readParquet(file, { column, begin, end, signal }));
  if (compression === 'none' && format === 'jsonl') {
    const from = Math.max(0, begin - 1);
    return void (yield* readJsonl(file.stream(from, file.bytes), { source, column, from, begin, end }));
  }
  if (compression === 'none' && format === 'text') {
    const from = separator.kind === 'bytes' ? await placeToBegin(file, separator.separator, begin) : 0;
    return void (yield* readText(file.stream(from, file.bytes), separator, { from, begin, end }));
  }
  const packed = await lookAhead(file.stream(0, file.bytes), headBytes);
  const found = compressionOfBytes(packed.head);
  if (found !== compression)
    throw failure(
      'data',
      `${source}: expected ${compression === 'none' ? 'an unpacked file' : compression}, found ${found === 'none' ? 'something else' : found}; give it the name of what it is, or fetch it again`,
    );
  const stream = unpack(packed.stream, compression, source);
  if (format === 'jsonl') return void (yield* readJsonl(stream, { source, column }));
  if (format === 'text') return void (yield* readText(stream, separator));
  yield* readTar(stream, { source, column, separator });
}

/** A place before `begin` that is inside no separator. */
async function placeToBegin(file: ByteSource, separator: ByteSeparator, begin: number): Promise<number> {
  for (let back = separator.lookBack; begin > 0; back *= 2) {
    const from = Math.max(0, begin - back);
    const bytes = await file.read(from, begin);
    const place = separator.syncBefore(bytes, bytes.length);
    if (place !== null && (place > 0 || from === 0)) return from + place;
    if (from === 0) return 0;
    if (back > longestDocument)
      throw failure('data', `${file.name}: expected text, found ${back} blank bytes before byte ${begin}`);
  }
  return 0;
}
