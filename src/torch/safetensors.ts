// The safetensors format: a strict reader by positioned reads, and a writer whose equal input gives equal bytes.
// Format: 8 bytes of header length, a JSON header, then the tensors' bytes without gaps (huggingface/safetensors).

import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { failure } from '../run/failure.ts';
import { native } from './native.ts';
import { chunkBytes, movedTo, readTensorAt } from './read-tensor.ts';
import { keep, scope } from './scope.ts';
import { headerText, maximalHeaderBytes, parseHeader } from './safetensors-header.ts';
import type { TensorEntry, TensorKind } from './safetensors-header.ts';
import type { Tensor } from './tensor.ts';

export interface SafetensorsFile {
  names: readonly string[];
  metadata: Readonly<Record<string, string>>;
  entries: ReadonlyMap<string, TensorEntry>;
  /** Reads one tensor into new memory. The tensor belongs to the caller: no scope frees it. */
  read(name: string, options?: { device?: string }): Promise<Tensor>;
  close(): Promise<void>;
}

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
    const { entries, metadata } = parseHeader(header, size - 8 - headerBytes, (problem) =>
      failure('data', `${path}: malformed safetensors header: ${problem}`),
    );
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
 * Writes tensors sorted by name, without time stamps: equal tensors give equal files. The file is written in full but
 * not synced: whoever commits its folder does that.
 *
 * @param metadata  strings for the header's `__metadata__`; transformers wants { format: 'pt' }
 */
export async function writeSafetensors(
  path: string,
  tensors: ReadonlyMap<string, Tensor>,
  metadata: Readonly<Record<string, string>> = {},
): Promise<void> {
  await streamSafetensors(
    path,
    tensors,
    (name) => ({ tensor: required(tensors, name), isOurs: false }),
    metadata,
  );
}

/** A tensor for a file; one that is `isOurs` is freed when it has been written. */
export interface WrittenTensor {
  tensor: Tensor;
  isOurs: boolean;
}

/**
 * The same for tensors that are made one at a time, when their turn comes: memory holds one.
 *
 * @param kinds  dtype and shape of each
 * @param make   called once for each name, in order
 * @throws TypeError  when a tensor is not of the kind that was announced
 */
export async function streamSafetensors(
  path: string,
  kinds: ReadonlyMap<string, TensorKind>,
  make: (name: string) => WrittenTensor | Promise<WrittenTensor>,
  metadata: Readonly<Record<string, string>> = {},
): Promise<void> {
  const sorted = new Map([...kinds].sort(([a], [b]) => (a < b ? -1 : 1)));
  const bytes = Buffer.from(headerText(path, sorted, metadata));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(bytes.length));
  const file = await open(path, 'wx');
  try {
    await writeAll(file, length);
    await writeAll(file, bytes);
    for (const [name, kind] of sorted) {
      const { tensor, isOurs } = await make(name);
      try {
        if (tensor.dtype !== kind.dtype || tensor.shape.join() !== kind.shape.join())
          throw new TypeError(
            `${path}: ${name}: announced ${kind.dtype} [${kind.shape.join(', ')}], got ${tensor.dtype} [${tensor.shape.join(', ')}]`,
          );
        await writeTensor(file, tensor);
      } finally {
        if (isOurs) tensor.release();
      }
    }
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

async function readTensor(
  file: FileHandle,
  path: string,
  start: number,
  entries: ReadonlyMap<string, TensorEntry>,
  name: string,
  device: string,
): Promise<Tensor> {
  const entry = entries.get(name);
  if (!entry) throw failure('data', `${path}: has no tensor ${JSON.stringify(name)}`);
  const [begin] = entry.offsets;
  const tensor = await readTensorAt(file, entry, start + begin, (got, wanted) =>
    failure(
      'data',
      `${path}: ${JSON.stringify(name)} ends after ${got} of ${wanted} bytes; the file was truncated`,
    ),
  );
  return movedTo(tensor, device);
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
