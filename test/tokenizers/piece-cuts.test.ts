// Cutting a text where no piece can reach across.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pieceCutter } from '../../src/tokenizers/piece-cuts.ts';

function parts(pieces: readonly string[], text: string): string[] {
  const result: string[] = [];
  pieceCutter(pieces)(text, (part) => void result.push(part));
  return result;
}

test('cuts between characters that no piece has side by side, and nowhere else', () => {
  expect(parts(['ab', 'bc', 'd'], 'abcdab?c')).toEqual(['abc', 'd', 'ab', '?', 'c']);
  expect(parts(['a😀'], 'a😀😃😀a😀')).toEqual(['a😀', '😃', '😀', 'a😀']);
  expect(parts(['ab'], '')).toEqual([]);
});

test('pieces of more characters than are tracked are never cut apart', () => {
  const many = Array.from({ length: 3000 }, (_, i) => String.fromCharCode(0x4e00 + i));
  const pairs = many.map((character, i) => character + (many[i + 1] ?? ''));
  expect(parts(pairs, many.join(''))).toEqual([many.join('')]);
});

test('no pair of a piece is ever parted, and the parts are the text', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', 'b', 'c', '\u2581', '😀', '😃', '\ud83d'),
    maxLength: 20,
  });
  fc.assert(
    fc.property(fc.array(text, { maxLength: 5 }), text, (pieces, whole) => {
      const found = parts(pieces, whole);
      expect(found.join('')).toBe(whole);
      found.slice(1).forEach((part, i) => {
        const across = (found[i] ?? '').slice(-1) + part.slice(0, 1);
        expect(pieces.some((piece) => piece.includes(across))).toBe(false);
      });
    }),
    { seed: 3 },
  );
});
