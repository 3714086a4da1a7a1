import { existsSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { gpt2Tokenizer } from '../../src/tokenizers/gpt2-tokenizer.ts';
import { openSplit, openTokens, readTokensInfo } from '../../src/data/tokens.ts';

const folder = mkdtempSync(join(tmpdir(), 'inheritune-tokens-'));
afterAll(() => rmSync(folder, { recursive: true }));
const nanogpt = '../shared/corpora/formats-dev/bins/nanogpt_train.bin';

/** Writes ids as 16 or 32 little-endian bits, independently of the writer under test. */
function writeIds(name: string, ids: number[], bytes: 2 | 4 = 2): string {
  const buffer = Buffer.alloc(ids.length * bytes);
  ids.forEach((id, i) => (bytes === 2 ? buffer.writeUInt16LE(id, 2 * i) : buffer.writeUInt32LE(id, 4 * i)));
  writeFileSync(join(folder, name), buffer);
  return join(folder, name);
}

describe('openTokens', () => {
  test('reads ids by position, 16 and 32 bits', async () => {
    for (const bytesPerToken of [2, 4] as const) {
      const ids = [1, 2, 300, 65535, ...(bytesPerToken === 4 ? [65536, 4_000_000_000] : [])];
      const file = await openTokens(writeIds(`ids${bytesPerToken}.bin`, ids, bytesPerToken), {
        bytesPerToken,
      });
      expect(file.length).toBe(ids.length);
      expect([...(await file.read(0, ids.length))]).toEqual(ids);
      expect([...(await file.read(2, 2))]).toEqual([300, 65535]);
      expect([...(await file.read(ids.length, 0))]).toEqual([]);
      await expect(file.read(ids.length - 1, 2)).rejects.toThrow(RangeError);
      await expect(file.read(-1, 1)).rejects.toThrow(RangeError);
      await file.close();
    }
  });

  test('an id of another vocabulary is an error with file and place', async () => {
    const file = await openTokens(writeIds('high.bin', [1, 2, 99, 100]), { vocab: 99 });
    expect([...(await file.read(0, 2))]).toEqual([1, 2]);
    await expect(file.read(1, 3)).rejects.toThrow(/high\.bin: expected ids below 99, found 99 at token 2/);
    await expect(file.read(1, 3)).rejects.toMatchObject({ exitCode: 65 });
    await file.close();
  });

  test('a file that changes while it is read is an error, and never a crash', async () => {
    const path = writeIds('changing.bin', [1, 2, 3, 4]);
    const file = await openTokens(path);
    truncateSync(path, 4);
    await expect(file.read(1, 3)).rejects.toThrow(
      'changed while it was being read, at token 1 (8 bytes when opened, 4 now)',
    );
    writeIds('changing.bin', [5, 6, 7, 8]);
    await expect(file.read(0, 2)).rejects.toMatchObject({ exitCode: 65 });
    await file.close();
  });

  test('files that are absent, empty or cut are refused', async () => {
    await expect(openTokens(join(folder, 'absent.bin'))).rejects.toThrow('found no file');
    writeFileSync(join(folder, 'empty.bin'), '');
    await expect(openTokens(join(folder, 'empty.bin'))).rejects.toThrow('found 0 bytes');
    writeFileSync(join(folder, 'odd.bin'), 'abc');
    await expect(openTokens(join(folder, 'odd.bin'))).rejects.toThrow(
      'expected ids of 2 bytes, found 3 bytes',
    );
    await expect(openTokens(join(folder, 'odd.bin'))).rejects.toMatchObject({ exitCode: 65 });
  });

  test.skipIf(!existsSync(nanogpt))(
    "nanoGPT's train.bin: real GPT-2 text encodes to the same ids again (skips without ../shared)",
    async () => {
      const file = await openTokens(nanogpt, { vocab: 50257 });
      expect(file.length).toBe(280_710); // manifest.json
      const ids = await file.read(0, file.length);
      await file.close();
      const tokenizer = await gpt2Tokenizer();
      let documents = 0;
      for (let start = 0; start < ids.length; documents++) {
        const end = ids.indexOf(50256, start);
        const document = ids.subarray(start, end);
        expect(tokenizer.encode(tokenizer.decode(document))).toEqual(document);
        start = end + 1;
      }
      expect(documents).toBe(60);
    },
  );
});

describe('readTokensInfo', () => {
  test("a folder of nanoGPT's is read as GPT-2 ids, and said so", async () => {
    const own = mkdtempSync(join(folder, 'nanogpt-'));
    writeFileSync(join(own, 'train.bin'), Buffer.alloc(20));
    const lines: string[] = [];
    const warn = (line: string): void => void lines.push(line);
    await expect(readTokensInfo(own, { warn })).rejects.toThrow('found no val.bin');
    writeFileSync(join(own, 'val.bin'), Buffer.alloc(6));
    const info = await readTokensInfo(own, { warn });
    expect([info.splits.train.tokens, info.splits.val.tokens, info.vocab]).toEqual([10, 3, 50257]);
    expect(lines).toEqual([
      `${own}: no tokens.json; train.bin and val.bin are read as nanoGPT's, GPT-2 ids of 16 bits, id 50256 after each document`,
    ]);
    const file = await openSplit(own, info, 'val');
    expect(file.length).toBe(3);
    await file.close();
    writeFileSync(join(own, 'val.bin'), Buffer.alloc(8));
    await expect(openSplit(own, info, 'val')).rejects.toThrow(
      'expected 3 tokens as tokens.json says, found 4',
    );
  });

  test.each([
    ['{', 'expected JSON'],
    ['{"version":3}', 'version: '],
    ['{"version":1,"tokenizer":{"name":"llama"}}', 'tokenizer.name: '],
  ])('tokens.json of %s is refused by name of the field', async (text, message) => {
    const own = mkdtempSync(join(folder, 'bad-'));
    writeFileSync(join(own, 'tokens.json'), text);
    const reading = readTokensInfo(own, { warn: () => {} });
    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.toMatchObject({ exitCode: 65 });
  });
});
