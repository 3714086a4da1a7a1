// LayerNorm and RMS norm kernels against ATen in float64, gradients by autograd: odd sizes, far means, threads.

import { afterEach, describe, expect, test } from 'vitest';
import { backward, fromTypedArray, ops, scope, setThreads } from '../../src/torch/index.ts';
import type { Dtype, Tensor } from '../../src/torch/index.ts';
import { norm, normBackward } from '../../src/torch/kernels.ts';
import { numbers } from '../golden.ts';
import { checkLiveTensors } from '../live-tensors.ts';
import { excess, sameBits } from './rounding.ts';

checkLiveTensors();
afterEach(() => {
  setThreads(1);
});

const epsilon = 1e-5;
const sizes = [
  [1, 1],
  [1, 5120],
  [2, 15],
  [3, 16],
  [5, 50],
  [35, 64],
  [70, 77],
  [133, 256],
  [2051, 20], // more than 64 chunks of 32 rows
] as const;

function made(shape: number[], seed: number, middle = 0): Tensor {
  const count = shape.reduce((a, b) => a * b, 1);
  return fromTypedArray(
    Float32Array.from({ length: count }, (_, i) => middle + 2 * Math.sin(i * 12.9898 + seed)),
    shape,
  );
}

/** 1 less the cosine of the angle between two tensors. */
function angle(a: Tensor, b: Tensor): number {
  const [x, y] = [a.to('float64').flatten(), b.flatten()];
  return 1 - x.dot(y).item() / Math.sqrt(x.dot(x).item() * y.dot(y).item());
}

/** The largest error over the largest exact number. */
function error(found: Tensor, exact: Tensor): number {
  return found.to('float64').sub(exact).abs().max().item() / exact.abs().max().item();
}

const kinds = [
  ['LayerNorm', true, true],
  ['LayerNorm without bias', true, false],
  ['RMS norm', false, false],
] as const;

describe.each(kinds)('%s', (_, centered, hasBias) => {
  test.each(['float32', 'bfloat16'] as const)('in %s equals ATen, gradients by autograd', (dtype) => {
    for (const [N, C] of sizes)
      scope(() => {
        const [x, weight] = [made([N, C], 1, 0.5), made([C], 2)];
        const bias = hasBias ? made([C], 3) : null;
        const gradient = made([N, C], 4).to(dtype);
        const [wide, wideWeight] = [x.to('float64'), weight.to('float64')];
        const wideBias = bias?.to('float64');
        for (const leaf of [wide, wideWeight, wideBias]) if (leaf) leaf.requiresGrad = true;
        const exact = centered
          ? ops.layerNorm(wide, [C], wideWeight, wideBias, epsilon)
          : ops.rmsNorm(wide, [C], wideWeight, epsilon);
        backward(exact.mul(gradient.to('float64')).sum());

        const [normed, statistics] = norm(x, weight, bias, epsilon, centered, dtype);
        expect(normed.dtype).toBe(dtype);
        expect(excess(normed, exact.detach(), 1e-5)).toBeLessThan(1);
        const means = centered ? x.to('float64').mean([1]) : ops.zeros([N], { dtype: 'float64' });
        expect(excess(statistics.select(1, 0), means, 1e-6)).toBeLessThan(1);

        const [stream, weightBefore, biasBefore] = [made([N, C], 5), made([C], 6), made([C], 7)];
        const into = { x: stream.clone(), weight: weightBefore.clone(), bias: biasBefore.clone() };
        const copy = normBackward(
          into.x,
          gradient,
          x,
          statistics,
          weight,
          into.weight,
          hasBias ? into.bias : null,
          centered,
          'bfloat16',
        );
        const xGradient = wide.grad as Tensor;
        const weightGradient = wideWeight.grad as Tensor;
        // A row of one has no deviation: its gradient is a difference of large numbers that should be 0.
        if (C > 1) expect(error(into.x, stream.to('float64').add(xGradient))).toBeLessThan(1e-5);
        expect(error(into.weight, weightBefore.to('float64').add(weightGradient))).toBeLessThan(1e-5);
        if (wideBias)
          expect(error(into.bias, biasBefore.to('float64').add(wideBias.grad as Tensor))).toBeLessThan(1e-5);
        else expect(sameBits(into.bias, biasBefore)).toBe(true);
        expect(sameBits(copy, into.x.to('bfloat16'))).toBe(true);
        if (C > 1)
          expect(angle(into.x.to('float64').sub(stream.to('float64')), xGradient)).toBeLessThan(1e-9);
      });
  });
});

test('a mean far from 0 does not eat the deviation', () => {
  scope(() => {
    const x = made([4, 768], 1, 1000);
    const ones = ops.ones([768]);
    const [normed] = norm(x, ones, null, epsilon, true, 'float32');
    const exact = ops.layerNorm(x.to('float64'), [768], ones.to('float64'), null, epsilon);
    expect(error(normed, exact)).toBeLessThan(1e-4); // x itself is rounded to 6e-5
  });
});

test('without a copy, an empty tensor; no rows, nothing', () => {
  scope(() => {
    const [x, weight] = [made([3, 20], 1), made([20], 2)];
    const [normed, statistics] = norm(x, weight, null, epsilon, false, 'float32');
    const [into, weightInto] = [ops.zerosLike(x), ops.zerosLike(weight)];
    expect(normBackward(into, normed, x, statistics, weight, weightInto, null, false, null).numel()).toBe(0);
    expect(into.abs().max().item()).toBeGreaterThan(0);
    const none = x.narrow(0, 0, 0);
    expect(norm(none, weight, null, epsilon, true, 'bfloat16').map(({ shape }) => shape)).toEqual([
      [0, 20],
      [0, 2],
    ]);
  });
});

test('a NaN stays in its row and its column', () => {
  scope(() => {
    const [x, weight] = [made([5, 20], 1), made([20], 2)];
    x.select(0, 3).narrow(0, 7, 1).fill_(NaN);
    for (const centered of [true, false]) {
      const [normed, statistics] = norm(x, weight, null, epsilon, centered, 'bfloat16');
      expect(numbers(normed.isnan().sum([1]))).toEqual([0, 0, 0, 20, 0]);
      const [into, weightInto] = [ops.zerosLike(x), ops.zerosLike(weight)];
      const gradient = ops.onesLike(x).to('bfloat16');
      const copy = normBackward(
        into,
        gradient,
        x,
        statistics,
        weight,
        weightInto,
        null,
        centered,
        'bfloat16',
      );
      expect(numbers(into.isnan().sum([1]))).toEqual([0, 0, 0, 20, 0]);
      expect(numbers(copy.isnan().sum([1]))).toEqual([0, 0, 0, 20, 0]);
      expect(weightInto.isnan().all().item()).toBe(1);
    }
  });
});

test('threads change no bit', () => {
  scope(() => {
    const run = (threads: number, dtype: Dtype) => {
      setThreads(threads);
      const [x, weight] = [made([301, 100], 1), made([100], 2)];
      const [normed, statistics] = norm(x, weight, weight, epsilon, true, dtype);
      const into = [ops.zerosLike(x), ops.zerosLike(weight), ops.zerosLike(weight)] as const;
      const copy = normBackward(into[0], normed, x, statistics, weight, into[1], into[2], true, 'bfloat16');
      return [normed, statistics, ...into, copy];
    };
    for (const dtype of ['float32', 'bfloat16'] as const) {
      const one = run(1, dtype);
      for (const threads of [2, 3])
        for (const [i, result] of run(threads, dtype).entries())
          expect(sameBits(result, one[i]), `${dtype}, ${threads} threads, result ${i}`).toBe(true);
    }
  });
});

test('what does not fit is refused', () => {
  scope(() => {
    const [x, weight] = [ops.zeros([2, 3]), ops.zeros([3])];
    const forward = (of: Tensor, w = weight, dtype: Dtype = 'float32') =>
      norm(of, w, null, epsilon, true, dtype);
    expect(() => forward(ops.zeros([3]))).toThrow(/expected x \[N, C\], got \[3\]/);
    expect(() => forward(x.to('bfloat16'))).toThrow(/expected x in float32, got BFloat16/);
    expect(() => forward(x.t(), ops.zeros([2]))).toThrow(/expected contiguous x, got strides \[1, 3\]/);
    expect(() => forward(x, ops.zeros([2]))).toThrow(/expected weight \[3\], got \[2\]/);
    expect(() => forward(x, weight, 'float16')).toThrow(/expected dtype in bfloat16 or float32, got Half/);
    const [, statistics] = forward(x);
    const back = (gradient: Tensor, stats = statistics, copy: Dtype | null = null) =>
      normBackward(x, gradient, x, stats, weight, weight, null, true, copy);
    expect(() => back(ops.zeros([3, 2]))).toThrow(/expected gradient \[2, 3\], got \[3, 2\]/);
    expect(() => back(x, ops.zeros([3, 2]))).toThrow(/expected statistics \[2, 2\], got \[3, 2\]/);
    expect(() => back(x, statistics, 'float32')).toThrow(/expected copy to be bfloat16 or none, got Float/);
  });
});
