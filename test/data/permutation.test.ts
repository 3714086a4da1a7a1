import { describe, expect, test } from 'vitest';
import { permutation } from '../../src/data/permutation.ts';

describe('permutation', () => {
  test('is a bijection of every size from 1 to 600, and of some larger ones', () => {
    const sizes = [...Array.from({ length: 600 }, (_, i) => i + 1), 1021, 4096, 65537, 100_000];
    for (const size of sizes) {
      const place = permutation(size, BigInt(size) * 7919n);
      const seen = new Uint8Array(size);
      for (let i = 0; i < size; i++) seen[place(i)] = 1;
      expect(seen.indexOf(0), `size ${size} misses a place`).toBe(-1);
    }
  });

  test('the order is frozen: changing it would change every run that is resumed', () => {
    const place = permutation(10, 42n);
    expect(Array.from({ length: 10 }, (_, i) => place(i))).toEqual([8, 0, 6, 7, 2, 9, 5, 3, 4, 1]);
    const large = permutation(1_000_000_007, 42n);
    expect([0, 1, 2].map(large)).toEqual([122216768, 528971624, 236010719]);
  });

  test.each([2, 3, 5, 10, 24])('over many keys each place of %i gets each value equally often', (size) => {
    const keys = 4000;
    const counts = new Float64Array(size * size);
    for (let key = 0; key < keys; key++) {
      const place = permutation(size, BigInt(key) * 0x9e3779b97f4a7c15n);
      for (let i = 0; i < size; i++) counts[i * size + place(i)] = (counts[i * size + place(i)] ?? 0) + 1;
    }
    const expected = keys / size;
    const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    const freedom = (size - 1) ** 2; // 6 sd above the mean
    expect(chiSquare).toBeLessThan(freedom + 6 * Math.sqrt(2 * freedom));
  });

  test('neighbours land apart: serial correlation of 100,000 places is near 0', () => {
    const size = 100_000;
    const place = permutation(size, 3n);
    let sum = 0;
    for (let i = 0; i + 1 < size; i++) sum += (place(i) / size - 0.5) * (place(i + 1) / size - 0.5) * 12;
    expect(Math.abs(sum / size)).toBeLessThan(0.015); // sd 0.003
  });

  test('10^9 places and 2^48 places start at once and stay inside', () => {
    for (const size of [1_000_000_000, 2 ** 48]) {
      const place = permutation(size, 5n);
      const values = new Set<number>();
      for (let i = 0; i < 2000; i++) values.add(place(size - 1 - i * 1000));
      expect(values.size).toBe(2000);
      expect(Math.max(...values)).toBeLessThan(size);
      expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    }
  });

  test('refuses a size or a place that is none', () => {
    for (const size of [0, -1, 1.5, 2 ** 49, Number.NaN])
      expect(() => permutation(size, 1n)).toThrow(RangeError);
    for (const place of [-1, 5, 0.5]) expect(() => permutation(5, 1n)(place)).toThrow('place must be 0 to 4');
  });
});
