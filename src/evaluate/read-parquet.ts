// Parquet files of evaluation data to rows, whole, by hyparquet: these data sets fit into memory. Bad files end in one line.

import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { parquetSchema } from 'hyparquet';
import type { AsyncBuffer } from 'hyparquet';
import { assembleAsync, asyncGroupToRows } from 'hyparquet/src/rowgroup.js';
import { prepareParquetRead, readParquetPlan } from 'hyparquet/src/scan.js';
import { compressors } from 'hyparquet-compressors';
import { errorLine, failure } from '../run/failure.ts';
import type { Row, Value } from './task.ts';

const largestFile = 1 << 30; // bytes
const largestPage = 1 << 28; // bytes, unpacked
const mostRows = 10_000_000;

/** All rows. @throws Error  with exit code 65 for a file that is damaged, or larger than evaluation data is */
export async function readParquetRows(path: string): Promise<Row[]> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    if (size > largestFile) throw new Error(`expected at most ${largestFile} bytes, found ${size}`);
    return (await objectsOf(bufferOf(handle, size))).map(plainRow);
  } catch (cause) {
    throw failure('data', `${path}: cannot be read as Parquet: ${errorLine(cause)}`, { cause });
  } finally {
    await handle.close();
  }
}

/**
 * What hyparquet's parquetReadObjects does, in its own steps: where a schema is inconsistent it throws while columns are
 * being read, and the error of a column that nobody hears would end the process. Here no byte is read before all are heard.
 */
async function objectsOf(given: AsyncBuffer): Promise<Record<string, unknown>[]> {
  let mayRead: Promise<void> = Promise.resolve();
  const file: AsyncBuffer = {
    byteLength: given.byteLength,
    slice: (start, end) => {
      const bytes = mayRead.then(() => given.slice(start, end));
      bytes.catch(() => undefined); // some are read ahead and never asked for
      return bytes;
    },
  };
  const { options, plan } = await prepareParquetRead({ file, compressors: boundedCompressors });
  const { metadata } = options;
  if (!metadata) throw new Error('it has no metadata');
  checkCounts(metadata);
  let begin = (): void => undefined;
  mayRead = new Promise((resolve) => {
    begin = resolve;
  });
  const tree = parquetSchema(metadata);
  const groups = readParquetPlan(options, plan);
  const assembled = groups.map((group) => assembleAsync(group, tree));
  for (const { asyncColumns } of [...groups, ...assembled])
    for (const { data } of asyncColumns) data.catch(() => undefined);
  begin();
  const rows: Record<string, unknown>[] = [];
  for (const group of assembled)
    for (const row of await asyncGroupToRows(group, 0, group.groupRows, undefined, 'object')) rows.push(row);
  return rows;
}

/** A file's counts against each other, before memory is taken for them. */
function checkCounts({
  num_rows,
  row_groups,
}: {
  num_rows: bigint;
  row_groups: { num_rows: bigint }[];
}): void {
  const sum = row_groups.reduce((total, group) => total + group.num_rows, 0n);
  if (
    num_rows < 0n ||
    num_rows > BigInt(mostRows) ||
    sum !== num_rows ||
    row_groups.some((group) => group.num_rows < 0n)
  )
    throw new Error(
      `expected at most ${mostRows} rows, as many as its groups have; found ${num_rows} and ${sum}`,
    );
}

type Compressors = typeof compressors;

/** No page is unpacked into more memory than a page may have, whatever its header says. */
const boundedCompressors = Object.fromEntries(
  Object.entries(compressors).map(([name, unpack]) => [
    name,
    (input: Uint8Array, length: number): Uint8Array => {
      if (!(length >= 0 && length <= largestPage)) throw new Error(`a page of ${length} bytes`);
      return unpack(input, length);
    },
  ]),
) as Compressors;

function bufferOf(handle: FileHandle, size: number): AsyncBuffer {
  return {
    byteLength: size,
    async slice(start, end = size) {
      const length = Math.min(end, size) - start;
      if (!(start >= 0 && length >= 0)) throw new Error(`bytes ${start} to ${end} of ${size}`);
      const bytes = Buffer.alloc(length);
      for (let done = 0; done < length; ) {
        const { bytesRead } = await handle.read(bytes, done, length - done, start + done);
        if (bytesRead === 0) throw new Error(`it ends after ${start + done} of ${size} bytes`);
        done += bytesRead;
      }
      return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + length);
    },
  };
}

function plainRow(row: Record<string, unknown>): Row {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)]));
}

/** Parquet's values as JSON's: integers come as BigInt. */
function plain(value: unknown): Value {
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (Array.isArray(value)) return value.map(plain);
  if (ArrayBuffer.isView(value)) return [...(value as unknown as Iterable<unknown>)].map(plain);
  return plainRow(value as Record<string, unknown>);
}
