// What model_args of a nanoGPT checkpoint become, and what is refused.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readNanogptConfig } from '../../src/model/nanogpt.ts';
import { errorLine, exitCodeOf } from '../../src/run/failure.ts';
import { torchFileBytes } from '../torch/zip-bytes.ts';

const folder = mkdtempSync(join(tmpdir(), 'inheritune-nanogpt-'));
afterAll(() => rmSync(folder, { recursive: true }));

const small = { n_layer: 2, n_head: 2, n_embd: 8, block_size: 16, bias: false, vocab_size: 32, dropout: 0 };

/** A checkpoint with these arguments and nothing else. */
function checkpoint(given: Record<string, number | boolean>): string {
  const word = (text: string) => Buffer.concat([Buffer.from([0x8c, text.length]), Buffer.from(text)]);
  const value = (each: number | boolean) => {
    if (typeof each === 'boolean') return Buffer.from([each ? 0x88 : 0x89]);
    const bytes = Buffer.alloc(5, 0x4a);
    bytes.writeInt32LE(each, 1);
    return bytes;
  };
  const set = Buffer.from('s');
  const items = Object.entries(given).flatMap(([key, each]) => [word(key), value(each), set]);
  const parts = [
    Buffer.from('80047d', 'hex'),
    word('model_args'),
    Buffer.from('}'),
    ...items,
    set,
    Buffer.from('.'),
  ];
  const path = join(folder, 'ckpt.pt');
  writeFileSync(path, torchFileBytes(Buffer.concat(parts)));
  return path;
}

test('sizes, biases, and the layer scale of the forks that have it', async () => {
  expect(await readNanogptConfig(checkpoint(small))).toEqual({
    family: 'gpt2',
    ...{ layers: 2, heads: 2, width: 8, context: 16, vocab: 32, paddedVocab: 32, bias: false, dropout: 0 },
    ...{ scaleAttentionByInverseLayer: false, layerNormEpsilon: 1e-5, exactGelu: true },
  });
  expect(
    await readNanogptConfig(checkpoint({ ...small, scale_attn_by_inverse_layer_idx: true })),
  ).toMatchObject({ scaleAttentionByInverseLayer: true });
});

test("50304 rows are GPT-2's 50257 tokens, padded", async () => {
  expect(await readNanogptConfig(checkpoint({ ...small, vocab_size: 50304 }))).toMatchObject({
    vocab: 50257,
    paddedVocab: 50304,
  });
});

test.each([
  [{ n_layer: 1_000_000_000 }, 'n_layer'],
  [{ n_layer: 0 }, 'n_layer'],
  [{ n_layer: true }, 'n_layer'],
  [{ n_embd: 9 }, 'n_head: expected a divisor of n_embd 9, found 2'],
  [{ dropout: 2 }, 'dropout'],
])('%j is refused', async (change, words) => {
  const error = await readNanogptConfig(checkpoint({ ...small, ...change })).catch(
    (caught: unknown) => caught,
  );
  expect(exitCodeOf(error)).toBe(65);
  expect(errorLine(error)).toContain(words);
});
