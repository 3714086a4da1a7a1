import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mergeBytes, pairRanks, singleByteIds } from '../../src/tokenizers/byte-pairs.ts';
import { byteTokenizer } from '../../src/tokenizers/byte-tokenizer.ts';
import {
  characterTokenizer,
  collectCharacters,
  sortedAlphabet,
} from '../../src/tokenizers/character-tokenizer.ts';
import { gpt2Tokenizer } from '../../src/tokenizers/gpt2-tokenizer.ts';
import { wellFormed } from '../../src/tokenizers/tokenizer.ts';
import type { Tokenizer } from '../../src/tokenizers/tokenizer.ts';
import { loadTokenizer } from '../../src/tokenizers/tokenizers.ts';

interface Golden {
  cases: { text: string; gpt2: number[] }[];
}
// Made by tools/golden/tokenizer_ids.py.
const golden = JSON.parse(readFileSync('test/golden/tokenizer_ids.json', 'utf8')) as Golden;
const published = '../shared/models/gpt2-tokenizer';
const folder = mkdtempSync(join(tmpdir(), 'inheritune-tokenizers-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('gpt2', () => {
  let tokenizer: Tokenizer;
  beforeAll(async () => {
    tokenizer = await gpt2Tokenizer();
  });

  test(`ids equal tiktoken's on ${golden.cases.length} hard strings`, () => {
    expect(golden.cases.length).toBeGreaterThan(300);
    for (const { text, gpt2 } of golden.cases)
      expect([...tokenizer.encode(text)], JSON.stringify(text)).toEqual(gpt2);
  });

  test('decoding gives the text back, with U+FFFD for half surrogate pairs', () => {
    for (const { text, gpt2 } of golden.cases) expect(tokenizer.decode(gpt2)).toBe(wellFormed(text));
  });

  test('a cut-off character decodes to U+FFFD and leaves nothing for the next call', () => {
    const [first = 0] = tokenizer.encode('你');
    expect(tokenizer.decode([first])).toBe('\ufffd');
    expect(tokenizer.decode([64])).toBe('a');
    expect(tokenizer.decode([50256])).toBe('<|endoftext|>');
    expect(() => tokenizer.decode([50257])).toThrow('ids are 0 to 50256, got 50257');
  });

  test('a megabyte without a space takes seconds, not hours', () => {
    const ids = tokenizer.encode('a'.repeat(1_000_000));
    expect(ids.length).toBe(250_000); // 'aaaa' is the longest token of that letter
    expect(tokenizer.decode(ids).length).toBe(1_000_000);
  });

  test('merges in one pass equal merges one at a time', () => {
    const tokens = [
      ...Array.from({ length: 256 }, (_, i) => Uint8Array.of(i)),
      ...['aa', 'ab', 'aaa', 'ba', 'aba'].map((s) => Buffer.from(s)),
    ];
    const ranks = pairRanks(tokens);
    const ids = (text: string): number[] => mergeBytes(Buffer.from(text), singleByteIds(tokens), ranks);
    expect(ids('aaaa')).toEqual([256, 256]);
    expect(ids('aaa')).toEqual([258]);
    expect(ids('abab')).toEqual([257, 257]);
    expect(ids('baab')).toEqual([98, 256, 98]);
    expect(() => pairRanks([...tokens, Buffer.from('xyz')])).toThrow(
      'token 261 is not made of two earlier tokens',
    );
  });

  test.skipIf(!existsSync(published))(
    'files equal the published vocab.json and merges.txt (skips without ../shared)',
    () => {
      const files = tokenizer.files();
      expect(JSON.parse(String(files.get('vocab.json')))).toEqual(
        JSON.parse(readFileSync(join(published, 'vocab.json'), 'utf8')),
      );
      const lines = (text: string): string[] => text.trimEnd().split('\n').slice(1);
      expect(lines(String(files.get('merges.txt')))).toEqual(
        lines(readFileSync(join(published, 'merges.txt'), 'utf8')),
      );
    },
  );

  test.skipIf(!existsSync(published))(
    'a folder from the hub is recognised (skips without ../shared)',
    async () => {
      expect((await loadTokenizer(published)).name).toBe('gpt2');
    },
  );
});

describe('bytes', () => {
  test('ids are the UTF-8 bytes; 256 is end-of-text', () => {
    const tokenizer = byteTokenizer();
    expect([...tokenizer.encode('aé\0\ud83d')]).toEqual([97, 0xc3, 0xa9, 0, 0xef, 0xbf, 0xbd]);
    expect([...tokenizer.encode('<|endoftext|>')].length).toBe(13);
    expect(tokenizer.decode([97, 256])).toBe('a<|endoftext|>');
    expect(tokenizer.vocab).toBe(257);
    expect(() => tokenizer.decode([257])).toThrow(RangeError);
    for (const { text } of golden.cases)
      expect(tokenizer.decode(tokenizer.encode(text))).toBe(wellFormed(text));
  });
});

describe('characters', () => {
  test('ids are places in the alphabet, in order of code point, astral characters whole', () => {
    const characters = new Set<string>();
    collectCharacters('b😀\na', characters);
    const tokenizer = characterTokenizer(sortedAlphabet(characters));
    expect([...tokenizer.encode('a\n😀b')]).toEqual([1, 0, 3, 2]);
    expect(tokenizer.decode([3, 4])).toBe('😀<|endoftext|>');
    expect([tokenizer.vocab, tokenizer.endOfText]).toEqual([5, 4]);
  });

  test('a character outside the alphabet is named', () => {
    expect(() => characterTokenizer('ab').encode('abc')).toThrow(
      '"c" (U+0063) is not among the tokenizer\'s 2 characters',
    );
    expect(() => characterTokenizer('ab').decode([3])).toThrow(RangeError);
  });

  test.each(['', 'aba', '\ud83d'])('an alphabet of %j is refused', (alphabet) => {
    expect(() => characterTokenizer(alphabet)).toThrow(RangeError);
  });
});

describe('loadTokenizer', () => {
  test('makes the same tokenizer again from its files', async () => {
    for (const tokenizer of [await gpt2Tokenizer(), byteTokenizer(), characterTokenizer('\n"\\ab😀')]) {
      for (const [name, text] of tokenizer.files()) writeFileSync(join(folder, name), text);
      const loaded = await loadTokenizer(folder);
      expect(loaded.info).toEqual(tokenizer.info);
      expect([...loaded.encode('ab\n')]).toEqual([...tokenizer.encode('ab\n')]);
    }
  });

  test('a folder without one is an error that says so', async () => {
    await expect(loadTokenizer(tmpdir())).rejects.toThrow('found no tokenizer; name a folder with one');
    await expect(loadTokenizer(tmpdir())).rejects.toMatchObject({ exitCode: 65 });
  });
});
