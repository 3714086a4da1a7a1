// Gradients against numbers worked out by hand; the modes, and what they restore.

import { describe, expect, test } from 'vitest';
import { autocast, backward, fromTypedArray, noGrad, ops, scope, withGrad } from '../../src/torch/index.ts';
import type { Tensor } from '../../src/torch/index.ts';
import { checkLiveTensors } from '../live-tensors.ts';

checkLiveTensors();

function leaf(values: number[], shape: number[] = [values.length]): Tensor {
  const tensor = fromTypedArray(new Float32Array(values), shape);
  tensor.requiresGrad = true;
  return tensor;
}

const numbers = (tensor: Tensor | null): number[] | null => tensor && Array.from(tensor.data(), Number);
const inScope = (body: () => void) => (): void => scope(body);

describe('gradients', () => {
  test(
    'of 3x^2 summed is 6x',
    inScope(() => {
      const x = leaf([1, -2, 0.5]);
      backward(x.mul(x).mul(3).sum());
      expect(numbers(x.grad)).toEqual([6, -12, 3]);
    }),
  );

  test(
    'of a matrix product',
    inScope(() => {
      const a = leaf([1, 2, 3, 4], [2, 2]);
      const b = leaf([5, 6, 7, 8], [2, 2]);
      backward(a.matmul(b).sum());
      expect(numbers(a.grad)).toEqual([11, 15, 11, 15]); // row sums of b
      expect(numbers(b.grad)).toEqual([4, 4, 6, 6]); // column sums of a
    }),
  );

  test(
    'with a gradient given, and summed over two passes',
    inScope(() => {
      const x = leaf([1, 2]);
      backward(x.mul(x), fromTypedArray(new Float32Array([10, 100]), [2]));
      expect(numbers(x.grad)).toEqual([20, 400]);
      backward(x.mul(5).sum());
      expect(numbers(x.grad)).toEqual([25, 405]);
      x.grad = null;
      expect(x.grad).toBeNull();
      backward(x.sum());
      expect(numbers(x.grad)).toEqual([1, 1]);
    }),
  );

  test(
    'of an embedding counts repeated rows',
    inScope(() => {
      const weight = leaf([1, 2, 3, 4, 5, 6], [3, 2]);
      const rows = fromTypedArray(new BigInt64Array([2n, 2n, 0n]), [3]);
      backward(ops.embedding(weight, rows).sum());
      expect(numbers(weight.grad)).toEqual([1, 1, 0, 0, 2, 2]);
    }),
  );

  test(
    'set by hand is what an in-place update sees',
    inScope(() => {
      const x = leaf([1, 2]);
      x.grad = fromTypedArray(new Float32Array([0.5, 1]), [2]);
      noGrad(() => {
        const { grad } = x;
        if (grad) x.sub_(grad);
      });
      expect(numbers(x)).toEqual([0.5, 1]);
      expect(x.requiresGrad).toBe(true);
    }),
  );

  test('outlives the scope it was made in, with its leaf', () => {
    const x = leaf([3]);
    scope(() => backward(x.mul(x).sum()));
    scope(() => expect(numbers(x.grad)).toEqual([6]));
    x.release();
  });
});

describe('errors leave a clean state', () => {
  const stillWorks = (): void => {
    const x = leaf([2]);
    backward(x.mul(x).sum());
    expect(numbers(x.grad)).toEqual([4]);
  };
  const cases: [string, () => void, string][] = [
    [
      'a tensor that backward needs was changed in place',
      () => {
        const x = leaf([1, 2]);
        const y = x.exp();
        const loss = y.mul(y).sum();
        noGrad(() => y.add_(1));
        backward(loss);
      },
      'modified by an inplace operation',
    ],
    [
      'a leaf is changed in place',
      () => void leaf([1]).add_(1),
      'aten::add_.Scalar([1]): a leaf Variable that requires grad',
    ],
    [
      'backward twice through one graph',
      () => {
        const x = leaf([1]);
        const loss = x.mul(x).sum();
        backward(loss);
        backward(loss);
      },
      'backward through the graph a second time',
    ],
    ['backward of what records nothing', () => backward(ops.ones([1])), 'does not require grad'],
    ['backward of a matrix without gradient', () => backward(leaf([1, 2]).mul(2)), 'only for scalar outputs'],
    ['a gradient of another shape', () => backward(leaf([1, 2]).mul(2), ops.ones([3])), 'shape'],
    [
      'grad of another shape',
      () => void (leaf([1, 2]).grad = ops.ones([3])),
      'grad: expected the shape of its tensor',
    ],
    [
      'grad of another dtype',
      () => void (leaf([1]).grad = ops.ones([1], { dtype: 'float64' })),
      'grad: expected the dtype',
    ],
    [
      'a tensor as its own grad',
      () => {
        const x = leaf([1]);
        x.grad = x;
      },
      'grad: a tensor cannot be its own gradient',
    ],
    [
      'gradients of integers',
      () => void (ops.ones([1], { dtype: 'int64' }).requiresGrad = true),
      'floating point',
    ],
    [
      'requiresGrad = false on a result',
      () => void (leaf([1]).mul(2).requiresGrad = false),
      'requiresGrad: only a leaf',
    ],
  ];
  test.each(cases)('%s', (_, call, message) =>
    scope(() => {
      expect(call).toThrow(message);
      stillWorks();
    }),
  );
});

describe('modes', () => {
  test(
    'noGrad records nothing, withGrad inside it does',
    inScope(() => {
      const x = leaf([1]);
      expect(noGrad(() => x.mul(2).requiresGrad)).toBe(false);
      expect(noGrad(() => withGrad(() => x.mul(2).requiresGrad))).toBe(true);
      expect(noGrad(() => [withGrad(() => 0), x.mul(2).requiresGrad])).toEqual([0, false]);
      expect(x.mul(2).requiresGrad).toBe(true);
    }),
  );

  test(
    'autocast runs products in its dtype, keeps sums in float32, and ends',
    inScope(() => {
      const a = ops.ones([2, 2]);
      const dtypes = autocast('bfloat16', () => [a.matmul(a).dtype, a.softmax(0).dtype, a.add(a).dtype]);
      expect(dtypes).toEqual(['bfloat16', 'float32', 'float32']);
      expect(a.matmul(a).dtype).toBe('float32');
    }),
  );

  test(
    'autocast nests, and float32 switches it off inside',
    inScope(() => {
      const a = ops.ones([2, 2]);
      const product = (): string => a.matmul(a).dtype;
      const dtypes = autocast('bfloat16', () => [
        product(),
        autocast('float16', product),
        product(),
        autocast('float32', product),
        product(),
      ]);
      expect(dtypes).toEqual(['bfloat16', 'float16', 'bfloat16', 'float32', 'bfloat16']);
      expect(product()).toBe('float32');
    }),
  );

  test(
    'autocast rounds as bfloat16 does, and the gradient is float32',
    inScope(() => {
      const w = leaf([1 + 2 ** -9], [1, 1]); // bfloat16 has 8 bits: rounds to 1
      const x = fromTypedArray(new Float32Array([3]), [1, 1]);
      const y = autocast('bfloat16', () => x.matmul(w));
      expect(y.dtype).toBe('bfloat16');
      expect(numbers(y.to('float32'))).toEqual([3]);
      backward(y.to('float32').sum());
      expect(w.grad?.dtype).toBe('float32');
      expect(numbers(w.grad)).toEqual([3]);
    }),
  );

  test(
    'a weight that was updated is cast anew',
    inScope(() => {
      const w = leaf([1], [1, 1]);
      const x = ops.ones([1, 1]);
      const product = (): number => autocast('bfloat16', () => x.matmul(w)).item();
      expect(product()).toBe(1);
      noGrad(() => w.add_(1));
      expect(product()).toBe(2);
    }),
  );

  test(
    'autocast refuses what it cannot do, and changes nothing',
    inScope(() => {
      const nothing = (): number => 1;
      expect(() => autocast('int64', nothing)).toThrow(
        "autocast: expected 'bfloat16' or 'float16', got 'int64'",
      );
      expect(() => autocast('float64', nothing)).toThrow(TypeError);
      expect(() => autocast('bfloat16', nothing, { device: 'gpu' })).toThrow("device: expected 'cpu'");
      expect(ops.ones([2, 2]).matmul(ops.ones([2, 2])).dtype).toBe('float32');
    }),
  );

  test.each([
    ['noGrad', noGrad],
    ['withGrad', withGrad],
    ['autocast', (body: () => never) => autocast('bfloat16', body)],
  ])('%s is restored when its function throws', (_, mode) =>
    scope(() => {
      const x = leaf([1], [1, 1]);
      expect(() =>
        mode(() => {
          throw new Error('inside');
        }),
      ).toThrow('inside');
      const y = x.matmul(x);
      expect([y.requiresGrad, y.dtype]).toEqual([true, 'float32']);
    }),
  );
});
