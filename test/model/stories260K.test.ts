// A real trained Llama, as published: our logits and 200 greedy tokens against transformers', and the text they spell.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { forward } from '../../src/model/families.ts';
import { readModelFolder } from '../../src/model/folder.ts';
import { generate, scoreTokens } from '../../src/model/sample.ts';
import { releaseWeights } from '../../src/model/weights.ts';
import { fromTypedArray, noGrad, scope } from '../../src/torch/index.ts';
import { readGoldenJson } from '../golden.ts';
import { checkLiveTensors } from '../live-tensors.ts';

const folder = '../shared/models/stories260K';
const golden = readGoldenJson('stories260K') as { greedy: number[]; logits: number[]; loss: number };

/** Pieces of llama2.c's tokenizer file: the longest length, then score, length and bytes of each. */
function readPieces(path: string): string[] {
  const bytes = readFileSync(path);
  const pieces: string[] = [];
  for (let at = 4; at < bytes.length; ) {
    const length = bytes.readInt32LE(at + 4);
    pieces.push(bytes.toString('utf8', at + 8, at + 8 + length));
    at += 8 + length;
  }
  return pieces;
}

describe.skipIf(!existsSync(folder))('stories260K (skips without ../shared)', () => {
  checkLiveTensors();

  test('logits, loss and 200 greedy tokens equal transformers’, and continue the published text', async () => {
    const model = await readModelFolder(folder);
    const ids = [1, ...golden.greedy];
    for (const cache of [true, false])
      expect(generate(model, [1], 200, { temperature: 0, cache })).toEqual(golden.greedy);
    const { logProbabilities } = scoreTokens(model, ids);
    const loss = -logProbabilities.reduce((sum, value) => sum + value, 0) / 200;
    expect(Math.abs(loss - golden.loss)).toBeLessThan(1e-5);
    const logits = noGrad(() =>
      scope(() => {
        const tokens = fromTypedArray(BigInt64Array.from(ids.slice(0, 21), BigInt), [1, 21]);
        return Array.from(forward(tokens, model).select(1, 20).view([512]).data() as Float32Array);
      }),
    );
    const largest = Math.max(...golden.logits.map(Math.abs));
    logits.forEach((value, id) =>
      expect(Math.abs(value - (golden.logits[id] ?? NaN)) / largest, `logit ${id}`).toBeLessThan(1e-5),
    );
    const pieces = readPieces(join(folder, 'tok512.bin'));
    const text = golden.greedy.map((id) => pieces[id]).join('');
    expect(text.trimStart().startsWith('Once upon a time, there was a little girl named Lily.')).toBe(true);
    releaseWeights(model.weights);
  });
});
