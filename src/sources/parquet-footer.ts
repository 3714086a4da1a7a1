// What a parquet file says of itself at its end: row groups, where their columns lie, and which column has the text. Believes no number.

import { parquetMetadata, parquetSchema } from 'hyparquet';
import type { FileMetaData, SchemaElement, SchemaTree } from 'hyparquet';
import {
  getMaxDefinitionLevel,
  getMaxRepetitionLevel,
  getTreePath,
  isListLike,
} from 'hyparquet/src/schema.js';
import { errorLine, failure } from '../run/failure.ts';
import type { ByteSource } from './byte-source.ts';
import { thriftLength } from './thrift-check.ts';

/** The column with the text. */
export interface TextColumn {
  /** Names from the root to the column, joined by dots: parquet's own. */
  path: string;
  definitionLevels: number;
  repetitionLevels: number;
  /** Of a list, which element is the text. */
  element: number | null;
}

/** A column of a row group. */
export interface TextChunk {
  begin: number;
  end: number;
  codec: string;
  values: number;
  rows: number;
  /** Rows of the groups before. */
  firstRow: number;
  /** Size of the column unpacked, as the file says: for estimates only. */
  unpackedBytes: number;
}

const tailBytes = 1 << 16;
const longestFooter = 64 << 20;

/** Reads and checks a footer. @throws Error  with exit code 65 when there is none that can be read */
export async function readFooter(file: ByteSource): Promise<FileMetaData> {
  const { name, bytes } = file;
  const bad = (found: string, cause?: unknown): Error =>
    failure('data', `${name}: expected parquet, found ${found}; it is damaged or cut: fetch it again`, {
      cause,
    });
  if (bytes < 12) throw bad(`${bytes} bytes`);
  let footer = await file.read(Math.max(0, bytes - tailBytes), bytes);
  const mark = footer.toString('latin1', footer.length - 4);
  if (mark === 'PARE') throw failure('data', `${name}: is encrypted, which we do not read`);
  if (mark !== 'PAR1') throw bad('no PAR1 at its end');
  const length = footer.readUInt32LE(footer.length - 8);
  if (length > bytes - 12 || length > longestFooter)
    throw bad(`a footer of ${length} bytes in a file of ${bytes}`);
  if (length + 8 > footer.length)
    footer = Buffer.concat([await file.read(bytes - 8 - length, bytes - footer.length), footer]);
  const begin = footer.length - 8 - length;
  try {
    if (thriftLength(footer.subarray(0, footer.length - 8), begin) === null)
      throw new Error('it ends too early');
    return parquetMetadata(footer, { geoparquet: false });
  } catch (error) {
    throw bad(`a footer that cannot be read (${errorLine(error)})`, error);
  }
}

/**
 * Finds a column by its dotted path: names of structs, and a number for an element of a list.
 *
 * @throws Error  with exit code 64 when there is no such column of text; the line names those that there are
 */
export function findColumn(name: string, metadata: FileMetaData, column: string): TextColumn {
  const tree = parquetSchema(metadata);
  const wrong = (found: string): Error => {
    const names = textColumns(tree);
    return failure(
      'usage',
      `${name}: expected text in the column ${column}, found ${found}; text is in ${names.slice(0, 12).join(', ') || 'no column'}${names.length > 12 ? ', ...' : ''}`,
    );
  };
  const exact = tree.children.find((child) => child.element.name === column);
  let node = exact ?? tree;
  let element: number | null = null;
  for (const part of exact ? [] : column.split('.')) {
    const isElement = isListLike(node);
    if (isElement && (element !== null || !/^\d{1,9}$/.test(part))) throw wrong('a list');
    const next = isElement ? elementOf(node) : node.children.find((child) => child.element.name === part);
    if (next === undefined) throw wrong('no such column');
    if (isElement) element = Number(part);
    node = next;
  }
  if (isListLike(node)) throw wrong(`a list (its first element is ${column}.0)`);
  if (node.children.length > 0) throw wrong('a struct');
  if (node.element.type !== 'BYTE_ARRAY') throw wrong(`values of type ${node.element.type ?? 'unknown'}`);
  const path = getTreePath(tree, node.path);
  const repetitionLevels = getMaxRepetitionLevel(path);
  if (repetitionLevels !== (element === null ? 0 : 1)) throw wrong('a list inside a list or a map');
  return {
    path: node.path.join('.'),
    definitionLevels: getMaxDefinitionLevel(path),
    repetitionLevels,
    element,
  };
}

/** Where the column of a row group lies. @throws Error  with exit code 65 when that is not inside the file */
export function findChunk(
  file: ByteSource,
  metadata: FileMetaData,
  group: number,
  column: TextColumn,
): TextChunk {
  const bad = (found: string): Error =>
    failure(
      'data',
      `${file.name}: row group ${group}: expected ${column.path}, found ${found}; the file is damaged`,
    );
  const { columns, num_rows } = metadata.row_groups[group] ?? { columns: [], num_rows: 0n };
  const found = columns.find(({ meta_data }) => meta_data?.path_in_schema.join('.') === column.path);
  if (!found?.meta_data) throw bad('no such column');
  if (found.file_path) throw bad('it in another file, which we do not read');
  const { codec, num_values, dictionary_page_offset, data_page_offset, total_compressed_size } =
    found.meta_data;
  const data = Number(data_page_offset);
  const dictionary = Number(dictionary_page_offset ?? 0);
  const begin = dictionary > 0 && dictionary < data ? dictionary : data;
  const end = begin + Number(total_compressed_size);
  const [values, rows] = [Number(num_values), Number(num_rows)];
  if (!(begin >= 0 && end >= begin && end <= file.bytes))
    throw bad(`bytes ${begin} to ${end} of a file of ${file.bytes}`);
  if (!(rows >= 0 && values >= 0) || (column.element === null && values !== rows))
    throw bad(`${values} values in ${rows} rows`);
  let firstRow = 0;
  for (const before of metadata.row_groups.slice(0, group)) firstRow += Number(before.num_rows);
  const unpackedBytes = Math.max(0, Number(found.meta_data.total_uncompressed_size));
  return { begin, end, codec, values, rows, firstRow, unpackedBytes };
}

function elementOf(list: SchemaTree): SchemaTree | undefined {
  const repeated = list.children[0];
  return repeated?.children.length === 1 ? repeated.children[0] : repeated;
}

/** Dotted paths of all columns of text. */
function textColumns(node: SchemaTree, prefix = ''): string[] {
  return node.children.flatMap((child) => {
    const path = prefix + child.element.name;
    const inner = isListLike(child) ? elementOf(child) : undefined;
    if (inner)
      return inner.children.length > 0
        ? textColumns(inner, `${path}.0.`)
        : isText(inner.element)
          ? [`${path}.0`]
          : [];
    return child.children.length > 0 ? textColumns(child, `${path}.`) : isText(child.element) ? [path] : [];
  });
}

function isText({ type, converted_type, logical_type }: SchemaElement): boolean {
  return type === 'BYTE_ARRAY' && (converted_type === 'UTF8' || logical_type?.type === 'STRING');
}
