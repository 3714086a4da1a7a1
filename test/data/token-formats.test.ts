import { existsSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { exitCodeOf } from '../../src/run/failure.ts';
import { describeTokens } from '../../src/data/token-formats.ts';
import type { TokenDtype, TokenFormat } from '../../src/data/token-formats.ts';
import { openShards } from '../../src/data/token-shards.ts';
import { readGoldenJson } from '../golden.ts';

const folder = mkdtempSync(join(tmpdir(), 'inheritune-formats-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Case {
  name: string;
  bytes: string;
  /** null where it is no file of ids. */
  ids: number[] | null;
  format: TokenFormat;
  dtype: TokenDtype;
}
const cases = readGoldenJson('token_files') as Case[]; // made by tools/golden/token_files.py
const good = cases.filter(({ ids }) => ids !== null);
const bad = cases.filter(({ ids }) => ids === null);

function write(name: string, bytes: Uint8Array): string {
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
}

function bytesOf(name: string): Buffer {
  return Buffer.from(cases.find((one) => one.name === name)?.bytes ?? '', 'base64');
}

describe('files as NumPy, llm.c, lit-gpt and nanoGPT write them', () => {
  test.each(good)(
    '$name is recognised, and its ids are read',
    async ({ name, bytes, ids, format, dtype }) => {
      const path = write(name, Buffer.from(bytes, 'base64'));
      expect(await describeTokens(path)).toMatchObject({ format, dtype, tokens: ids?.length });
      const file = await openShards([{ path, format, dtype }], { path });
      expect([...(await file.read(0, file.length))]).toEqual(ids);
      expect([...(await file.read(2, 3))]).toEqual(ids?.slice(2, 5));
      await file.close();
    },
  );

  test.each(bad)('$name is refused by what it is', async ({ name, bytes }) => {
    const path = write(name, Buffer.from(bytes, 'base64'));
    const error: unknown = await describeTokens(path).catch((reason: unknown) => reason);
    expect(exitCodeOf(error)).toBe(65);
    expect(String(error)).toMatch(
      /(NumPy (array|header): expected .* found )|(lit-gpt header: expected dtype .* found 6)/,
    );
  });
});

describe('headers that lie', () => {
  const lies: [string, string, (bytes: Buffer) => Buffer, string][] = [
    [
      'llm.c',
      'llmc-gpt2.bin',
      (b) => (b.writeInt32LE(8, 8), b),
      'expected 8 ids as its header says, found 7',
    ],
    [
      'llm.c',
      'llmc-gpt2.bin',
      (b) => (b.writeInt32LE(-1, 8), b),
      'expected -1 ids as its header says, found 7',
    ],
    ['llm.c', 'llmc-gpt2.bin', (b) => (b.writeInt32LE(2, 4), b), 'found version 2 with 20240520'],
    ['llm.c', 'llmc-gpt2.bin', (b) => b.subarray(0, 500), 'expected 1024 bytes, found 500'],
    ['llm.c', 'llmc-gpt2.bin', (b) => b.subarray(0, 1024), 'expected ids of 2 bytes, found 0 bytes'],
    ['lit-gpt', 'litgpt-uint16.bin', (b) => b.subarray(0, 20), 'expected 24 bytes, found 20'],
    ['lit-gpt', 'litgpt-uint16.bin', (b) => (b.writeUInt8(9, 7), b), 'expected version 1, found 9'],
    ['lit-gpt', 'litgpt-uint16.bin', (b) => (b.writeUInt8(255, 23), b), 'expected 18374686479671624000 ids'],
    ['NumPy', 'v1-u2.npy', (b) => b.subarray(0, -2), 'expected 7 ids as its header says, found 6'],
    ['NumPy', 'v1-u2.npy', (b) => Buffer.concat([b, b]), 'expected 7 ids as its header says, found 78'],
    ['NumPy', 'v1-u2.npy', (b) => (b.writeUInt16LE(65535, 8), b), 'expected 132 bytes at most, found 65535'],
    ['NumPy', 'v2-u2.npy', (b) => (b.writeUInt32LE(0xffffffff, 8), b), 'found 4294967295'],
    ['NumPy', 'v1-u2.npy', (b) => (b.writeUInt8(4, 6), b), 'expected version 1, 2 or 3, found 4'],
    ['NumPy', 'v1-u2.npy', (b) => b.subarray(0, 9), 'expected 12 bytes or more, found 9'],
  ];
  test.each(lies)('of %s (%s, %#) are errors with both values', async (_, name, change, message) => {
    const path = write(`lie-${name}`, change(bytesOf(name)));
    await expect(describeTokens(path)).rejects.toThrow(message);
    await expect(describeTokens(path)).rejects.toMatchObject({ exitCode: 65 });
  });

  test('whatever bytes change, it is a layout that fits the file or an error of code 65', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...good.map(({ name }) => name)),
        fc.array(fc.tuple(fc.nat(300), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        fc.nat(40),
        async (name, changes, cut) => {
          const bytes = bytesOf(name);
          for (const [place, value] of changes) if (place < bytes.length) bytes[place] = value;
          const size = Math.max(0, bytes.length - cut);
          const path = write('fuzz', bytes.subarray(0, size));
          const found = await describeTokens(path).catch((error: unknown) => exitCodeOf(error));
          if (typeof found === 'number') expect(found).toBe(65);
          else expect(found.dataOffset + found.tokens * found.bytesPerToken).toBe(size);
        },
      ),
      { seed: 5, numRuns: 300 },
    );
  });
});

test.each(['raw', undefined] as const)(
  'a Git LFS pointer in place of a file is told as such (%s)',
  async (format) => {
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 200000000\n`;
    const path = write('pointer.bin', Buffer.from(pointer));
    await expect(describeTokens(path, { format })).rejects.toThrow(
      'found a Git LFS pointer to them; run `git lfs pull`',
    );
  },
);

test('an id that its dtype could hold but no tokenizer has is an error with file and place', async () => {
  const negative = bytesOf('litgpt-int32.bin');
  negative.writeInt32LE(-5, 24 + 4 * 3);
  const path = write('negative.bin', negative);
  const file = await openShards([{ path, format: 'lit-gpt', dtype: 'int32' }], { path });
  await expect(file.read(2, 3)).rejects.toThrow(
    /negative\.bin: expected ids below 2147483648, found 4294967291 at token 3/,
  );
  await file.close();
  const wide = bytesOf('v1-i8.npy');
  wide.writeBigInt64LE(2n ** 40n + 7n, wide.length - 8);
  const widePath = write('wide.npy', wide);
  const wideFile = await openShards([{ path: widePath, format: 'numpy', dtype: 'int64' }], {
    path: widePath,
  });
  await expect(wideFile.read(0, 7)).rejects.toThrow('found 1099511627783 at token 6');
  await wideFile.close();
});

describe('openShards', () => {
  const sizes = [5, 1, 17, 2, 31, 1, 1, 64];
  const ids = Array.from({ length: sizes.reduce((a, b) => a + b) }, (_, i) => (i * 7919) % 50000);
  const shards = sizes.map((size, n) => {
    const start = sizes.slice(0, n).reduce((a, b) => a + b, 0);
    return {
      path: write(`shard-${n}.bin`, new Uint8Array(Uint16Array.from(ids.slice(start, start + size)).buffer)),
    };
  });

  test('every range of odd shards is the range of the stream, with two descriptors and reads at once', async () => {
    const file = await openShards(shards, { path: 'odd', descriptors: 2 });
    expect(file.length).toBe(ids.length);
    const ranges: [number, number][] = [];
    for (let start = 0; start <= ids.length; start += 3)
      for (const count of [0, 1, 2, 20, ids.length - start])
        if (start + count <= ids.length) ranges.push([start, count]);
    const read = await Promise.all(ranges.map(([start, count]) => file.read(start, count)));
    for (const [n, [start, count]] of ranges.entries())
      expect(Array.from(read[n] ?? [])).toEqual(ids.slice(start, start + count));
    await expect(file.read(ids.length - 1, 2)).rejects.toThrow(RangeError);
    await file.close();
    await expect(file.read(0, 1)).rejects.toThrow('read after it was closed');
  });

  test.skipIf(!existsSync('/proc/self/fd'))('files held open are as few as was asked for', async () => {
    const count = () => readdirSync('/proc/self/fd').length;
    const before = count();
    const file = await openShards(shards, { path: 'few', descriptors: 3 });
    expect(count()).toBe(before); // nothing is held that was not read
    await Promise.all(ids.map((_, place) => file.read(place, 1)));
    await vi.waitFor(() => expect(count()).toBe(before + 3)); // what is being closed takes its time
    await file.close();
    expect(count()).toBe(before);
  });

  test('one shard that changes is named with the place in it; one that goes away too; the others are read on', async () => {
    const own = [write('first.bin', Buffer.alloc(8)), write('second.bin', Buffer.alloc(20))];
    const file = await openShards(
      own.map((path) => ({ path })),
      { path: 'two', descriptors: 1 },
    );
    expect((await file.read(0, 14)).length).toBe(14);
    truncateSync(own[1] ?? '', 12);
    await expect(file.read(3, 5)).rejects.toThrow(
      /second\.bin: changed while it was being read, at token 0 \(20 bytes when opened, 12 now\)/,
    );
    await expect(file.read(8, 4)).rejects.toThrow('at token 4');
    expect((await file.read(0, 4)).length).toBe(4);
    rmSync(own[1] ?? '');
    await expect(file.read(6, 2)).rejects.toMatchObject({ exitCode: 65 });
    write('second.bin', Buffer.alloc(20)); // the same size, another file
    await expect(file.read(6, 2)).rejects.toThrow('changed while it was being read');
    await file.close();
  });
});

const samples = '../shared/corpora/formats-dev';
test.skipIf(!existsSync(samples))(
  'the samples of real sets have the tokens of their manifest (skips without ../shared)',
  async () => {
    const tokensOf = async (name: string) => (await describeTokens(join(samples, name))).tokens;
    expect(await tokensOf('bins/nanogpt_train.bin')).toBe(280_710);
    expect(await tokensOf('bins/llmc_gpt2_000001.bin')).toBe(280_710);
    const npy = ['val_000000', 'train_000001', 'train_000002', 'train_000003'];
    const tokens = await Promise.all(npy.map((name) => tokensOf(`edu_fineweb100B/edufineweb_${name}.npy`)));
    expect(tokens.reduce((a, b) => a + b)).toBe(693_786);
    const litgpt = ['0', '1'].map((n) => tokensOf(`bins/litgpt_c4_sample_000000000${n}.bin`));
    expect(await Promise.all(litgpt)).toEqual([131_076, 131_076]); // 241,878 and what fills the last chunk
    const raw = await openShards([{ path: join(samples, 'bins/nanogpt_train.bin'), vocab: 50257 }], {
      path: 'raw',
    });
    const llmc = await openShards([{ path: join(samples, 'bins/llmc_gpt2_000001.bin'), format: 'llm.c' }], {
      path: 'c',
    });
    expect(await raw.read(0, raw.length)).toEqual(await llmc.read(0, llmc.length));
    await Promise.all([raw.close(), llmc.close()]);
  },
);
