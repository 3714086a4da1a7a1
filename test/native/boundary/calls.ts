// One valid call of every entry of the addon's table, and of operators with every kind of parameter. The boundary tests
// replace its arguments one at a time.

import { openSync } from 'node:fs';
import { Tensor, fromTypedArray, newGenerator } from '../../../src/torch/index.ts';
import { native } from '../../../src/torch/native.ts';
import type { Native } from '../../../src/torch/native.ts';

/** Arguments of a call that works. */
export interface ValidCall {
  call: (...values: unknown[]) => unknown;
  make: () => unknown[];
}

const zero = openSync('/dev/zero', 'r');
const matrix = (): Tensor => fromTypedArray(new Float32Array([1, 2, 3, 4]), [2, 2]);
const scalar = (): Tensor => fromTypedArray(new Float32Array([1]), []);
const indices = (): Tensor => fromTypedArray(new BigInt64Array([0n, 1n]), [2]);

function loss(): Tensor {
  const leaf = matrix();
  leaf.requiresGrad = true;
  return leaf.mul(leaf).sum();
}

/** Arguments for each entry of the table; a new entry of addon.cpp needs a line here. */
const tableCalls: Record<keyof Native, () => unknown[]> = {
  setTensorClass: () => [Tensor],
  resolve: () => ['add', ['aten::add.Tensor', 'aten::add.Scalar'], false],
  schemas: () => [],
  fromTypedArray: () => [new Float32Array(4), [2, 2], 'float32', 'cpu'],
  toTypedArray: () => [matrix()],
  item: () => [scalar()],
  shape: () => [matrix()],
  dtype: () => [matrix()],
  device: () => [matrix()],
  byteLength: () => [matrix()],
  release: () => [matrix()],
  released: () => [matrix()],
  openScope: () => [],
  closeScope: () => [[matrix()]],
  keep: () => [matrix()],
  liveTensors: () => [],
  collectedTensors: () => [],
  readBytes: () => [matrix(), 4, 8, zero, 0],
  copyBytes: () => [matrix(), 4, new Uint8Array(12)],
  backward: () => [[loss()], [null]],
  gradient: () => [matrix()],
  setGradient: () => [matrix(), matrix()],
  requiresGrad: () => [matrix()],
  setRequiresGrad: () => [matrix(), true],
  setGradMode: () => [true],
  setAutocast: () => ['cpu', 'bfloat16'],
  engineInfo: () => [],
  parallelThreads: () => [],
  setThreads: () => [1],
  manualSeed: () => [1n],
  generator: () => [1n],
  loadLibrary: () => ['libm.so.6'],
};

/** Operators by full name: between them every kind of parameter that the dispatcher has. */
const operatorCalls: Record<string, () => unknown[]> = {
  'aten::add.Tensor': () => [matrix(), matrix(), { alpha: 2 }],
  'aten::add_.Scalar': () => [matrix(), 1, 1],
  'aten::cat': () => [[matrix(), matrix()], 0],
  'aten::index.Tensor': () => [matrix(), [null, indices()]],
  'aten::sum.dim_IntList': () => [matrix(), [0], true, { dtype: 'float64' }],
  'aten::empty.memory_format': () => [
    [2, 2],
    { dtype: 'int64', device: 'cpu', layout: 'strided', memoryFormat: 'contiguous' },
  ],
  'aten::full': () => [[2], 1.5, { dtype: 'float64' }],
  'aten::div.Tensor_mode': () => [matrix(), matrix(), { roundingMode: 'floor' }],
  'aten::randn.generator': () => [[3], { generator: newGenerator(1n) }],
  'aten::embedding': () => [matrix(), indices(), -1, false, false],
  'aten::dropout': () => [matrix(), 0.5, true],
  'aten::native_layer_norm': () => [matrix(), [2], null, null, 1e-5],
  'aten::_foreach_add_.ScalarList': () => [
    [matrix(), matrix()],
    [1, 2],
  ],
  'aten::as_strided': () => [matrix(), [2], [1], 0],
  'aten::scaled_dot_product_attention': () => {
    const heads = (): Tensor => fromTypedArray(new Float32Array(8), [1, 1, 4, 2]);
    return [heads(), heads(), heads(), null, 0, true, { scale: 0.5, enableGqa: false }];
  },
  'inheritune::energy_rank': () => [
    fromTypedArray(new Float32Array([1, 0, 0.5, 0.5]), [1, 2, 2]),
    [0.5, 0.9],
    true,
    { direct: 0 },
  ],
  'aten::set_.source_Storage': () => [matrix(), {}],
  'aten::_efficientzerotensor': () => [[4]],
};

/** Every call by its name. */
export function validCalls(): Map<string, ValidCall> {
  const table = native();
  const calls = new Map<string, ValidCall>();
  for (const [name, make] of Object.entries(tableCalls)) {
    const entry: unknown = Reflect.get(table, name);
    if (typeof entry !== 'function') throw new Error(`the addon has no entry ${name}`);
    calls.set(name, { call: (...values) => Reflect.apply(entry, undefined, values) as unknown, make });
  }
  for (const [name, make] of Object.entries(operatorCalls)) {
    calls.set(name, { call: (...values) => table.resolve(name, [name], false)(...values), make });
  }
  return calls;
}

/** Entries of the addon that have no valid call above. */
export function uncoveredEntries(): string[] {
  return Object.keys(native()).filter((name) => !(name in tableCalls));
}
