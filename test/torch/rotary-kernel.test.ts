// The rotary kernel against rotate of src/model/rotary.ts in float64, forwards and back: views, tails, parts of heads, threads.

import { afterEach, expect, test } from 'vitest';
import { backward, fromTypedArray, ops, scope, setThreads } from '../../src/torch/index.ts';
import type { Dtype, Tensor } from '../../src/torch/index.ts';
import { rotate as rotateInPlace } from '../../src/torch/kernels.ts';
import { plainRotary, rotaryAngles, rotate } from '../../src/model/rotary.ts';
import { checkLiveTensors } from '../live-tensors.ts';
import { excess, sameBits } from './rounding.ts';

checkLiveTensors();
afterEach(() => {
  setThreads(1);
});

function made(shape: number[], dtype: Dtype, seed = 0): Tensor {
  const count = shape.reduce((a, b) => a * b, 1);
  const values = Float64Array.from({ length: count }, (_, i) => 3 * Math.sin(i * 12.9898 + seed));
  return fromTypedArray(values, shape).to(dtype);
}

function angles(size: number, T: number) {
  return rotaryAngles(size, plainRotary(10000), 5, T, { dtype: 'float32', device: 'cpu' });
}

test('queries in a joint tensor turn as rotate has it, and back by its gradient', () => {
  for (const dtype of ['float32', 'bfloat16'] as const)
    for (const [B, T, H, D, size] of [
      [1, 1, 1, 2, 2],
      [2, 5, 3, 8, 8],
      [2, 3, 2, 64, 64],
      [1, 4, 2, 80, 80],
      [2, 3, 2, 64, 22],
      [1, 2, 2, 7, 0],
    ])
      scope(() => {
        const { cos, sin } = angles(size, T);
        const uneven = cos.mul(made([1, size], 'float32', 3)); // halves that differ: the transposed turn, not one by -angle
        const joint = made([B, T, 3, H, D], dtype);
        const before = joint.clone();
        const x = joint.select(2, 1); // [B, T, H, D], rows apart
        const wide = x.to('float64').transpose(1, 2).contiguous(); // [B, H, T, D]
        wide.requiresGrad = true;
        const exact =
          size > 0 ? rotate(wide, { cos: uneven.to('float64'), sin: sin.to('float64') }) : wide.mul(1);
        const gradient = made([B, T, H, D], dtype, 2);
        backward(exact.mul(gradient.to('float64').transpose(1, 2)).sum());

        expect(rotateInPlace(x, uneven, sin, false)).toBe(x);
        expect(excess(x, exact.detach().transpose(1, 2), 1e-6)).toBeLessThan(1);
        for (const other of [0, 2])
          expect(sameBits(joint.select(2, other).contiguous(), before.select(2, other).contiguous())).toBe(
            true,
          );
        rotateInPlace(gradient, uneven, sin, true);
        expect(excess(gradient, (wide.grad as Tensor).transpose(1, 2), 1e-6)).toBeLessThan(1);
      });
});

test('a head first, transposed: any strides', () => {
  scope(() => {
    const { cos, sin } = angles(16, 4);
    const x = made([2, 4, 3, 16], 'float32'); // [B, T, H, D]
    const other = x.transpose(1, 2).contiguous().transpose(1, 2); // the same, a head's rows together
    rotateInPlace(x, cos, sin, false);
    rotateInPlace(other, cos, sin, false);
    expect(sameBits(other.contiguous(), x)).toBe(true);
  });
});

test('NaN stays with its pair, and threads change no bit', () => {
  scope(() => {
    const { cos, sin } = angles(64, 200);
    const run = (threads: number, dtype: Dtype) => {
      setThreads(threads);
      const x = made([3, 200, 4, 64], dtype);
      x.select(0, 1).select(0, 7).select(0, 2).narrow(0, 3, 1).fill_(NaN);
      return rotateInPlace(x, cos, sin, false);
    };
    for (const dtype of ['float32', 'bfloat16'] as const) {
      const one = run(1, dtype);
      expect(one.isnan().sum().item()).toBe(2);
      for (const threads of [2, 3]) expect(sameBits(run(threads, dtype), one)).toBe(true);
    }
  });
});

test('what does not fit is refused', () => {
  scope(() => {
    const { cos, sin } = angles(4, 3);
    const x = ops.zeros([2, 3, 1, 4]);
    const turn =
      (of: Tensor, c = cos, s = sin) =>
      () =>
        rotateInPlace(of, c, s, false);
    expect(turn(ops.zeros([3, 1, 4]))).toThrow(/expected x \[B, T, H, D\], got \[3, 1, 4\]/);
    expect(turn(x.to('float64'))).toThrow(/expected x in bfloat16 or float32, got Double/);
    expect(turn(ops.zeros([2, 3, 4, 1]).transpose(2, 3))).not.toThrow(); // a last stride of 1, as it happens
    expect(turn(ops.zeros([2, 3, 4, 2]).transpose(2, 3))).toThrow(
      /x with last stride 1, got strides \[24, 8, 1, 2\]/,
    );
    expect(turn(ops.zeros([1, 3, 1, 4]).expand([2, 3, 1, 4]))).toThrow(/single memory location/);
    expect(turn(x, angles(4, 2).cos)).toThrow(/cos \[T, size\] for x \[2, 3, 1, 4\].*got \[2, 4\]/);
    expect(turn(x, angles(6, 3).cos)).toThrow(/size of at most D, got \[3, 6\]/);
    expect(turn(x, cos, sin.to('bfloat16'))).toThrow(/sin in the type of cos, Float, got BFloat16/);
  });
});
