// What comes out, against nanoGPT's and llm.c's ways of preparing the same documents (tools/golden/prepare.py).

import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { PrepareInput } from '../../src/prepare/options.ts';
import { numpyPermutation } from '../../src/prepare/numpy-permutation.ts';
import { prepare } from '../../src/prepare/prepare.ts';
import { readTokensInfo } from '../../src/data/tokens.ts';
import { silentConsole } from '../../src/run/console.ts';
import { readGoldenJson } from '../golden.ts';

interface Described {
  tokens: number;
  sha256: string;
}
const golden = readGoldenJson('prepare') as {
  nanogpt: { val: Described; trainInSourceOrder: Described; trainPermuted: Described };
  llmc: { shardTokens: number; shards: Described[] };
};
const corpus = 'test/golden/prepare.jsonl';

const root = mkdtempSync(join(tmpdir(), 'inheritune-orders-'));
afterAll(() => rmSync(root, { recursive: true }));
let out = '';
beforeEach(() => {
  out = join(mkdtempSync(join(root, 'case-')), 'tokens');
});
const described = (file: string, headerBytes = 0): Described => {
  const bytes = readFileSync(join(out, file));
  return {
    tokens: (bytes.length - headerBytes) / 2,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
};

const datasetsSplit: Partial<PrepareInput> = { validationSplit: 'datasets', validationFraction: 0.0105 };

const lines = readFileSync(corpus, 'utf8').trimEnd().split('\n');
const parts = Array.from({ length: 40 }, (_, i) => join(root, `part-${String(i).padStart(2, '0')}.jsonl`));
for (const [i, path] of parts.entries()) writeFileSync(path, lines.slice(10 * i, 10 * (i + 1)).join('\n'));

describe.each([
  ['one part', { source: [corpus], groupBytes: 1e9 }],
  ['many parts', { source: parts, groupBytes: 6000 }],
])('%s', (_, { source, groupBytes }) => {
  test('the split by datasets: validation in its order, training in the order of the source', async () => {
    const { info } = await prepare({ source, out, ...datasetsSplit }, {}, { groupBytes });
    expect(described('val.bin')).toEqual(golden.nanogpt.val);
    expect(described('train.bin')).toEqual(golden.nanogpt.trainInSourceOrder);
    expect([info.splits.train.documents, info.splits.val.documents]).toEqual([395, 5]);
    expect(info.splits.val.shards).toEqual([{ file: 'val.bin', ...golden.nanogpt.val }]);
    expect(await readTokensInfo(out, silentConsole)).toEqual(info);
  });

  test('training in the permuted order: nanoGPT’s own train.bin', async () => {
    await prepare({ source, out, ...datasetsSplit, trainOrder: 'permuted' }, {}, { groupBytes });
    expect(described('val.bin')).toEqual(golden.nanogpt.val);
    expect(described('train.bin')).toEqual(golden.nanogpt.trainPermuted);
    expect(readdirSync(out).sort()).toEqual(['.prepare.lock', 'tokens.json', 'train.bin', 'val.bin']);
  });

  test('llm.c’s shards, end-of-text before each document, the first for validation', async () => {
    const { shardTokens, shards } = golden.llmc;
    const { info } = await prepare(
      {
        source,
        out,
        mark: 'before',
        layout: 'llm.c',
        shardTokens,
        validationSplit: 'first-shard',
      },
      {},
      { groupBytes },
    );
    const [val, ...train] = shards;
    expect(described('val_000000.bin', 1024)).toEqual(val);
    expect(train.map((_, i) => described(`train_00000${i}.bin`, 1024))).toEqual(train);
    expect(existsSync(join(out, `train_00000${train.length}.bin`))).toBe(false);
    expect(info.splits.train.shards.map(({ sha256 }) => sha256)).toEqual(train.map(({ sha256 }) => sha256));
    expect(info.documentSeparator).toEqual({ id: 50256, place: 'before' });
  });
});

test('a document at fault keeps its row: the split of all others is the same', async () => {
  const val = [...numpyPermutation(lines.length, 2357).subarray(0, 5)];
  const row = lines.findIndex((_, index) => !val.includes(index)); // in the first of forty files, read in a row
  const broken = join(root, 'broken.jsonl');
  writeFileSync(broken, lines.slice(0, 10).with(row, 'not json').join('\n'));
  const { info } = await prepare({ source: [broken, ...parts.slice(1)], out, ...datasetsSplit });
  expect(described('val.bin')).toEqual(golden.nanogpt.val);
  expect(info.splits.train.documents).toBe(394);
});
