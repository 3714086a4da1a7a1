import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { prepare } from '../../src/prepare/prepare.ts';
import type { PrepareInput } from '../../src/prepare/options.ts';
import { loadTokenizer } from '../../src/tokenizers/tokenizers.ts';
import { openSplit, readTokensInfo } from '../../src/data/tokens.ts';
import type { TokensInfo } from '../../src/data/tokens.ts';
import { silentConsole } from '../../src/run/console.ts';
import { lockFile } from '../../src/run/host.ts';

const root = mkdtempSync(join(tmpdir(), 'inheritune-prepare-'));
afterAll(() => rmSync(root, { recursive: true }));
let folder = '';
let out = '';
beforeEach(() => {
  folder = mkdtempSync(join(root, 'case-'));
  out = join(folder, 'tokens');
});

const shakespeare = '../shared/corpora/tinyshakespeare/input.txt';
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Twenty documents in one file; returns its path. */
function twentyDocuments(): string {
  const path = join(folder, 'text.txt');
  writeFileSync(
    path,
    Array.from({ length: 20 }, (_, i) => `Document ${i} says ${'a word '.repeat(i + 1)}.`).join('\n\n'),
  );
  return path;
}
const finished = ['.prepare.lock', 'tokens.json', 'train.bin', 'val.bin'];
const many = { separator: 'blank-line', validationFraction: 0.3 } as const;

/** Documents of a split, decoded again. */
async function documentsOf(info: TokensInfo, split: 'train' | 'val'): Promise<string[]> {
  const tokenizer = await loadTokenizer(info.tokenizer);
  const file = await openSplit(out, info, split);
  const text = tokenizer.decode(await file.read(0, file.length));
  await file.close();
  return text.split('<|endoftext|>').slice(0, -1);
}

describe('prepare', () => {
  test.each(['gpt2', 'bytes', 'characters'] as const)(
    '%s: both files hold every document once, each ended',
    async (tokenizer) => {
      const path = twentyDocuments();
      const { info, changed } = await prepare({ source: [path], out, tokenizer, ...many });
      expect(changed).toBe(true);
      const [train, val] = [await documentsOf(info, 'train'), await documentsOf(info, 'val')];
      expect([train.length, val.length]).toEqual([info.splits.train.documents, info.splits.val.documents]);
      expect(val.length).toBeGreaterThan(1);
      const expected = readFileSync(path, 'utf8').split('\n\n');
      expect(expected.filter((text) => train.includes(text))).toEqual(train); // in the order of the source
      expect([...train, ...val].sort()).toEqual(expected.sort());
      for (const split of ['train', 'val'] as const) {
        const bytes = readFileSync(join(out, `${split}.bin`));
        expect(bytes.length).toBe(info.splits[split].tokens * 2);
        expect(sha256(bytes)).toBe(info.splits[split].shards[0]?.sha256);
      }
      expect(await readTokensInfo(out, silentConsole)).toEqual(info);
      expect((await loadTokenizer(out)).vocab).toBe(info.vocab);
    },
  );

  test('a second time does nothing; a damaged or lost file is made again, the same to the byte', async () => {
    const options: PrepareInput = { source: [twentyDocuments()], out, tokenizer: 'bytes', ...many };
    const { info } = await prepare(options);
    const before = statSync(join(out, 'train.bin')).ino;
    expect((await prepare(options)).changed).toBe(false);
    expect(statSync(join(out, 'train.bin')).ino).toBe(before);

    const bytes = readFileSync(join(out, 'train.bin'));
    bytes[5] = 7;
    writeFileSync(join(out, 'train.bin'), bytes); // the same size: found by its hash
    const later = new Date(Date.now() + 5000);
    utimesSync(join(out, 'train.bin'), later, later);
    const lines: string[] = [];
    const console = { ...silentConsole, warn: (line: string) => void lines.push(line) };
    expect((await prepare(options, { console })).changed).toBe(true);
    rmSync(join(out, 'val.bin'));
    expect((await prepare(options, { console })).info).toEqual(info);
    expect(lines).toEqual([
      `${out}/train.bin: damaged; preparing it again`,
      `${out}/val.bin: gone; preparing it again`,
    ]);
    expect(sha256(readFileSync(join(out, 'train.bin')))).toBe(info.splits.train.shards[0]?.sha256);
  });

  test('other options or other text are refused by name, unless overwrite is set', async () => {
    const path = twentyDocuments();
    const options: PrepareInput = { source: [path], out, tokenizer: 'bytes', ...many };
    const { info } = await prepare(options);
    const other = prepare({ ...options, tokenizer: 'characters' });
    await expect(other).rejects.toThrow(
      'was prepared otherwise (tokenizer was "bytes", is "characters"); choose another folder, or set overwrite',
    );
    await expect(other).rejects.toMatchObject({ exitCode: 64 });
    writeFileSync(path, `${readFileSync(path, 'utf8')}\n\nOne more.`);
    await expect(prepare(options)).rejects.toThrow('(the text is another)');
    expect(await readTokensInfo(out, silentConsole)).toEqual(info);
    const { info: replaced } = await prepare({ ...options, overwrite: true });
    expect((replaced.splits.train.documents ?? 0) + (replaced.splits.val.documents ?? 0)).toBe(21);
  });

  test("somebody else's train.bin is never overwritten unasked", async () => {
    mkdirSync(out);
    writeFileSync(join(out, 'train.bin'), 'theirs');
    await expect(prepare({ source: [twentyDocuments()], out, tokenizer: 'bytes', ...many })).rejects.toThrow(
      'found train.bin without tokens.json',
    );
    await expect(prepare({ source: [twentyDocuments()], out, tokenizer: 'bytes', ...many })).rejects.toThrow(
      'found train.bin without tokens.json',
    );
    expect(readFileSync(join(out, 'train.bin'), 'utf8')).toBe('theirs');
  });

  test('one document alone cannot be split by documents: the error says what to do', async () => {
    const path = join(folder, 'one.txt');
    writeFileSync(path, 'Only this, of several lines.\nAnd this.');
    const alone = prepare({ source: [path], out, tokenizer: 'bytes' });
    await expect(alone).rejects.toThrow(
      'found 1 and 0 documents; raise validationFraction, part text by separator blank-line, or set validationSplit tail',
    );
    expect(readdirSync(out).sort()).toEqual(['.prepare', '.prepare.lock']); // nothing that could be taken for tokens
    const { info } = await prepare({
      source: [path],
      out,
      tokenizer: 'bytes',
      validationSplit: 'tail',
      validationFraction: 0.25,
    });
    expect([await documentsOf(info, 'train'), await documentsOf(info, 'val')]).toEqual([
      ['Only this, of several lines.'],
      ['\nAnd this.'],
    ]);
  });

  test('documents without text are left out, counted', async () => {
    const path = join(folder, 'gaps.txt');
    writeFileSync(path, 'a----b----c--d--e--f');
    const lines: string[] = [];
    const console = { ...silentConsole, warn: (line: string) => void lines.push(line) };
    const { info } = await prepare(
      { source: [path], out, tokenizer: 'bytes', separator: '--', validationFraction: 0.5 },
      { console },
    );
    expect((info.splits.train.documents ?? 0) + (info.splits.val.documents ?? 0)).toBe(6);
    expect(lines).toEqual([
      `${out}: 2 documents were left out (2 empty); the first:`,
      `${path}, document 2: expected text, found none`,
      `${path}, document 4: expected text, found none`,
    ]);
  });

  test('a folder in use is refused with exit code 73', async () => {
    await prepare({ source: [twentyDocuments()], out, tokenizer: 'bytes', ...many });
    const lock = lockFile(join(out, '.prepare.lock'));
    if ('heldBy' in lock) throw new Error('the lock is free');
    const second = prepare({ source: [twentyDocuments()], out, tokenizer: 'bytes', ...many });
    await expect(second).rejects.toThrow(`being prepared by process ${process.pid}`);
    await expect(second).rejects.toMatchObject({ exitCode: 73 });
    lock.release();
  });

  test('a signal stops between parts with exit code 75, and the next call goes on', async () => {
    const paths = Array.from({ length: 8 }, (_, i) => join(folder, `${i}.txt`));
    for (const [i, path] of paths.entries()) writeFileSync(path, `text ${i} `.repeat(10));
    const options: PrepareInput = { source: paths, out, tokenizer: 'bytes', validationSplit: 'tail' };
    let asked = 0;
    const stop = {
      requested: () => (++asked > 3 ? 'SIGINT' : null),
      takeSaveRequest: () => false,
      dispose: () => {},
    } as const;
    const stopped = prepare(options, { stop }, { groupBytes: 1 });
    await expect(stopped).rejects.toThrow('stopped by SIGINT; run it again to go on');
    await expect(stopped).rejects.toMatchObject({ exitCode: 75 });
    expect(readdirSync(out).sort()).toEqual(['.prepare', '.prepare.lock']);

    const lines: string[] = [];
    const console = { ...silentConsole, info: (line: string) => void lines.push(line) };
    const { info } = await prepare(options, { console }, { groupBytes: 1 });
    expect(lines).toContainEqual(expect.stringMatching(/going on; [1-7] of 8 parts are there$/));
    expect(readdirSync(out).sort()).toEqual(finished);
    const undisturbed = join(folder, 'undisturbed');
    const { info: expected } = await prepare({ ...options, out: undisturbed }, {}, { groupBytes: 1 });
    expect(info).toEqual(expected);
  });

  test('text that changes while it is read is an error', async () => {
    const path = twentyDocuments();
    let changes = 1;
    const status = (): void => {
      if (changes-- > 0) appendFileSync(path, '\n\nOne more.');
    };
    const console = { ...silentConsole, status };
    await expect(
      prepare({ source: [path], out, tokenizer: 'bytes', ...many }, { console }),
    ).rejects.toMatchObject({ exitCode: 65 });
    expect(existsSync(join(out, 'tokens.json'))).toBe(false);
  });

  test.skipIf(!existsSync(shakespeare))(
    "nanoGPT's split of Shakespeare: 301,966 and 36,059 GPT-2 tokens (skips without ../shared)",
    async () => {
      const { info } = await prepare({
        source: [shakespeare],
        out,
        validationSplit: 'tail',
        validationFraction: 0.1,
      });
      expect([info.splits.train.tokens - 1, info.splits.val.tokens - 1]).toEqual([301_966, 36_059]); // less the end-of-text
    },
  );
});

describe('what a whole job does with', () => {
  test('too many bad documents: exit code 65, and with more allowed it goes on', async () => {
    const path = join(folder, 'bad.jsonl');
    const line = (i: number): string => (i % 3 === 0 ? 'not json' : JSON.stringify({ text: `text ${i}` }));
    writeFileSync(path, Array.from({ length: 60 }, (_, i) => `${line(i)}\n`).join(''));
    const options: PrepareInput = { source: [path], out, tokenizer: 'bytes', validationFraction: 0.3 };
    const refused = prepare(options);
    await expect(refused).rejects.toThrow('found 20 of 60 (20 json; first: ');
    await expect(refused).rejects.toMatchObject({ exitCode: 65 });
    expect(existsSync(join(out, 'tokens.json'))).toBe(false);
    const { info } = await prepare({ ...options, faults: 0.5 });
    expect((info.splits.train.documents ?? 0) + (info.splits.val.documents ?? 0)).toBe(40);
  });

  test('a kill while the finished files take their places: the next start puts the rest there', async () => {
    const options: PrepareInput = { source: [twentyDocuments()], out, tokenizer: 'bytes', ...many };
    const { info } = await prepare(options);
    const bytes = { train: readFileSync(join(out, 'train.bin')), val: readFileSync(join(out, 'val.bin')) };
    // As it was between two renames: one file is there, the other still in the work folder, no tokens.json.
    const text = readFileSync(join(out, 'tokens.json'), 'utf8');
    rmSync(join(out, 'tokens.json'));
    rmSync(join(out, 'val.bin'));
    mkdirSync(join(out, '.prepare'));
    writeFileSync(join(out, '.prepare', 'val.bin'), bytes.val);
    writeFileSync(join(out, '.prepare', 'finished.json'), text);
    const again = await prepare(options);
    expect(again).toEqual({ folder: out, info, changed: false });
    expect(readFileSync(join(out, 'train.bin')).equals(bytes.train)).toBe(true);
    expect(readFileSync(join(out, 'val.bin')).equals(bytes.val)).toBe(true);
    expect(readdirSync(out).sort()).toEqual(finished);
  });
});
