// The engine as a whole: making tensors, devices, threads, seeds, and what libtorch says of itself.

import { native } from './native.ts';
import type { EngineInfo } from './native.ts';
import { registerTensorClass } from './tensor.ts';
import type { Tensor } from './tensor.ts';
import type { Dtype, Generator, TensorData } from './types.ts';

/**
 * A tensor with a copy of `data`.
 *
 * @param data   elements, row-major; as many as the shape asks for
 * @param dtype  by default the array's own; Uint16Array also holds the bits of bfloat16 and float16, Uint8Array bools
 * @throws RangeError  when the shape and the array disagree
 */
export function fromTypedArray(
  data: TensorData,
  shape: readonly number[],
  { dtype = dtypeOf(data), device = 'cpu' }: { dtype?: Dtype; device?: string } = {},
): Tensor {
  registerTensorClass();
  return native().fromTypedArray(data, shape, dtype, device);
}

/**
 * The device a run uses.
 *
 * @param wanted  'auto' (a GPU where libtorch has one), 'cpu', 'cuda' or 'cuda:N'
 * @throws RangeError  when that GPU is not there
 */
export function resolveDevice(wanted: string): string {
  const { cuda, cudaDevices } = native().engineInfo();
  if (wanted === 'auto') return cuda && cudaDevices > 0 ? 'cuda:0' : 'cpu';
  if (wanted === 'cpu') return wanted;
  const index = /^cuda(?::(\d+))?$/.exec(wanted);
  if (!index) throw new RangeError(`device: expected auto, cpu, cuda or cuda:N, got ${wanted}`);
  const number = Number(index[1] ?? 0);
  if (!cuda || number >= cudaDevices)
    throw new RangeError(
      `device: ${wanted} is not there (libtorch ${cuda ? `sees ${cudaDevices} GPUs` : 'has no CUDA'}); use --device cpu`,
    );
  return `cuda:${number}`;
}

/** Seeds every device's default generator. Equal seeds give equal bits on one machine with one thread count. */
export function manualSeed(seed: bigint): void {
  native().manualSeed(BigInt.asUintN(64, seed));
}

/** A generator of its own, for samplers. */
export function newGenerator(seed: bigint): Generator {
  return native().generator(BigInt.asUintN(64, seed));
}

/** Sets the threads of one operator. Once, at the start: another count gives other bits. */
export function setThreads(count: number): void {
  native().setThreads(count);
}

/** How many threads really run in a parallel loop; 1 where OpenMP is broken. */
export function parallelThreads(): number {
  return native().parallelThreads();
}

/** Versions, CPU capability, threads and devices. */
export function engineInfo(): EngineInfo {
  return native().engineInfo();
}

/** Every operator schema libtorch's dispatcher knows, as text. */
export function operatorSchemas(): string[] {
  return native().schemas();
}

function dtypeOf(data: TensorData): Dtype {
  if (data instanceof Float32Array) return 'float32';
  if (data instanceof Float64Array) return 'float64';
  if (data instanceof BigInt64Array) return 'int64';
  if (data instanceof Int32Array) return 'int32';
  if (data instanceof Int16Array) return 'int16';
  if (data instanceof Int8Array) return 'int8';
  if (data instanceof Uint16Array) return 'uint16';
  return 'uint8';
}
