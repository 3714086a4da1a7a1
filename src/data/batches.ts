// Windows of a token file as tensors for a training step. The only file of src/data that knows tensors.

import { fromTypedArray } from '../torch/engine.ts';
import type { Tensor } from '../torch/tensor.ts';
import type { TokenFile } from './tokens.ts';

export interface Batch {
  /** Ids [B, T], int64. */
  inputs: Tensor;
  /** The id after each input [B, T], int64. */
  targets: Tensor;
}

/** The ids of some windows, read but not yet tensors: what can be fetched while a step computes. */
export interface Windows {
  rows: number;
  context: number;
  /** B rows of T ids. */
  inputs: BigInt64Array;
  targets: BigInt64Array;
}

/**
 * Reads one window of `context` + 1 ids from each start.
 *
 * @throws Error  with exit code 65, file and place, when an id is not below the file's vocab or the file has changed
 */
export async function readWindows(
  file: TokenFile,
  starts: readonly number[],
  context: number,
): Promise<Windows> {
  const windows: Windows = {
    rows: starts.length,
    context,
    inputs: new BigInt64Array(starts.length * context),
    targets: new BigInt64Array(starts.length * context),
  };
  // An id is the low half of its 64 bits (little-endian); writing BigInts would make one object a token.
  const inputs = new Int32Array(windows.inputs.buffer);
  const targets = new Int32Array(windows.targets.buffer);
  const rows = await Promise.all(starts.map((start) => file.read(start, context + 1)));
  for (const [row, ids] of rows.entries())
    for (let t = 0; t < context; t++) {
      inputs[2 * (row * context + t)] = ids[t] ?? 0;
      targets[2 * (row * context + t)] = ids[t + 1] ?? 0;
    }
  return windows;
}

/** Tensors of windows that were read. Synchronous, so it may be called inside a scope, which then owns them. */
export function batchOf({ rows, context, inputs, targets }: Windows, device = 'cpu'): Batch {
  return {
    inputs: fromTypedArray(inputs, [rows, context], { device }), // [B, T]
    targets: fromTypedArray(targets, [rows, context], { device }), // [B, T]
  };
}

/** Reads windows and makes their tensors. They belong to no scope: the caller releases them. */
export async function readBatch(
  file: TokenFile,
  starts: readonly number[],
  context: number,
  device = 'cpu',
): Promise<Batch> {
  return batchOf(await readWindows(file, starts, context), device);
}
