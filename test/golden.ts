// Reads golden files: what PyTorch and transformers computed, made by the scripts in tools/golden/.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { openSafetensors } from '../src/torch/index.ts';
import type { Tensor } from '../src/torch/index.ts';

const folder = join(import.meta.dirname, 'golden');

/** Tensors of test/golden/NAME.safetensors. Release them. */
export async function readGoldenTensors(name: string): Promise<Map<string, Tensor>> {
  const file = await openSafetensors(join(folder, `${name}.safetensors`));
  const tensors = new Map<string, Tensor>();
  for (const key of file.names) tensors.set(key, await file.read(key));
  await file.close();
  return tensors;
}

/** test/golden/NAME.json. */
export function readGoldenJson(name: string): unknown {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
}

/** Elements as numbers, whatever the dtype. */
export function numbers(tensor: Tensor): number[] {
  return Array.from(tensor.data() as ArrayLike<number | bigint>, Number);
}

/** Largest difference as a share of the expected tensor's largest value. */
export function relativeError(actual: Tensor, expected: Tensor): number {
  expect(actual.shape).toEqual(expected.shape);
  const [a, b] = [numbers(actual), numbers(expected)];
  const scale = Math.max(...b.map(Math.abs));
  return Math.max(...a.map((value, index) => Math.abs(value - (b[index] ?? NaN)))) / (scale || 1);
}
