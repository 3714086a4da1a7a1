// Documents of a parquet file: one column of some row groups, page by page, so that no row group has to fit into memory.

import type { PageHeader } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import type { DocumentBatch } from './units.ts';
import { errorLine, failure } from '../run/failure.ts';
import { longestDocument, makeBatcher } from './batches.ts';
import type { Batcher } from './batches.ts';
import type { ByteSource } from './byte-source.ts';
import { crc32 } from './crc32.ts';
import { findChunk, findColumn, readFooter } from './parquet-footer.ts';
import type { TextChunk, TextColumn } from './parquet-footer.ts';
import { readDictionary, readPage, unpackPage } from './parquet-page.ts';
import type { Dictionary, Page } from './parquet-page.ts';
import { thriftLength } from './thrift-check.ts';
import { prepareZstd } from './unzstd.ts';
import { makeWindow } from './window.ts';

/** Largest page that is unpacked: that of one longest document. */
const largestPage = longestDocument + 2 ** 20;
const longestHeader = 1 << 24;

/**
 * Documents of row groups [begin, end).
 *
 * @param column  dotted path of the text
 * @throws Error  with exit code 65 for a damaged file, 64 for a column that is not there
 */
export async function* readParquet(
  file: ByteSource,
  {
    column: name,
    begin,
    end,
    signal,
  }: { column: string; begin: number; end: number; signal?: AbortSignal | undefined },
): AsyncGenerator<DocumentBatch> {
  const metadata = await readFooter(file);
  const column = findColumn(file.name, metadata, name);
  await prepareZstd();
  const batcher = makeBatcher();
  for (let group = begin; group < Math.min(end, metadata.row_groups.length); group += 1) {
    const chunk = findChunk(file, metadata, group, column);
    const rows = makeRowReader(batcher, column, name, chunk.firstRow);
    const damaged = (found: string, cause?: unknown): Error =>
      failure(
        'data',
        `${file.name}: row group ${group}: found ${found}; the file is damaged: fetch it again`,
        {
          cause,
        },
      );
    let values = 0;
    try {
      for await (const page of pagesOf(file, chunk, column)) {
        values += page.values;
        if (values > chunk.values) throw new Error(`more than the ${chunk.values} values announced`);
        for (let i = 0; i < page.values; i += 1) {
          rows.take(page, i);
          if (batcher.isFull()) yield* batcher.take();
        }
      }
      rows.end();
    } catch (error) {
      if (signal?.aborted || isOurs(error)) throw error;
      throw damaged(errorLine(error), error);
    }
    if (rows.count() !== chunk.rows) throw damaged(`${rows.count()} rows where ${chunk.rows} were announced`);
    yield* batcher.take();
  }
  yield* batcher.take(true);
}

/** Whether an error is of the file's surroundings: those of the parser have neither code nor exit code. */
function isOurs(error: unknown): boolean {
  if (!(error instanceof Error)) return true;
  if ('exitCode' in error || error.name === 'AbortError') return true;
  return 'code' in error && typeof error.code === 'string' && !/^(Z_|ERR_)/.test(error.code);
}

/** Turns values with their levels into rows: of a list one element is the row's text. */
function makeRowReader(
  batcher: Batcher,
  column: TextColumn,
  name: string,
  firstRow: number,
): { take(page: Page, index: number): void; end(): void; count(): number } {
  const { definitionLevels, element } = column;
  let row = -1;
  let place = 0; // in the row's list
  let isFound = true;
  const at = (): string => `row ${firstRow + row}`;
  const missing = (): void => {
    if (!isFound)
      batcher.fault(
        'column',
        at(),
        `expected text in ${name}, found ${element === null ? 'null' : 'no such element'}`,
      );
  };
  return {
    take({ texts, definition, repetition }, index) {
      if (repetition === null || repetition[index] === 0) {
        missing();
        row += 1;
        place = 0;
        isFound = false;
      } else place += 1;
      if (definition !== null && definition[index] !== definitionLevels) return;
      texts.next();
      if (element !== null && place !== element) return;
      isFound = true;
      batcher.add(texts.bytes, texts.begin, texts.end, at);
    },
    end: missing,
    count: () => row + 1,
  };
}

/** The data pages of a column chunk, read one after the other. */
async function* pagesOf(file: ByteSource, chunk: TextChunk, column: TextColumn): AsyncGenerator<Page> {
  const stream = file.stream(chunk.begin, chunk.end);
  const window = makeWindow();
  let left = chunk.end - chunk.begin; // that the stream has
  const more = async (): Promise<void> => {
    const next = await stream.next();
    if (next.done) throw new Error('the end of its column');
    window.add(next.value);
    left -= next.value.length;
  };
  let dictionary: Dictionary | null = null;
  let values = 0;
  try {
    while (values < chunk.values) {
      let length = thriftLength(window.bytes());
      while (length === null) {
        if (window.bytes().length > longestHeader) throw new Error('a page header that does not end');
        await more();
        length = thriftLength(window.bytes());
      }
      const header = headerOf(window.bytes());
      window.drop(length);
      const { compressed_page_size: size, uncompressed_page_size: unpacked, type } = header;
      const there = window.bytes().length + left;
      if (!(size >= 0 && size <= there)) throw new Error(`a page of ${size} bytes where ${there} are left`);
      if (!(unpacked >= 0 && unpacked <= largestPage && size <= largestPage))
        throw new Error(
          `a page of ${Math.max(size, unpacked)} bytes, of which we read ${largestPage} at most`,
        );
      while (window.bytes().length < size) await more();
      const packed = window.bytes().subarray(0, size);
      if (header.crc !== undefined && crc32(packed) !== header.crc >>> 0) throw new Error('a wrong checksum');
      if (type === 'DICTIONARY_PAGE')
        dictionary = readDictionary(header, Buffer.from(unpackPage(packed, chunk.codec, unpacked)));
      else if (type === 'DATA_PAGE' || type === 'DATA_PAGE_V2') {
        const page = readPage(header, packed, chunk.codec, column, dictionary);
        values += page.values;
        yield page;
      } else if (type !== 'INDEX_PAGE') throw new Error(`a page of unknown type ${String(type)}`);
      window.drop(size);
    }
  } finally {
    await stream.return(undefined);
  }
}

function headerOf(bytes: Buffer): PageHeader {
  return parquetHeader({ view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length), offset: 0 });
}
