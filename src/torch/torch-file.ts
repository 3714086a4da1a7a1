// Files of torch.save (.bin, .pt, .pth): a zip archive of one pickle and the storages' bytes, uncompressed.
// The pickle is read as data (pickle.ts), tensors by positioned reads. Format: PyTorch's serialization, since 1.6.

import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { fromFdPromise } from 'yauzl';
import type { ZipFile } from 'yauzl';
import { failure } from '../run/failure.ts';
import { isRecord, readPickle } from './pickle.ts';
import type { Pickled, PickledTensor } from './pickle.ts';
import { movedTo, readTensorAt } from './read-tensor.ts';
import type { TensorEntry } from './safetensors-header.ts';
import { keep, scope } from './scope.ts';
import type { Tensor } from './tensor.ts';
import type { Dtype } from './types.ts';

/** The largest pickle that is read into memory, where it takes fifty times that; ten thousand tensors have 2 MB. */
const maximalPickleBytes = 4 << 20;

const dtypes: Readonly<Record<string, readonly [Dtype, number]>> = {
  DoubleStorage: ['float64', 8],
  FloatStorage: ['float32', 4],
  HalfStorage: ['float16', 2],
  BFloat16Storage: ['bfloat16', 2],
  LongStorage: ['int64', 8],
  IntStorage: ['int32', 4],
  ShortStorage: ['int16', 2],
  CharStorage: ['int8', 1],
  ByteStorage: ['uint8', 1],
  BoolStorage: ['bool', 1],
};

export interface TorchFile {
  /** What was saved, tensors as records that `read` takes. */
  value: Pickled;
  /** Dtype and shape of a tensor that `value` holds. @throws Error  with exit code 65 when its storage cannot hold it */
  kindOf(tensor: PickledTensor): Pick<TensorEntry, 'dtype' | 'shape'>;
  /** Reads one into new memory, contiguous. It belongs to the caller. */
  read(tensor: PickledTensor, options?: { device?: string }): Promise<Tensor>;
  close(): Promise<void>;
}

/** Where an entry's bytes lie in the file. */
interface Place {
  begin: number;
  bytes: number;
}

/**
 * Opens a file of torch.save; no tensor is read yet.
 *
 * @throws Error  with exit code 65 when it is none, is damaged, or holds anything but tensors and plain values
 */
export async function openTorchFile(path: string): Promise<TorchFile> {
  const file = await open(path, 'r');
  try {
    const malformed = (problem: string) => failure('data', `${path}: not a file of torch.save: ${problem}`);
    const places = await placesOf(file, malformed);
    const pickleName = [...places.keys()].find((name) => /(^|\/)data\.pkl$/.test(name));
    if (pickleName === undefined) throw malformed('the archive has no data.pkl');
    const folder = pickleName.slice(0, -'data.pkl'.length);
    const order = places.get(`${folder}byteorder`);
    if (order && (await bytesAt(file, order, 16, malformed)).toString() !== 'little')
      throw malformed('it was written on a big-endian machine; load and save it with PyTorch on this one');
    const pickle = await bytesAt(
      file,
      places.get(pickleName) ?? { begin: 0, bytes: 0 },
      maximalPickleBytes,
      malformed,
    );
    const value = readPickle(pickle, (problem) => failure('data', `${path}: ${pickleName}: ${problem}`));
    const placeOf = (tensor: PickledTensor) =>
      checkedPlace(tensor, places.get(`${folder}data/${tensor.storage.key}`), malformed);
    return {
      value,
      kindOf: (tensor) => ({ dtype: placeOf(tensor).dtype, shape: tensor.shape }),
      read: (tensor, { device = 'cpu' } = {}) => readView(file, path, tensor, placeOf(tensor), device),
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Names and places of the archive's entries, all of them stored as they are. */
async function placesOf(
  file: FileHandle,
  malformed: (problem: string) => Error,
): Promise<Map<string, Place>> {
  const start = Buffer.alloc(4);
  const { bytesRead } = await file.read(start, 0, 4, 0);
  if (bytesRead < 4 || start.readUInt32LE() !== 0x04034b50)
    throw malformed(
      start[0] === 0x80
        ? 'it has the format of before PyTorch 1.6; load it there and save it again'
        : 'it is no zip archive',
    );
  let archive: ZipFile;
  try {
    archive = await fromFdPromise(file.fd, { autoClose: false, decodeStrings: true });
  } catch (cause) {
    throw malformed(`${messageOf(cause)}; it is truncated or damaged`);
  }
  const places = new Map<string, Place>();
  try {
    for await (const entry of archive.eachEntry()) {
      const { fileName, compressedSize, uncompressedSize } = entry;
      if (entry.compressionMethod !== 0 || entry.isEncrypted() || compressedSize !== uncompressedSize)
        throw malformed(`${JSON.stringify(fileName)} is compressed, which PyTorch never does`);
      if (places.has(fileName)) throw malformed(`${JSON.stringify(fileName)} is there twice`);
      const { fileDataStart } = await archive.readLocalFileHeaderPromise(entry, { minimal: true });
      places.set(fileName, { begin: fileDataStart, bytes: uncompressedSize });
    }
  } catch (cause) {
    if (cause instanceof Error && 'exitCode' in cause) throw cause; // said already
    throw malformed(`${messageOf(cause)}; it is truncated or damaged`);
  }
  let end = 0;
  for (const [name, { begin, bytes }] of [...places].sort(([, a], [, b]) => a.begin - b.begin)) {
    if (begin < end) throw malformed(`${JSON.stringify(name)} overlaps the entry before it`);
    end = begin + bytes;
  }
  return places;
}

async function bytesAt(
  file: FileHandle,
  { begin, bytes }: Place,
  limit: number,
  malformed: (problem: string) => Error,
): Promise<Buffer> {
  const { size } = await file.stat();
  if (bytes > limit || begin + bytes > size)
    throw malformed(`an entry of ${bytes} bytes at ${begin}, the file has ${size} (limit ${limit})`);
  const buffer = Buffer.alloc(bytes);
  const { bytesRead } = await file.read(buffer, 0, bytes, begin);
  if (bytesRead !== bytes) throw malformed(`an entry ends after ${bytesRead} of ${bytes} bytes`);
  return buffer;
}

/** Where a tensor's storage lies, once it is certain that every element of the tensor lies inside. */
function checkedPlace(
  { storage, offset, shape, stride }: PickledTensor,
  place: Place | undefined,
  malformed: (problem: string) => Error,
) {
  const [dtype, itemBytes] = dtypes[storage.type] ?? ['float32', 4];
  if (!place) throw malformed(`storage ${JSON.stringify(storage.key)} is missing`);
  if (place.bytes !== storage.elements * itemBytes)
    throw malformed(
      `storage ${JSON.stringify(storage.key)} has ${place.bytes} bytes, ${storage.elements} ${dtype} take ${storage.elements * itemBytes}`,
    );
  const isEmpty = shape.includes(0);
  let last = offset;
  shape.forEach((size, axis) => (last += isEmpty ? 0 : (size - 1) * stride[axis]));
  if (!(last < storage.elements || (isEmpty && last <= storage.elements)))
    throw malformed(
      `a tensor [${shape.join(', ')}] at ${offset} reaches beyond its storage of ${storage.elements} elements`,
    );
  const count = shape.reduce((product, size) => product * size, 1);
  if (!(count <= storage.elements))
    throw malformed(
      `a tensor [${shape.join(', ')}] has more elements than its storage's ${storage.elements}`,
    );
  return { dtype, begin: place.begin + offset * itemBytes, span: isEmpty ? 0 : last - offset + 1 };
}

/** A contiguous tensor straight from the file; of any other, what it spans, and a copy in its order. */
async function readView(
  file: FileHandle,
  path: string,
  { shape, stride, storage }: PickledTensor,
  { dtype, begin, span }: { dtype: Dtype; begin: number; span: number },
  device: string,
): Promise<Tensor> {
  const truncated = (got: number, wanted: number) =>
    failure(
      'data',
      `${path}: storage ${storage.key} ends after ${got} of ${wanted} bytes; the file was truncated`,
    );
  if (isContiguous(shape, stride))
    return movedTo(await readTensorAt(file, { dtype, shape }, begin, truncated), device);
  const flat = await readTensorAt(file, { dtype, shape: [span] }, begin, truncated);
  const view = scope(() => keep(flat.asStrided(shape, stride).clone({ memoryFormat: 'contiguous' })));
  flat.release();
  return movedTo(view, device);
}

function isContiguous(shape: readonly number[], stride: readonly number[]): boolean {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && stride[axis] !== expected) return false;
    expected *= shape[axis];
  }
  return true;
}

/**
 * The dictionary of tensors in what was saved: what it has under a usual name, else itself.
 *
 * @throws Error  with exit code 65 when there is none, or something else than tensors is under such a name
 */
export function stateDictOf(value: Pickled, path: string): Map<string, PickledTensor> {
  for (const key of ['model', 'state_dict', 'model_state_dict']) {
    const nested = entryOf(value, key);
    const tensors = tensorsOf(nested);
    if (!(nested instanceof Map) || tensors.size === 0) continue;
    for (const name of nested.keys())
      if (typeof name !== 'string' || !tensors.has(name))
        throw failure('data', `${path}: ${key}: ${quoted(name)} is no tensor`);
    return tensors;
  }
  const tensors = tensorsOf(value);
  if (tensors.size > 0) return tensors; // numbers and words beside them are a checkpoint's notes
  throw failure(
    'data',
    `${path}: expected a dictionary of tensors, or one under model or state_dict, found none`,
  );
}

function tensorsOf(value: Pickled | undefined): Map<string, PickledTensor> {
  const tensors = new Map<string, PickledTensor>();
  if (value instanceof Map)
    for (const [name, tensor] of value)
      if (typeof name === 'string' && isRecord(tensor, 'tensor')) tensors.set(name, tensor);
  return tensors;
}

function quoted(key: Pickled): string {
  return typeof key === 'string' ? JSON.stringify(key.slice(0, 120)) : 'a key that is no text';
}

/** What a dictionary has under a name; undefined where it is none or has none. */
export function entryOf(value: Pickled | undefined, key: string): Pickled | undefined {
  return value instanceof Map ? value.get(key) : undefined;
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
