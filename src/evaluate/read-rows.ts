// Data files to rows: JSON lines, JSON, CSV, TSV, Parquet and plain text, gzipped or not. Knows no data set.

import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { parse as parseCsv } from 'csv-parse/sync';
import { errorLine, failure } from '../run/failure.ts';
import { readParquetRows } from './read-parquet.ts';
import type { Row } from './task.ts';

/** A row and where it stands, for errors. */
export interface PlacedRow {
  row: Row;
  /** FILE:LINE, or FILE: row N. */
  place: string;
}

const largestFile = 1 << 30; // bytes, also when unzipped

/**
 * Rows of a file by its extension: .jsonl, .json (a list), .csv with a header, .tsv with a header and without quotes, .parquet.
 *
 * @throws Error  with exit code 65, naming file and line
 */
export async function readRows(path: string): Promise<PlacedRow[]> {
  const name = basename(path).replace(/\.gz$/, '');
  if (name.endsWith('.parquet'))
    return (await readParquetRows(path)).map((row, index) => ({ row, place: `${path}: row ${index + 1}` }));
  const text = await readText(path);
  if (name.endsWith('.jsonl')) return jsonLines(text, path);
  if (name.endsWith('.json')) return jsonList(text, path);
  if (name.endsWith('.csv')) return withHeader(csvRecords(text, path), path);
  if (name.endsWith('.tsv')) return withHeader(tsvRecords(text), path);
  throw failure('data', `${path}: expected .jsonl, .json, .csv, .tsv or .parquet`);
}

/** A text file, unzipped where it ends in .gz. @throws Error  with exit code 65 when it is no UTF-8 or too large */
export async function readText(path: string): Promise<string> {
  const { size } = await stat(path);
  if (size > largestFile)
    throw failure('data', `${path}: expected at most ${largestFile} bytes, found ${size}`);
  let bytes: Buffer = await readFile(path);
  if (path.endsWith('.gz'))
    try {
      bytes = await promisify(gunzip)(bytes, { maxOutputLength: largestFile });
    } catch (cause) {
      throw failure('data', `${path}: cannot be unzipped: ${errorLine(cause)}`, { cause });
    }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw failure('data', `${path}: is not UTF-8`, { cause });
  }
}

/** Records of a CSV file, each with its line; all fields are text. */
export function csvRecords(text: string, path: string): { fields: string[]; line: number }[] {
  try {
    const records = parseCsv(text, { info: true, relax_column_count: true }) as unknown as {
      record: string[];
      info: { lines: number };
    }[];
    return records.map(({ record, info }) => ({ fields: record, line: info.lines }));
  } catch (cause) {
    throw failure('data', `${path}: malformed CSV: ${errorLine(cause)}`, { cause });
  }
}

/** Records of a file whose fields are parted by tabs; a quote is a character as any other, as in GLUE's files. */
function tsvRecords(text: string): { fields: string[]; line: number }[] {
  return text
    .split(/\r?\n/)
    .map((line, index) => ({ fields: line.split('\t'), line: index + 1 }))
    .filter(({ fields }) => fields.length > 1 || fields[0] !== '');
}

/** Records as rows, named by the first of them. */
function withHeader(records: { fields: string[]; line: number }[], path: string): PlacedRow[] {
  const [header, ...body] = records;
  if (!header) throw failure('data', `${path}: expected a line with the names of the columns`);
  return body.map(({ fields, line }) => {
    if (fields.length !== header.fields.length)
      throw failure(
        'data',
        `${path}:${line}: expected ${header.fields.length} columns, found ${fields.length}`,
      );
    return {
      row: Object.fromEntries(header.fields.map((name, column) => [name, fields[column] ?? ''])),
      place: `${path}:${line}`,
    };
  });
}

function jsonLines(text: string, path: string): PlacedRow[] {
  const rows: PlacedRow[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const place = `${path}:${index + 1}`;
    rows.push({ row: asRow(parsedJson(line, place), place), place });
  }
  return rows;
}

function jsonList(text: string, path: string): PlacedRow[] {
  const list = parsedJson(text, path);
  if (!Array.isArray(list)) throw failure('data', `${path}: expected a list of rows`);
  return list.map((one: unknown, index) => {
    const place = `${path}: row ${index + 1}`;
    return { row: asRow(one, place), place };
  });
}

function parsedJson(text: string, place: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw failure('data', `${place}: is not JSON: ${errorLine(cause)}`, { cause });
  }
}

function asRow(value: unknown, place: string): Row {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw failure('data', `${place}: expected an object with the row's fields`);
  return value as Row; // JSON.parse makes nothing but JSON's values
}
