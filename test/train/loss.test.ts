// The cross-entropy kernel against ATen's operators, and both against float64.

import { expect, test } from 'vitest';
import { fromTypedArray, ops, scope, setThreads } from '../../src/torch/index.ts';
import type { Dtype, Tensor } from '../../src/torch/index.ts';
import { crossEntropy, crossEntropyLosses } from '../../src/torch/kernels.ts';
import { plainLoss } from '../../src/train/loss.ts';
import { numbers } from '../golden.ts';
import { checkLiveTensors } from '../live-tensors.ts';
import { sameBits } from '../torch/rounding.ts';

checkLiveTensors();

const kernel = (logits: Tensor, targets: Tensor, scale = 1) => crossEntropy(logits, targets, scale);

/** Logits [rows, vocab] that fill several lanes and leave some over, with a wide range. */
function makeLogits(rows: number, vocab: number, dtype: Dtype): Tensor {
  const values = Float64Array.from(
    { length: rows * vocab },
    (_, i) => 12 * Math.sin(i * 1.7) * Math.cos(i * 0.013),
  );
  return fromTypedArray(values, [rows, vocab]).to(dtype);
}

function makeTargets(rows: number, vocab: number): Tensor {
  return fromTypedArray(
    BigInt64Array.from({ length: rows }, (_, i) => BigInt((i * 31) % vocab)),
    [rows],
  );
}

function largestDifference(a: Tensor, b: Tensor): number {
  const [x, y] = [numbers(a.to('float64')), numbers(b.to('float64'))];
  expect(x.length).toBe(y.length);
  return Math.max(...x.map((value, i) => Math.abs(value - y[i])));
}

test.each([
  ['float32', 1e-6],
  ['bfloat16', 4e-3], // half a unit in the last place of a bfloat16 below 1
] as const)('losses and gradients of %s logits equal float64', (dtype, tolerance) => {
  for (const [rows, vocab] of [
    [1, 1],
    [3, 15],
    [5, 16],
    [4, 61],
    [7, 1000],
  ])
    scope(() => {
      const logits = makeLogits(rows, vocab, dtype);
      const targets = makeTargets(rows, vocab);
      const exact = plainLoss(logits.to('float64'), targets);
      const losses = kernel(logits, targets);
      expect(Math.abs(losses.sum().item() - exact.losses.sum().item())).toBeLessThan(1e-5 * rows);
      expect(largestDifference(logits, exact.gradient)).toBeLessThan(tolerance);
      const sums = numbers(logits.to('float64').sum([1]));
      for (const sum of sums) expect(Math.abs(sum)).toBeLessThan(dtype === 'float32' ? 1e-5 : 0.05);
    });
});

test.each(['float32', 'bfloat16'] as const)(
  'losses alone of %s logits have the same bits, and leave the logits as they are',
  (dtype) => {
    for (const threads of [1, 2, 3])
      for (const [rows, vocab] of [
        [0, 5],
        [1, 1],
        [3, 15],
        [5, 16],
        [4, 61],
        [7, 1000],
      ])
        scope(() => {
          setThreads(threads);
          const [logits, before] = [makeLogits(rows, vocab, dtype), makeLogits(rows, vocab, dtype)];
          const targets = makeTargets(rows, vocab);
          const losses = crossEntropyLosses(logits, targets);
          expect(sameBits(logits, before)).toBe(true);
          expect(sameBits(losses, kernel(logits, targets))).toBe(true);
          if (rows > 0 && vocab > 1) expect(sameBits(logits, before)).toBe(false);
        });
    setThreads(1);
  },
);

test.each(['kernel', 'ATen'] as const)('%s: the gradient is scaled, the loss is not', (way) => {
  scope(() => {
    const targets = makeTargets(4, 61);
    const once = plainLoss(makeLogits(4, 61, 'float64'), targets);
    const logits = makeLogits(4, 61, 'float32');
    const { losses, gradient } =
      way === 'ATen'
        ? plainLoss(logits, targets, 0.25)
        : { losses: kernel(logits, targets, 0.25), gradient: logits };
    expect(largestDifference(losses, once.losses)).toBeLessThan(1e-5);
    expect(largestDifference(gradient, once.gradient.mul(0.25))).toBeLessThan(1e-6);
  });
});

test('one logit far above the rest, very small and infinite ones', () => {
  scope(() => {
    const logits = fromTypedArray(new Float32Array([100, -100, 0, 50, -Infinity, -1e30]), [2, 3]);
    const targets = fromTypedArray(new BigInt64Array([1n, 0n]), [2]);
    expect(numbers(kernel(logits, targets))).toEqual([200, 0]);
    const gradient = numbers(logits);
    for (const [i, expected] of [1, -1, 0, 0, 0, 0].entries()) expect(gradient[i]).toBeCloseTo(expected, 6);
  });
});

test('a NaN logit gives a NaN loss', () => {
  scope(() => {
    const logits = fromTypedArray(new Float32Array([0, NaN, 1, 2]), [1, 4]);
    const targets = fromTypedArray(new BigInt64Array([0n]), [1]);
    expect(crossEntropyLosses(logits, targets).item()).toBeNaN();
    expect(kernel(logits, targets).item()).toBeNaN();
  });
});

test('what does not fit is refused', () => {
  scope(() => {
    const logits = ops.zeros([2, 3]);
    const targets = (...ids: bigint[]) => fromTypedArray(new BigInt64Array(ids), [ids.length]);
    expect(() => kernel(logits, targets(0n))).toThrow(/cross_entropy_.*\[2, 3\] and \[1\]/);
    expect(() => kernel(logits, targets(0n, 3n))).toThrow('target 3 is not below 3');
    expect(() => kernel(logits.to('float64'), targets(0n, 1n))).toThrow('bfloat16 or float32');
    expect(() => crossEntropyLosses(logits, targets(0n, -1n))).toThrow('target -1 is not below 3');
    expect(() => crossEntropyLosses(logits, targets(0n))).toThrow(/cross_entropy.*\[2, 3\] and \[1\]/);
    expect(() => kernel(ops.zeros([3, 2]).t(), targets(0n, 1n))).toThrow('contiguous');
  });
});
