// Task files: ours all read, groups and sets mean what they say, a person's own are checked, and what is outside the
// subset is refused in one line that names file and field.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readCatalog } from '../../src/evaluate/catalog.ts';
import { prepareTasks } from '../../src/evaluate/prepare.ts';
import { chosenTasks } from '../../src/evaluate/selection.ts';
import { exitCodeOf } from '../../src/run/failure.ts';

const root = mkdtempSync(join(tmpdir(), 'inheritune-catalog-'));
afterAll(() => rmSync(root, { recursive: true }));
let folders = 0;

function folderOf(files: Record<string, string>): string {
  const folder = join(root, String(folders++));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

async function refusal(body: Promise<unknown>): Promise<{ line: string; exit: number }> {
  try {
    await body;
  } catch (error) {
    return { line: error instanceof Error ? error.message : '', exit: exitCodeOf(error) };
  }
  throw new Error('nothing was refused');
}

const names = async (asked: string[]) => {
  const catalog = await readCatalog([], 'lm-eval-0.4');
  return chosenTasks(asked, catalog);
};

test('every task that is promised is there', async () => {
  const { tasks, groups } = await readCatalog([], 'lm-eval-0.4');
  const single =
    'arc_easy arc_challenge piqa sciq hellaswag lambada_openai lambada_standard wikitext winogrande boolq openbookqa logiqa wsc wsc273 wnli qnli mnli mnli_mismatch truthfulqa_mc1 truthfulqa_mc2';
  for (const name of single.split(' ')) expect([name, tasks.has(name)]).toEqual([name, true]);
  expect([...tasks.keys()].filter((name) => name.startsWith('mmlu_')).length).toBe(57);
  expect([...groups.keys()].sort()).toEqual(
    [
      'mmlu',
      'mmlu_humanities',
      'mmlu_other',
      'mmlu_social_sciences',
      'mmlu_stem',
      'paper-fineweb',
      'paper-low-data',
      'paper-openwebtext',
    ].sort(),
  );
  await readCatalog([], 'lm-eval-2023');
});

test('groups, tags and sets name their tasks, each once', async () => {
  expect((await names(['lambada', 'lambada_openai'])).tasks.map(({ name }) => name)).toEqual([
    'lambada_openai',
    'lambada_standard',
  ]);
  expect((await names(['mmlu_humanities'])).tasks.length).toBe(13);
  const low = await names(['paper-low-data']);
  expect(low.tasks.length).toBe(9 + 57);
  expect(low.tasks.filter(({ shots }) => shots === 5).length).toBe(57);
  expect(low.groups.map(({ name }) => name)).toContain('mmlu_stem');
  expect((await names(['paper-fineweb'])).groups[0]?.counts).toEqual([
    { task: 'arc_easy', metric: 'acc' },
    { task: 'piqa', metric: 'acc' },
    { task: 'sciq', metric: 'acc' },
    { task: 'hellaswag', metric: 'acc_norm' },
    { task: 'lambada_openai', metric: 'acc' },
  ]);
});

const own = `task: own
dataset_path: me/own
output_type: multiple_choice
test_split: test
doc_to_text: "{{q | regex_replace('\\\\s+', ' ') | trim}}:"
doc_to_target: "{{answers.index(right)}}"
doc_to_choice: "{{answers}}"
metric_list:
  - metric: acc
  - metric: acc_bytes
`;

test('a task of one’s own, with what it includes, its group and its data', async () => {
  const includePaths = [
    folderOf({
      'own.yaml': own,
      'sub/second.yaml':
        'include: ../own.yaml\ntask: own_second\ntarget_delimiter: ""\ndescription: "Say it. "\n',
      'group.yml': 'group: both\ntask: [own, own_second]\naggregate_metric_list:\n  - metric: acc\n',
    }),
  ];
  const dataDir = folderOf({
    'own/test.jsonl': '{"q":" a \\u0085 b ","answers":["é","x y"],"right":"x y"}\n',
  });
  const { tasks, groups } = await prepareTasks(['both'], { includePaths, dataDir });
  expect(groups[0]?.members).toEqual(['own', 'own_second']);
  expect(tasks.map(({ items }) => items[0]?.requests[1])).toEqual([
    { kind: 'loglikelihood', context: 'a b:', continuation: ' x y' },
    { kind: 'loglikelihood', context: 'Say it. a b:', continuation: 'x y' },
  ]);
  expect(tasks[0]?.items[0]?.gold).toEqual([1]);
  expect(tasks[0]?.chance).toBe(0.5);
});

describe('refused', () => {
  const changed = (from: string | RegExp, to: string) => own.replace(from, to);
  test.each([
    [
      'a function of Python',
      changed(/doc_to_target: .*/, 'doc_to_target: !function utils.target'),
      /own\.yaml:6: !function runs Python, which is not done here; there are the built-ins/,
    ],
    [
      'an unknown field',
      `${own}generation_kwargs: {}\n`,
      /own\.yaml: generation_kwargs is no field of the task files/,
    ],
    ['another kind of output', changed('multiple_choice', 'generate_until'), /own\.yaml: output_type: /],
    ['an unknown metric', changed('acc_bytes', 'f1'), /own\.yaml: metric_list\.1\.metric: /],
    [
      'an unknown built-in',
      changed(/doc_to_target: .*/, 'doc_to_target: { builtin: nope }'),
      /own\.yaml: doc_to_target: /,
    ],
    ['a missing field', changed(/doc_to_text: .*\n/, ''), /own\.yaml: doc_to_text: /],
    ['malformed YAML', `${own}x: [1,\n`, /own\.yaml:\d+:\d+: /],
    ['a tag', `${own}x: !!js/function 1\n`, /own\.yaml:\d+:\d+: /],
    ['an include of itself', `${own}include: own.yaml\n`, /own\.yaml: includes go deeper than 16 files/],
    [
      'an include that is not there',
      `${own}include: gone.yaml\n`,
      /gone\.yaml: cannot be read as a task file/,
    ],
    [
      'a malformed template',
      changed('{{answers}}', '{{answers'),
      /own\.yaml: own: doc_to_choice: malformed template/,
    ],
    [
      'an unknown filter',
      changed('trim', 'tojson'),
      /own\.yaml: own: doc_to_text: the filter tojson is not read here; there are default, length/,
    ],
    [
      'a macro',
      changed('{{answers}}', '{% macro x() %}{% endmacro %}'),
      /own\.yaml: own: doc_to_choice: Macro is no part of the templates/,
    ],
    [
      'a missing name in a document',
      changed('{{answers}}', '{{choices}}'),
      /test\.jsonl:1: does not fit the task own \(\S+\): doc_to_choice: "choices" is not there/,
    ],
    [
      'no list of choices',
      changed('{{answers}}', '{{q}}'),
      /test\.jsonl:1: .*doc_to_choice: expected a list of texts/,
    ],
    [
      'an answer that is no choice',
      changed('(right)', "('z')"),
      /test\.jsonl:1: .*doc_to_target: \.index\(\): "z" is not in the list/,
    ],
  ])('%s', async (_, text, message) => {
    const includePaths = [folderOf({ 'own.yaml': text })];
    const dataDir = folderOf({ 'own/test.jsonl': '{"q":"q","answers":["a","b"],"right":"b"}\n' });
    const { line, exit } = await refusal(prepareTasks(['own'], { includePaths, dataDir }));
    expect(line).toMatch(message);
    expect(line).not.toContain('\n');
    expect(exit).toBe(/jsonl:1/.test(line) ? 65 : 64);
  });

  test.each([
    [{ limit: 0 }, '--limit: expected more than 0, got 0'],
    [{ limit: 1, samples: { own: [0] } }, '--limit and --samples: expected one of them'],
    [{ shots: 1001 }, '--num-fewshot: expected 0 to 1000, got 1001'],
    [{ samples: { own: [1] } }, '--samples: own: expected documents 0 to 0, got 1'],
    [{ samples: { piqa: [0] } }, '--samples: piqa is not among the tasks'],
    [{ samples: { pica: [0] } }, '--samples: "pica" is no task or group; did you mean piqa?'],
  ])('%o', async (options, message) => {
    const includePaths = [folderOf({ 'own.yaml': own })];
    const dataDir = folderOf({ 'own/test.jsonl': '{"q":"q","answers":["a","b"],"right":"b"}\n' });
    const { line, exit } = await refusal(prepareTasks(['own'], { includePaths, dataDir, ...options }));
    expect([line, exit]).toEqual([message, 64]);
  });

  test('more examples than there are documents', async () => {
    const includePaths = [folderOf({ 'own.yaml': own })];
    const dataDir = folderOf({ 'own/test.jsonl': '{"q":"q","answers":["a","b"],"right":"b"}\n' });
    const { line, exit } = await refusal(prepareTasks(['own'], { includePaths, dataDir, shots: 2 }));
    expect(line).toMatch(/num_fewshot: 2 examples need 2 documents to draw from, found 1$/);
    expect(exit).toBe(64);
  });
});
