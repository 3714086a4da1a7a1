import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openSplit, readTokensInfo } from '../../src/data/tokens.ts';
import type { TokensInfo } from '../../src/data/tokens.ts';

const root = mkdtempSync(join(tmpdir(), 'inheritune-folders-'));
afterAll(() => rmSync(root, { recursive: true }));
const samples = '../shared/corpora/formats-dev';

function folderOf(name: string, files: Record<string, Uint8Array | string>): string {
  const folder = join(root, name);
  mkdirSync(folder);
  for (const [file, bytes] of Object.entries(files)) writeFileSync(join(folder, file), bytes);
  return folder;
}

function raw(...ids: number[]): Uint8Array {
  return new Uint8Array(Uint16Array.from(ids).buffer);
}

function llmc(...ids: number[]): Uint8Array {
  const header = Buffer.alloc(1024);
  [20240520, 1, ids.length].forEach((value, i) => header.writeInt32LE(value, 4 * i));
  return Buffer.concat([header, raw(...ids)]);
}

function numpy(...ids: number[]): Uint8Array {
  const text = `{'descr': '<u2', 'fortran_order': False, 'shape': (${ids.length},), }`;
  const header = Buffer.from(`\x93NUMPY\x01\x00\x00\x00${text.padEnd(117)}\n`, 'latin1');
  header.writeUInt16LE(118, 8);
  return Buffer.concat([header, raw(...ids)]);
}

const split = (tokens: number, ...shards: [string, number][]) => ({
  tokens,
  documents: null,
  shards: shards.map(([file, count]) => ({ file, tokens: count, sha256: null })),
});
const info = (change: Record<string, unknown> = {}) => ({
  version: 2,
  tokenizer: { name: 'gpt2' },
  vocab: 50257,
  layout: 'raw',
  dtype: 'uint16',
  documentSeparator: { id: 50256, place: 'after' },
  splits: { train: split(5, ['a.bin', 2], ['b.bin', 3]), val: split(1, ['val.bin', 1]) },
  source: [],
  ...change,
});

/** What is read of a split, and what was warned of. */
async function read(
  folder: string,
  name: 'train' | 'val',
): Promise<{ ids: number[]; found: TokensInfo; warnings: string[] }> {
  const warnings: string[] = [];
  const found = await readTokensInfo(folder, { warn: (line) => void warnings.push(line) });
  const file = await openSplit(folder, found, name);
  const ids = [...(await file.read(0, file.length))];
  await file.close();
  return { ids, found, warnings };
}

describe('tokens.json', () => {
  test('version 2: shards in the order that it gives them, raw and with llm.c headers', async () => {
    const shards = {
      'tokens.json': JSON.stringify(info()),
      'a.bin': raw(1, 2),
      'b.bin': raw(3, 4, 5),
      'val.bin': raw(6),
    };
    const folder = folderOf('raw', shards);
    expect((await read(folder, 'train')).ids).toEqual([1, 2, 3, 4, 5]);
    expect((await read(folder, 'val')).warnings).toEqual([]);
    writeFileSync(join(folder, 'tokens.json'), JSON.stringify(info({ layout: 'llm.c' })));
    await expect(read(folder, 'train')).rejects.toThrow(/a\.bin: expected a header of llm\.c, found none/);
    for (const [file, bytes] of [
      ['a.bin', llmc(1, 2)],
      ['b.bin', llmc(3, 4, 5)],
    ] as const)
      writeFileSync(join(folder, file), bytes);
    expect((await read(folder, 'train')).ids).toEqual([1, 2, 3, 4, 5]);
    writeFileSync(join(folder, 'b.bin'), llmc(3, 4));
    await expect(read(folder, 'train')).rejects.toThrow(
      /b\.bin: expected 3 tokens as tokens\.json says, found 2/,
    );
    rmSync(join(folder, 'b.bin'));
    await expect(read(folder, 'train')).rejects.toThrow(/b\.bin: expected token ids, found no file/);
  });

  test('version 1 is read as one raw shard a split, end-of-text after each document', async () => {
    const splits = {
      train: { file: 'train.bin', tokens: 3, documents: 1, sha256: null },
      val: { file: 'val.bin', tokens: 2, documents: 1, sha256: null },
    };
    const { version: _, layout: __, documentSeparator: ___, ...rest } = info({ splits });
    const json = JSON.stringify({ ...rest, version: 1 });
    const folder = folderOf('version-1', {
      'tokens.json': json,
      'train.bin': raw(7, 8, 50256),
      'val.bin': raw(9, 50256),
    });
    const { ids, found, warnings } = await read(folder, 'train');
    expect(ids).toEqual([7, 8, 50256]);
    expect(found).toMatchObject({
      version: 2,
      layout: 'raw',
      documentSeparator: { id: 50256, place: 'after' },
    });
    expect(found.splits.val.shards).toEqual([{ file: 'val.bin', tokens: 2, sha256: null }]);
    expect(warnings).toEqual([]);
  });

  test.each([
    [
      info({ splits: { train: split(6, ['a.bin', 2], ['b.bin', 3]), val: split(1, ['v.bin', 1]) } }),
      'splits.train.tokens: ',
    ],
    [
      info({ splits: { train: split(4, ['a.bin', 2], ['a.bin', 2]), val: split(1, ['v.bin', 1]) } }),
      'splits.train.shards: expected every file once',
    ],
    [info({ splits: { train: split(0), val: split(1, ['v.bin', 1]) } }), 'splits.train.shards: '],
    [
      info({ splits: { train: split(2, ['../a.bin', 2]), val: split(1, ['v.bin', 1]) } }),
      'splits.train.shards.0.file: ',
    ],
    [info({ dtype: 'float32' }), 'dtype: '],
  ])('%# that is wrong is refused by name of the field', async (json, message) => {
    const folder = mkdtempSync(join(root, 'wrong-'));
    writeFileSync(join(folder, 'tokens.json'), JSON.stringify(json));
    const reading = readTokensInfo(folder, { warn: () => undefined });
    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.toMatchObject({ exitCode: 65 });
  });
});

describe('folders of others', () => {
  test("llm.c's and upstream's shards: files named val are validation, the rest training in order of name", async () => {
    for (const [kind, make, layout] of [
      ['fineweb', llmc, 'llm.c'],
      ['edufineweb', numpy, 'numpy'],
    ] as const) {
      const end = layout === 'numpy' ? 'npy' : 'bin';
      const folder = folderOf(kind, {
        [`${kind}_train_000002.${end}`]: make(4, 5, 6),
        [`${kind}_train_000001.${end}`]: make(3, 50256),
        [`${kind}_val_000000.${end}`]: make(50256, 1, 2),
        'README.md': 'not ids',
      });
      const { ids, found, warnings } = await read(folder, 'train');
      expect(ids).toEqual([3, 50256, 4, 5, 6]);
      expect((await read(folder, 'val')).ids).toEqual([50256, 1, 2]);
      expect(found).toMatchObject({ layout, documentSeparator: { id: 50256, place: 'before' } });
      expect(warnings).toEqual([
        `${folder}: no tokens.json; ${kind}_val_000000.${end} is read as validation, 2 other files as training, GPT-2 ids of 16 bits, id 50256 before each document`,
      ]);
    }
  });

  test('without a name that says validation, the first file is it', async () => {
    const folder = folderOf('first', { 'x_0.bin': llmc(1, 2), 'x_1.bin': llmc(3) });
    const { ids, warnings } = await read(folder, 'val');
    expect(ids).toEqual([1, 2]);
    expect(warnings[0]).toContain(
      'the first file, x_0.bin, is read as validation, 1 other files as training',
    );
  });

  test('what a prepare of ours left unfinished is not taken for files of others', async () => {
    const files = { 'train.bin': raw(1, 2), 'val.bin': raw(3), '.prepare.lock': '' };
    await expect(read(folderOf('unfinished', files), 'train')).rejects.toThrow(
      'expected tokens.json, found what an unfinished `inheritune prepare` left; run it again',
    );
  });

  test.each<[string, Record<string, Uint8Array>, string]>([
    ['empty', {}, 'found 0 such files'],
    ['single', { 'x.npy': numpy(1) }, 'found 1 such files'],
    [
      'mixed',
      { 'x_0.bin': llmc(1), 'x_1.npy': numpy(2) },
      'expected files of one kind, found x_0.bin (llm.c, uint16) and x_1.npy (numpy, uint16)',
    ],
    [
      'lit-gpt',
      { 'x_0.bin': litgpt(1), 'x_1.bin': litgpt(2) },
      'found lit-gpt files of uint16 that do not say their tokenizer',
    ],
  ])('%s: one line that says what is expected', async (name, files, message) => {
    const reading = readTokensInfo(folderOf(name, files), { warn: () => undefined });
    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.toMatchObject({ exitCode: 65 });
  });

  test.skipIf(!existsSync(samples))(
    "upstream's FineWeb shards as they are (skips without ../shared)",
    async () => {
      const { ids, found, warnings } = await read(join(samples, 'edu_fineweb100B'), 'train');
      expect([ids.length, found.splits.val.tokens]).toEqual([493_786, 200_000]);
      expect(found.documentSeparator).toEqual({ id: 50256, place: 'before' });
      expect(warnings[0]).toContain(
        'edufineweb_val_000000.npy is read as validation, 3 other files as training',
      );
      const last = readFileSync(join(samples, 'edu_fineweb100B', 'edufineweb_train_000003.npy'));
      expect(ids.at(-1)).toBe(last.readUInt16LE(last.length - 2));
    },
  );

  test.skipIf(!existsSync(samples))(
    "lit-gpt's chunks with a Llama tokenizer beside them (skips without ../shared)",
    async () => {
      const chunk = (n: number) => readFileSync(join(samples, 'bins', `litgpt_c4_sample_000000000${n}.bin`));
      const folder = folderOf('litgpt-chunks', { 'c4_0.bin': chunk(0), 'c4_1.bin': chunk(1) });
      const model = join('../shared/models', 'openllama', 'tokenizer.model');
      if (!existsSync(model)) return;
      mkdirSync(join(folder, 'tokenizer'));
      writeFileSync(join(folder, 'tokenizer', 'tokenizer.model'), readFileSync(model));
      const { ids, found } = await read(folder, 'train');
      expect([ids.length, found.vocab, found.layout]).toEqual([131_076, 32_000, 'lit-gpt']);
      expect(found.documentSeparator).toEqual({ id: 1, place: 'before' });
    },
  );
});

function litgpt(...ids: number[]): Uint8Array {
  const header = Buffer.from('LITPKDS\x01\0\0\0\0\0\0\0\x08\0\0\0\0\0\0\0\0', 'latin1');
  header.writeUInt8(ids.length, 16);
  return Buffer.concat([header, raw(...ids)]);
}
