// Our GPT-2 encoder against tiktoken: which characters are letters, random Unicode, and (full) 200 MB of real text. No difference.

import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { planUnits } from '../../src/sources/plan.ts';
import { readUnit } from '../../src/sources/read.ts';
import { gpt2BatchEncoder } from '../../src/tokenizers/gpt2-batch.ts';
import type { BatchEncoder } from '../../src/tokenizers/gpt2-batch.ts';
import { gpt2Tokenizer } from '../../src/tokenizers/gpt2-tokenizer.ts';
import { full, makeFolder, runPython } from './python.ts';

const corpora = '../shared/corpora';
const strings = full ? 3_000_000 : 50_000;
const atOnce = 250_000;
const folder = makeFolder();
afterAll(() => rmSync(folder, { recursive: true }));

let encoder: BatchEncoder;
beforeAll(async () => {
  encoder = await gpt2BatchEncoder();
  for (const [name, text] of (await gpt2Tokenizer()).files()) writeFileSync(join(folder, name), text);
});

function readNumbers(name: string): Uint32Array {
  const bytes = readFileSync(join(folder, name));
  return new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

/** Encodes FOLDER/text and compares every id with tiktoken's. Returns the number of texts. */
function compare(): number {
  const text = readFileSync(join(folder, 'text'));
  const ends = readNumbers('ends');
  const [theirIds, theirEnds] = [readFileSync(join(folder, 'ids')), readNumbers('id-ends')];
  const { ids, ends: ourEnds } = encoder.encode(text, ends);
  const ours = Buffer.from(ids.buffer, ids.byteOffset, ids.byteLength);
  if (ours.equals(theirIds) && Buffer.from(ourEnds.buffer).equals(Buffer.from(theirEnds.buffer)))
    return ends.length;
  const theirs = new Uint16Array(
    theirIds.buffer.slice(theirIds.byteOffset, theirIds.byteOffset + theirIds.length),
  );
  for (let i = 0; i < ends.length; i++) {
    const [start, end] = [ends[i - 1] ?? 0, ends[i]];
    const found = [...ids.subarray(ourEnds[i - 1] ?? 0, ourEnds[i])];
    const expected = [...theirs.subarray(theirEnds[i - 1] ?? 0, theirEnds[i])];
    expect(found, JSON.stringify(text.subarray(start, end).toString())).toEqual(expected);
  }
  throw new Error('the ids differ, but no text of its own does');
}

test('letters, numbers and white space are what tiktoken takes for them', () => {
  expect(runPython('../golden/gpt2_classes.py', ['--check'])).toContain('equal to tiktoken');
}, 600_000);

test(`${strings} random Unicode strings`, () => {
  let compared = 0;
  for (let seed = 1; compared < strings; seed++) {
    const count = Math.min(atOnce, strings - compared);
    runPython('gpt2_ids.py', [folder, '--random', `${seed}`, `${count}`]);
    compared += compare();
  }
  expect(compared).toBe(strings);
}, 3_600_000);

test.skipIf(!full || !existsSync(corpora))(
  '200 MB of English text (skips where the oracle is short, and without ../shared/corpora)',
  async () => {
    const [texts, ends, bytes] = [[] as Uint8Array[], [] as number[], { count: 0 }];
    const { units } = await planUnits([`${corpora}/{enwiki*,standardebooks,openstax*}/train.jsonl.*`]);
    for (const unit of units) {
      for await (const batch of readUnit(unit)) {
        texts.push(batch.text.slice());
        for (const end of batch.ends) ends.push(bytes.count + end);
        bytes.count += batch.text.length;
      }
    }
    expect(bytes.count).toBeGreaterThan(200e6);
    writeFileSync(join(folder, 'text'), Buffer.concat(texts));
    writeFileSync(join(folder, 'ends'), Uint32Array.from(ends));
    runPython('gpt2_ids.py', [folder]);
    expect(compare()).toBe(ends.length);
  },
  3_600_000,
);
