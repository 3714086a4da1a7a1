// GELU and SwiGLU kernels against ATen in float64: every bfloat16 there is, gradients, odd sizes, views, threads.

import { afterEach, describe, expect, test } from 'vitest';
import { backward, fromTypedArray, ops, scope, setThreads } from '../../src/torch/index.ts';
import type { Dtype, Tensor } from '../../src/torch/index.ts';
import { gelu, geluBackward, swiglu, swigluBackward } from '../../src/torch/kernels.ts';
import { checkLiveTensors } from '../live-tensors.ts';
import { excess, sameBits } from './rounding.ts';

checkLiveTensors();
afterEach(() => {
  setThreads(1);
});

const dtypes = ['float32', 'bfloat16'] as const;

/** Numbers that differ in every place, most between -6 and 6. */
function made(shape: number[], dtype: Dtype, seed = 0): Tensor {
  const count = shape.reduce((a, b) => a * b, 1);
  const values = Float64Array.from({ length: count }, (_, i) => 6 * Math.sin(i * 12.9898 + seed));
  return fromTypedArray(values, shape).to(dtype);
}

/** Without the cancellation of 1 + tanh and 1 + erf, which float64 has, too, far from 0. */
function exactGelu(x: Tensor, exact: boolean): Tensor {
  if (exact) return x.mul(0.5).mul(ops.erfc(x.mul(-Math.SQRT1_2)));
  const twice = x.add(x.pow(3).mul(0.044715)).mul(2 * Math.sqrt(2 / Math.PI));
  return x.mul(twice.sigmoid());
}

/** All 65536 bfloat16 numbers, NaNs and infinities among them. */
function everyNumber(): Tensor {
  return fromTypedArray(
    Uint16Array.from({ length: 65536 }, (_, i) => i),
    [65536],
    { dtype: 'bfloat16' },
  );
}

describe.each([true, false])('gelu, exact: %s', (exact) => {
  test('every bfloat16 gives the nearest of the true value', () => {
    scope(() => {
      const x = everyNumber();
      const finite = x.isfinite();
      const found = gelu(x, exact);
      expect(
        excess(found.maskedSelect(finite), exactGelu(x.to('float64'), exact).maskedSelect(finite), 1e-37),
      ).toBeLessThan(1);
      expect(found.maskedSelect(x.isnan()).isnan().all().item()).toBe(1);
      const infinite = gelu(fromTypedArray(new Float32Array([Infinity, -Infinity]), [2]), exact);
      expect(Array.from(infinite.data() as Float32Array)).toEqual([Infinity, NaN]); // as ATen has it
    });
  });

  test.each(dtypes)('%s equals ATen, gradients by autograd, any size', (dtype) => {
    for (const shape of [[1], [15], [16], [3, 61], [5, 7, 37], [33, 1024]])
      scope(() => {
        const pre = made(shape, dtype);
        const gradient = made(shape, dtype, 2);
        const wide = pre.to('float64');
        wide.requiresGrad = true;
        const result = ops.gelu(wide, { approximate: exact ? 'none' : 'tanh' });
        backward(result.mul(gradient.to('float64')).sum());
        expect(excess(gelu(pre, exact), result.detach(), 1e-6)).toBeLessThan(1);
        const turned = gradient.clone();
        const activated = gelu(pre, exact);
        geluBackward(turned, pre, exact);
        expect(sameBits(pre, activated)).toBe(true);
        expect(excess(turned, wide.grad as Tensor, 2e-5)).toBeLessThan(1);
      });
  });
});

test('swiglu of two halves of a tensor equals ATen, gradients by autograd', () => {
  for (const dtype of dtypes)
    for (const [N, F] of [
      [1, 1],
      [3, 15],
      [2, 16],
      [5, 61],
      [33, 688],
    ])
      scope(() => {
        const joint = made([N, 2 * F], dtype);
        const gradient = made([N, F], dtype, 2);
        const [gate, up] = [joint.narrow(1, 0, F), joint.narrow(1, F, F)];
        const wide = joint.to('float64');
        wide.requiresGrad = true;
        const result = ops.silu(wide.narrow(1, 0, F)).mul(wide.narrow(1, F, F));
        backward(result.mul(gradient.to('float64')).sum());
        const found = swiglu(gate, up);
        expect(excess(found, result.detach(), 1e-5)).toBeLessThan(1);
        swigluBackward(gradient, gate, up);
        expect(sameBits(gradient, found)).toBe(true);
        expect(excess(joint, wide.grad as Tensor, 2e-4)).toBeLessThan(1);
      });
});

test('swiglu: every bfloat16 gate, with NaN as NaN', () => {
  scope(() => {
    const gate = everyNumber().unsqueeze(0);
    const finite = gate.isfinite();
    const found = swiglu(gate, ops.onesLike(gate));
    const wide = gate.to('float64');
    expect(
      excess(found.maskedSelect(finite), wide.mul(wide.sigmoid()).maskedSelect(finite), 1e-36),
    ).toBeLessThan(1);
    expect(found.maskedSelect(gate.isnan()).isnan().all().item()).toBe(1);
  });
});

test('threads change no bit', () => {
  scope(() => {
    const run = (threads: number, dtype: Dtype) => {
      setThreads(threads);
      const [pre, gradient] = [made([97, 1001], dtype), made([97, 1001], dtype, 2)];
      const results = [gelu(pre, true), gelu(pre, false), swiglu(pre, gradient)];
      const [slope, gate, up] = [gradient.clone(), pre.clone(), gradient.clone()];
      swigluBackward(slope, gate, up);
      geluBackward(gradient, pre, false);
      return [...results, slope, gate, up, pre, gradient];
    };
    for (const dtype of dtypes) {
      const one = run(1, dtype);
      for (const threads of [2, 3])
        for (const [i, result] of run(threads, dtype).entries())
          expect(sameBits(result, one[i]), `${dtype}, ${threads} threads, result ${i}`).toBe(true);
    }
  });
});

test('what does not fit is refused', () => {
  scope(() => {
    const x = ops.zeros([2, 3]);
    expect(() => gelu(x.to('float64'), true)).toThrow(/expected pre in bfloat16 or float32, got Double/);
    expect(() => gelu(x.t(), true)).toThrow(/expected contiguous pre, got strides \[1, 3\]/);
    expect(() => {
      geluBackward(ops.zeros([3, 2]), x, true);
    }).toThrow(/gradient of the shape of pre, \[2, 3\], got \[3, 2\]/);
    expect(() => {
      geluBackward(x.to('bfloat16'), x, true);
    }).toThrow(/gradient in the type of pre, Float, got BFloat16/);
    expect(() => swiglu(x.t(), x.t())).toThrow(/expected gate with last stride 1, got strides \[1, 3\]/);
    expect(() => swiglu(x, ops.zeros([2, 4]))).toThrow(/up of the shape of gate, \[2, 3\], got \[2, 4\]/);
    const one = ops.zeros([1, 3]).expand([2, 3]);
    expect(() => {
      swigluBackward(x, one, x);
    }).toThrow(/gate whose rows lie apart, got strides \[0, 1\]/);
  });
});
