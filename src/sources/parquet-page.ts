// One page of a parquet column: unpacks it, and gives its levels and the bytes of its texts, in place. Every number in it is checked.

import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { PageHeader } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { deltaBinaryUnpack } from 'hyparquet/src/delta.js';
import type { TextColumn } from './parquet-footer.ts';
import { readRuns } from './parquet-runs.ts';
import { unzstdOnce } from './unzstd.ts';

/** Texts one after the other: `next` goes to the next, which is [begin, end) of `bytes`. */
export interface Texts {
  next(): void;
  bytes: Buffer;
  begin: number;
  end: number;
}

/** Texts by number. */
export interface Dictionary {
  bytes: Buffer;
  /** Where each begins, and where the last ends but for the 4 bytes of the next one's length. */
  begins: Uint32Array;
  ends: Uint32Array;
}

export interface Page {
  values: number;
  /** Null where all are the same: 0 for repetition, the highest for definition. */
  repetition: Uint8Array | null;
  definition: Uint8Array | null;
  texts: Texts;
}

const mostValues = 2 ** 24;

/** Unpacks bytes to a size that is known. @throws Error  when they are not of that size, or damaged */
export function unpackPage(bytes: Buffer, codec: string, size: number): Buffer {
  const page = unpackWith(bytes, codec, size);
  if (page.length !== size) throw new Error(`${page.length} bytes where ${size} were announced`);
  return Buffer.from(page.buffer, page.byteOffset, page.byteLength);
}

function unpackWith(bytes: Buffer, codec: string, size: number): Uint8Array {
  if (codec === 'UNCOMPRESSED' || size === 0) return size === 0 ? Buffer.alloc(0) : bytes;
  switch (codec) {
    case 'ZSTD':
      return unzstdOnce(bytes, size);
    case 'GZIP':
      return gunzipSync(bytes, { maxOutputLength: size });
    case 'BROTLI':
      return brotliDecompressSync(bytes, { maxOutputLength: size });
    case 'SNAPPY':
    case 'LZ4':
    case 'LZ4_RAW': {
      // No byte of these gives more than 255.
      if (size > bytes.length * 256) throw new Error(`${size} bytes announced in ${bytes.length}`);
      const unpacker = compressors[codec];
      if (unpacker) return unpacker(bytes, size);
    }
  }
  throw new Error(`packing ${codec}, which we do not read`);
}

/** Reads a dictionary page. */
export function readDictionary({ dictionary_page_header: header }: PageHeader, bytes: Buffer): Dictionary {
  const count = header?.num_values ?? -1;
  if (count < 0 || count * 4 > bytes.length)
    throw new Error(`a dictionary of ${count} texts in ${bytes.length} bytes`);
  const begins = new Uint32Array(count);
  const ends = new Uint32Array(count);
  const texts = plainTexts(bytes, 0);
  for (let i = 0; i < count; i += 1) {
    texts.next();
    begins[i] = texts.begin;
    ends[i] = texts.end;
  }
  return { bytes, begins, ends };
}

/**
 * Reads a data page of either version.
 *
 * @param packed  the page's bytes as they are in the file
 */
export function readPage(
  header: PageHeader,
  packed: Buffer,
  codec: string,
  column: TextColumn,
  dictionary: Dictionary | null,
): Page {
  const size = header.uncompressed_page_size;
  const first = header.data_page_header;
  const second = header.data_page_header_v2;
  const values = first?.num_values ?? second?.num_values ?? -1;
  if (!(values >= 0 && values <= mostValues)) throw new Error(`${values} values in a page`);
  const widths = [column.repetitionLevels, column.definitionLevels].map((most) => 32 - Math.clz32(most));
  const [repetitionWidth = 0, definitionWidth = 0] = widths;
  const levels = (from: Buffer, begin: number, end: number, width: number): Uint8Array => {
    if (!(begin >= 0 && begin <= end && end <= from.length)) throw new Error('levels outside of their page');
    const output = new Uint8Array(values);
    readRuns(from, begin, end, width, output);
    return output;
  };
  let repetition: Uint8Array | null = null;
  let definition: Uint8Array | null = null;
  let bytes: Buffer;
  let at = 0;
  let encoding: string;
  if (first) {
    bytes = unpackPage(packed, codec, size);
    const next = (width: number): Uint8Array => {
      if (at + 4 > bytes.length) throw new Error('levels outside of their page');
      const begin = at + 4;
      at = begin + bytes.readUInt32LE(at);
      return levels(bytes, begin, at, width);
    };
    if (repetitionWidth > 0) repetition = next(repetitionWidth);
    if (definitionWidth > 0) definition = next(definitionWidth);
    encoding = first.encoding;
  } else if (second) {
    const { repetition_levels_byte_length: r, definition_levels_byte_length: d, is_compressed } = second;
    if (!(r >= 0 && d >= 0 && r + d <= Math.min(packed.length, size)))
      throw new Error('levels outside of their page');
    if (repetitionWidth > 0) repetition = levels(packed, 0, r, repetitionWidth);
    if (definitionWidth > 0 && values > 0) definition = levels(packed, r, r + d, definitionWidth);
    const body = packed.subarray(r + d);
    bytes = unpackPage(body, is_compressed === false ? 'UNCOMPRESSED' : codec, size - r - d);
    encoding = second.encoding;
  } else throw new Error('a page without its header');
  let present = values;
  if (definition) {
    present = 0;
    for (const level of definition) if (level === column.definitionLevels) present += 1;
  }
  return { values, repetition, definition, texts: textsOf(bytes, at, encoding, present, dictionary) };
}

function textsOf(
  bytes: Buffer,
  begin: number,
  encoding: string,
  count: number,
  dictionary: Dictionary | null,
): Texts {
  if (count === 0) return plainTexts(bytes, bytes.length);
  switch (encoding) {
    case 'PLAIN':
      return plainTexts(bytes, begin);
    case 'PLAIN_DICTIONARY':
    case 'RLE_DICTIONARY':
      if (dictionary === null) throw new Error('places in a dictionary that is not there');
      return dictionaryTexts(bytes, begin, count, dictionary);
    case 'DELTA_LENGTH_BYTE_ARRAY':
      return lengthTexts(bytes, begin, count);
    case 'DELTA_BYTE_ARRAY':
      return prefixTexts(bytes, begin, count);
    default:
      throw new Error(`the encoding ${encoding}, which we do not read`);
  }
}

/** Each text after its length, in 4 bytes. */
function plainTexts(bytes: Buffer, begin: number): Texts {
  return {
    ...{ bytes, begin, end: begin },
    next() {
      if (this.end + 4 > bytes.length) throw new Error('texts outside of their page');
      this.begin = this.end + 4;
      this.end = this.begin + bytes.readUInt32LE(this.end);
      if (this.end > bytes.length) throw new Error('a text outside of its page');
    },
  };
}

function dictionaryTexts(bytes: Buffer, begin: number, count: number, dictionary: Dictionary): Texts {
  const places = new Uint32Array(count);
  readRuns(bytes, begin + 1, bytes.length, bytes[begin] ?? 33, places);
  let index = 0;
  return {
    ...{ bytes: dictionary.bytes, begin: 0, end: 0 },
    next() {
      const place = places[index++] ?? -1;
      const [from, to] = [dictionary.begins[place], dictionary.ends[place]];
      if (from === undefined || to === undefined) throw new Error('a place outside of the dictionary');
      this.begin = from;
      this.end = to;
    },
  };
}

/** All lengths first, then all texts. */
function lengthTexts(bytes: Buffer, begin: number, count: number): Texts {
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length), offset: begin };
  const lengths = new Int32Array(count);
  deltaBinaryUnpack(reader, count, lengths);
  let index = 0;
  return {
    ...{ bytes, begin: reader.offset, end: reader.offset },
    next() {
      const length = lengths[index++] ?? -1;
      this.begin = this.end;
      this.end += length;
      if (length < 0 || this.end > bytes.length) throw new Error('a text outside of its page');
    },
  };
}

/** Each text is the beginning of the one before, and what follows. */
function prefixTexts(bytes: Buffer, begin: number, count: number): Texts {
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length), offset: begin };
  const prefixes = new Int32Array(count);
  deltaBinaryUnpack(reader, count, prefixes);
  const suffixes = new Int32Array(count);
  deltaBinaryUnpack(reader, count, suffixes);
  let index = 0;
  let at = reader.offset;
  return {
    ...{ bytes: Buffer.alloc(0), begin: 0, end: 0 },
    next() {
      const [prefix, suffix] = [prefixes[index] ?? -1, suffixes[index] ?? -1];
      index += 1;
      if (prefix < 0 || prefix > this.end || suffix < 0 || at + suffix > bytes.length)
        throw new Error('a text outside of its page');
      this.bytes = Buffer.concat([this.bytes.subarray(0, prefix), bytes.subarray(at, at + suffix)]);
      this.end = this.bytes.length;
      at += suffix;
    },
  };
}
