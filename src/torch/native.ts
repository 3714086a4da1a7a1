// The border to the C++ addon: finds it, loads it once, and types its table. The one file with unchecked casts.

import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { readAddonRecord } from '../run/store.ts';
import type { Tensor } from './tensor.ts';
import type { Dtype, Generator, TensorData } from './types.ts';

/** What libtorch says of itself. */
export interface EngineInfo {
  /** Version of the headers the addon was built with. */
  compiledVersion: string;
  abiVersion: string;
  /** Widest vector instructions in use, e.g. AVX512. */
  cpuCapability: string;
  threads: number;
  cuda: boolean;
  cudaDevices: number;
  /** The CPU allocator in words, and the bytes of its large blocks. */
  allocator: string;
  allocatorInUseBytes: number;
  allocatorCachedBytes: number;
  allocatorHighWaterBytes: number;
  /** ATen's own report on its thread pools. */
  parallel: string;
}

/** The addon's table, one member for each entry of native/torch/addon.cpp. */
export interface Native {
  setTensorClass(constructor: new () => Tensor): void;
  resolve(name: string, overloads: readonly string[], method: boolean): (...values: unknown[]) => unknown;
  schemas(): string[];
  fromTypedArray(data: TensorData, shape: readonly number[], dtype: Dtype, device: string): Tensor;
  toTypedArray(tensor: Tensor): TensorData;
  item(tensor: Tensor): number;
  shape(tensor: Tensor): number[];
  dtype(tensor: Tensor): Dtype;
  device(tensor: Tensor): string;
  byteLength(tensor: Tensor): number;
  release(tensor: Tensor): void;
  released(tensor: Tensor): boolean;
  openScope(): number;
  closeScope(kept: readonly Tensor[]): void;
  keep(tensor: Tensor): Tensor;
  liveTensors(): number;
  collectedTensors(): number;
  readBytes(tensor: Tensor, offset: number, length: number, file: number, position: number): number;
  copyBytes(tensor: Tensor, offset: number, target: Uint8Array): void;
  backward(outputs: readonly Tensor[], gradients: readonly (Tensor | null)[]): void;
  gradient(tensor: Tensor): Tensor | null;
  setGradient(tensor: Tensor, value: Tensor | null): void;
  requiresGrad(tensor: Tensor): boolean;
  setRequiresGrad(tensor: Tensor, value: boolean): void;
  setGradMode(enabled: boolean): boolean;
  setAutocast(device: string, dtype: Dtype | null): Dtype | null;
  engineInfo(): EngineInfo;
  parallelThreads(): number;
  setThreads(count: number): void;
  manualSeed(seed: bigint): void;
  generator(seed: bigint): Generator;
  loadLibrary(path: string): void;
}

let loaded: Native | null = null;

/**
 * The addon, loaded on first use.
 *
 * @throws Error  in a worker thread (libtorch lives on the main thread), or when set-up was not run
 */
export function native(): Native {
  if (loaded) return loaded;
  if (!isMainThread)
    throw new Error(
      'inheritune/torch: the engine runs on the main thread only; use a process instead of a worker',
    );
  const record = readAddonRecord();
  const table = createRequire(import.meta.url)(record.torch) as Native;
  const cuda = join(record.libtorch, 'lib', 'libtorch_cuda.so');
  if (existsSync(cuda)) table.loadLibrary(cuda);
  loaded = table;
  return table;
}
