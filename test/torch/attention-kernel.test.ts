// The attention kernel, forward and backward, against plain attention in float64 with autograd's gradients.

import { afterEach, describe, expect, test } from 'vitest';
import { backward, manualSeed, ops, scope, setThreads } from '../../src/torch/index.ts';
import { attention, attentionBackward, hasBfloat16Products } from '../../src/torch/kernels.ts';
import type { Tensor } from '../../src/torch/index.ts';
import { numbers } from '../golden.ts';
import { checkLiveTensors } from '../live-tensors.ts';

checkLiveTensors();
afterEach(() => setThreads(1));

interface Sizes {
  B: number;
  T: number;
  H: number;
  K: number;
  D: number;
}

interface Heads {
  queries: Tensor; // [B, T, H, D]
  keys: Tensor; // [B, T, K, D]
  values: Tensor; // [B, T, K, D]
}

/** Queries, keys and values as slices of one joint tensor [B, T, (H + 2K) D]. */
function slices(joint: Tensor, { B, T, H, K, D }: Sizes): Heads {
  const part = (start: number, heads: number) => joint.narrow(2, start * D, heads * D).view([B, T, heads, D]);
  return { queries: part(0, H), keys: part(H, K), values: part(H + K, K) };
}

function makeJoint({ B, T, H, K, D }: Sizes, seed: number): Tensor {
  manualSeed(BigInt(seed));
  return ops.randn([B, T, (H + 2 * K) * D]).to('bfloat16');
}

interface Passed {
  out: Tensor; // [B, T, H, D]
  logsumexp: Tensor; // [B, H, T]
  gradient: Tensor; // of the joint tensor
}

function ourPasses(joint: Tensor, gradient: Tensor, sizes: Sizes, scale: number): Passed {
  const { queries, keys, values } = slices(joint, sizes);
  const [out, logsumexp] = attention(queries, keys, values, scale);
  const result = ops.fullLike(joint, NaN);
  const back = slices(result, sizes);
  attentionBackward(
    back.queries,
    back.keys,
    back.values,
    gradient,
    queries,
    keys,
    values,
    out,
    logsumexp,
    scale,
  );
  return { out, logsumexp, gradient: result };
}

/** The same in float64, and how large the terms are that the output is a sum of. */
function exactPasses(
  joint: Tensor,
  gradient: Tensor,
  sizes: Sizes,
  scale: number,
): Passed & { size: Tensor } {
  const leaf = joint.to('float64').detach().requiresGrad_(true);
  const { queries, keys, values } = slices(leaf, sizes);
  const heads = (x: Tensor) => x.transpose(1, 2).repeatInterleave(sizes.H / x.shape[2], 1); // [B, H, T, D]
  const ahead = ops.ones([sizes.T, sizes.T]).triu(1).to('bool');
  const scores = heads(queries).matmul(heads(keys).transpose(2, 3)).mul(scale).maskedFill(ahead, -Infinity);
  const weights = scores.softmax(-1); // [B, H, T, T]
  const out = weights.matmul(heads(values)).transpose(1, 2); // [B, T, H, D]
  backward(out, gradient.to('float64'));
  const size = weights.detach().matmul(heads(values).detach().abs()).transpose(1, 2);
  if (!leaf.grad) throw new Error('no gradient');
  return { out: out.detach(), logsumexp: scores.detach().logsumexp([-1]), gradient: leaf.grad, size };
}

function cosine(a: Tensor, b: Tensor): number {
  const [x, y] = [a.to('float64').flatten(), b.to('float64').flatten()];
  return x.dot(y).item() / Math.sqrt(x.dot(x).item() * y.dot(y).item());
}

function largest(x: Tensor): number {
  return x.to('float64').abs().max().item();
}

describe.skipIf(!hasBfloat16Products())('attention (skips without bfloat16 products)', () => {
  test.each([
    { B: 2, T: 1, H: 2, K: 2, D: 4 },
    { B: 1, T: 5, H: 1, K: 1, D: 2 },
    { B: 2, T: 64, H: 2, K: 1, D: 16 },
    { B: 1, T: 100, H: 6, K: 2, D: 80 },
    { B: 2, T: 257, H: 2, K: 2, D: 64 },
    { B: 1, T: 515, H: 2, K: 1, D: 38 },
    { B: 1, T: 600, H: 2, K: 1, D: 32 },
    { B: 1, T: 70, H: 1, K: 1, D: 256 },
  ])('equals float64: $B x $T positions, $H heads on $K of width $D', (sizes) => {
    scope(() => {
      const joint = makeJoint(sizes, 1);
      const scale = 1.3 / Math.sqrt(sizes.D);
      const gradient = ops.randn([sizes.B, sizes.T, sizes.H, sizes.D]).to('bfloat16');
      const exact = exactPasses(joint, gradient, sizes, scale);
      const expected = slices(exact.gradient, sizes);
      for (const threads of [1, 2, 3]) {
        setThreads(threads);
        const ours = ourPasses(joint, gradient, sizes, scale);
        expect(largest(ours.logsumexp.sub(exact.logsumexp))).toBeLessThan(1e-5);
        // Each weight is rounded once (by up to 2^-8 of it), and so is their sum.
        const error = ours.out.to('float64').sub(exact.out).abs().div(exact.size);
        expect(largest(error)).toBeLessThan(2 ** -7);
        const found = slices(ours.gradient, sizes);
        for (const name of ['queries', 'keys', 'values'] as const) {
          const [a, b] = [found[name], expected[name]];
          const isZero = sizes.T === 1 && name !== 'values'; // but for rounding
          if (!isZero) expect(cosine(a, b), name).toBeGreaterThan(0.9999);
          expect(largest(a.to('float64').sub(b)) / (isZero ? 1 : largest(b)), name).toBeLessThan(0.01);
        }
      }
    });
  });

  test('the same bits again, and the same output for any number of threads', () => {
    scope(() => {
      const sizes = { B: 1, T: 400, H: 3, K: 3, D: 16 };
      const joint = makeJoint(sizes, 2);
      const gradient = ops.randn([1, 400, 3, 16]).to('bfloat16');
      const runs = [1, 2, 5, 5].map((threads) => {
        setThreads(threads);
        return ourPasses(joint, gradient, sizes, 0.25);
      });
      for (const run of runs) {
        expect(ops.equal(run.out, runs[0].out)).toBe(true);
        expect(ops.equal(run.logsumexp, runs[0].logsumexp)).toBe(true);
        expect(cosine(run.gradient, runs[0].gradient)).toBeGreaterThan(0.99999);
      }
      expect(ops.equal(runs[3].gradient, runs[2].gradient)).toBe(true);
    });
  });

  test('scores far apart, infinite ones and NaN', () => {
    scope(() => {
      const sizes = { B: 1, T: 300, H: 1, K: 1, D: 8 };
      const joint = makeJoint(sizes, 3);
      joint.mul_(30); // scores of thousands: one weight of 1, the rest 0
      const gradient = ops.randn([1, 300, 1, 8]).to('bfloat16');
      const ours = ourPasses(joint, gradient, sizes, 1);
      const exact = exactPasses(joint, gradient, sizes, 1);
      expect(largest(ours.out.to('float64').sub(exact.out)) / largest(exact.out)).toBeLessThan(2 ** -8);
      expect(
        cosine(slices(ours.gradient, sizes).values, slices(exact.gradient, sizes).values),
      ).toBeGreaterThan(0.9999);

      slices(joint, sizes).keys.select(1, 100).fill_(NaN);
      const broken = ourPasses(joint, gradient, sizes, 1);
      for (const rows of [broken.out, slices(broken.gradient, sizes).queries]) {
        const found = numbers(rows.isnan().any(-1).flatten().to('int64'));
        expect(found.slice(0, 64)).toEqual(Array(64).fill(0)); // blocks before know nothing of it
        expect(found.slice(100)).toEqual(Array(200).fill(1));
      }
    });
  });

  test('what does not fit is refused', () => {
    scope(() => {
      const zeros = (...shape: number[]) => ops.zeros(shape, { dtype: 'bfloat16' });
      const q = zeros(1, 4, 2, 8);
      expect(() => attention(q, zeros(1, 4, 3, 8), zeros(1, 4, 3, 8), 1)).toThrow(/2 for 3 heads of keys/);
      expect(() => attention(q, q, zeros(1, 5, 2, 8), 1)).toThrow(
        /values \[1, 4, 2, 8\], got \[1, 5, 2, 8\]/,
      );
      expect(() => attention(q, q.to('float32'), q, 1)).toThrow(/keys in bfloat16, got Float/);
      const none = zeros(1, 0, 2, 8);
      expect(() => attention(none, none, none, 1)).toThrow(
        /at least one position, got queries \[1, 0, 2, 8\]/,
      );
      expect(() => attention(q, q, q, 0)).toThrow(/scale above 0, got 0/);
      const odd = zeros(1, 4, 2, 7);
      expect(() => attention(odd, odd, odd, 1)).toThrow(/even width.*got 7/);
      const turned = zeros(1, 4, 8, 2).transpose(2, 3);
      expect(() => attention(q, turned, q, 1)).toThrow(/last stride 1/);
      expect(() => attentionBackward(q, q, q, q, q, q, q, q, ops.zeros([1, 2, 5]), 1)).toThrow(
        /\[1, 2, 4\], got \[1, 2, 5\]/,
      );
    });
  });
});
