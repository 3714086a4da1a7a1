// data info and data show: what is told of a folder, which lies are found, and which document is shown.

import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { dataInfo, dataInfoText } from '../../src/data/info.ts';
import { prepare } from '../../src/prepare/prepare.ts';
import { documentText, showDocument } from '../../src/data/show.ts';
import { silentConsole } from '../../src/run/console.ts';
import { exitCodeOf } from '../../src/run/failure.ts';
import { compiledRun } from '../run/child.ts';

const root = mkdtempSync(join(tmpdir(), 'inheritune-data-'));
afterAll(() => rmSync(root, { recursive: true }));
const quiet = { console: silentConsole };
const texts = Array.from(
  { length: 40 },
  (_, n) => `Document ${n}. ${'words and more words '.repeat(1 + (n % 7))}`,
);

/** The texts, prepared as bytes. */
async function prepared(name: string): Promise<string> {
  writeFileSync(join(root, `${name}.txt`), texts.join('\n\n'));
  const out = join(root, name);
  await prepare({
    source: [join(root, `${name}.txt`)],
    out,
    tokenizer: 'bytes',
    separator: 'blank-line',
    validationFraction: 0.3,
  });
  return out;
}

function messageOf(job: Promise<unknown>): Promise<[number, string]> {
  return job.then(
    () => [0, ''],
    (error: unknown) => [exitCodeOf(error), String(error)],
  );
}

describe('data info', () => {
  test('counts, files, sizes, sources, options; hashes when asked for', async () => {
    const folder = await prepared('told');
    const { info, bytes, verified } = await dataInfo({ folder }, quiet);
    expect([bytes.train, bytes.val]).toEqual([2 * info.splits.train.tokens, 2 * info.splits.val.tokens]);
    expect(verified).toBeNull();
    const whole = await dataInfo({ folder, verify: true }, quiet);
    expect(whole.verified).toEqual({ matching: 2, unhashed: 0, problems: [] });
    const text = dataInfoText(whole);
    expect(text).toContain('bytes of 257 ids, uint16, id 256 after each document');
    expect(text).toMatch(
      new RegExp(
        `train .* ${info.splits.train.documents} +1 +${bytes.train < 1000 ? `${bytes.train} B` : `[\\d.]+ kB`}`,
      ),
    );
    expect(text).toContain(`path ${join(root, 'told.txt')}`);
    expect(text).toContain('separator "blank-line"');
    expect(text).toContain(
      '2 files have the hashes that tokens.json gives; every id is below the vocabulary',
    );
  });

  test('a changed byte, an id of another vocabulary and a missing file: exit code 65 and the file', async () => {
    const folder = await prepared('broken');
    const path = join(folder, 'train.bin');
    const whole = readFileSync(path);
    writeFileSync(path, whole.with(0, (whole[0] ?? 0) ^ 1));
    expect((await messageOf(dataInfo({ folder }, quiet)))[0]).toBe(0); // its size is right
    const [code, message] = await messageOf(dataInfo({ folder, verify: true }, quiet));
    expect([code, message]).toEqual([
      65,
      expect.stringMatching(
        /train\.bin: expected SHA-256 [0-9a-f]{64} as tokens\.json says, found [0-9a-f]{64}/,
      ),
    ]);
    writeFileSync(path, whole.with(101, 9));
    expect(await messageOf(dataInfo({ folder, verify: true }, quiet))).toEqual([
      65,
      expect.stringMatching(/train\.bin: expected ids below 257, found \d+ at token 50/),
    ]);
    writeFileSync(path, whole.subarray(2));
    expect(await messageOf(dataInfo({ folder }, quiet))).toEqual([
      65,
      expect.stringContaining('tokens as tokens.json says, found'),
    ]);
    rmSync(path);
    expect(await messageOf(dataInfo({ folder }, quiet))).toEqual([
      65,
      expect.stringContaining('found no file'),
    ]);
  });
});

test('a hash is of the whole file, header and all; a header that changed is found', async () => {
  const folder = join(root, 'headed');
  mkdirSync(folder);
  const file = Buffer.alloc(1030);
  [20240520, 1, 3].forEach((value, i) => file.writeInt32LE(value, 4 * i));
  const shard = { file: 'x.bin', tokens: 3, sha256: createHash('sha256').update(file).digest('hex') };
  const split = { tokens: 3, documents: null, shards: [shard] };
  const info = {
    ...{ version: 2, layout: 'llm.c', tokenizer: { name: 'bytes' }, vocab: 257, dtype: 'uint16', source: [] },
    documentSeparator: null,
    splits: { train: split, val: split },
  };
  writeFileSync(join(folder, 'tokens.json'), JSON.stringify(info));
  writeFileSync(join(folder, 'x.bin'), file);
  expect((await dataInfo({ folder, verify: true }, quiet)).verified).toMatchObject({ matching: 2 });
  writeFileSync(join(folder, 'x.bin'), file.fill(7, 1000, 1001)); // llm.c has nothing there
  expect(await messageOf(dataInfo({ folder, verify: true }, quiet))).toEqual([
    65,
    expect.stringContaining('2 files are wrong'),
  ]);
});

describe('data show', () => {
  test('every document of a prepared folder, whole, in order', async () => {
    const folder = await prepared('shown');
    const { info } = await dataInfo({ folder }, quiet);
    const found: string[] = [];
    for (const split of ['train', 'val'] as const)
      for (let document = 0; document < (info.splits[split].documents ?? 0); document++)
        found.push((await showDocument({ folder, document, split }, quiet)).text);
    expect(found.sort()).toEqual([...texts].sort());
    const shown = await showDocument({ folder, document: 1 }, quiet);
    expect(shown.ids).toEqual([...Buffer.from(shown.text)]);
    expect(documentText(shown)).toContain(
      `document 1 of val: ${shown.tokens} tokens, the first at ${shown.start}\nids: 68 111 99 `,
    );
    const count = info.splits.val.documents ?? 0;
    expect(await messageOf(showDocument({ folder, document: count }, quiet))).toEqual([
      64,
      `Error: --document: expected 0 to ${count - 1} (val of ${folder}), got ${count}`,
    ]);
  });

  test('separators before and after, documents cut by shards, empty ones, none: as if the stream were split there', async () => {
    const folder = join(root, 'separated');
    mkdirSync(folder);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(1, 2, 3, 256), { minLength: 1, maxLength: 40 }),
        fc.constantFrom('before', 'after'),
        fc.nat(10),
        async (ids, place, document) => {
          writeFileSync(join(folder, 'a.bin'), Uint16Array.from(ids));
          writeFileSync(join(folder, 'b.bin'), Uint16Array.of(1));
          const split = (file: string, tokens: number) => ({
            tokens,
            documents: null,
            shards: [{ file, tokens, sha256: null }],
          });
          const info = {
            ...{
              version: 2,
              layout: 'raw',
              tokenizer: { name: 'bytes' },
              vocab: 257,
              dtype: 'uint16',
              source: [],
            },
            documentSeparator: { id: 256, place },
            splits: { train: split('b.bin', 1), val: split('a.bin', ids.length) },
          };
          writeFileSync(join(folder, 'tokens.json'), JSON.stringify(info));
          const pieces = ids
            .join(',')
            .split('256')
            .map((piece) =>
              piece
                .split(',')
                .filter((id) => id !== '')
                .map(Number),
            );
          if (place === 'before' && ids[0] === 256) pieces.shift();
          if (place === 'after' && ids.at(-1) === 256) pieces.pop();
          const [code] = await messageOf(showDocument({ folder, document }, quiet));
          if (document >= pieces.length) expect(code).toBe(64);
          else expect((await showDocument({ folder, document }, quiet)).ids).toEqual(pieces[document]);
        },
      ),
      { seed: 6, numRuns: 60 },
    );
  });

  test('a document across the pieces that are read; one of more than a million tokens is cut, and says so', async () => {
    const folder = join(root, 'long');
    mkdirSync(folder);
    const ids = new Uint16Array(2_300_000).fill(65);
    ids[100] = 50256;
    ids[1_048_570] = 50256;
    ids[1_048_580] = 50256;
    writeFileSync(join(folder, 'train.bin'), ids);
    writeFileSync(join(folder, 'val.bin'), ids);
    const show = (document: number) => showDocument({ folder, document }, quiet);
    expect(await show(2)).toMatchObject({ start: 1_048_571, tokens: 9, ids: Array(9).fill(65) });
    const last = await show(3);
    expect([last.start, last.tokens, last.ids.length]).toEqual([1_048_581, 1_251_419, 1_000_000]);
    expect(documentText(last)).toContain(
      '1,251,419 tokens, the first at 1,048,581, the first 1,000,000 of them here',
    );
    expect((await show(1)).tokens).toBe(1_048_469);
  });

  test('what would steer a terminal is taken out of the text', () => {
    const text = documentText({
      split: 'val',
      document: 0,
      start: 0,
      tokens: 1,
      ids: [1],
      text: 'a\x1b[2Jb\tc\r\nd\u202e',
    });
    expect(text).toContain('a\ufffd[2Jb\tc\nd\ufffd');
  });

  test('no separator: said so', async () => {
    const folder = await prepared('unseparated');
    const path = join(folder, 'tokens.json');
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replace(/"documentSeparator": \{[^}]*\}/, '"documentSeparator": null'),
    );
    expect(await messageOf(showDocument({ folder, document: 0 }, quiet))).toEqual([
      65,
      expect.stringContaining('expected an id between documents, found none'),
    ]);
  });
});

test('the commands: results on stdout, one line and exit code 64 for a number that is none', async () => {
  const folder = await prepared('commands');
  const cli = join(dirname(compiledRun()), 'cli.js');
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [cli, 'data', ...args], { encoding: 'utf8' });
  const shown = run('show', folder, '--document', '0', '--split', 'train', '--json');
  expect([shown.status, shown.stderr]).toEqual([0, '']);
  expect(texts).toContain((JSON.parse(shown.stdout) as { text: string }).text);
  const info = run('info', folder, '--verify');
  expect([info.status, info.stdout]).toEqual([0, expect.stringContaining('2 files have the hashes')]);
  const wrong = run('show', folder, '--document', 'one');
  expect([wrong.status, wrong.stdout, wrong.stderr]).toEqual([
    64,
    '',
    'error: --document: expected a whole number from 0, got one\n',
  ]);
});

const samples = '../shared/corpora/formats-dev';
test.skipIf(!existsSync(samples))(
  "nanoGPT's sample has the documents of its manifest (skips without ../shared)",
  async () => {
    const folder = join(root, 'nanogpt');
    mkdirSync(folder);
    const bytes = readFileSync(join(samples, 'bins', 'nanogpt_train.bin'));
    for (const name of ['train.bin', 'val.bin']) writeFileSync(join(folder, name), bytes);
    const last = await showDocument({ folder, document: 59 }, quiet);
    expect(last.start + last.tokens + 1).toBe(280_710);
    expect((await messageOf(showDocument({ folder, document: 60 }, quiet)))[1]).toContain('expected 0 to 59');
  },
);
