// Where documents come from: the hub's Parquet over loopback and from its cache, published forms, and what is said when
// data is missing or malformed.

import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { hubReader, splitFiles } from '../../src/evaluate/hub-data.ts';
import { prepareTasks } from '../../src/evaluate/prepare.ts';
import { readRows } from '../../src/evaluate/read-rows.ts';
import type { HubSettings } from '../../src/hub/settings.ts';
import { usualTiming } from '../../src/hub/settings.ts';
import { exitCodeOf } from '../../src/run/failure.ts';

const parquet = 'test/golden/evaluate/parquet'; // made by tools/golden/evaluate_parquet.py
const rows = JSON.parse(readFileSync(join(parquet, 'rows.json'), 'utf8')) as Record<string, object[]>;

const root = mkdtempSync(join(tmpdir(), 'inheritune-data-'));
afterAll(() => rmSync(root, { recursive: true }));
let folders = 0;

/** A new folder with these files. */
function folderOf(files: Record<string, string | Uint8Array>): string {
  const folder = join(root, String(folders++));
  mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** The one line and exit code of what `body` refuses. */
async function refusal(body: Promise<unknown>): Promise<{ line: string; exit: number }> {
  try {
    await body;
  } catch (error) {
    return { line: error instanceof Error ? error.message : '', exit: exitCodeOf(error) };
  }
  throw new Error('nothing was refused');
}

test.each(Object.keys(rows))('Parquet of the datasets library: %s', async (name) => {
  const read = await readRows(join(parquet, `${name}.parquet`));
  expect(read.map(({ row }) => row)).toEqual(rows[name]);
});

test('damaged Parquet is one line with exit code 65', async () => {
  const bytes = readFileSync(join(parquet, 'mmlu.parquet'));
  for (let length = 0; length < bytes.length; length += 37) {
    const folder = folderOf({ 'x.parquet': bytes.subarray(0, length) });
    const { line, exit } = await refusal(readRows(join(folder, 'x.parquet')));
    expect(exit).toBe(65);
    expect(line).toMatch(/x\.parquet: cannot be read as Parquet: [^\n]*$/);
  }
});

test('Parquet with bits turned is read, or refused in one line with exit code 65', async () => {
  const path = join(folderOf({}), 'x.parquet');
  let refused = 0;
  for (const name of Object.keys(rows)) {
    const bytes = readFileSync(join(parquet, `${name}.parquet`));
    for (let i = 0; i < 60; i += 1) {
      const turned = Buffer.from(bytes);
      turned[(i * 7919 + 13) % bytes.length] = 0xff;
      turned[(i * 104729 + 5) % bytes.length] ^= 1 << (i % 8);
      writeFileSync(path, turned);
      try {
        await readRows(path);
      } catch (error) {
        refused += 1;
        expect(exitCodeOf(error)).toBe(65);
        expect(error instanceof Error ? error.message : '').not.toContain('\n');
      }
    }
  }
  expect(refused).toBeGreaterThan(50);
});

describe('the hub', () => {
  const file = readFileSync(join(parquet, 'mmlu.parquet'));
  const asked: string[] = [];

  async function withHub(body: (settings: HubSettings) => Promise<void>): Promise<void> {
    asked.length = 0;
    const server = createServer(({ url = '' }, response) => {
      asked.push(url);
      const siblings = ['anatomy/test-00000-of-00001.parquet', 'virology/test-00000-of-00001.parquet'].map(
        (rfilename) => ({
          rfilename,
          size: file.length,
          blobId: createHash('sha1').update(`blob ${file.length}\0`).update(file).digest('hex'),
        }),
      );
      if (url.startsWith('/api/datasets/cais/mmlu/revision/main'))
        response.end(JSON.stringify({ sha: 'd'.repeat(40), siblings }));
      else if (url.startsWith('/datasets/cais/mmlu/resolve/')) response.end(file);
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const settings = {
      ...{ endpoint: `http://127.0.0.1:${port}`, cache: folderOf({}), token: null, offline: false },
      timing: { ...usualTiming, firstWaitMs: 1, tries: 1 },
    };
    try {
      await body(settings);
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }
  const split = (config: string) => ({ task: `mmlu_${config}`, dataset: 'cais/mmlu', config, split: 'test' });

  test('is asked once for a listing and once for a file, then not again', async () => {
    await withHub(async (settings) => {
      const paths = hubReader({ offline: false, settings });
      const [path = ''] = await paths(split('anatomy'));
      expect((await readRows(path)).map(({ row }) => row)).toEqual(rows.mmlu);
      await paths(split('virology'));
      expect(asked.filter((url) => url.startsWith('/api/')).length).toBe(1);
      const before = asked.length;
      expect(await hubReader({ offline: true, settings })(split('anatomy'))).toEqual([path]);
      expect(asked.length).toBe(before);
      const missing = await refusal(hubReader({ offline: true, settings })(split('astronomy')));
      expect(missing.exit).toBe(69);
      expect(missing.line).toContain('mmlu_astronomy: cais/mmlu, astronomy, split test: is not in');
    });
  });

  test('files of a split by name', () => {
    expect(
      splitFiles(['c/test-00000-of-00002.parquet', 'c/test-00001-of-00002.parquet'], 'c', 'test')?.length,
    ).toBe(2);
    expect(splitFiles(['c/test-00000-of-00002.parquet'], 'c', 'test')).toBeNull(); // a part is missing
    expect(splitFiles(['c/test/0000.parquet', 'd/test/0000.parquet'], 'c', 'test')).toEqual([
      'c/test/0000.parquet',
    ]);
    expect(splitFiles(['plain_text/test/0000.parquet'], null, 'test')).toEqual([
      'plain_text/test/0000.parquet',
    ]);
    expect(splitFiles(['a/test/0000.parquet', 'b/test/0000.parquet'], null, 'test')).toBeNull();
    expect(
      splitFiles(['c/testing.parquet', 'c/validation_matched-00000-of-00001.parquet'], 'c', 'validation'),
    ).toBeNull();
  });
});

describe('published forms', () => {
  const firstRequest = async (task: string, files: Record<string, string | Uint8Array>) => {
    const { tasks } = await prepareTasks([task], { dataDir: folderOf(files) });
    const [item] = tasks[0]?.items ?? [];
    return { context: '', ...item?.requests[0], gold: item?.gold };
  };
  const json = (...lines: object[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join('');

  test('ARC of AI2, gzipped rows of one’s own', async () => {
    const choices = [
      { text: 'one', label: '1' },
      { text: 'two', label: '2' },
    ];
    const files = {
      'ARC-Easy/ARC-Easy-Test.jsonl': json({ id: 'x', question: { stem: 'S?', choices }, answerKey: '2' }),
    };
    const found = await firstRequest('arc_easy', files);
    expect(found).toMatchObject({ context: 'Question: S?\nAnswer:', continuation: ' one', gold: [1] });
    const rowsFile = gzipSync(
      json({ question: 'G?', choices: { text: ['a'], label: ['A'] }, answerKey: 'A' }),
    );
    expect((await firstRequest('arc_easy', { 'arc_easy/test.jsonl.gz': rowsFile })).context).toBe(
      'Question: G?\nAnswer:',
    );
  });

  test('GLUE’s TSV without quoting, SuperGLUE’s WSC corrected', async () => {
    const tsv = 'index\tquestion\tsentence\tlabel\n0\t"Who?\tHe "did.\tnot_entailment\n';
    expect(await firstRequest('qnli', { 'QNLI/dev.tsv': tsv })).toMatchObject({
      context: '"Who?\nHe "did.\nQuestion: Does this response answer the question?\nAnswer:',
      gold: [1],
    });
    const target = { span1_index: 0, span1_text: 'the Table.', span2_index: 2, span2_text: 'It' };
    const wsc = json({ text: 'The Table and it.', target, idx: 0, label: true });
    const now = await firstRequest('wsc', { 'WSC/val.jsonl': wsc });
    expect(now.context).toContain('pronoun "*it*" refer to "*The Table*"?');
    const then = await prepareTasks(['wsc'], {
      dataDir: folderOf({ 'WSC/val.jsonl': wsc }),
      compat: 'lm-eval-2023',
    });
    expect(then.tasks[0]?.items[0]).toMatchObject({ gold: [0], choices: ['yes', 'no'] });
    expect(JSON.stringify(then.tasks[0]?.items[0]?.requests[0])).toContain('refer to \\"*the Table.*\\"');
  });

  test('TruthfulQA’s list, LAMBADA’s lines, MMLU’s CSV with quotes and newlines', async () => {
    const targets = { 'Yes, it is': 1, No: 0 };
    const truth = JSON.stringify([{ question: 'Is it?', mc1_targets: targets, mc2_targets: targets }]);
    expect(await firstRequest('truthfulqa_mc2', { 'mc_task.json': truth })).toMatchObject({
      continuation: ' Yes, it is',
      gold: [0],
    });
    const lines = 'a b c\nlast one\n';
    expect(await firstRequest('lambada_standard', { 'lambada_test_plain_text.txt': lines })).toMatchObject({
      context: 'a b',
      continuation: ' c',
    });
    const csv = '"A ""q""\nline",1,"2,0",3,4,B\n';
    expect(await firstRequest('mmlu_anatomy', { 'test/anatomy_test.csv': csv })).toMatchObject({
      context:
        'The following are multiple choice questions (with answers) about anatomy.\n\nA "q"\nline\nA. 1\nB. 2,0\nC. 3\nD. 4\nAnswer:',
      gold: [1],
    });
  });
});

describe('refused in one line', () => {
  test.each([
    [
      'arc_easy',
      {},
      /^arc_easy: no data of the split test in \S+; expected ARC-Easy\/ARC-Easy-Test.jsonl or/,
      65,
    ],
    [
      'piqa',
      { 'valid.jsonl': '{"goal":"g"}\n', 'valid-labels.lst': '0\n' },
      /valid\.jsonl:1: has no sol1$/,
      65,
    ],
    ['piqa', { 'valid.jsonl': '{"goal":\n', 'valid-labels.lst': '0\n' }, /valid\.jsonl:1: is not JSON/, 65],
    [
      'piqa',
      { 'valid.jsonl': '{}\n{}\n', 'valid-labels.lst': '0\n' },
      /expected 2 labels as \S+ has rows, found 1$/,
      65,
    ],
    [
      'mmlu_anatomy',
      { 'test/anatomy_test.csv': 'q,1,2,3,4,B\nq,1,2\n' },
      /anatomy_test\.csv:2: expected question/,
      65,
    ],
    [
      'lambada_openai',
      { 'lambada_test.jsonl': '{"txt":"a"}\n' },
      /lambada_test\.jsonl:1: does not fit .*"text" is not there$/,
      65,
    ],
    ['lambada_openai', { 'lambada_test.jsonl': new Uint8Array([0xff, 0xfe]) }, /is not UTF-8$/, 65],
    ['lambada_openai', { 'lambada_test.jsonl': '' }, /the split test has no documents$/, 65],
    [
      'winogrande',
      { 'dev.jsonl': '{"sentence":"s","option1":"a","option2":"b","answer":"1"}\n' },
      /dev\.jsonl:1: .*sentence: has no _$/,
      65,
    ],
    ['boolq', { 'boolq/validation.csv': 'a,b\n1\n' }, /validation\.csv:2: expected 2 columns, found 1$/, 65],
    ['arc_esy', {}, /^--tasks: "arc_esy" is no task or group; did you mean arc_easy\?$/, 64],
  ] as const)('%s %o', async (task, files, message, exit) => {
    const found = await refusal(prepareTasks([task], { dataDir: folderOf(files) }));
    expect(found.line).toMatch(message);
    expect(found.line).not.toContain('\n');
    expect(found.exit).toBe(exit);
  });
});
