// Making tensors from arrays, devices, threads, seeds.

import { describe, expect, test } from 'vitest';
import {
  engineInfo,
  fromTypedArray,
  manualSeed,
  newGenerator,
  ops,
  parallelThreads,
  resolveDevice,
  scope,
  setThreads,
} from '../../src/torch/index.ts';
import type { Dtype, TensorData } from '../../src/torch/index.ts';
import { checkLiveTensors } from '../live-tensors.ts';

checkLiveTensors();

const inScope = (body: () => void) => (): void => scope(body);

describe('fromTypedArray', () => {
  const arrays: [Dtype, TensorData][] = [
    ['float32', new Float32Array([1.5, -0, Number.NaN, Infinity])],
    ['float64', new Float64Array([1e-300, -1, 0, 3])],
    ['int64', new BigInt64Array([2n ** 63n - 1n, -(2n ** 63n), 0n, 1n])],
    ['int32', new Int32Array([2 ** 31 - 1, -(2 ** 31), 0, 1])],
    ['int16', new Int16Array([32767, -32768, 0, 1])],
    ['int8', new Int8Array([127, -128, 0, 1])],
    ['uint8', new Uint8Array([255, 0, 1, 2])],
    ['uint16', new Uint16Array([65535, 0, 1, 2])],
    ['bfloat16', new Uint16Array([0x3f80, 0xc000, 0x7fc0, 0])],
    ['float16', new Uint16Array([0x3c00, 0xc000, 0x7e00, 0])],
    ['bool', new Uint8Array([1, 0, 0, 1])],
  ];
  test.each(arrays)('%s comes back bit by bit', (dtype, data) =>
    scope(() => {
      const tensor = fromTypedArray(data, [2, 2], { dtype });
      expect([tensor.dtype, tensor.shape, tensor.device]).toEqual([dtype, [2, 2], 'cpu']);
      expect(tensor.byteLength).toBe(data.byteLength);
      expect(Buffer.from(tensor.data().buffer)).toEqual(Buffer.from(data.buffer));
      expect(tensor.data().constructor).toBe(data.constructor);
    }),
  );

  test(
    'the data is a copy in both directions',
    inScope(() => {
      const data = new Float32Array([1, 2]);
      const tensor = fromTypedArray(data, [2]);
      data.fill(9);
      expect(tensor.data()).toEqual(new Float32Array([1, 2]));
      const copy = tensor.data();
      if (copy instanceof Float32Array) copy.fill(9);
      expect(tensor.sum().item()).toBe(3);
    }),
  );

  test(
    'a part of a buffer, a shared one and a resizable one',
    inScope(() => {
      const part = new Float32Array([0, 1, 2, 3]).subarray(1, 3);
      expect(fromTypedArray(part, [2]).data()).toEqual(new Float32Array([1, 2]));
      const shared = new Float32Array(new SharedArrayBuffer(8));
      shared.set([4, 5]);
      const copy = fromTypedArray(shared, [2]);
      shared.fill(0);
      expect(copy.data()).toEqual(new Float32Array([4, 5]));
      const resizable = Reflect.construct(ArrayBuffer, [8, { maxByteLength: 64 }]) as ArrayBuffer & {
        resize(bytes: number): void;
      };
      const array = new Float32Array(resizable);
      array.set([6, 7]);
      const kept = fromTypedArray(array, [2]);
      resizable.resize(0);
      expect(kept.data()).toEqual(new Float32Array([6, 7]));
      resizable.resize(16);
      expect(() => fromTypedArray(array, [2])).toThrow('the shape asks for 2 elements, the array has 4');
    }),
  );

  test(
    'no elements, and no dimensions',
    inScope(() => {
      expect(fromTypedArray(new Float32Array(0), [0, 3]).shape).toEqual([0, 3]);
      expect(fromTypedArray(new Float32Array([7]), []).item()).toBe(7);
      expect(ops.zeros([0]).data()).toEqual(new Float32Array(0));
    }),
  );

  test(
    'elements of a transposed view come row-major',
    inScope(() => {
      const view = fromTypedArray(new Float32Array([1, 2, 3, 4]), [2, 2]).transpose(0, 1);
      expect(view.data()).toEqual(new Float32Array([1, 3, 2, 4]));
    }),
  );

  const four = new Float32Array(4);
  const refused: [string, () => unknown, typeof TypeError | typeof RangeError, string][] = [
    [
      'too short',
      () => fromTypedArray(four, [5]),
      RangeError,
      'data: the shape asks for 5 elements, the array has 4',
    ],
    [
      'too long',
      () => fromTypedArray(four, [3]),
      RangeError,
      'data: the shape asks for 3 elements, the array has 4',
    ],
    ['no shape for four', () => fromTypedArray(four, []), RangeError, 'data: the shape asks for 1 elements'],
    [
      'a negative size',
      () => fromTypedArray(four, [-2, -2]),
      RangeError,
      'shape: sizes must be 0 or more, got -2',
    ],
    [
      'a product over 2^64',
      () => fromTypedArray(four, [2 ** 32, 2 ** 32 + 1]),
      RangeError,
      'shape: too many elements',
    ],
    [
      'a product that wraps to 4',
      () => fromTypedArray(four, [2 ** 33, 2 ** 31, 4]),
      RangeError,
      'shape: too many elements',
    ],
    [
      'a fraction',
      () => fromTypedArray(four, [1.5]),
      RangeError,
      'shape: expected a whole number up to 2^53, got 1.5',
    ],
    [
      'another dtype',
      () => fromTypedArray(four, [4], { dtype: 'int32' }),
      TypeError,
      'data: this typed array does not hold int32',
    ],
    [
      '16-bit floats from floats',
      () => fromTypedArray(four, [4], { dtype: 'bfloat16' }),
      TypeError,
      'does not hold bfloat16',
    ],
    [
      'a plain array',
      () => fromTypedArray([1, 2] as unknown as Float32Array, [2]),
      TypeError,
      'data: expected a typed array, got an array',
    ],
    [
      'BigUint64Array',
      () => fromTypedArray(new BigUint64Array(1) as unknown as Float32Array, [1]),
      TypeError,
      'does not hold',
    ],
  ];
  test.each(refused)('%s is refused', (_, call, error, message) => {
    expect(call).toThrow(error);
    expect(call).toThrow(message);
  });

  test('a GPU that is not there is refused', () => {
    expect(() => fromTypedArray(four, [4], { device: 'cuda:99' })).toThrow();
  });
});

describe('resolveDevice', () => {
  test('cpu is always there, auto is one of them', () => {
    expect(resolveDevice('cpu')).toBe('cpu');
    const { cuda, cudaDevices } = engineInfo();
    expect(resolveDevice('auto')).toBe(cuda && cudaDevices > 0 ? 'cuda:0' : 'cpu');
  });

  test.each(['', 'gpu', 'CPU', 'cuda:', 'cuda:-1', 'cuda:1.5', 'cuda:0x1', 'cpu:0', ' cpu', 'mps'])(
    '%j is refused',
    (wanted) => {
      expect(() => resolveDevice(wanted)).toThrow(RangeError);
      expect(() => resolveDevice(wanted)).toThrow(
        `device: expected auto, cpu, cuda or cuda:N, got ${wanted}`,
      );
    },
  );

  test('a GPU that is not there', () => {
    expect(() => resolveDevice('cuda:99')).toThrow(RangeError);
    expect(() => resolveDevice('cuda:99')).toThrow(
      /^device: cuda:99 is not there \(libtorch .*\); use --device cpu$/,
    );
  });
});

describe('random numbers', () => {
  const draw = (): unknown[] => [
    ops.randn([5]).data(),
    ops.rand([3]).data(),
    ops.randperm(8).data(),
    ops.dropout(ops.ones([16]), 0.5, true).data(),
    ops.multinomial(ops.ones([4]), 2).data(),
  ];

  test(
    'equal seeds give equal bits',
    inScope(() => {
      manualSeed(7n);
      const first = draw();
      const second = draw();
      manualSeed(7n);
      expect(draw()).toEqual(first);
      expect(second).not.toEqual(first);
      manualSeed(8n);
      expect(draw()).not.toEqual(first);
    }),
  );

  test(
    "PyTorch's numbers for seed 0",
    inScope(() => {
      manualSeed(0n);
      // torch.manual_seed(0); torch.randn(3)
      const expected = [1.5409960746765137, -0.293428897857666, -2.1787893772125244];
      expect(Array.from(ops.randn([3]).data(), Number)).toEqual(expected);
    }),
  );

  test(
    'a generator of its own neither disturbs nor is disturbed',
    inScope(() => {
      const generator = newGenerator(7n);
      manualSeed(1n);
      const undisturbed = [ops.randn([2]).data(), ops.randn([2]).data()];
      manualSeed(1n);
      const first = ops.randn([2]).data();
      const own = ops.randn([4], { generator }).data();
      expect([first, ops.randn([2]).data()]).toEqual(undisturbed);
      expect(ops.randn([4], { generator: newGenerator(7n) }).data()).toEqual(own);
      expect(ops.randn([4], { generator }).data()).not.toEqual(own);
    }),
  );

  test(
    'a seed is any 64 bits',
    inScope(() => {
      const drawn = (seed: bigint): unknown => {
        manualSeed(seed);
        return ops.rand([4]).data();
      };
      expect(drawn(-1n)).toEqual(drawn(2n ** 64n - 1n));
      expect(drawn(2n ** 63n)).toEqual(drawn(2n ** 63n));
    }),
  );
});

describe('the engine', () => {
  test('says what it is', () => {
    const info = engineInfo();
    expect(info.compiledVersion).toMatch(/^2\.1[123]\./);
    expect(info.cpuCapability.length).toBeGreaterThan(2);
    expect(info.parallel).toContain('OpenMP');
  });

  test('threads: two really run, nonsense is refused', () => {
    setThreads(2);
    expect(engineInfo().threads).toBe(2);
    expect(parallelThreads()).toBe(2);
    setThreads(1);
    expect(parallelThreads()).toBe(1);
    for (const count of [0, -1, 1.5, 5000, Number.NaN]) expect(() => setThreads(count)).toThrow(RangeError);
    expect(engineInfo().threads).toBe(1);
  });

  test(
    'one thread gives the same bits every time',
    inScope(() => {
      const product = (): unknown => {
        manualSeed(3n);
        const a = ops.randn([65, 33]);
        return a.matmul(a.transpose(0, 1)).softmax(1).sum([0]).data();
      };
      expect(product()).toEqual(product());
    }),
  );
});
