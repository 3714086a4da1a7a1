// How requests become tokens: where context and continuation part, what stands for nothing, what is cut, windows.

import { describe, expect, test } from 'vitest';
import { requestEncoder } from '../../src/evaluate/encode.ts';
import type { EncodeSettings } from '../../src/evaluate/encode.ts';
import { exitCodeOf } from '../../src/run/failure.ts';
import { byteTokenizer } from '../../src/tokenizers/byte-tokenizer.ts';
import { gpt2Tokenizer } from '../../src/tokenizers/gpt2-tokenizer.ts';
import type { Tokenizer } from '../../src/tokenizers/tokenizer.ts';

const bytes = byteTokenizer();
const end = 256; // of the byte tokenizer, begin-of-text too

function encoded(
  [context, continuation]: [string, string],
  settings: Partial<EncodeSettings> = {},
  tokenizer: Tokenizer = bytes,
) {
  const encode = requestEncoder(tokenizer, {
    context: 16,
    beginOfText: 'auto',
    prefix: 'begin',
    ...settings,
  });
  const { sequences, cut } = encode({ kind: 'loglikelihood', context, continuation });
  const [{ tokens, scored } = { tokens: [], scored: 0 }] = sequences;
  return { tokens: Array.from(tokens), scored, cut };
}

const codes = (text: string) => Array.from(Buffer.from(text));

describe('context and continuation', () => {
  test('the continuation is what the context alone has not', () => {
    expect(encoded(['ab', ' cd'])).toEqual({ tokens: codes('ab cd'), scored: 3, cut: 0 });
  });

  test('spaces at the end of the context, as Python knows them, are the continuation’s', () => {
    expect(encoded(['ab \x1c', 'cd'])).toEqual({ tokens: codes('ab \x1ccd'), scored: 4, cut: 0 });
    expect(encoded(['ab\ufeff', 'cd']).scored).toBe(2); // no space in Python
  });

  test('an empty context is one token, and not twice', () => {
    expect(encoded(['', 'cd'])).toEqual({ tokens: [end, ...codes('cd')], scored: 2, cut: 0 });
    const starting = { ...bytes, encode: () => Uint16Array.of(end, 99) };
    expect(encoded(['', 'x'], {}, starting)).toEqual({ tokens: [end, 99], scored: 1, cut: 0 });
  });

  test('begin-of-text as the tokenizer’s makers do, or as asked', () => {
    const llama = { ...bytes, beginOfText: 7, promptStart: [7] };
    expect(encoded(['a', 'b'], {}, llama).tokens).toEqual([7, 97, 98]);
    expect(encoded(['a', 'b'], { beginOfText: false }, llama).tokens).toEqual([97, 98]);
    expect(encoded(['a', 'b'], { beginOfText: true }).tokens).toEqual([end, 97, 98]);
    expect(encoded(['', 'b'], {}, llama).tokens).toEqual([7, 98]); // the continuation alone has none
    expect(encoded(['', 'b'], { beginOfText: false, prefix: 'end' }, llama).tokens).toEqual([end, 98]);
  });

  test('a piece that reaches over the border: the context keeps its own ids', async () => {
    const gpt2 = await gpt2Tokenizer();
    const [whole, context] = [gpt2.encode('hello'), gpt2.encode('hel')];
    expect(whole.length).toBe(1); // one piece, where the context alone is one as well
    expect(context.length).toBe(1);
    expect(() => encoded(['hel', 'lo'], {}, gpt2)).toThrow(/no tokens of its own: "lo" after "hel"/);
    const later = encoded(['hel', 'lo there'], {}, gpt2);
    expect(later).toEqual({ tokens: [...context, ...gpt2.encode(' there')], scored: 1, cut: 0 });
  });

  test('what is too long loses its first tokens; the last is never fed', () => {
    const text = 'abcdefghijklmnopqrst';
    expect(encoded([text, 'xy'])).toEqual({ tokens: codes('fghijklmnopqrstxy'), scored: 2, cut: 5 });
    expect(encoded(['a', text.slice(0, 16)])).toMatchObject({ scored: 16, cut: 0 });
  });

  test('a continuation longer than the context is refused', () => {
    const refused = () => encoded(['a', 'bcdefghijklmnopqr']);
    expect(refused).toThrow(/has 17 tokens, the model’s context holds 16: "bcdefghijklmnopqr"/);
    expect(exitCodeOf(caught(refused))).toBe(65);
  });
});

describe('whole texts', () => {
  const windows = (text: string, settings: Partial<EncodeSettings> = {}) =>
    requestEncoder(bytes, { context: 4, beginOfText: 'auto', prefix: 'begin', ...settings })({
      kind: 'rolling',
      text,
    }).sequences.map(({ tokens, scored }) => [Array.from(tokens), scored]);

  test('each token is scored once, with as much before it as fits', () => {
    expect(windows('abcdefghij')).toEqual([
      [[end, ...codes('abcd')], 4],
      [codes('defgh'), 4],
      [codes('fghij'), 2],
    ]);
    expect(windows('ab')).toEqual([[[end, ...codes('ab')], 2]]);
    expect(windows('')).toEqual([]);
  });

  test('with begin-of-text that is scored too, as in lm-eval', () => {
    expect(windows('ab', { beginOfText: true })).toEqual([[[end, end, ...codes('ab')], 3]]);
  });
});

function caught(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return null;
}
