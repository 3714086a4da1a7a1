// The call convention of docs and ARCHITECTURE: which overload a call gets, what becomes of its numbers, and what comes back.

import { describe, expect, test } from 'vitest';
import { Tensor, fromTypedArray, newGenerator, op, ops, scope } from '../../src/torch/index.ts';
import { checkLiveTensors } from '../live-tensors.ts';

checkLiveTensors();

const float = (...values: number[]): Tensor => fromTypedArray(new Float32Array(values), [values.length]);
const double = (...values: number[]): Tensor => fromTypedArray(new Float64Array(values), [values.length]);
const int = (...values: number[]): Tensor => fromTypedArray(new Int32Array(values), [values.length]);
const long = (...values: (number | bigint)[]): Tensor =>
  fromTypedArray(new BigInt64Array(values.map(BigInt)), [values.length]);
const byte = (...values: number[]): Tensor =>
  fromTypedArray(new Uint8Array(values), [values.length], { dtype: 'bool' });
const square = (): Tensor => float(1, 2, 3, 4).reshape([2, 2]);

/** A call that TypeScript would refuse. */
const wrongly = (callable: (...values: never[]) => unknown, ...values: unknown[]): unknown =>
  Reflect.apply(callable, undefined, values);

/** Tensors as [dtype, ...numbers], the rest as it is. */
function plain(value: unknown): unknown {
  if (value instanceof Tensor) return [value.dtype, ...Array.from(value.data(), Number)];
  return Array.isArray(value) ? value.map(plain) : value;
}

type Case = [title: string, call: () => unknown, expected: unknown];
type Refused = [
  title: string,
  call: () => unknown,
  error: typeof TypeError | typeof RangeError | typeof Error,
  message: string,
];

const accepted = (cases: Case[]): void =>
  test.each(cases)('%s', (_, call, expected) => scope(() => void expect(plain(call())).toEqual(expected)));
const refused = (cases: Refused[]): void =>
  test.each(cases)('%s', (_, call, error, message) =>
    scope(() => {
      expect(call).toThrow(error);
      expect(call).toThrow(message);
    }),
  );

describe('overloads', () => {
  accepted([
    ['add of a tensor', () => float(1, 2).add(float(3, 4)), ['float32', 4, 6]],
    ['add of a number', () => float(1, 2).add(3), ['float32', 4, 5]],
    ['div without mode', () => float(7, -7).div(2), ['float32', 3.5, -3.5]],
    ['div with mode', () => float(7, -7).div(2, { roundingMode: 'floor' }), ['float32', 3, -4]],
    ['sum of all', () => square().sum(), ['float32', 10]],
    ['sum over a dimension', () => square().sum([0]), ['float32', 4, 6]],
    ['sum over a bare number', () => square().sum(0), ['float32', 4, 6]],
    ['max of all', () => square().max(), ['float32', 4]],
    [
      'max over a dimension has two results',
      () => square().max(0),
      [
        ['float32', 3, 4],
        ['int64', 1, 1],
      ],
    ],
    ['max of two', () => float(1, 5).max(float(3, 4)), ['float32', 3, 5]],
    ['pow of a tensor to a number', () => ops.pow(float(3), 2), ['float32', 9]],
    ['pow of a number to a tensor', () => ops.pow(2, float(3)), ['float32', 8]],
    ['arange to an end', () => ops.arange(3), ['float32', 0, 1, 2]],
    ['arange from a start', () => ops.arange(1, 3), ['float32', 1, 2]],
    ['arange with a step', () => ops.arange(0, 6, 3), ['float32', 0, 3]],
    [
      'split into equal parts',
      () => float(1, 2, 3).split(2),
      [
        ['float32', 1, 2],
        ['float32', 3],
      ],
    ],
    [
      'split into given parts',
      () => float(1, 2, 3).split([1, 2]),
      [
        ['float32', 1],
        ['float32', 2, 3],
      ],
    ],
    ['view of a shape', () => square().view([4]), ['float32', 1, 2, 3, 4]],
    ['view of another dtype', () => float(1).view('int32'), ['int32', 0x3f800000]],
    ['transpose of two dimensions', () => square().transpose(0, 1), ['float32', 1, 3, 2, 4]],
    ['where of three', () => ops.where(byte(1, 0), float(1, 2), float(3, 4)), ['float32', 1, 4]],
    ['clamp by numbers', () => float(1, 5).clamp(2, 4), ['float32', 2, 4]],
    ['clamp by tensors', () => float(1, 5).clamp(float(3, 3)), ['float32', 3, 5]],
    ['undefined stands for the default', () => float(1, 2).sum(undefined), ['float32', 3]],
    [
      'one by its full name',
      () => op('aten::div.Tensor_mode')(float(7), float(2), { roundingMode: 'trunc' }),
      ['float32', 3],
    ],
  ]);
  refused([
    [
      'none fits: every reason',
      () => wrongly(ops.add, float(1), 'x'),
      TypeError,
      'aten::add.Tensor: other: expected Tensor, got a string; aten::add.Scalar: other: expected number',
    ],
    [
      'another overload by its full name',
      () => op('aten::add.Tensor')(float(1), 1),
      TypeError,
      'aten::add.Tensor: other: expected Tensor, got a number',
    ],
    [
      'shapes that do not fit',
      () => ops.mm(square(), square().sum([0], true)),
      Error,
      'aten::mm([2, 2], [1, 2]): ',
    ],
    [
      'an operator that is missing',
      () => op('aten::inheritune')(float(1)),
      TypeError,
      'aten::inheritune: libtorch 2.13',
    ],
    [
      'an overload that is missing',
      () => op('aten::add.Nothing')(float(1)),
      TypeError,
      'aten::add.Nothing: libtorch 2.13',
    ],
  ]);
});

describe('options', () => {
  accepted([
    ['a dtype', () => ops.zeros([1], { dtype: 'int64' }), ['int64', 0]],
    [
      'null and undefined are the default',
      () => ops.zeros([1], { dtype: null, device: undefined }),
      ['float32', 0],
    ],
    ['an empty object', () => ops.zeros([1], {}), ['float32', 0]],
    ['camelCase of the schema', () => ops.cumsum(float(1, 2), 0, { dtype: 'float64' }), ['float64', 1, 3]],
    ['alpha', () => ops.add(float(1), float(2), { alpha: 10 }), ['float32', 21]],
    [
      'a generator',
      () => plain(ops.randn([2], { generator: newGenerator(1n) })),
      plain(scope(() => plain(ops.randn([2], { generator: newGenerator(1n) })))),
    ],
  ]);
  refused([
    [
      'positional where keyword-only',
      () => wrongly(ops.zeros, [1], 'int64'),
      TypeError,
      'takes 1 arguments, got 2',
    ],
    [
      'alpha as an argument',
      () => wrongly(ops.add, float(1), float(2), 10),
      TypeError,
      'aten::add.Tensor: takes 2 arguments, got 3',
    ],
    [
      'an unknown key',
      () => wrongly(ops.zeros, [1], { dtpye: 'int64' }),
      TypeError,
      "unknown option 'dtpye'",
    ],
    [
      'a positional argument as an option',
      () => wrongly(ops.sum, square(), { dim: 0 }),
      TypeError,
      "unknown option 'dim'",
    ],
    [
      "the schema's own spelling",
      () => wrongly(ops.div, float(1), 2, { rounding_mode: 'floor' }),
      TypeError,
      "unknown option 'rounding_mode'",
    ],
    [
      'a dtype as a number',
      () => wrongly(ops.zeros, [1], { dtype: 6 }),
      TypeError,
      'dtype: expected Optional[ScalarType], got a number',
    ],
    [
      'an unknown dtype',
      () => wrongly(ops.zeros, [1], { dtype: 'float' }),
      TypeError,
      "aten::zeros: dtype: expected 'float32', 'bfloat16', 'int64' ..., got 'float'",
    ],
    [
      'a dtype as a number, positional',
      () => wrongly(ops.softmax, square(), 0, 6),
      TypeError,
      'dtype: expected Optional[ScalarType], got a number',
    ],
    [
      'an unknown device',
      () => ops.zeros([1], { device: 'gpu' }),
      TypeError,
      "aten::zeros: device: expected 'cpu', 'cuda' or 'cuda:N', got 'gpu'",
    ],
    [
      'an unknown layout',
      () => ops.zeros([1], { layout: 'dense' }),
      TypeError,
      "layout: expected 'strided' or 'sparse', got 'dense'",
    ],
    [
      'an unknown memory format',
      () => wrongly(ops.clone, square(), { memoryFormat: 'nhwc' }),
      TypeError,
      "memoryFormat: expected 'contiguous'",
    ],
    [
      'a bad rounding mode',
      () => ops.div(float(1), 2, { roundingMode: 'up' }),
      Error,
      'aten::div.Scalar_mode([1]): ',
    ],
  ]);
});

describe('numbers', () => {
  accepted([
    ['floating tensor and whole number', () => float(1).add(1), ['float32', 2]],
    ['int64 tensor and whole number', () => long(1).add(1), ['int64', 2]],
    [
      'int64 stays exact',
      () =>
        long(2n ** 53n - 1n)
          .add(1)
          .eq(long(2n ** 53n)),
      ['bool', 1],
    ],
    ['int32 tensor and whole number', () => int(1).mul(3), ['int32', 3]],
    ['int64 tensor and 1.5', () => long(1).add(1.5), ['float32', 2.5]],
    ['int64 tensor and NaN', () => long(1).add(Number.NaN), ['float32', Number.NaN]],
    ['int64 tensor and -0', () => long(1).mul(-0), ['int64', 0]],
    [
      'one floating tensor makes doubles',
      () => ops.addcmul(float(1), float(2), float(3), { value: 2 }),
      ['float32', 13],
    ],
    ['float64 tensor and whole number', () => double(1).add(1), ['float64', 2]],
    ['BigInt with floats', () => float(1).add(2n), ['float32', 3]],
    [
      'BigInt with integers',
      () =>
        long(1)
          .add(2n ** 60n)
          .sub(2n ** 60n),
      ['int64', 1],
    ],
    ['boolean as a Scalar', () => float(1).add(true), ['float32', 2]],
    ['bool tensor and whole number', () => byte(1, 0).add(1), ['int64', 2, 1]],
    ['full defaults to float32', () => ops.full([1], 3), ['float32', 3]],
    ['full with a BigInt', () => ops.full([1], 3n), ['int64', 3]],
    ['full with a boolean', () => ops.full([1], true), ['bool', 1]],
    ['full with a dtype', () => ops.full([1], 3, { dtype: 'int64' }), ['int64', 3]],
    ['arange defaults to float32', () => ops.arange(2), ['float32', 0, 1]],
    ['arange with a BigInt', () => ops.arange(2n), ['int64', 0, 1]],
    ['scalarTensor defaults to float32', () => ops.scalarTensor(3), ['float32', 3]],
    ['an int as a BigInt', () => wrongly(ops.zeros, [2n]), ['float32', 0, 0]],
    ['fillValue of an int tensor', () => ops.fullLike(long(1, 2), 7), ['int64', 7, 7]],
  ]);
  refused([
    [
      'a fraction for an int',
      () => ops.zeros([1.5]),
      RangeError,
      'aten::zeros: size: expected a whole number up to 2^53, got 1.5',
    ],
    [
      'NaN for an int',
      () => ops.zeros([Number.NaN]),
      RangeError,
      'aten::zeros: size: expected a whole number up to 2^53, got nan',
    ],
    ['2^53 for an int', () => ops.zeros([2 ** 53]), RangeError, 'got 9007199254740992'],
    ['infinity for an int', () => square().sum([Infinity]), RangeError, 'got inf'],
    ['a BigInt of 65 bits', () => wrongly(ops.zeros, [2n ** 63n]), RangeError, 'does not fit into 64 bits'],
    ['a BigInt Scalar of 65 bits', () => long(1).add(2n ** 64n), RangeError, 'does not fit into 64 bits'],
    [
      'a string for a number',
      () => wrongly(ops.zeros, ['2']),
      TypeError,
      'size: expected List[int], got an array',
    ],
    [
      'a boolean for an int',
      () => wrongly(ops.select, square(), true, 0),
      TypeError,
      'dim: expected int, got a boolean',
    ],
    [
      'a number for a boolean',
      () => wrongly(ops.sum, square(), [0], 1),
      TypeError,
      'keepdim: expected bool, got a number',
    ],
    [
      'a BigInt for a float',
      () => wrongly(ops.dropout, float(1), 1n, true),
      TypeError,
      'p: expected float, got a BigInt',
    ],
    [
      'a dimension out of range',
      () => square().sum([2]),
      Error,
      'aten::sum.dim_IntList([2, 2]): Dimension out of range',
    ],
  ]);
});

describe('what comes back', () => {
  accepted([
    ['int64 item below 2^53', () => long(2n ** 53n - 1n).item(), 2 ** 53 - 1],
    ['int64 data', () => long(2n ** 60n).data(), new BigInt64Array([2n ** 60n])],
    ['bool data', () => byte(1, 0).data(), new Uint8Array([1, 0])],
    ['bool item', () => byte(1).item(), 1],
    ['bfloat16 data are bits', () => float(1, -2).to('bfloat16').data(), new Uint16Array([0x3f80, 0xc000])],
    ['float16 data are bits', () => float(1).to('float16').data(), new Uint16Array([0x3c00])],
    ['NaN item', () => float(Number.NaN).item(), Number.NaN],
    ['an int', () => op('aten::dim')(square()), 2],
    ['a bool', () => ops.equal(float(1), float(1)), true],
    ['a Scalar', () => op('aten::_local_scalar_dense')(float(1.5)), 1.5],
    ['nothing', () => wrongly(op('aten::_foreach_zero_'), [float(1)]), undefined],
    ['an undefined tensor is null', () => layerNormBackward([true, false, true])[1], null],
    ['bool[]', () => layerNormBackward([false, true, false]).map((one) => one === null), [true, false, true]],
    ['Tensor?[] with null', () => square().index([null, long(1)]), ['float32', 2, 4]],
    [
      'Tensor?[] with undefined',
      () => ops.index(square(), [undefined as unknown as null, long(0)]),
      ['float32', 1, 3],
    ],
    ['Tensor?[] one deep', () => square().index([long(1)]), ['float32', 3, 4]],
    [
      'Scalar[]',
      () => ops._foreachAdd([float(1), long(1)], [1.5, 2]),
      [
        ['float32', 2.5],
        ['float32', 3],
      ],
    ],
    ['Tensor[]', () => ops.stack([float(1), float(2)]), ['float32', 1, 2]],
    [
      'float[]?',
      () => ops.upsampleNearest1d(float(1, 2).reshape([1, 1, 2]), null, [2]),
      ['float32', 1, 1, 2, 2],
    ],
  ]);
  refused([
    [
      'item above 2^53',
      () => long(2n ** 53n).item(),
      RangeError,
      'the result 9007199254740992 is above 2^53',
    ],
    ['item below -2^53', () => long(-(2n ** 53n)).item(), RangeError, 'is above 2^53'],
    ['item of two', () => float(1, 2).item(), RangeError, 'item: expected one element, got 2'],
    [
      'data of complex numbers',
      () => float(1).to('complex64').data(),
      TypeError,
      'data: no typed array holds complex64',
    ],
    [
      'a storage',
      () => op('aten::set_.source_Storage')(float(1), 1),
      TypeError,
      'source: expected Storage, got a number',
    ],
    ['a stream', () => op('aten::record_stream')(float(1), 1), TypeError, 's: expected Stream, got a number'],
    [
      'null in Tensor[]',
      () => wrongly(ops.stack, [float(1), null]),
      TypeError,
      'tensors: expected List[Tensor], got an array',
    ],
    [
      'null for a Tensor',
      () => wrongly(ops.neg, null),
      TypeError,
      'aten::neg: self: expected Tensor, got null',
    ],
  ]);
});

function layerNormBackward(wanted: boolean[]): (Tensor | null)[] {
  const input = square();
  const [, mean, deviation] = ops.nativeLayerNorm(input, [2], float(1, 1), float(0, 0), 1e-5);
  const results: unknown = ops.nativeLayerNormBackward(
    square(),
    input,
    [2],
    mean,
    deviation,
    float(1, 1),
    float(0, 0),
    wanted,
  );
  return results as (Tensor | null)[];
}

describe('results that are arguments', () => {
  test('are the same JavaScript object, and only those', () => {
    scope(() => {
      const a = float(1, 2);
      expect(a.add_(1)).toBe(a);
      expect(a.mul_(2).sub_(float(1, 1))).toBe(a);
      expect(plain(a)).toEqual(['float32', 3, 5]);
      expect(ops.relu_(a)).toBe(a);
      expect(a.add(1)).not.toBe(a);
      expect(a.relu()).not.toBe(a);
      expect(a.view([2])).not.toBe(a);
      expect(a.detach()).not.toBe(a);
    });
  });

  test('a view shares the memory', () => {
    scope(() => {
      const a = square();
      a.select(0, 1).fill_(9);
      expect(plain(a)).toEqual(['float32', 1, 2, 9, 9]);
    });
  });

  test('out-variants by full name give back what they were given', () => {
    scope(() => {
      const out = float(0);
      expect(op('aten::add.out')(float(1), float(2), { out })).toBe(out);
      expect(out.item()).toBe(3);
      const [max, maxValues] = [float(0, 0), long(0, 0)];
      const results = op('aten::max.dim_max')(square(), 0, false, { max, maxValues });
      expect(results).toEqual([max, maxValues]);
      expect(Array.isArray(results) && results[0] === max && results[1] === maxValues).toBe(true);
      expect(plain(max)).toEqual(['float32', 3, 4]);
    });
  });

  test('in-place on a tensor of another scope makes no handle', () => {
    scope(() => {
      const a = float(1);
      scope(() => a.add_(1));
      expect(a.item()).toBe(2);
    });
  });
});

describe('names', () => {
  test('what is no operator is undefined', () => {
    expect(Reflect.get(ops, 'noSuchOperator')).toBeUndefined();
    expect(Reflect.get(ops, Symbol.iterator)).toBeUndefined();
    expect(Reflect.get(ops, 'then')).toBeUndefined(); // an object with `then` would be awaited
  });

  test('underscores stay at both ends', () => {
    scope(() => {
      expect(ops._softmax(float(0, 0), 0, false).data()).toEqual(new Float32Array([0.5, 0.5]));
      expect(typeof Reflect.get(Tensor.prototype, 'clampMin_')).toBe('function');
    });
  });
});
