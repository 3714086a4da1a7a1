// Linear layers in bfloat16 and float32 against plain products in float64: odd sizes, several blocks, rows apart, any number of threads.

import * as vitest from 'vitest';
import { afterEach, describe, expect } from 'vitest';
import { fromTypedArray, ops, scope, setThreads } from '../../src/torch/index.ts';
import type { Tensor } from '../../src/torch/index.ts';
import {
  hasBfloat16Products,
  hasFloat32Products,
  linear,
  linearAdd,
  linearInputGradient,
  linearInto,
  linearWeightGradient,
} from '../../src/torch/kernels.ts';
import { numbers } from '../golden.ts';
import { checkLiveTensors } from '../live-tensors.ts';

checkLiveTensors();
afterEach(() => {
  setThreads(1);
});

const summing = 1e-5; // of float32 sums
const kinds = [
  { dtype: 'bfloat16', has: hasBfloat16Products(), rounding: 2 ** -8 }, // half a unit in the last place
  { dtype: 'float32', has: hasFloat32Products(), rounding: summing },
] as const;

/** Numbers that differ in every place, reproducibly: [rows, columns] in float32. */
function made(rows: number, columns: number, seed: number): Tensor {
  return fromTypedArray(
    Float32Array.from({ length: rows * columns }, (_, i) => Math.sin(i * 12.9898 + seed) * 2),
    [rows, columns],
  );
}

/** Largest difference over the largest of the exact numbers. */
function error(found: Tensor, exact: Tensor): number {
  return found.to('float64').sub(exact).abs().max().item() / exact.abs().max().item();
}

const sizes = [
  [1, 2, 2],
  [7, 6, 5],
  [100, 256, 77],
  [65, 1030, 130], // two blocks in depth
  [129, 64, 200],
  [9, 33, 1031], // odd everywhere
  [1027, 34, 18], // two blocks of rows to sum over in the weight's gradient, the last one odd
] as const;

const titled = kinds.map((kind) => ({
  ...kind,
  title: `linear layers in ${kind.dtype}${kind.has ? '' : ' (skipped: this CPU has no such products of ours)'}`,
}));

describe.each(titled)('$title', ({ dtype, has, rounding }) => {
  const test = has ? vitest.test : vitest.test.skip;
  test.each(sizes)('%d rows, %d to %d', (N, C, O) => {
    scope(() => {
      const [x, gradient] = [made(N, C, 1).to(dtype), made(N, O, 2).to(dtype)];
      const weight = made(O, C, 3);
      const bias = made(1, O, 4).squeeze(0);
      const residual = made(N, O, 5);
      const rounded = weight.to(dtype).to('float64'); // products take weights in the type of x
      const exact = x.to('float64').mm(rounded.t()).add(bias);

      expect(error(linear(x, weight, bias), exact)).toBeLessThan(rounding);
      expect(error(linear(x, weight.to(dtype), null), exact.sub(bias))).toBeLessThan(rounding);
      expect(error(linearAdd(residual, x, weight, bias), exact.add(residual))).toBeLessThan(summing);
      expect(error(linearInputGradient(gradient, [weight]), gradient.to('float64').mm(rounded))).toBeLessThan(
        rounding,
      );

      const [into, biasInto] = [ops.full([O, C], NaN), ops.full([O], NaN)];
      const exactGradient = gradient.to('float64').t().mm(x.to('float64'));
      linearWeightGradient(into, biasInto, gradient, x, false); // over what was there
      expect(error(into, exactGradient)).toBeLessThan(summing);
      linearWeightGradient(into, biasInto, gradient, x, true); // and to it
      expect(error(into, exactGradient.mul(2))).toBeLessThan(summing);
      expect(error(biasInto, gradient.to('float64').sum([0]).mul(2))).toBeLessThan(summing);
    });
  });

  test('rows that are apart: slices of a joint tensor', () => {
    scope(() => {
      const joint = made(33, 60, 1).to(dtype);
      const [x, gradient] = [joint.narrow(1, 4, 20), joint.narrow(1, 30, 24)];
      const weight = made(24, 20, 2);
      const out = ops.zeros([33, 50], { dtype });
      linearInto(out.narrow(1, 10, 24), x, weight, null);
      expect(numbers(out.narrow(1, 10, 24))).toEqual(numbers(linear(x.contiguous(), weight, null)));
      expect(out.narrow(1, 0, 10).abs().max().item()).toBe(0);
      expect(out.narrow(1, 34, 16).abs().max().item()).toBe(0);
      expect(numbers(linearInputGradient(gradient, [weight]))).toEqual(
        numbers(linearInputGradient(gradient.contiguous(), [weight])),
      );
      const [apart, together] = [ops.zeros([24, 20]), ops.zeros([24, 20])];
      linearWeightGradient(apart, null, gradient, x, false);
      linearWeightGradient(together, null, gradient.contiguous(), x.contiguous(), false);
      expect(numbers(apart)).toEqual(numbers(together));
    });
  });

  test('several layers side by side', () => {
    scope(() => {
      const sizes = [600, 700, 5];
      const weights = sizes.map((O, i) => made(O, 40, i));
      const gradient = made(20, 1305, 7).to(dtype);
      const exact = gradient.to('float64').mm(ops.cat(weights).to(dtype).to('float64'));
      expect(error(linearInputGradient(gradient, weights), exact)).toBeLessThan(rounding);
    });
  });

  test('the same bits for any number of threads', () => {
    scope(() => {
      const [x, gradient, weight] = [
        made(150, 130, 1).to(dtype),
        made(150, 300, 2).to(dtype),
        made(300, 130, 3),
      ];
      const results = [1, 2, 3, 4].map((threads) => {
        setThreads(threads);
        const into = ops.zeros([300, 130]);
        linearWeightGradient(into, null, gradient, x, false);
        return [linear(x, weight, null), linearInputGradient(gradient, [weight]), into].map(numbers);
      });
      for (const result of results) expect(result).toEqual(results[0]);
    });
  });

  test('NaN and infinity go through', () => {
    scope(() => {
      const x = fromTypedArray(new Float32Array([NaN, 1, 1, 1, Infinity, 1]), [3, 2]).to(dtype);
      expect(numbers(linear(x, ops.ones([2, 2]), null).to('float32'))).toEqual([
        NaN,
        NaN,
        2,
        2,
        Infinity,
        Infinity,
      ]);
    });
  });

  test('what does not fit is refused', () => {
    scope(() => {
      const x = ops.zeros([3, 4], { dtype });
      expect(() => linear(x, ops.zeros([2, 6]), null)).toThrow(/x \[N, C\].*\[3, 4\] and \[2, 6\]/);
      expect(() => linear(x, ops.zeros([2, 4]), ops.zeros([3]))).toThrow(/bias: expected \[2\], got \[3\]/);
      expect(() => linear(x.to('float64'), ops.zeros([2, 4]), null)).toThrow(
        /x: expected float32 or bfloat16, got Double/,
      );
      expect(() => linear(x, ops.zeros([2, 4], { dtype: 'float16' }), null)).toThrow(/weight: .*Half/);
      expect(() => linear(x, ops.zeros([2, 4], { dtype: 'float64' }), null)).toThrow(/weight: .*Double/);
      expect(() => {
        linearWeightGradient(ops.zeros([2, 4]), null, ops.zeros([5, 2], { dtype }), x, false);
      }).toThrow(/into \[O, C\]/);
      expect(() => linearInputGradient(x, [ops.zeros([2, 4]), ops.zeros([1, 4])])).toThrow(
        /\[N, 3\].*\[3, 4\]/,
      );
      expect(() => linearInputGradient(x, [ops.zeros([1, 4]), ops.zeros([3, 4])])).toThrow(/even O/);
    });
  });
});
