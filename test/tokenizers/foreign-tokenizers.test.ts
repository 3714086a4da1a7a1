// tokenizer.json and tokenizer.model files: ids against the libraries they were made for, damaged files, and which file of a folder wins.

import fc from 'fast-check';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { gpt2Tokenizer } from '../../src/tokenizers/gpt2-tokenizer.ts';
import { huggingFaceTokenizer } from '../../src/tokenizers/huggingface-tokenizer.ts';
import { sentencePieceTokenizer } from '../../src/tokenizers/sentencepiece-tokenizer.ts';
import { wellFormed } from '../../src/tokenizers/tokenizer.ts';
import type { Tokenizer } from '../../src/tokenizers/tokenizer.ts';
import { loadTokenizer, tokenizerIdentity } from '../../src/tokenizers/tokenizers.ts';

// Made by tools/golden/tokenizer_files.py, with the small files beside it.
const made = 'test/golden/tokenizers';
const shared = '../shared/models';
interface Golden {
  /** By name: ids of each string, and what they decode to (null: the string itself). */
  by: Record<string, { ids: number[][]; decoded: (string | null)[] }>;
}
const golden = JSON.parse(readFileSync(join(made, 'ids.json'), 'utf8')) as Golden;
const texts = (
  JSON.parse(readFileSync('test/golden/tokenizer_ids.json', 'utf8')) as { cases: { text: string }[] }
).cases.map(({ text }) => text);

const root = mkdtempSync(join(tmpdir(), 'inheritune-foreign-'));
afterAll(() => rmSync(root, { recursive: true }));

function open(name: string): Tokenizer {
  if (name.endsWith('.model') || name === 'llama-tokenizer') {
    const path = name.endsWith('.model') ? join(made, name) : join(shared, name, 'tokenizer.model');
    return sentencePieceTokenizer(new Map([['tokenizer.model', readFileSync(path)]]), made);
  }
  const path = name.endsWith('.json') ? join(made, name) : join(shared, name, 'tokenizer.json');
  return huggingFaceTokenizer(new Map([['tokenizer.json', readFileSync(path)]]), made);
}

/** A new folder with these files. */
let folders = 0;
function folderOf(files: Record<string, string | Uint8Array>): string {
  const folder = join(root, `folder-${folders++}`);
  mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

const names = Object.keys(golden.by);
const isShared = (name: string): boolean => !name.endsWith('.model') && !name.endsWith('.json');
const haveShared = existsSync(shared);

describe.each([
  ...names.filter((name) => !isShared(name)).map((name) => ({ name, skip: false, title: name })),
  ...names
    .filter(isShared)
    .map((name) => ({ name, skip: !haveShared, title: `${name} (skips without ../shared)` })),
])('$title', ({ name, skip }) => {
  const { ids, decoded } = golden.by[name] ?? { ids: [], decoded: [] };

  test.skipIf(skip)(`ids equal the library's on ${texts.length} hard strings`, () => {
    const { encode } = open(name);
    expect(ids.length).toBe(texts.length);
    texts.forEach((text, i) => expect(Array.from(encode(text)), JSON.stringify(text)).toEqual(ids[i]));
  });

  test.skipIf(skip)("decoding gives the library's text", () => {
    const { decode } = open(name);
    texts.forEach((text, i) => expect(decode(ids[i] ?? [])).toBe(decoded[i] ?? wellFormed(text)));
  });
});

test.for<[name: string, character: string]>([
  ['llama3.tokenizer.json', ' '],
  ['llama-fast.tokenizer.json', 'a'],
  ['neox.tokenizer.json', '\n'],
  ['bpe-identity.model', 'a'],
  ['unigram-symbols.model', 'a'],
  ['llama-tokenizer', ' '],
  ['gpt-neox-20b-tokenizer', 'a'],
])(
  '%s: a megabyte of %j takes a second, not hours (the last two skip without ../shared)',
  ([name, character], { skip }) => {
    skip(isShared(name) && !haveShared, 'no ../shared');
    const tokenizer = open(name);
    expect(tokenizer.decode(tokenizer.encode(character.repeat(1_000_000)))).toBe(character.repeat(1_000_000));
  },
);

test.each(['gpt2', 'llama3', 'neox', 'digits'])('%s: every text comes back', (name) => {
  const { encode, decode, vocab } = open(`${name}.tokenizer.json`);
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
      const ids = encode(text.normalize('NFC'));
      expect(decode(ids)).toBe(wellFormed(text.normalize('NFC')));
      expect(ids.every((id) => id < vocab)).toBe(true);
    }),
    { seed: 17, numRuns: 300 },
  );
});

test('bpe-identity.model: every text comes back, but for the space in front', () => {
  const { encode, decode } = open('bpe-identity.model');
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
      expect(decode(encode(text))).toBe(wellFormed(text).replaceAll('\u2581', ' '));
    }),
    { seed: 17, numRuns: 300 },
  );
});

test('ignore_merges takes a whole word that is in the vocabulary, whatever its merges give', () => {
  const model = { type: 'BPE', vocab: { a: 0, b: 1, c: 2, ab: 3, abc: 4 }, merges: [['a', 'b']] };
  const encode = (changes: object, text: string): number[] => {
    const json = JSON.stringify({ model: { ...model, ...changes } });
    return [...huggingFaceTokenizer(new Map([['tokenizer.json', Buffer.from(json)]]), 'made').encode(text)];
  };
  expect(encode({ ignore_merges: true }, 'abc')).toEqual([4]);
  expect(encode({ ignore_merges: true }, 'abca')).toEqual([3, 2, 0]);
  expect(encode({}, 'abc')).toEqual([3, 2]);
});

describe('the ends of a text', () => {
  const json = readFileSync(join(made, 'llama-fast.tokenizer.json'));
  const model = readFileSync(join(made, 'bpe-identity.model'));

  test('are named by tokenizer_config.json, in either form', async () => {
    const config = JSON.stringify({ bos_token: { content: '<s>' }, eos_token: '<unk>', add_bos_token: true });
    const tokenizer = await loadTokenizer(
      folderOf({ 'tokenizer.json': json, 'tokenizer_config.json': config }),
    );
    expect(tokenizer).toMatchObject({ beginOfText: 1, endOfText: 0, promptStart: [1] });
  });

  test('are put before a prompt by the post-processor where no configuration says otherwise', async () => {
    const content = JSON.parse(json.toString()) as object;
    const post_processor = {
      type: 'TemplateProcessing',
      single: [{ SpecialToken: { id: '<s>', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }],
      pair: [],
      special_tokens: { '<s>': { id: '<s>', ids: [1], tokens: ['<s>'] } },
    };
    const files = { 'tokenizer.json': JSON.stringify({ ...content, post_processor }) };
    expect(await loadTokenizer(folderOf(files))).toMatchObject({ promptStart: [1], endOfText: 2 });
    const off = { ...files, 'tokenizer_config.json': '{"add_bos_token": false}' };
    expect((await loadTokenizer(folderOf(off))).promptStart).toEqual([]);
  });

  test("are the model's own in tokenizer.model, written out when decoded, and never come out of text", async () => {
    const tokenizer = await loadTokenizer(folderOf({ 'tokenizer.model': model }));
    expect(tokenizer).toMatchObject({
      name: 'sentencepiece',
      beginOfText: 1,
      endOfText: 2,
      promptStart: [1],
    });
    const ids = tokenizer.encode('<s> the end</s>');
    expect(ids.filter((id) => id <= 2)).toEqual(new Uint16Array());
    expect(tokenizer.decode([1, ...ids, 2])).toBe('<s> <s> the end</s></s>');
  });
});

describe('of the files of a folder', () => {
  const model = readFileSync(join(made, 'bpe-identity.model'));
  const json = readFileSync(join(made, 'llama-fast.tokenizer.json')); // ids below the model's number of pieces

  test('tokenizer.model wins, as in OpenLLaMA, and over the tokenizer.json made of it', async () => {
    const llama = '{"tokenizer_class": "LlamaTokenizer"}';
    const both: Record<string, string | Uint8Array>[] = [
      { 'tokenizer.model': model, 'tokenizer_config.json': llama },
      { 'tokenizer.model': model, 'tokenizer.json': json, 'tokenizer_config.json': llama },
    ];
    for (const files of both) {
      const tokenizer = await loadTokenizer(folderOf(files));
      expect(tokenizer.name).toBe('sentencepiece');
      for (const [name, content] of Object.entries(files))
        expect(Buffer.from(tokenizer.files().get(name) ?? '')).toEqual(Buffer.from(content));
    }
  });

  test('tokenizer.json wins where it has more ids, and where tokenizer.model is not SentencePiece', async () => {
    const content = JSON.parse(json.toString()) as { added_tokens: object[] };
    const more = {
      ...content,
      added_tokens: [...content.added_tokens, { id: 500, content: '<|extra|>', special: true }],
    };
    const extended = folderOf({ 'tokenizer.model': model, 'tokenizer.json': JSON.stringify(more) });
    expect(await loadTokenizer(extended)).toMatchObject({ name: 'huggingface', vocab: 501 });
    const tiktoken = folderOf({ 'tokenizer.model': 'IQ== 0\nIg== 1\n', 'tokenizer.json': json });
    expect((await loadTokenizer(tiktoken)).name).toBe('huggingface');
  });

  test('vocab.json and merges.txt are enough, and GPT-2 is GPT-2 only while nothing says otherwise', async () => {
    const gpt2 = await gpt2Tokenizer();
    const files = Object.fromEntries(gpt2.files());
    const { 'vocab.json': vocab = '', 'merges.txt': merges = '', 'tokenizer.json': whole = '' } = files;
    expect((await loadTokenizer(folderOf({ 'vocab.json': vocab, 'merges.txt': merges }))).name).toBe('gpt2');
    expect((await loadTokenizer(folderOf({ 'tokenizer.json': whole }))).name).toBe('gpt2');
    const config = JSON.stringify({ add_prefix_space: true });
    const spaced = folderOf({ 'vocab.json': vocab, 'merges.txt': merges, 'tokenizer_config.json': config });
    const tokenizer = await loadTokenizer(spaced);
    expect(tokenizer.name).toBe('huggingface');
    expect(tokenizer.encode('Hello world')).toEqual(gpt2.encode(' Hello world'));
    expect(tokenizer.encode("it's\n 12")).toEqual(gpt2.encode(" it's\n 12"));
  });
});

describe('a damaged file is one line and exit code 65', () => {
  const refused = async (
    files: Record<string, string | Uint8Array>,
    message: string | RegExp,
  ): Promise<void> => {
    const folder = folderOf(files);
    await expect(loadTokenizer(folder)).rejects.toThrow(message);
    await expect(loadTokenizer(folder)).rejects.toMatchObject({ exitCode: 65 });
  };
  const json = JSON.parse(readFileSync(join(made, 'gpt2.tokenizer.json'), 'utf8')) as Record<string, object>;
  const withPart = (changes: object): string => JSON.stringify({ ...json, ...changes });

  test.each([
    ['hello', 'expected a JSON object'],
    ['[]', 'expected a JSON object'],
    ['{}', 'tokenizer.json: model: '],
    [
      withPart({ normalizer: { type: 'Precompiled', precompiled_charsmap: '' } }),
      'normalizer Precompiled is not supported',
    ],
    [withPart({ model: { type: 'Unigram', vocab: [] } }), 'model Unigram is not supported'],
    [
      withPart({
        pre_tokenizer: { type: 'Split', pattern: { Regex: '(a+)+b' }, behavior: 'Isolated', invert: false },
      }),
      'the regular expression "(a+)+b" is not supported',
    ],
    [withPart({ model: { ...json.model, merges: [['a', 'nowhere']] } }), 'a merge with "anowhere"'],
    [withPart({ model: { ...json.model, vocab: { a: -1 }, merges: [] } }), 'model.vocab.a'],
    [withPart({ model: { ...json.model, vocab: { a: 1e9 }, merges: [] } }), 'model.vocab.a'],
  ])('tokenizer.json %#', (content, message) => refused({ 'tokenizer.json': content }, message));

  test('steps within steps without end, and rules that make a text ever longer', async () => {
    const deep = '{"type":"Sequence","normalizers":['.repeat(9000) + '{"type":"NFC"}' + ']}'.repeat(9000);
    const content = withPart({ normalizer: 'HERE' }).replace('"HERE"', deep);
    await refused({ 'tokenizer.json': content }, 'found steps within steps without end');
    const double = { type: 'Replace', pattern: { String: 'a' }, content: 'aa' };
    const normalizer = { type: 'Sequence', normalizers: Array.from({ length: 32 }, () => double) };
    const { encode } = await loadTokenizer(folderOf({ 'tokenizer.json': withPart({ normalizer }) }));
    expect(() => encode('a')).toThrow('a text of 8192 characters: at most 4160 are encoded at once');
  });

  test('sixty thousand added tokens take a moment, and Strip does not try every space', async () => {
    const added_tokens = Array.from({ length: 60_000 }, (_, i) => ({
      id: i,
      content: `<added ${i}>`,
      normalized: false,
    }));
    const normalizer = { type: 'Strip', strip_left: true, strip_right: true };
    const { encode } = await loadTokenizer(
      folderOf({ 'tokenizer.json': withPart({ added_tokens, normalizer }) }),
    );
    expect([...encode('<added 77>')]).toEqual([77]);
    const [a] = encode('a');
    expect([...encode(`${' '.repeat(300_000)}a`)]).toEqual([a]);
    expect(encode(`a${' '.repeat(300_000)}a`).length).toBeGreaterThan(2);
  });

  test('tokenizer.model, cut off or changed anywhere, is refused or encodes', async () => {
    const whole = readFileSync(join(made, 'unigram-rules.model'));
    for (let cut = 0; cut < whole.length; cut += 97) {
      const folder = folderOf({ 'tokenizer.model': whole.subarray(0, cut) });
      await expect(loadTokenizer(folder)).rejects.toMatchObject({ exitCode: 65 });
    }
    let encoded = 0;
    for (let at = 0; at < whole.length; at += 13) {
      const bytes = Uint8Array.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 0xff;
      try {
        const tokenizer = sentencePieceTokenizer(new Map([['tokenizer.model', bytes]]), 'changed');
        expect(tokenizer.encode('A quick\u00a0brown\u3392 fox').every((id) => id < tokenizer.vocab)).toBe(
          true,
        );
        encoded++;
      } catch (error) {
        expect(error).toMatchObject({ exitCode: 65 });
      }
    }
    expect(encoded).toBeGreaterThan(0);
  });

  test('tokenizer.model of an unknown kind', () =>
    refused(
      { 'tokenizer.model': Buffer.from('\x0a\x05\x0a\x01a\x18\x02\x12\x02\x18\x04') },
      'a model of type char',
    ));
});

test('the published folders are what they are (skips without ../shared)', { skip: !haveShared }, async () => {
  expect((await loadTokenizer(join(shared, 'llama-tokenizer'))).name).toBe('sentencepiece');
  expect(await loadTokenizer(join(shared, 'gpt-neox-20b-tokenizer'))).toMatchObject({
    name: 'huggingface',
    vocab: 50277,
    endOfText: 0,
  });
  expect((await loadTokenizer(join(shared, 'gpt2-tokenizer'))).name).toBe('gpt2');
});

test('tokenizer.json alone gets a configuration, for transformers; what is written gives the same tokenizer again', async () => {
  const one = await loadTokenizer(
    folderOf({ 'tokenizer.json': readFileSync(join(made, 'qwen2.tokenizer.json')) }),
  );
  const files = Object.fromEntries(one.files());
  expect(JSON.parse(String(files['tokenizer_config.json']))).toEqual({
    tokenizer_class: 'PreTrainedTokenizerFast',
    bos_token: '<|endoftext|>',
    eos_token: '<|endoftext|>',
    clean_up_tokenization_spaces: false,
  });
  const two = await loadTokenizer(folderOf(files));
  expect(two.info).toEqual(one.info);
  expect(tokenizerIdentity(two.info)).toBe(tokenizerIdentity(one.info));
  expect([two.beginOfText, two.endOfText, two.promptStart]).toEqual([0, 0, []]);
});
