// Token files of others as sources: documents across shards, marks put anew. The ids are written here by hand.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { prepare } from '../../src/prepare/prepare.ts';

const root = mkdtempSync(join(tmpdir(), 'inheritune-token-documents-'));
afterAll(() => rmSync(root, { recursive: true }));
const end = 50256;
const documents = Array.from({ length: 30 }, (_, i) =>
  Array.from({ length: (i * 5) % 11 }, (_, j) => 100 * i + j),
);

function write(name: string, ids: readonly number[], header?: readonly number[]): string {
  const words = new Int32Array(header ? 256 : 0);
  words.set(header ?? []);
  const path = join(root, name);
  writeFileSync(path, Buffer.concat([Buffer.from(words.buffer), Buffer.from(Uint16Array.from(ids).buffer)]));
  return path;
}
const idsOf = (folder: string, file: string): number[] => {
  const bytes = readFileSync(join(folder, file));
  return [...new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2)];
};

test('documents that shards cut are whole again, what is empty between marks is left out, marks are put anew', async () => {
  const before = documents.flatMap((ids) => [end, ...ids]);
  const shards = [0, 37, 38, 60, before.length].flatMap((cut, i, cuts) => {
    const ids = before.slice(cut, cuts[i + 1]);
    return i === cuts.length - 1 ? [] : [write(`shard_${i}.bin`, ids, [20240520, 1, ids.length])];
  });
  const out = join(root, 'converted');
  const { info } = await prepare({
    source: shards,
    out,
    validationSplit: 'first-shard',
    shardTokens: 10,
  });
  const whole = documents.filter((ids) => ids.length > 0).flatMap((ids) => [...ids, end]);
  const [val, ...train] = Array.from({ length: Math.ceil(whole.length / 10) }, (_, i) =>
    whole.slice(10 * i, 10 * i + 10),
  );
  expect(idsOf(out, 'val_000000.bin')).toEqual(val);
  expect(info.splits.train.shards.flatMap(({ file }) => idsOf(out, file))).toEqual(train.flat());
});

test('whole documents go to validation by a hash of their ids; the last may lack its mark', async () => {
  const path = write(
    'nanogpt.bin',
    documents.flatMap((ids, i) => (i < 29 ? [...ids, end] : ids)),
  );
  const out = join(root, 'by-hash');
  const { info } = await prepare({ source: [path], out, validationFraction: 0.3, mark: 'before' });
  const parts = (ids: number[]): string[] =>
    ids
      .join(' ')
      .split(String(end))
      .map((text) => text.trim());
  const [, ...train] = parts(idsOf(out, 'train.bin'));
  const [, ...val] = parts(idsOf(out, 'val.bin'));
  expect([...train, ...val].sort()).toEqual(
    documents
      .filter((ids) => ids.length > 0)
      .map((ids) => ids.join(' '))
      .sort(),
  );
  expect([info.splits.train.documents, info.splits.val.documents]).toEqual([train.length, val.length]);
  expect(info.documentSeparator).toEqual({ id: end, place: 'before' });
});

test('ids are no text: characters, tails and another vocabulary are refused in one line', async () => {
  const path = write('some.bin', [1, 2, end, 3, end]);
  const out = join(root, 'refused');
  await expect(prepare({ source: [path], out, tokenizer: 'characters' })).rejects.toThrow(
    `${path}: is ids, not text; expected the tokenizer they are of, got characters`,
  );
  await expect(prepare({ source: [path], out, validationSplit: 'tail' })).rejects.toMatchObject({
    exitCode: 64,
  });
  await expect(prepare({ source: [path], out, tokenizer: 'bytes' })).rejects.toMatchObject({ exitCode: 65 });
  expect(existsSync(join(out, 'tokens.json'))).toBe(false);
});
