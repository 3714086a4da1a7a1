// The sample job: prompts, ends, seeds, streams, and what is refused.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { byteTokenizer } from '../../src/tokenizers/byte-tokenizer.ts';
import { writeModelFolder } from '../../src/model/folder.ts';
import { generate } from '../../src/model/sample.ts';
import { releaseWeights } from '../../src/model/weights.ts';
import { exitCodeOf } from '../../src/run/failure.ts';
import { sampleOptions } from '../../src/sample/options.ts';
import { sample } from '../../src/sample/sample.ts';
import { checkLiveTensors } from '../live-tensors.ts';
import { smallModel } from '../inherit/models.ts';
import { listener } from '../train/rig.ts';

const folder = mkdtempSync(join(tmpdir(), 'inheritune-sample-'));
const model = join(folder, 'model');
afterAll(() => rmSync(folder, { recursive: true }));

checkLiveTensors();

beforeAll(async () => {
  mkdirSync(model);
  const small = smallModel(4, { vocab: 257, paddedVocab: 320, context: 24 });
  const tokenizer = byteTokenizer();
  await writeModelFolder(model, small, { tokenizerFiles: tokenizer.files(), endOfText: 256, card: '' });
  releaseWeights(small.weights);
});

async function run(given: object) {
  const written: string[] = [];
  const { context, asked } = listener();
  const options = sampleOptions.parse({ model, threads: 1, device: 'cpu', tokens: 40, ...given });
  const write = (text: string) => void written.push(text);
  const samples = await sample(options, { ...context, write });
  return { samples, written, asked };
}

test('the prompt, then the text as it comes; equal seeds give equal text, and the next sample has the next seed', async () => {
  const { samples, written } = await run({ prompt: 'ab', samples: 2, seed: 5, ignoreEndOfText: true });
  expect(samples.map(({ ids }) => ids.length)).toEqual([40, 40]);
  expect(written.join('')).toBe(
    `--- sample 1\nab${samples[0]?.text}\n\n--- sample 2\nab${samples[1]?.text}\n`,
  );
  expect(written.length).toBeGreaterThan(10);
  const again = await run({ prompt: 'ab', seed: 6, ignoreEndOfText: true, cache: false });
  expect(again.samples[0]?.ids).toEqual(samples[1]?.ids);
  expect(again.samples[0]?.ids).not.toEqual(samples[0]?.ids);
});

test('an end of text ends a sample, and is no part of it', async () => {
  const ended = await run({ prompt: 'x', tokens: 4000, temperature: 3, topK: 0 });
  expect(ended.samples[0]?.end).toBe('endOfText');
  expect(ended.samples[0]?.ids).not.toContain(256);
  const length = ended.samples[0]?.ids.length ?? 0;
  const further = await run({
    prompt: 'x',
    tokens: length + 1,
    temperature: 3,
    topK: 0,
    ignoreEndOfText: true,
  });
  expect(further.samples[0]?.ids.at(-1)).toBe(256);
});

test('a file is a prompt, an empty one begins with end of text', async () => {
  const file = join(folder, 'prompt.txt');
  writeFileSync(file, 'ab');
  const given = { seed: 5, ignoreEndOfText: true };
  expect((await run({ promptFile: file, ...given })).samples).toEqual(
    (await run({ prompt: 'ab', ...given })).samples.map((each) => ({
      ...each,
      tokensPerSecond: expect.any(Number) as number,
    })),
  );
  expect((await run({ ...given, temperature: 0 })).samples[0]?.ids[0]).toBeTypeOf('number');
});

describe('settings', () => {
  test('topK 1 and a small topP are greedy', () => {
    const small = smallModel(4);
    const greedy = generate(small, [1, 2], 8, { temperature: 0 });
    expect(generate(small, [1, 2], 8, { topK: 1, seed: 9 })).toEqual(greedy);
    expect(generate(small, [1, 2], 8, { topP: 1e-6, seed: 9 })).toEqual(greedy);
    expect(generate(small, [1, 2], 8, { temperature: 5, seed: 9 })).not.toEqual(greedy);
    releaseWeights(small.weights);
  });

  test('topK draws from the likeliest only, and as often as the model says', () => {
    const small = smallModel(4);
    const counts = new Map<number, number>();
    for (let seed = 0; seed < 400; seed++) {
      const [id = -1] = generate(small, [1, 2], 1, { topK: 3, seed });
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    expect(counts.size).toBe(3);
    releaseWeights(small.weights);
  });

  test.each([
    [[], {}, 'the prompt needs at least one token'],
    [[61], {}, 'token ids are 0 to 60, got 61'],
    [[-1], {}, 'token ids are 0 to 60, got -1'],
    [[1], { temperature: -1 }, 'temperature: expected 0 or more'],
    [[1], { temperature: NaN }, 'temperature: expected 0 or more'],
    [[1], { topK: 1.5 }, 'topK: expected a whole number'],
    [[1], { topP: 0 }, 'topP: expected a share in (0, 1]'],
  ])('%j with %j is refused', (prompt, settings, problem) => {
    const small = smallModel(4);
    expect(() => generate(small, prompt, 1, settings)).toThrow(problem);
    releaseWeights(small.weights);
  });
});

test.each([
  [{ prompt: 'a', promptFile: 'b' }, 64, 'expected prompt or promptFile, got both'],
  [{ promptFile: join(folder, 'none.txt') }, 65, 'expected a text file to continue'],
  [{ model: join(folder, 'none') }, 65, 'there is none'],
])('%j: exit %i, %s', async (given, code, problem) => {
  const error: unknown = await run(given).catch((caught: unknown) => caught);
  expect(String(error)).toContain(problem);
  expect(exitCodeOf(error)).toBe(code);
});
