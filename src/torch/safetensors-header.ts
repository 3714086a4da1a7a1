// The header of a safetensors file: what it may say, and how ours is written. Reads and writes no file.
// Format: a JSON object, name to dtype, shape and data_offsets, and strings in `__metadata__` (huggingface/safetensors).

import { parseStrictJson, quoted } from './strict-json.ts';
import type { Malformed } from './strict-json.ts';
import type { Dtype } from './types.ts';

export interface TensorEntry {
  dtype: Dtype;
  shape: readonly number[];
  /** Bytes [begin, end) after the header. */
  offsets: readonly [number, number];
}

/** What a header says of a tensor before it is written. */
export type TensorKind = Pick<TensorEntry, 'dtype' | 'shape'>;

/** A header that was checked. */
export interface SafetensorsHeader {
  entries: ReadonlyMap<string, TensorEntry>;
  metadata: Readonly<Record<string, string>>;
}

/** The format's own limit. */
export const maximalHeaderBytes = 100_000_000;

/** Name in the file, ours, bytes of an element. */
const dtypes: readonly (readonly [string, Dtype, number])[] = [
  ['F64', 'float64', 8],
  ['F32', 'float32', 4],
  ['F16', 'float16', 2],
  ['BF16', 'bfloat16', 2],
  ['I64', 'int64', 8],
  ['I32', 'int32', 4],
  ['I16', 'int16', 2],
  ['I8', 'int8', 1],
  ['U8', 'uint8', 1],
  ['U16', 'uint16', 2],
  ['BOOL', 'bool', 1],
];

/**
 * The tensors and metadata that a header tells of, every number of it checked.
 *
 * @param dataBytes  what the file has behind the header
 * @param malformed  makes the error that is thrown when it is not as the format wants it
 */
export function parseHeader(header: Buffer, dataBytes: number, malformed: Malformed): SafetensorsHeader {
  const parsed = parseStrictJson(header, malformed);
  if (!isRecord(parsed)) throw malformed('it is not an object');
  const metadata: Record<string, string> = Object.create(null) as Record<string, string>;
  const found: [string, TensorEntry][] = [];
  for (const [name, value] of Object.entries(parsed)) {
    if (!isRecord(value)) throw malformed(`${quoted(name)} is not an object`);
    if (name === '__metadata__') {
      for (const [key, word] of Object.entries(value)) {
        if (typeof word !== 'string') throw malformed(`__metadata__ ${quoted(key)} is not a string`);
        metadata[key] = word;
      }
    } else {
      found.push([name, parseEntry(quoted(name), value, malformed)]);
    }
  }
  let end = 0;
  for (const [name, { offsets }] of [...found].sort(
    ([, a], [, b]) => a.offsets[0] - b.offsets[0] || a.offsets[1] - b.offsets[1],
  )) {
    if (offsets[0] !== end)
      throw malformed(`${quoted(name)} starts at ${offsets[0]}, the tensor before it ends at ${end}`);
    end = offsets[1];
  }
  if (end !== dataBytes)
    throw malformed(
      `the tensors take ${end} bytes, the file has ${dataBytes} for them; it is truncated or damaged`,
    );
  return { entries: new Map(found), metadata };
}

function parseEntry(name: string, value: Record<string, unknown>, malformed: Malformed): TensorEntry {
  const { dtype, shape, data_offsets: offsets } = value;
  const stored = dtypes.find(([label]) => label === dtype);
  if (!stored) throw malformed(`${name}: unknown dtype ${quoted(dtype)}`);
  if (!isSizes(shape)) throw malformed(`${name}: shape must be whole numbers`);
  if (!isSizes(offsets) || offsets.length !== 2)
    throw malformed(`${name}: data_offsets must be two whole numbers`);
  const [begin, end] = offsets;
  let bytes = stored[2];
  for (const size of shape) bytes *= Number.isSafeInteger(bytes * Math.max(1, size)) ? size : Number.NaN;
  if (end - begin !== bytes)
    throw malformed(
      `${name}: shape ${quoted(shape)} of ${stored[0]} takes ${Number.isNaN(bytes) ? 'over 2^53' : bytes} bytes, the offsets give ${end - begin}`,
    );
  return { dtype: stored[1], shape, offsets: [begin, end] };
}

/**
 * The header of tensors that lie one after another in the map's order, padded so that the data start at a multiple of 8.
 *
 * @throws TypeError  for a dtype that the format has not, or a tensor called `__metadata__`
 */
export function headerText(
  path: string,
  tensors: ReadonlyMap<string, TensorKind>,
  metadata: Readonly<Record<string, string>>,
): string {
  const header = Object.create(null) as Record<string, unknown>; // a tensor may be called __proto__
  const words = Object.entries(metadata).sort(([a], [b]) => (a < b ? -1 : 1));
  if (words.length > 0) header.__metadata__ = Object.assign(Object.create(null), Object.fromEntries(words));
  let offset = 0;
  for (const [name, tensor] of tensors) {
    const { dtype, shape } = tensor;
    const byteLength = byteLengthOf(path, name, tensor);
    const stored = dtypes.find(([, ours]) => ours === dtype);
    if (name === '__metadata__') throw new TypeError(`${path}: a tensor cannot be called __metadata__`);
    header[name] = { dtype: stored?.[0], shape, data_offsets: [offset, offset + byteLength] };
    offset += byteLength;
  }
  const text = JSON.stringify(header);
  return text.padEnd(text.length + ((8 - (Buffer.byteLength(text) % 8)) % 8), ' ');
}

/** Bytes of a tensor. @throws TypeError  for a dtype that the format has not */
export function byteLengthOf(path: string, name: string, { dtype, shape }: TensorKind): number {
  const stored = dtypes.find(([, ours]) => ours === dtype);
  if (!stored) throw new TypeError(`${path}: ${name}: safetensors has no dtype ${dtype}`);
  return shape.reduce((product, size) => product * size, stored[2]);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}
