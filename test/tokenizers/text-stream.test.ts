// Text that comes in parts: whole characters, spaces where they belong, and nothing of a stop sequence.

import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { byteTokenizer } from '../../src/tokenizers/byte-tokenizer.ts';
import { sentencePieceTokenizer } from '../../src/tokenizers/sentencepiece-tokenizer.ts';
import { stopFinder, textStream, tokenText } from '../../src/tokenizers/text-stream.ts';

const bytes = byteTokenizer();
const pieces = sentencePieceTokenizer(
  new Map([['tokenizer.model', readFileSync('test/golden/tokenizers/bpe-identity.model')]]),
  'made',
);

test.each([bytes, pieces])('the parts are the text, each character whole: $name', ({ encode, decode }) => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (text) => {
      const stream = textStream(decode);
      const parts = Array.from(encode(text), (id) => stream.push(id));
      expect(parts.join('') + stream.end()).toBe(decode(encode(text)));
      expect(parts.some((part) => part.includes('\ufffd'))).toBe(text.includes('\ufffd'));
    }),
    { seed: 5, numRuns: 200 },
  );
});

test('a continuation keeps its first space', () => {
  const ids = [...pieces.encode('the quick brown')];
  const stream = textStream(pieces.decode, ids.slice(0, 2));
  const rest = ids.slice(2).map((id) => stream.push(id));
  expect(pieces.decode(ids.slice(0, 2)) + rest.join('')).toBe('the quick brown');
  const [word = 0] = pieces.encode('the');
  expect([pieces.decode([word]), tokenText(pieces.decode, word)]).toEqual(['the', ' the']);
});

test('bytes that are no character are not held back for ever', () => {
  const stream = textStream(bytes.decode);
  const parts = Array.from({ length: 6 }, () => stream.push(0xff));
  expect(parts.join('') + stream.end()).toBe('\ufffd'.repeat(6));
  expect(parts.join('')).not.toBe('');
});

test('a stop sequence in several parts is found, and what only looked like one is shown', () => {
  const show = (stops: string[], parts: string[]): [string[], string, boolean] => {
    const finder = stopFinder(stops);
    return [parts.map((part) => finder.add(part)), finder.end(), finder.found];
  };
  expect(show(['</s>'], ['a<', '/', 's', '> b'])).toEqual([['a', '', '', ''], '', true]);
  expect(show(['</s>'], ['a<', '/', 'b', '<'])).toEqual([['a', '', '</b', ''], '<', false]);
  expect(show(['bc', 'abcd'], ['xab', 'cd'])).toEqual([['x', ''], '', true]); // the one that begins first
  expect(show([], ['a', 'b'])).toEqual([['a', 'b'], '', false]);
});
