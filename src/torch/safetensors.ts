// The safetensors format: a strict reader by positioned reads, and a writer whose equal input gives equal bytes.
// Format: 8 bytes of header length, a JSON header, then the tensors' bytes without gaps (huggingface/safetensors).

import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { failure } from '../run/failure.ts';
import { native } from './native.ts';
import { ops } from './ops.ts';
import { keep, scope } from './scope.ts';
import { registerTensorClass } from './tensor.ts';
import type { Tensor } from './tensor.ts';
import type { Dtype } from './types.ts';

export interface TensorEntry {
  dtype: Dtype;
  shape: readonly number[];
  /** Bytes [begin, end) after the header. */
  offsets: readonly [number, number];
}

export interface SafetensorsFile {
  names: readonly string[];
  metadata: Readonly<Record<string, string>>;
  entries: ReadonlyMap<string, TensorEntry>;
  /** Reads one tensor into new memory. The tensor belongs to the caller: no scope frees it. */
  read(name: string, options?: { device?: string }): Promise<Tensor>;
  close(): Promise<void>;
}

const maximalHeaderBytes = 100_000_000;
const chunkBytes = 8 << 20;

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
 * Opens a file and checks its whole header; no tensor is read yet.
 *
 * @throws Error  with exit code 65 when the header is malformed or the file has not exactly the length it tells
 */
export async function openSafetensors(path: string): Promise<SafetensorsFile> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const { headerBytes, header } = await readHeader(file, path, size);
    const { entries, metadata } = parseHeader(header, path, size - 8 - headerBytes);
    const start = 8 + headerBytes;
    return {
      names: [...entries.keys()],
      metadata,
      entries,
      read: (name, { device = 'cpu' } = {}) => readTensor(file, path, start, entries, name, device),
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/**
 * Writes tensors sorted by name, without time stamps: equal tensors give equal files. Contiguous copies are made
 * one tensor at a time. The file is written in full but not synced: whoever commits its folder does that.
 *
 * @param metadata  strings for the header's `__metadata__`; transformers wants { format: 'pt' }
 */
export async function writeSafetensors(
  path: string,
  tensors: ReadonlyMap<string, Tensor>,
  metadata: Readonly<Record<string, string>> = {},
): Promise<void> {
  const names = [...tensors.keys()].sort();
  const header: Record<string, unknown> = Object.keys(metadata).length > 0 ? { __metadata__: metadata } : {};
  let offset = 0;
  for (const name of names) {
    const tensor = required(tensors, name);
    const stored = dtypes.find(([, dtype]) => dtype === tensor.dtype);
    if (!stored) throw new TypeError(`${path}: ${name}: safetensors has no dtype ${tensor.dtype}`);
    header[name] = {
      dtype: stored[0],
      shape: tensor.shape,
      data_offsets: [offset, offset + tensor.byteLength],
    };
    offset += tensor.byteLength;
  }
  const text = JSON.stringify(header);
  const bytes = Buffer.from(text.padEnd(text.length + ((8 - (Buffer.byteLength(text) % 8)) % 8), ' '));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(bytes.length));
  const file = await open(path, 'wx');
  try {
    await writeAll(file, length);
    await writeAll(file, bytes);
    for (const name of names) await writeTensor(file, required(tensors, name));
  } finally {
    await file.close();
  }
}

async function readHeader(file: FileHandle, path: string, size: number) {
  const malformed = (problem: string) => failure('data', `${path}: not a safetensors file: ${problem}`);
  if (size < 8) throw malformed(`it has ${size} bytes, a header length needs 8`);
  const length = Buffer.alloc(8);
  await file.read(length, 0, 8, 0);
  const headerBytes = Number(length.readBigUInt64LE());
  if (headerBytes > maximalHeaderBytes || headerBytes > size - 8)
    throw malformed(
      `the header should have ${headerBytes} bytes, the file has ${size} (limit ${maximalHeaderBytes})`,
    );
  const header = Buffer.alloc(headerBytes);
  const { bytesRead } = await file.read(header, 0, headerBytes, 8);
  if (bytesRead !== headerBytes)
    throw malformed(`the header ends after ${bytesRead} of ${headerBytes} bytes`);
  if (header[0] !== 0x7b) throw malformed('the header does not start with {');
  return { headerBytes, header };
}

function parseHeader(header: Buffer, path: string, dataBytes: number) {
  const malformed = (problem: string) => failure('data', `${path}: malformed safetensors header: ${problem}`);
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(header));
  } catch {
    throw malformed('it is not JSON in UTF-8');
  }
  if (!isRecord(parsed)) throw malformed('it is not an object');
  const metadata: Record<string, string> = Object.create(null) as Record<string, string>;
  const found: [string, TensorEntry][] = [];
  for (const [name, value] of Object.entries(parsed)) {
    if (!isRecord(value)) throw malformed(`${name} is not an object`);
    if (name === '__metadata__') {
      for (const [key, text] of Object.entries(value)) {
        if (typeof text !== 'string') throw malformed(`__metadata__.${key} is not a string`);
        metadata[key] = text;
      }
    } else {
      found.push([name, parseEntry(name, value, malformed)]);
    }
  }
  let end = 0;
  for (const [name, { offsets }] of [...found].sort(
    ([, a], [, b]) => a.offsets[0] - b.offsets[0] || a.offsets[1] - b.offsets[1],
  )) {
    if (offsets[0] !== end)
      throw malformed(`${name} starts at ${offsets[0]}, the tensor before it ends at ${end}`);
    end = offsets[1];
  }
  if (end !== dataBytes)
    throw malformed(
      `the tensors take ${end} bytes, the file has ${dataBytes} for them; it is truncated or damaged`,
    );
  return { entries: new Map(found), metadata };
}

function parseEntry(
  name: string,
  value: Record<string, unknown>,
  malformed: (problem: string) => Error,
): TensorEntry {
  const { dtype, shape, data_offsets: offsets } = value;
  const stored = dtypes.find(([label]) => label === dtype);
  if (!stored) throw malformed(`${name}: unknown dtype ${String(dtype)}`);
  if (!isSizes(shape)) throw malformed(`${name}: shape must be whole numbers`);
  if (!isSizes(offsets) || offsets.length !== 2)
    throw malformed(`${name}: data_offsets must be two whole numbers`);
  const [begin, end] = offsets;
  const bytes = shape.reduce((product, size) => product * size, stored[2]);
  if (!Number.isSafeInteger(bytes) || end - begin !== bytes)
    throw malformed(
      `${name}: shape [${shape.join(', ')}] of ${stored[0]} takes ${bytes} bytes, the offsets give ${end - begin}`,
    );
  return { dtype: stored[1], shape, offsets: [begin, end] };
}

async function readTensor(
  file: FileHandle,
  path: string,
  start: number,
  entries: ReadonlyMap<string, TensorEntry>,
  name: string,
  device: string,
): Promise<Tensor> {
  const entry = entries.get(name);
  if (!entry) throw failure('data', `${path}: has no tensor ${name}`);
  registerTensorClass();
  const tensor = native().keep(ops.empty([...entry.shape], { dtype: entry.dtype }));
  const [begin, end] = entry.offsets;
  for (let done = 0; done < end - begin; done += chunkBytes) {
    const wanted = Math.min(chunkBytes, end - begin - done);
    const got = native().readBytes(tensor, done, wanted, file.fd, start + begin + done);
    if (got !== wanted)
      throw failure(
        'data',
        `${path}: ${name} ends after ${done + got} of ${end - begin} bytes; the file was truncated`,
      );
    await new Promise(setImmediate); // signals and logging get their turn between chunks
  }
  if (device === 'cpu') return tensor;
  const moved = native().keep(tensor.to({ device }));
  tensor.release();
  return moved;
}

async function writeTensor(file: FileHandle, tensor: Tensor): Promise<void> {
  const copy = scope(() => keep(tensor.detach().to({ device: 'cpu' }).contiguous()));
  try {
    const chunk = Buffer.allocUnsafe(Math.min(chunkBytes, copy.byteLength));
    for (let done = 0; done < copy.byteLength; done += chunk.length) {
      const part = chunk.subarray(0, Math.min(chunk.length, copy.byteLength - done));
      native().copyBytes(copy, done, part);
      await writeAll(file, part);
    }
  } finally {
    copy.release();
  }
}

/** One write may take only a part: the loop goes on until all bytes are out, or the disk says why not. */
async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length; )
    done += (await file.write(bytes, done, bytes.length - done)).bytesWritten;
}

function required(tensors: ReadonlyMap<string, Tensor>, name: string): Tensor {
  const tensor = tensors.get(name);
  if (!tensor) throw new TypeError(`no tensor ${name}`);
  return tensor;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}
