// Parquet's pages and headers by hand: numbers that lead outside of them are errors, whatever comes after.

import type { PageHeader } from 'hyparquet';
import { describe, expect, test } from 'vitest';
import { readDictionary, readPage, unpackPage } from '../../src/sources/parquet-page.ts';
import { readRuns } from '../../src/sources/parquet-runs.ts';
import { thriftLength } from '../../src/sources/thrift-check.ts';

const column = { path: 'text', definitionLevels: 0, repetitionLevels: 0, element: null };
const text = (length: number, content: string): Buffer => {
  const bytes = Buffer.alloc(4 + content.length);
  bytes.writeUInt32LE(length);
  bytes.write(content, 4);
  return bytes;
};

/** Texts of a page of bytes that are followed by others. */
function texts(bytes: Buffer, encoding: string, count: number, dictionary: Buffer | null = null): string[] {
  const header = {
    uncompressed_page_size: bytes.length,
    data_page_header: { num_values: count, encoding },
  } as unknown as PageHeader;
  const around = Buffer.concat([bytes, Buffer.alloc(200, 'z')]).subarray(0, bytes.length);
  const dictionaryHeader = { dictionary_page_header: { num_values: 2 } } as unknown as PageHeader;
  const known = dictionary && readDictionary(dictionaryHeader, dictionary);
  const page = readPage(header, around, 'UNCOMPRESSED', column, known);
  return Array.from({ length: count }, () => {
    page.texts.next();
    return page.texts.bytes.toString('utf8', page.texts.begin, page.texts.end);
  });
}

describe('texts', () => {
  test('plain: inside of their page', () => {
    const two = Buffer.concat([text(1, 'a'), text(2, 'bc')]);
    expect(texts(two, 'PLAIN', 2)).toEqual(['a', 'bc']);
    expect(() => texts(two, 'PLAIN', 3)).toThrow('texts outside of their page');
    expect(() => texts(text(4, 'abc'), 'PLAIN', 1)).toThrow('a text outside of its page');
    expect(() => texts(text(0xffffffff, 'abc'), 'PLAIN', 1)).toThrow('a text outside of its page');
  });

  test('of a dictionary: that are in it', () => {
    const dictionary = Buffer.concat([text(1, 'a'), text(1, 'b')]);
    expect(texts(Buffer.of(1, 3, 0b10), 'RLE_DICTIONARY', 2, dictionary)).toEqual(['a', 'b']);
    expect(() => texts(Buffer.of(2, 4, 2), 'RLE_DICTIONARY', 1, dictionary)).toThrow(
      'a place outside of the dictionary',
    );
    expect(() => texts(Buffer.of(33, 4, 2), 'RLE_DICTIONARY', 1, dictionary)).toThrow('numbers of 33 bits');
    expect(() => texts(Buffer.of(1, 4, 0), 'RLE_DICTIONARY', 1)).toThrow('a dictionary that is not there');
    expect(() => texts(Buffer.of(1, 4, 0), 'RLE_DICTIONARY', 1, text(1, 'a'))).toThrow(
      'a dictionary of 2 texts in 5 bytes',
    );
  });

  test('a page of another size than announced, or announced too large for its bytes', () => {
    expect(() => unpackPage(Buffer.from('abc'), 'UNCOMPRESSED', 4)).toThrow('3 bytes where 4 were announced');
    expect(() => unpackPage(Buffer.of(1, 2, 3), 'SNAPPY', 1 << 28)).toThrow('268435456 bytes announced in 3');
    expect(() => unpackPage(Buffer.from('abc'), 'LZO', 4)).toThrow('packing LZO, which we do not read');
  });
});

describe('runs', () => {
  test('fill what was asked for, and no more', () => {
    const output = new Uint32Array(3);
    readRuns(Buffer.of(0xfe, 0xff, 0xff, 0xff, 0x0f, 7), 0, 6, 3, output); // 2^31 - 1 times 7
    expect([...output]).toEqual([7, 7, 7]);
    readRuns(Buffer.of(3, 0b10001000, 0b11000110, 0xff), 0, 4, 3, output);
    expect([...output]).toEqual([0, 1, 2]);
    const wide = new Uint32Array(1);
    readRuns(Buffer.of(2, 0xff, 0xff, 0xff, 0xff), 0, 5, 32, wide);
    expect([...wide]).toEqual([0xffffffff]);
  });

  test('that end too early are errors', () => {
    for (const bytes of [[], [0x80], [2], [3, 1], [0xff, 0xff, 0xff, 0xff, 0xff, 0xff]])
      expect(() => readRuns(Buffer.from(bytes), 0, bytes.length, 9, new Uint32Array(20))).toThrow(
        'numbers that end too early',
      );
  });
});

describe('headers', () => {
  test('have a length, or end too early', () => {
    expect(thriftLength(Buffer.of(0x15, 2, 0x18, 1, 65, 0, 9))).toBe(6);
    expect(thriftLength(Buffer.of(0x15, 2, 0x18, 1, 65))).toBeNull();
    expect(thriftLength(Buffer.of(0x18, 0xff, 0xff, 0xff, 0xff, 0x07, 65))).toBeNull(); // a text of 2^31 bytes
    expect(thriftLength(Buffer.of(0x19, 0xf1, 0xff, 0xff, 0xff, 0xff, 0x0f, 1, 1, 0))).toBeNull(); // 2^32 booleans
  });

  test('that are none are errors', () => {
    expect(() => thriftLength(Buffer.from([0x16, ...Array<number>(11).fill(0xff)]))).toThrow(
      'more than 64 bits',
    );
    expect(() => thriftLength(Buffer.alloc(1000, 0x1c))).toThrow('too deep');
    expect(() => thriftLength(Buffer.alloc(1000, 0x19))).toThrow();
    expect(() => thriftLength(Buffer.of(0x1b, 0))).toThrow('unknown type 11');
  });
});
