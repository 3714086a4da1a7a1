// The GPT-2 encoder of native/host: tiktoken's golden ids, a plain reference on random text, threads, and what it refuses.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { beforeAll, describe, expect, test } from 'vitest';
import type { HostAddon } from '../../src/run/host.ts';
import { readAddonRecord } from '../../src/run/store.ts';
import { mergeBytes, pairRanks, singleByteIds } from '../../src/tokenizers/byte-pairs.ts';
import type { PairRanks } from '../../src/tokenizers/byte-pairs.ts';
import { gpt2BatchEncoder } from '../../src/tokenizers/gpt2-batch.ts';
import { gpt2Addon, gpt2Tokens } from '../../src/tokenizers/gpt2-vocabulary.ts';

// Made by tools/golden/tokenizer_ids.py and tools/golden/gpt2_every_point.py.
const golden = JSON.parse(readFileSync('test/golden/tokenizer_ids.json', 'utf8')) as {
  cases: { text: string; gpt2: number[] }[];
};
const everyPoint = JSON.parse(readFileSync('test/golden/gpt2_every_point.json', 'utf8')) as {
  sha256: string[];
};

let addon: HostAddon;
let byteIds: Uint32Array;
let ranks: PairRanks;
beforeAll(async () => {
  addon = await gpt2Addon();
  const tokens = await gpt2Tokens();
  byteIds = singleByteIds(tokens);
  ranks = pairRanks(tokens);
});

function batchOf(texts: readonly (string | Uint8Array)[]): { text: Uint8Array; ends: Uint32Array } {
  const parts = texts.map((text) => Buffer.from(text as string));
  let end = 0;
  return { text: Buffer.concat(parts), ends: Uint32Array.from(parts, ({ length }) => (end += length)) };
}

/** Ids of each text, from one call. */
function encodeAll(texts: readonly (string | Uint8Array)[], classifier = 0): number[][] {
  const { text, ends } = batchOf(texts);
  const result = addon.gpt2Encode(text, ends, -1, -1, classifier);
  return texts.map((_, i) => [...result.ids.subarray(result.ends[i - 1] ?? 0, result.ends[i])]);
}

const space = '\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const pattern = new RegExp(
  `'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^${space}\\p{L}\\p{N}]+|[${space}]+(?![^${space}])|[${space}]+`,
  'gu',
);

/** The plain way: a regular expression and merges one rank at a time. */
function reference(text: string): number[] {
  return Array.from(text.matchAll(pattern), ([piece]) =>
    mergeBytes(Buffer.from(piece), byteIds, ranks),
  ).flat();
}

/** A generator of numbers below `limit`, the same ones every time. */
function seeded(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

// What the pattern tells apart, each kind in 1 to 4 bytes. No letter that Node knows and Unicode 16 does not.
const ingredients = [
  ...["'", "'s", "'t", "'re", "'ve", "'m", "'ll", "'d", "'S", "'l", "'r", "'v", 's', 'e', 'l'],
  ...[' ', '  ', '\n', '\r\n', '\t', '\v', '\x1c', '\x85', '\xa0', '\u2003', '\u3000', '\u200b', '\ufeff'],
  ...[
    'a',
    'the',
    'Zürich',
    'ß',
    'ж',
    'слово',
    'ع',
    '你好',
    '한국',
    '𝒳',
    '𠀀',
    'ª',
    'ᄀ',
    'internationalization',
  ],
  ...['0', '42', '²', '½', '٣', 'Ⅷ', '𝟘', '९'],
  ...['.', '-', '!!', '—', '…', '€', '🙂', '👩‍🔬', '\u0301', '\0', '_', '<|endoftext|>', '```', '=========='],
];

function randomText(random: (limit: number) => number, longest: number): string {
  let text = '';
  for (let left = random(longest); left > 0; left--) {
    const ingredient = ingredients[random(ingredients.length)] ?? '';
    text += random(12) === 0 ? ingredient.repeat(1 + random(40)) : ingredient;
  }
  return text;
}

describe('ids', () => {
  test('equal tiktoken on hard strings, in one batch, by every classifier, with separators or without', async () => {
    const texts = golden.cases.map(({ text }) => text);
    const expected = golden.cases.map(({ gpt2 }) => gpt2);
    expect(addon.gpt2Classifiers().at(-1)).toBe('portable');
    for (const [i, name] of addon.gpt2Classifiers().entries())
      expect(encodeAll(texts, i), name).toEqual(expected);

    const { text, ends } = batchOf(texts);
    const parted = (await gpt2BatchEncoder({ before: 50257, after: 50256 })).encode(text, ends);
    expect([...parted.ids]).toEqual(expected.flatMap((ids) => [50257, ...ids, 50256]));
    expect(parted.ends.at(-1)).toBe(parted.ids.length);
  });

  test('equal tiktoken for every code point between letters, digits, newlines and blanks', () => {
    everyPoint.sha256.forEach((expected, plane) => {
      let text = '';
      for (let point = plane << 16; point < (plane + 1) << 16; point++) {
        if (point >= 0xd800 && point < 0xe000) continue;
        const c = String.fromCodePoint(point);
        text += `a${c}a1${c}1\n${c}\n ${c} `;
      }
      const bytes = Buffer.from(text);
      const { ids } = addon.gpt2Encode(bytes, Uint32Array.of(bytes.length), -1, -1, 0);
      expect(createHash('sha256').update(ids).digest('hex'), `plane ${plane}`).toBe(expected);
    });
  });

  test('equal a regular expression and plain merges on 20,000 random strings', () => {
    const random = seeded(5);
    const texts = Array.from({ length: 20_000 }, () => randomText(random, 25));
    const found = encodeAll(texts);
    texts.forEach((text, i) => expect(found[i], JSON.stringify(text)).toEqual(reference(text)));
  });

  test('equal each other by every classifier, wherever the 64-byte blocks and the end of memory lie', () => {
    const random = seeded(6);
    for (let round = 0; round < 300; round++) {
      const text = randomText(random, 100);
      const expected = reference(text);
      for (const [i, name] of addon.gpt2Classifiers().entries()) {
        const filler = ' x'.repeat(round % 67); // its own document, so that ours begins anywhere
        expect(encodeAll([filler, text, filler], i)[1], `${name}: ${JSON.stringify(text)}`).toEqual(expected);
      }
    }
  });

  test('of bytes that are no UTF-8 are those of their text', () => {
    const random = seeded(7);
    const start = [0x41, 0x20, 0x27, 0x73, 0xc3, 0xa9, 0xe4, 0xbd, 0xa0, 0xf0, 0x9f, 0x99, 0x82, 0xed, 0xf4];
    const texts = Array.from({ length: 3000 }, () =>
      Uint8Array.from({ length: random(150) }, () => start[random(start.length + 5)] ?? random(256)),
    );
    const found = encodeAll(texts);
    const mended = encodeAll(texts.map((bytes) => Buffer.from(bytes).toString()));
    texts.forEach((bytes, i) => expect(found[i], Buffer.from(bytes).toString('hex')).toEqual(mended[i]));
    // A character whose bytes lie in two documents is none.
    expect(encodeAll([Uint8Array.of(0xe4, 0xbd), Uint8Array.of(0xa0)])).toEqual(
      encodeAll(['\ufffd', '\ufffd']),
    );
  });

  test('do not depend on what was encoded before: the table of pieces grows and forgets', () => {
    const random = seeded(8);
    const word = (): string =>
      String.fromCharCode(...Array.from({ length: 3 + random(9) }, () => 97 + random(26)));
    const words = Array.from({ length: 3000 }, word);
    const before = encodeAll(words);
    let other = '';
    for (let i = 0; i < 300_000; i++) other += ` ${word()}`;
    encodeAll([other]);
    expect(encodeAll(words)).toEqual(before);
    words.slice(0, 300).forEach((text, i) => expect(before[i]).toEqual(reference(text)));
  });
});

describe('pieces without an end', () => {
  test('two megabytes of one letter, or of random ones, take a second or two', () => {
    const random = seeded(9);
    const letters = Buffer.from(Uint8Array.from({ length: 2_000_000 }, () => 97 + random(26)));
    const started = performance.now();
    const [same, mixed] = encodeAll([Buffer.alloc(2_000_000, 'a'), letters]);
    expect(performance.now() - started).toBeLessThan(20_000);
    expect(same?.length).toBe(500_000);
    const tokens = new Map(Array.from(mixed ?? [], (id) => [id, true]));
    expect(tokens.size).toBeGreaterThan(1000);
  });

  test('of 60 to 3,000 letters have the ids of plain merges', () => {
    const random = seeded(10);
    for (let round = 0; round < 60; round++) {
      const length = round < 30 ? 60 + random(12) : random(3000);
      const letters = round % 2 ? 'aab' : 'etaoinshrdlu';
      const text = Array.from({ length }, () => letters[random(letters.length)]).join('');
      expect(encodeAll([text])[0]).toEqual(mergeBytes(Buffer.from(text), byteIds, ranks));
    }
  });
});

describe('threads', () => {
  const script = `const { parentPort, workerData } = require('node:worker_threads');
    const addon = require(workerData.addon);
    for (;;) {
      const { ids } = addon.gpt2Encode(workerData.text, workerData.ends, -1, -1, 0);
      parentPort.postMessage(Buffer.from(ids.buffer).toString('base64'));
      if (!workerData.forever) break;
    }`;

  test('four workers at once share the vocabulary and give the same ids; one that is stopped takes nothing along', async () => {
    const batch = batchOf(golden.cases.flatMap(({ text }) => [text, text, text]));
    const { ids } = addon.gpt2Encode(batch.text, batch.ends, -1, -1, 0);
    const expected = Buffer.from(ids.buffer).toString('base64');
    const start = (forever: boolean): Worker =>
      new Worker(script, { eval: true, workerData: { ...batch, addon: readAddonRecord().host, forever } });
    const stopped = start(true);
    await new Promise((resolve) => stopped.once('message', resolve));
    const found = await Promise.all(
      Array.from({ length: 3 }, () => {
        const worker = start(false);
        return new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
      }),
    );
    await stopped.terminate();
    expect(found).toEqual([expected, expected, expected]);
    expect(addon.gpt2Loaded()).toBe(true);
    expect(addon.gpt2Encode(batch.text, batch.ends, -1, -1, 0).ids).toEqual(ids);
  });
});

describe('what is refused', () => {
  const text = Buffer.from('abc def');
  const all = Uint32Array.of(7);
  const detached = new Uint32Array(1);
  structuredClone(detached, { transfer: [detached.buffer] });
  const detachedText = new Uint8Array(7);
  structuredClone(detachedText, { transfer: [detachedText.buffer] });
  const cases: [string, unknown[], ErrorConstructor, string][] = [
    ['nothing at all', [], TypeError, 'text: expected a Uint8Array'],
    ['a string', ['abc', all, -1, -1, 0], TypeError, 'text: expected a Uint8Array'],
    ['bytes of another kind', [new Int8Array(7), all, -1, -1, 0], TypeError, 'text: expected a Uint8Array'],
    ['shared text', [new Uint8Array(new SharedArrayBuffer(7)), all, -1, -1, 0], TypeError, 'shared memory'],
    ['shared ends', [text, new Uint32Array(new SharedArrayBuffer(4)), -1, -1, 0], TypeError, 'shared memory'],
    ['detached text', [detachedText, Uint32Array.of(7), -1, -1, 0], TypeError, 'detached'],
    ['detached ends', [text, detached, -1, -1, 0], TypeError, 'detached'],
    ['ends of another kind', [text, [7], -1, -1, 0], TypeError, 'ends: expected a Uint32Array'],
    ['an end outside', [text, Uint32Array.of(3, 8), -1, -1, 0], RangeError, 'up to 7; found 8 at 1, after 3'],
    ['ends that descend', [text, Uint32Array.of(5, 3), -1, -1, 0], RangeError, 'found 3 at 1, after 5'],
    ['a separator too large', [text, all, 65536, -1, 0], RangeError, 'before: expected an id below 65536'],
    ['half a separator', [text, all, -1, 0.5, 0], RangeError, 'after: expected an id'],
    ['no separator', [text, all, -1, undefined, 0], TypeError, 'after: expected an id'],
    ['NaN for a separator', [text, all, NaN, -1, 0], RangeError, 'before: expected an id'],
    ['an unknown classifier', [text, all, -1, -1, 9], RangeError, 'classifier: expected its place'],
  ];
  test.each(cases)('%s', (_, args, kind, message) => {
    const call = (): unknown => Reflect.apply(addon.gpt2Encode, addon, args);
    expect(call).toThrow(kind);
    expect(call).toThrow(message);
  });

  test('vocabularies that are none, in a process without one', () => {
    const child = `const addon = require(process.argv[1]);
      const said = [];
      const say = (call) => { try { call(); said.push('fine'); } catch (error) { said.push(error.name + ': ' + error.message); } };
      const bytes = Uint8Array.from({ length: 256 }, (_, i) => i), ends = Uint32Array.from(bytes, (b) => b + 1);
      say(() => addon.gpt2Encode(bytes, ends, -1, -1, 0));
      say(() => addon.gpt2Load(bytes, ends.subarray(0, 255)));
      say(() => addon.gpt2Load(bytes, Uint32Array.of(1, 1)));
      say(() => addon.gpt2Load(bytes, Uint32Array.of(300)));
      say(() => addon.gpt2Load(Uint8Array.of(...bytes, 97, 98, 99), Uint32Array.of(...ends, 259)));
      say(() => addon.gpt2Load(bytes, new Uint32Array(70000)));
      say(() => addon.gpt2Load(bytes, new Uint32Array(0)));
      say(() => addon.gpt2Loaded() && said.push('loaded'));
      say(() => addon.gpt2Load(bytes, ends));
      say(() => said.push(String(addon.gpt2Encode(bytes.subarray(65, 70), Uint32Array.of(5), -1, -1, 0).ids)));
      console.log(said.join('\\n'));`;
    const { stdout, status } = spawnSync(process.execPath, ['-e', child, readAddonRecord().host], {
      encoding: 'utf8',
    });
    expect(stdout.trim().split('\n')).toEqual([
      'Error: gpt2Encode: no vocabulary yet; call gpt2Load first',
      'RangeError: gpt2Load: expected a token for every byte',
      'RangeError: gpt2Load: token 1 is empty, or ends outside the bytes',
      expect.stringContaining('RangeError: gpt2Load: ends'),
      'RangeError: gpt2Load: token 256 is not made of two earlier tokens',
      'RangeError: gpt2Load: expected fewer than 65535 tokens',
      'RangeError: gpt2Load: expected a token for every byte',
      'fine',
      'fine',
      '65,66,67,68,69',
      'fine',
    ]);
    expect(status).toBe(0);
  });

  test('nothing is fine: no texts, empty texts', () => {
    const none = addon.gpt2Encode(new Uint8Array(0), new Uint32Array(0), -1, -1, 0);
    expect([none.ids.length, none.ends.length]).toEqual([0, 0]);
    const empty = addon.gpt2Encode(new Uint8Array(0), new Uint32Array(3), -1, 9, 0);
    expect([[...empty.ids], [...empty.ends]]).toEqual([
      [9, 9, 9],
      [1, 2, 3],
    ]);
  });
});
