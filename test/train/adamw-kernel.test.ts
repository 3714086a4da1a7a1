// Our kernels of the gradients' norm and of AdamW against ATen's operators in float64.

import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fromTypedArray, ops, parallelThreads, scope, setThreads } from '../../src/torch/index.ts';
import type { Dtype, Tensor } from '../../src/torch/index.ts';
import { adamw, gradientNorm as norm } from '../../src/torch/kernels.ts';
import { adamwUpdate, gradientNorm, initAdamw } from '../../src/train/optimizer.ts';
import type { Adamw } from '../../src/train/optimizer.ts';
import { numbers } from '../golden.ts';
import { checkLiveTensors } from '../live-tensors.ts';

checkLiveTensors();

let threads = 1;
beforeAll(() => {
  threads = parallelThreads();
});
afterAll(() => setThreads(threads));

/** Vectors do not decay, matrices do: tails of every kind, one tensor of many chunks, none of a whole number of them. */
const shapes = { one: [1], fifteen: [15], sixteen: [4, 4], seventeen: [17], wide: [1, 100003], empty: [0] };
const options = {
  beta1: 0.9,
  beta2: 0.95,
  epsilon: 1e-8,
  weightDecay: 0.3,
  decay: 'matrices',
  gradientScale: 0.37,
} as const;

type Leaves = Map<string, Tensor>;

/** Numbers of a wide range, with a gradient that differs from step to step. */
function makeNumbers(shape: readonly number[], seed: number, dtype: Dtype): Tensor {
  const count = shape.reduce((product, size) => product * size, 1);
  const values = Float64Array.from(
    { length: count },
    (_, i) => Math.sin(i * 1.7 + seed) * 10 ** (3 * Math.cos(i * 0.37 + seed)),
  );
  return fromTypedArray(values, shape).to(dtype);
}

function makeLeaves(dtype: Dtype): Leaves {
  return new Map(Object.entries(shapes).map(([name, shape], i) => [name, makeNumbers(shape, i, dtype)]));
}

function giveGradients(leaves: Leaves, step: number, as: Dtype): void {
  let seed = 100 * step;
  for (const leaf of leaves.values())
    scope(() => {
      leaf.grad = makeNumbers(leaf.shape, seed++, as).to(leaf.dtype);
    });
}

/** Gives `run` leaves and the same in float64, with their optimizers, and frees all. */
function withPair(
  dtype: Dtype,
  run: (leaves: Leaves, state: Adamw, exact: Leaves, expected: Adamw) => void,
): void {
  scope(() => {
    const leaves = makeLeaves(dtype);
    const exact = new Map([...leaves].map(([name, leaf]) => [name, leaf.to('float64')]));
    const states = [initAdamw(leaves), initAdamw(exact)] as const;
    run(leaves, states[0], exact, states[1]);
    states.forEach(release);
  });
}

function release({ moment1, moment2 }: Adamw): void {
  for (const moments of [moment1, moment2]) for (const moment of moments.values()) moment.release();
}

/** Largest difference, each as a share of the expected number or of `least`. */
function worst(actual: Tensor | undefined, expected: Tensor | undefined, least: number): number {
  if (!actual || !expected) throw new Error('a tensor is missing');
  const [a, b] = [numbers(actual.to('float64')), numbers(expected)];
  expect(a.length).toBe(b.length);
  return Math.max(0, ...a.map((x, i) => Math.abs(x - b[i]) / Math.max(Math.abs(b[i]), least)));
}

test.each([
  ['float32', 1e-6],
  ['bfloat16', 1e-6],
] as const)('the norm of %s gradients equals float64', (dtype, tolerance) => {
  scope(() => {
    const gradients = Object.values(shapes).map((shape, i) => makeNumbers(shape, i, dtype));
    const squares = gradients.map((gradient) => gradient.to('float64').square().sum().item());
    const exact = Math.sqrt(squares.reduce((sum, square) => sum + square, 0));
    expect(Math.abs(norm(gradients).item() / exact - 1)).toBeLessThan(tolerance);
    const [wide] = gradients.slice(-2);
    expect(norm([wide.view([1, -1]).t()]).item()).toBe(norm([wide]).item());
  });
});

test('what is not finite goes through the norm, and numbers whose squares float32 cannot hold', () => {
  scope(() => {
    const long = (value: number) => {
      const gradient = new Float32Array(10001);
      gradient[10000] = value;
      return fromTypedArray(gradient, [10001]);
    };
    expect(norm([long(3), long(4)]).item()).toBe(5);
    expect(norm([long(NaN), long(1)]).item()).toBeNaN();
    expect(norm([long(-Infinity), long(1)]).item()).toBe(Infinity);
    expect(norm([long(3e30), long(4e30)]).item() / 5e30).toBeCloseTo(1, 6);
    expect(norm([long(3e-30), long(4e-30)]).item() / 5e-30).toBeCloseTo(1, 6);
    expect(norm([]).item()).toBe(0);
  });
});

test('10 updates of float32 leaves equal ATen’s in float64', () => {
  withPair('float32', (leaves, state, exact, expected) => {
    for (let step = 0; step < 10; step++) {
      giveGradients(leaves, step, 'float32');
      giveGradients(exact, step, 'float32');
      adamwUpdate(leaves, state, 0.02, options);
      adamwUpdate(exact, expected, 0.02, options);
    }
    for (const [name, leaf] of leaves) {
      expect(worst(leaf, exact.get(name), 0.1), name).toBeLessThan(1e-5);
      expect(worst(state.moment1.get(name), expected.moment1.get(name), 1), name).toBeLessThan(1e-5);
      expect(worst(state.moment2.get(name), expected.moment2.get(name), 1), name).toBeLessThan(1e-5);
    }
  });
});

test('one update of bfloat16 leaves is ATen’s in float64, rounded', () => {
  withPair('bfloat16', (leaves, state, exact, expected) => {
    giveGradients(leaves, 0, 'bfloat16');
    giveGradients(exact, 0, 'bfloat16');
    adamwUpdate(leaves, state, 0.02, options);
    adamwUpdate(exact, expected, 0.02, options);
    const half = 2 ** -8 * 1.001; // half a unit in the last place, and what float32 adds
    for (const [name, leaf] of leaves) {
      expect(worst(leaf, exact.get(name), 1e-3), name).toBeLessThan(half);
      expect(worst(state.moment1.get(name), expected.moment1.get(name), 1e-6), name).toBeLessThan(half);
      expect(worst(state.moment2.get(name), expected.moment2.get(name), 1e-9), name).toBeLessThan(half);
    }
  });
});

test.each(['float32', 'bfloat16'] as const)('%s: the same bits on 1, 2 and 3 threads', (dtype) => {
  const found = [1, 2, 3].map((count) => {
    setThreads(count);
    return scope(() => {
      const leaves = makeLeaves(dtype);
      const state = initAdamw(leaves);
      const norms: number[] = [];
      for (let step = 0; step < 3; step++) {
        giveGradients(leaves, step, dtype);
        norms.push(gradientNorm(leaves));
        adamwUpdate(leaves, state, 0.02, options);
      }
      const digest = createHash('sha256');
      for (const all of [leaves, state.moment1, state.moment2])
        for (const tensor of all.values()) digest.update(tensor.data() as Uint16Array);
      release(state);
      return { norms, digest: digest.digest('hex') };
    });
  });
  expect(found[1]).toEqual(found[0]);
  expect(found[2]).toEqual(found[0]);
});

test.each(['float32', 'bfloat16'] as const)(
  '%s: NaN in a gradient reaches its weight and moments, no others',
  (dtype) => {
    scope(() => {
      for (const at of [3, 20]) {
        const values = new Float32Array(21).fill(1);
        values[at] = NaN;
        const [weight, moment1, moment2] = [1, 2, 3].map(() => ops.ones([21], { dtype }));
        const gradient = fromTypedArray(values, [21]).to(dtype);
        const rates = { lr: 0.1, beta1: 0.9, beta2: 0.95, epsilon: 1e-8, updates: 1 };
        adamw([weight], [gradient], [moment1], [moment2], [0], rates);
        for (const written of [weight, moment1, moment2])
          expect(numbers(written.to('float32')).map(Number.isNaN)).toEqual(
            numbers(gradient.to('float32')).map(Number.isNaN),
          );
      }
    });
  },
);

test('matrices laid out by columns, and a gradient laid out otherwise', () => {
  scope(() => {
    const rates = { lr: 0.1, beta1: 0.9, beta2: 0.95, epsilon: 1e-8, updates: 1 };
    const make = (seed: number) => makeNumbers([5, 7], seed, 'float32');
    const turned = (seed: number) => make(seed).t().contiguous().t();
    const run = (weight: Tensor, gradient: Tensor, moments: Tensor[]) => {
      adamw([weight], [gradient], [moments[0]], [moments[1].abs_()], [0.1], rates);
      return [weight, ...moments].map(numbers);
    };
    const plain = run(make(1), make(2), [make(3), make(4)]);
    expect(run(turned(1), turned(2), [turned(3), turned(4)])).toEqual(plain);
    expect(run(turned(1), make(2), [turned(3), turned(4)])).toEqual(plain);
    expect(run(make(1), turned(2), [make(3), make(4)])).toEqual(plain);
  });
});

test('what does not fit is refused', () => {
  scope(() => {
    const rates = { lr: 0.1, beta1: 0.9, beta2: 0.95, epsilon: 1e-8, updates: 1 };
    const x = (shape: number[] = [2, 3], dtype: Dtype = 'float32') => ops.zeros(shape, { dtype });
    const run = (weight: Tensor, gradient: Tensor, moment = weight.clone(), changes = {}) =>
      adamw([weight], [gradient], [moment], [weight.clone()], [0], { ...rates, ...changes });
    expect(() => run(x(), x([3, 2]))).toThrow(/gradient 0: expected \[2, 3\].*got \[3, 2\]/);
    expect(() => run(x(), x([2, 3], 'bfloat16'))).toThrow(/gradient 0: expected .* Float .*BFloat16/);
    expect(() => run(x([2], 'float64'), x([2], 'float64'))).toThrow('weight 0: expected float32 or bfloat16');
    expect(() => run(x(), x(), x([6]))).toThrow('first moment 0');
    expect(() => run(x(), x(), x([3, 2]).t())).toThrow('laid out alike');
    expect(() => run(x([1, 3]).expand([2, 3]), x(), x())).toThrow('dense');
    expect(() => run(x(), x(), x(), { updates: 0 })).toThrow('updates');
    expect(() => run(x(), x(), x(), { beta2: 1 })).toThrow('betas in [0, 1)');
    expect(() => adamw([x()], [], [x()], [x()], [0], rates)).toThrow('as many gradients');
    expect(() => norm([x([2], 'float64')])).toThrow('gradient 0: expected float32 or bfloat16');
  });
});
