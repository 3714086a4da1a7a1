// Results as people and programs read them: the table, the JSON's bytes, the form of 2023, sets' means, paired differences;
// and what --compat lm-eval-2023 changes in requests and scores.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { compareResults, differencesTable, readSamples } from '../../src/evaluate/compare-results.ts';
import { prepareTasks } from '../../src/evaluate/prepare.ts';
import { tableOf } from '../../src/evaluate/results-table.ts';
import { results2023, resultsText, summarize } from '../../src/evaluate/results.ts';
import type { Score } from '../../src/evaluate/request.ts';
import { samplesOf } from '../../src/evaluate/samples.ts';
import type { PrepareOptions, PreparedTasks } from '../../src/evaluate/task.ts';

const root = mkdtempSync(join(tmpdir(), 'inheritune-results-'));
afterAll(() => rmSync(root, { recursive: true }));
let folders = 0;

const lines = (...rows: object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
function dataOf(files: Record<string, string>): string {
  const folder = join(root, String(folders++));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** Scores by hand: log-likelihoods of each item's requests. */
function scored({ tasks }: PreparedTasks, byTask: Record<string, number[][]>): Map<string, Score[][]> {
  return new Map(
    tasks.map(({ name }) => [
      name,
      (byTask[name] ?? []).map((item) =>
        item.map((logLikelihood) => ({ logLikelihood, greedy: logLikelihood > -1, tokens: 2 })),
      ),
    ]),
  );
}

const mmlu = (answer: number) => ({ question: 'q', subject: 's', choices: ['a', 'b', 'c', 'd'], answer });
const twoSubjects = dataOf({
  'mmlu_anatomy/test.jsonl': lines(mmlu(0), mmlu(1)),
  'mmlu_virology/test.jsonl': lines(mmlu(0), mmlu(0), mmlu(0), mmlu(1)),
});
const twoGroup = dataOf({
  'group.yaml': 'group: two\ntask: [mmlu_anatomy, mmlu_virology]\naggregate_metric_list:\n  - metric: acc\n',
  'set.yaml':
    'group: set\ntask:\n  - { task: mmlu_anatomy, metric: acc }\n  - { task: mmlu_virology, metric: acc }\n  - { task: two, metric: acc_plain }\n',
});
const first = [-0.5, -2, -3, -4];
const second = [-2, -1.5, -3, -4];
const answers = { mmlu_anatomy: [first, second], mmlu_virology: [first, second, second, second] };

async function twoPrepared(options: Partial<PrepareOptions> = {}): Promise<PreparedTasks> {
  return prepareTasks(['set'], { dataDir: twoSubjects, includePaths: [twoGroup], ...options });
}

test('groups: by size as lm-eval, plain as the paper, and the mean of a set', async () => {
  const prepared = await twoPrepared();
  const { results, groups } = await summarize(prepared, scored(prepared, answers));
  expect(results.mmlu_anatomy?.['acc,none']).toBe(1);
  expect(results.mmlu_virology?.['acc,none']).toBe(0.5);
  expect(groups?.two).toMatchObject({
    'acc,none': 4 / 6,
    'acc_plain,none': 0.75,
    sample_len: 6,
    sample_count: { 'acc,none': 6 },
  });
  // anatomy: 0; virology: sqrt(4 * 0.25 / 3) / 2
  const error = Math.sqrt(1 / 3) / 2;
  expect(groups?.two?.['acc_stderr,none']).toBeCloseTo(Math.sqrt((3 * error ** 2 * 4) / 4 / 6), 12);
  expect(groups?.two?.['acc_plain_stderr,none']).toBeCloseTo(error / 2, 12);
  expect(groups?.set?.['mean,none']).toBeCloseTo((1 + 0.5 + 0.75) / 3, 12);
});

test('the table says value, error, chance, items, examples and version', async () => {
  const prepared = await twoPrepared();
  const table = tableOf(await summarize(prepared, scored(prepared, answers)));
  expect(`\n${table}\n`).toBe(`
task          version  shots  items  metric         value    stderr  chance
------------  -------  -----  -----  ---------  -  ------  --------  ------
set           N/A          0         mean          0.7500  ± 0.1076
- anatomy     1            0      2  acc        ↑  1.0000  ± 0.0000  0.2500
- virology    1            0      4  acc        ↑  0.5000  ± 0.2887  0.2500
- two         N/A          0      6  acc        ↑  0.6667  ± 0.2041
                                     acc_plain  ↑  0.7500  ± 0.1443
  - anatomy   1            0      2  acc        ↑  1.0000  ± 0.0000  0.2500
  - virology  1            0      4  acc        ↑  0.5000  ± 0.2887  0.2500
`);
});

test('the JSON has Python’s bytes', async () => {
  const prepared = await twoPrepared();
  const text = resultsText(await summarize(prepared, scored(prepared, answers)));
  expect(text.startsWith('{\n  "results": {\n    "mmlu_anatomy": {\n      "name": "mmlu_anatomy",\n')).toBe(
    true,
  );
  expect(text).toContain('\n      "acc,none": 1.0,\n      "acc_stderr,none": 0.0\n');
  expect(text).toContain('\n  "versions": {\n    "mmlu_anatomy": 1.0,\n');
  expect(text).toContain('"sample_count": {\n        "acc,none": 6\n');
  expect(JSON.parse(text)).toMatchObject({ 'n-shot': { two: 0 }, versions: { two: 'N/A' } });
});

test('no bootstrap, no errors; one item, no error', async () => {
  const prepared = await twoPrepared();
  const { results } = await summarize(prepared, scored(prepared, answers), { bootstrapIterations: 0 });
  expect(results.mmlu_virology?.['acc_stderr,none']).toBe('N/A');
  const one = await twoPrepared({ limit: 1 });
  const single = await summarize(one, scored(one, { mmlu_anatomy: [first], mmlu_virology: [first] }));
  expect(single.results.mmlu_virology?.['acc_stderr,none']).toBe('N/A');
  expect(single['n-samples'].mmlu_virology).toEqual({ original: 4, effective: 1 });
});

test('scores of other items are refused', async () => {
  const prepared = await twoPrepared();
  await expect(summarize(prepared, scored(prepared, { ...answers, mmlu_anatomy: [first] }))).rejects.toThrow(
    'mmlu_anatomy: 2 items, scores of 1',
  );
});

test('differences are paired: the error is that of the differences', async () => {
  const prepared = await twoPrepared();
  const valuesOf = (scores: Map<string, Score[][]>) =>
    prepared.tasks.flatMap((task) => readSamples(samplesOf(task, scores).lines, task.name, 'samples'));
  const ours = valuesOf(scored(prepared, answers));
  const theirs = valuesOf(scored(prepared, { ...answers, mmlu_virology: [first, first, second, second] }));
  const differences = compareResults(ours, theirs);
  expect(differences.find(({ task }) => task === 'mmlu_anatomy')).toMatchObject({
    difference: 0,
    standardError: 0,
  });
  const virology = differences.find(({ task }) => task === 'mmlu_virology');
  expect(virology).toMatchObject({ ours: 0.5, theirs: 0.75, difference: -0.25, items: 4 });
  expect(virology?.standardError).toBeCloseTo(Math.sqrt((3 * 0.0625 + 0.5625) / 3) / 2, 12); // -1 once, 0 three times
  expect(differencesTable(differences)).toMatch(
    /mmlu_virology {2}acc +4 {2}0\.5000 +0\.7500 +-0\.2500 {2}± 0\.2500/,
  );
  expect(() => readSamples(['{}'], 'x', 'samples.jsonl')).toThrow('samples.jsonl:1: expected a sample');
});

describe('--compat lm-eval-2023', () => {
  const sciq = (support: string) => ({
    ...{ question: 'q', distractor3: 'c', distractor1: 'a', distractor2: 'b', correct_answer: 'd' },
    support,
  });
  const wsc273 = {
    ...{ text: 'Tom ran because he won. ', pronoun: 'he', pronoun_loc: 16, quote: '', quote_loc: 0 },
    ...{ options: ['Tom', 'Bob'], label: 0, source: '' },
  };
  const truth = {
    question: 'q',
    mc1_targets: { choices: ['a', 'b'], labels: [1, 0] },
    mc2_targets: { choices: ['a', 'b', 'c'], labels: [1, 0, 1] },
  };
  const dataDir = dataOf({
    'sciq/test.jsonl': lines(sciq(''), sciq(' s '), sciq('third'), sciq('fourth'), sciq('fifth')),
    'wsc273/test.jsonl': lines(wsc273),
    'truthfulqa_mc2/validation.jsonl': lines(truth),
    'truthfulqa_mc1/validation.jsonl': lines(truth),
  });
  const prepare = (task: string, compat: PrepareOptions['compat'], more: Partial<PrepareOptions> = {}) =>
    prepareTasks([task], { dataDir, compat, ...more });

  test('SciQ is stripped, and its documents shuffled before the limit', async () => {
    const now = await prepare('sciq', 'lm-eval-0.4');
    const then = await prepare('sciq', 'lm-eval-2023');
    const contexts = ({ tasks }: PreparedTasks) =>
      new Map(
        tasks[0]?.items.map(({ docId, requests: [request] }) => [
          docId,
          request?.kind === 'loglikelihood' ? request.context : '',
        ]),
      );
    expect(contexts(now).get(0)).toBe('\nQuestion: q\nAnswer:');
    expect(contexts(then).get(0)).toBe('Question: q\nAnswer:');
    expect(contexts(now).get(1)).toBe('s \nQuestion: q\nAnswer:');
    expect(contexts(then).get(1)).toBe('s \nQuestion: q\nAnswer:');
    expect([...contexts(then).keys()]).toEqual([3, 1, 2, 4, 0]); // random.Random(42).shuffle([0, 1, 2, 3, 4])
    const limited = await prepare('sciq', 'lm-eval-2023', { limit: 2 });
    expect([...contexts(limited).keys()]).toEqual([3, 1]);
  });

  test('WSC273’s ends have one space', async () => {
    const end = async (compat: PrepareOptions['compat']) =>
      (await prepare('wsc273', compat)).tasks[0]?.items[0]?.requests[1];
    expect(await end('lm-eval-0.4')).toMatchObject({
      context: 'Tom ran because Bob',
      continuation: '  won. ',
    });
    expect(await end('lm-eval-2023')).toMatchObject({
      context: 'Tom ran because Bob',
      continuation: ' won.',
    });
  });

  test('TruthfulQA’s truths end at the first 0; metrics are called mc1 and mc2', async () => {
    const ask = async (task: string, compat: PrepareOptions['compat']) => {
      const prepared = await prepare(task, compat);
      const values = task === 'truthfulqa_mc1' ? [-1, -2] : [Math.log(0.5), Math.log(0.25), Math.log(0.25)];
      return summarize(prepared, scored(prepared, { [task]: [values] }));
    };
    expect((await ask('truthfulqa_mc2', 'lm-eval-0.4')).results.truthfulqa_mc2?.['acc,none']).toBeCloseTo(
      0.75,
      12,
    );
    const then = results2023(await ask('truthfulqa_mc2', 'lm-eval-2023'));
    expect(then).toEqual({ results: { truthfulqa_mc2: { mc2: 0.5 } }, versions: { truthfulqa_mc2: 1 } });
    expect(results2023(await ask('truthfulqa_mc1', 'lm-eval-2023'))).toMatchObject({
      results: { truthfulqa_mc1: { mc1: 1 } },
    });
  });

  test('a tie of yes and no means no', async () => {
    const boolq = (label: number) => ({ question: 'q', passage: 'p', idx: 0, label });
    const folder = dataOf({ 'boolq/validation.jsonl': lines(boolq(1), boolq(0), boolq(0)) });
    for (const compat of ['lm-eval-0.4', 'lm-eval-2023'] as const) {
      const prepared = await prepareTasks(['boolq'], { dataDir: folder, compat });
      const tied = scored(prepared, { boolq: [first, first, first].map(() => [-1, -1]) });
      const { results } = await summarize(prepared, tied);
      expect(results.boolq?.['acc,none']).toBe(2 / 3);
    }
  });

  test('MMLU’s total is the plain mean', async () => {
    const includePaths = [
      dataOf({
        'g.yaml':
          'group: two\ntask: [mmlu_anatomy, mmlu_virology]\naggregate_metric_list:\n  - metric: acc\n    weight_by_size: false\n',
      }),
    ];
    const prepared = await prepareTasks(['two'], {
      dataDir: twoSubjects,
      includePaths,
      compat: 'lm-eval-2023',
    });
    const byDocument = scored(prepared, {
      mmlu_anatomy: prepared.tasks[0]?.items.map(({ gold }) => (gold[0] === 0 ? first : second)) ?? [],
      mmlu_virology: prepared.tasks[1]?.items.map(({ docId }) => (docId === 0 ? first : second)) ?? [],
    });
    expect((await summarize(prepared, byDocument)).groups?.two?.['acc,none']).toBe(0.75);
  });
});
