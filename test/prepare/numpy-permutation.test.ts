import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { numpyPermutation } from '../../src/prepare/numpy-permutation.ts';
import { readGoldenJson } from '../golden.ts';

interface Golden {
  cases: { seed: number; count: number; first: number[]; sha256: string }[];
  openwebtext: { rows: number; val: number; first: number[]; valSha256: string; sha256: string };
  datasets: { rows: number; fraction: number; val: number[]; trainFirst: number[] };
}
const golden = readGoldenJson('numpy_permutation') as Golden;
const sha256 = (order: Uint32Array): string =>
  createHash('sha256')
    .update(new Uint8Array(order.buffer, order.byteOffset, order.byteLength))
    .digest('hex');

test.each(golden.cases)(
  'seed $seed, $count numbers: NumPy’s order',
  ({ seed, count, first, sha256: hash }) => {
    const order = numpyPermutation(count, seed);
    expect([...order.subarray(0, 10)]).toEqual(first);
    expect(sha256(order)).toBe(hash);
  },
);

test('the papers’ 4,007 documents of OpenWebText, and the order of the other 8,009,762', () => {
  const { rows, val, first, valSha256, sha256: hash } = golden.openwebtext;
  const order = numpyPermutation(rows, 2357);
  expect([...order.subarray(0, 10)]).toEqual(first);
  expect(sha256(order.subarray(0, val))).toBe(valSha256);
  expect(sha256(order)).toBe(hash);
});

test('a count or seed that is none', () => {
  expect(() => numpyPermutation(0, 1)).toThrow('count must be 1 to 2^32 - 1, got 0');
  expect(() => numpyPermutation(10, -1)).toThrow('seed must be 0 to 2^53 - 1, got -1');
});
