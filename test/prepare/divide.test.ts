import { describe, expect, test } from 'vitest';
import { divide } from '../../src/prepare/divide.ts';
import type { SplitRule } from '../../src/prepare/work.ts';

/** The documents of each split. */
function divided(documents: readonly string[], rule: SplitRule): { train: string[]; val: string[] } {
  const bytes = Buffer.from(documents.join(''));
  let end = 0;
  const ends = Uint32Array.from(documents, (text) => (end += Buffer.byteLength(text)));
  const { train, val } = divide({ bytes, ends, rows: Uint32Array.from(documents.keys()) }, rule);
  const texts = ({ bytes, ends }: typeof train): string[] =>
    Array.from(ends, (end, i) => Buffer.from(bytes.subarray(i === 0 ? 0 : ends[i - 1], end)).toString());
  return { train: texts(train), val: texts(val) };
}

describe('divide', () => {
  const documents = Array.from({ length: 4000 }, (_, i) => `document ${i}`);

  test('by hash: a share near the fraction, the same documents always, nothing lost, order kept', () => {
    const { train, val } = divided(documents, { by: 'hash', fraction: 0.1 });
    expect(Math.abs(val.length - 400)).toBeLessThan(80); // sd 19
    expect(documents.filter((text) => train.includes(text))).toEqual(train);
    expect([...train, ...val].sort()).toEqual(documents.toSorted());
    expect(divided(['document 3'], { by: 'hash', fraction: 0.1 }).train).toEqual(['document 3']);
    // Whatever is beside it, and a larger fraction only adds.
    const twice = divided(documents.toReversed(), { by: 'hash', fraction: 0.2 });
    expect(val.filter((text) => !twice.val.includes(text))).toEqual([]);
  });

  test('by tail: counted in characters, no character cut, nothing lost', () => {
    expect(divided(['😀b😀d', 'abcd'], { by: 'tail', fraction: 0.5 })).toEqual({
      train: ['😀b', 'ab'],
      val: ['😀d', 'cd'],
    });
    expect(divided(['a'], { by: 'tail', fraction: 0.5 })).toEqual({ train: [], val: ['a'] });
  });

  test('by rows', () => {
    const val = Uint32Array.of(0, 2, 3999);
    expect(divided(documents, { by: 'rows', val }).val).toEqual([
      'document 0',
      'document 2',
      'document 3999',
    ]);
    const { train, val: chosen } = divide(
      { bytes: Buffer.from('abc'), ends: Uint32Array.of(1, 2, 3), rows: Uint32Array.of(7, 9, 12) }, // 8 was at fault
      { by: 'rows', val: Uint32Array.of(8, 9) },
    );
    expect([Buffer.from(train.bytes).toString(), Buffer.from(chosen.bytes).toString()]).toEqual(['ac', 'b']);
  });
});
