// Bytes of an open file straight into a new tensor: positioned reads, a chunk at a time. No file is ever mapped.

import type { FileHandle } from 'node:fs/promises';
import { native } from './native.ts';
import { ops } from './ops.ts';
import { keep, scope } from './scope.ts';
import type { TensorEntry } from './safetensors-header.ts';
import { registerTensorClass } from './tensor.ts';
import type { Tensor } from './tensor.ts';

/** Bytes that are read or written at once; signals and logging get their turn between. */
export const chunkBytes = 8 << 20;

/**
 * A contiguous tensor on the CPU, which belongs to the caller.
 *
 * @param position   of its first byte in the file
 * @param truncated  makes the error for a file that ends before the tensor does
 */
export async function readTensorAt(
  file: FileHandle,
  { dtype, shape }: Pick<TensorEntry, 'dtype' | 'shape'>,
  position: number,
  truncated: (got: number, wanted: number) => Error,
): Promise<Tensor> {
  registerTensorClass();
  const tensor = native().keep(ops.empty([...shape], { dtype: dtype === 'bool' ? 'uint8' : dtype }));
  try {
    const { byteLength } = tensor;
    for (let done = 0; done < byteLength; done += chunkBytes) {
      const wanted = Math.min(chunkBytes, byteLength - done);
      const got = native().readBytes(tensor, done, wanted, file.fd, position + done);
      if (got !== wanted) throw truncated(done + got, byteLength);
      await new Promise(setImmediate);
    }
    return dtype === 'bool' ? asBool(tensor) : tensor;
  } catch (error) {
    tensor.release();
    throw error;
  }
}

/** Bytes other than 0 and 1, which C++ takes for neither, become 1. */
function asBool(bytes: Tensor): Tensor {
  const tensor = scope(() => keep(bytes.ne(0)));
  bytes.release();
  return tensor;
}

/** The tensor on a device; the one on the CPU is freed if that is another. */
export function movedTo(tensor: Tensor, device: string): Tensor {
  if (device === 'cpu') return tensor;
  try {
    return native().keep(tensor.to({ device }));
  } finally {
    tensor.release();
  }
}
