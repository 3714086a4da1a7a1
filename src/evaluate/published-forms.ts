// Data sets in the forms their authors published them, turned into rows as the hub's copies have them. Reads given files.

import { dirname, join } from 'node:path';
import { failure } from '../run/failure.ts';
import { stripped } from './python-text.ts';
import { csvRecords, readRows, readText } from './read-rows.ts';
import type { PlacedRow } from './read-rows.ts';
import type { Row, Value } from './task.ts';

/** A file that a split may come from, and what makes rows of it. */
export interface PublishedForm {
  /** Path below the data folder or one of the data set's own folders. */
  file: string;
  rows(path: string): Promise<PlacedRow[]>;
}

/** The published files of a split, by preference; none where only the hub's form is known. */
export function publishedForms(dataset: string, config: string | null, split: string): PublishedForm[] {
  return forms[dataset]?.(config ?? '', split) ?? [];
}

const forms: Record<string, ((config: string, split: string) => PublishedForm[]) | undefined> = {
  'allenai/ai2_arc': (config, split) => [
    { file: `${config}/${config}-${arcSplits[split] ?? split}.jsonl`, rows: mapped(arcRow) },
    { file: `${config}-${arcSplits[split] ?? split}.jsonl`, rows: mapped(arcRow) },
    ...(config === 'ARC-Easy' && split === 'test'
      ? [{ file: 'olmo_test_rc_5shot.requests.jsonl.gz', rows: olmo(olmoArcRow) }]
      : []),
  ],
  'baber/piqa': (_, split) => {
    const name = split === 'validation' ? 'valid' : split;
    return [{ file: `${name}.jsonl`, rows: (path) => piqaRows(path, name) }];
  },
  'Rowan/hellaswag': (_, split) => [
    {
      file: `hellaswag_${split === 'validation' ? 'val' : split}.jsonl`,
      rows: mapped((row) => ({ ...row, label: String(Number(row.label)) })),
    },
    ...(split === 'validation'
      ? [{ file: 'olmo_rc_5shot_1000.requests.jsonl.gz', rows: olmo(olmoHellaswagRow) }]
      : []),
  ],
  'EleutherAI/lambada_openai': (_, split) => [{ file: `lambada_${split}.jsonl`, rows: readRows }],
  'cimec/lambada': (_, split) => [
    { file: `lambada_${split === 'validation' ? 'development' : split}_plain_text.txt`, rows: lambadaLines },
  ],
  'allenai/sciq': (_, split) => [
    { file: `${split === 'validation' ? 'valid' : split}.json`, rows: mapped(sciqRow) },
  ],
  'aps/super_glue': (config, split) => {
    const folder = config === 'boolq' ? 'BoolQ' : 'WSC';
    const file = `${folder}/${split === 'validation' ? 'val' : split}.jsonl`;
    if (config !== 'boolq') return [{ file, rows: mapped(config === 'wsc' ? wscRow : fixedWscRow) }];
    return [
      { file, rows: mapped((row) => ({ ...row, label: Number(row.label) })) },
      ...(split === 'validation'
        ? [{ file: 'olmo_rc_0shot.requests.jsonl.gz', rows: olmo(olmoBoolqRow) }]
        : []),
    ];
  },
  'allenai/winogrande': (config, split) => [
    {
      file:
        split === 'train'
          ? `train_${config.replace('winogrande_', '')}.jsonl`
          : `${split === 'validation' ? 'dev' : split}.jsonl`,
      rows: mapped(({ sentence, option1, option2, answer }) =>
        required({ sentence, option1, option2, answer }),
      ),
    },
    ...(split === 'validation'
      ? [
          {
            file: 'olmo_rc_0shot.requests.jsonl.gz',
            rows: olmo(({ sentence, option1, option2, answer }) =>
              required({ sentence, option1, option2, answer }),
            ),
          },
        ]
      : []),
  ],
  'EleutherAI/logiqa': (_, split) => [
    {
      file: `${split === 'validation' ? 'Eval' : split === 'test' ? 'Test' : 'Train'}.txt`,
      rows: logiqaRows,
    },
  ],
  'cais/mmlu': (config, split) => {
    const short = split === 'validation' ? 'val' : split;
    return [{ file: `${short}/${config}_${short}.csv`, rows: (path) => mmluRows(path, config) }];
  },
  'EleutherAI/wikitext_document_level': (_, split) => [
    { file: `wiki.${split === 'validation' ? 'valid' : split}.raw`, rows: wikitextPages },
  ],
  'nyu-mll/glue': (config, split) => [
    {
      file: `${config.toUpperCase()}/${split.replace('validation', 'dev')}.tsv`,
      rows: mapped((row) => glueRow(config, row)),
    },
  ],
  'truthfulqa/truthful_qa': () => [{ file: 'mc_task.json', rows: mapped(truthfulRow) }],
  'allenai/openbookqa': (_, split) => [
    { file: `Main/${split === 'validation' ? 'dev' : split}.jsonl`, rows: mapped(openbookRow) },
    { file: `${split === 'validation' ? 'dev' : split}.jsonl`, rows: mapped(openbookRow) },
  ],
};

const arcSplits: Record<string, string | undefined> = { train: 'Train', validation: 'Dev', test: 'Test' };

/** Every row of a file through one function, whose errors get the row's place. */
function mapped(change: (row: Row) => Row): (path: string) => Promise<PlacedRow[]> {
  return async (path) =>
    (await readRows(path)).map(({ row, place }) => ({ row: at(place, () => change(row)), place }));
}

function at<T>(place: string, body: () => T): T {
  try {
    return body();
  } catch (cause) {
    throw failure('data', `${place}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** OLMo's request files: one line a choice; the first line of each document counts, and no made-up documents. */
function olmo(change: (doc: Row) => Row): (path: string) => Promise<PlacedRow[]> {
  return async (path) => {
    const seen = new Set<number>();
    const rows: PlacedRow[] = [];
    for (const { row, place } of await readRows(path)) {
      const { doc_id: id, doc } = row;
      if (typeof id !== 'number' || typeof doc !== 'object' || doc === null || Array.isArray(doc))
        throw failure('data', `${place}: expected doc_id and doc`);
      if (id >= 1_000_000 || seen.has(id)) continue;
      seen.add(id);
      rows.push({ row: at(place, () => change(doc as Row)), place });
    }
    return rows;
  };
}

const letters = 'ABCDEFGH';

function olmoArcRow({ id, query, choices, gold }: Row): Row {
  const texts = listOf(choices, 'choices');
  const question = /^Question: ([\s\S]*)\nAnswer:$/.exec(textOf(query, 'query'))?.[1];
  if (question === undefined) throw new Error('query: expected Question: ... Answer:');
  const label = texts.map((_, index) => letters.charAt(index));
  return { id: id ?? null, question, choices: { text: texts, label }, answerKey: label[Number(gold)] ?? '' };
}

function olmoHellaswagRow({ ind, query, choices, gold }: Row): Row {
  const endings = listOf(choices, 'choices');
  return {
    ind: ind ?? null,
    label: String(Number(gold)),
    query: textOf(query, 'query'),
    choices: endings,
    gold: Number(gold),
  };
}

function olmoBoolqRow({ idx, query, choices, gold }: Row): Row {
  const text = textOf(query, 'query');
  const cut = text.lastIndexOf('\nQuestion: ');
  const answer = listOf(choices, 'choices')[Number(gold)];
  if (cut < 0 || !text.endsWith('?\nAnswer:') || answer === undefined)
    throw new Error('query: expected a passage, Question: ...? and Answer:');
  return {
    question: text.slice(cut + 11, -9),
    passage: text.slice(0, cut),
    idx: idx ?? null,
    label: answer === 'yes' ? 1 : 0,
  };
}

function arcRow({ id, question, answerKey }: Row): Row {
  const { stem, choices } = mapOf(question, 'question');
  return {
    id: id ?? null,
    question: textOf(stem, 'question.stem'),
    choices: choiceLists(choices),
    answerKey: textOf(answerKey, 'answerKey'),
  };
}

function openbookRow(row: Row): Row {
  const { id, question, answerKey } = row;
  if (row.question_stem !== undefined) return row; // the hub's rows under the same name
  const { stem, choices } = mapOf(question, 'question');
  return {
    id: id ?? null,
    question_stem: textOf(stem, 'question.stem'),
    choices: choiceLists(choices),
    answerKey: textOf(answerKey, 'answerKey'),
  };
}

function choiceLists(choices: Value | undefined): Row {
  const maps = listOf(choices, 'question.choices').map((choice) => mapOf(choice, 'question.choices'));
  return {
    text: maps.map(({ text }) => textOf(text, 'text')),
    label: maps.map(({ label }) => textOf(label, 'label')),
  };
}

async function piqaRows(path: string, name: string): Promise<PlacedRow[]> {
  const given = await readRows(path);
  if (given[0]?.row.label !== undefined) return given; // the hub's rows under the same name
  const labels = join(dirname(path), `${name}-labels.lst`);
  const lines = (await readText(labels)).split('\n').filter((line) => line !== '');
  if (lines.length !== given.length)
    throw failure(
      'data',
      `${labels}: expected ${given.length} labels as ${path} has rows, found ${lines.length}`,
    );
  return given.map(({ row, place }, index) => {
    const label = Number(lines[index]);
    if (label !== 0 && label !== 1) throw failure('data', `${labels}:${index + 1}: expected 0 or 1`);
    const { goal, sol1, sol2 } = row;
    return { row: at(place, () => required({ goal, sol1, sol2, label })), place };
  });
}

async function lambadaLines(path: string): Promise<PlacedRow[]> {
  const lines = (await readText(path)).split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map((text, index) => ({ row: { text }, place: `${path}:${index + 1}` }));
}

function sciqRow({ question, distractor1, distractor2, distractor3, correct_answer, support }: Row): Row {
  return required({ question, distractor3, distractor1, distractor2, correct_answer, support });
}

function wscRow({ text, idx, label, target }: Row): Row {
  const { span1_index, span2_index, span1_text, span2_text } = mapOf(target, 'target');
  return required({ text, span1_index, span2_index, span1_text, span2_text, idx, label: Number(label) });
}

/** SuperGLUE's wsc.fixed: spans that are not in the text get the case of its word, no full stop, no newline. */
function fixedWscRow(row: Row): Row {
  const plain = wscRow(row);
  const text = textOf(plain.text, 'text');
  const fixed = (span: Value | undefined, index: Value | undefined): string => {
    const found = textOf(span, 'span');
    if (text.includes(found)) return found;
    const word = text.split(/\s+/)[Number(index)] ?? '';
    const isLower = /^\p{Lowercase}/u.test(word);
    const first = isLower ? found.charAt(0).toLowerCase() : found.charAt(0).toUpperCase();
    return (first + found.slice(1)).replace(/\.+$/, '').replaceAll('\n', ' ');
  };
  return {
    ...plain,
    span1_text: fixed(plain.span1_text, plain.span1_index),
    span2_text: fixed(plain.span2_text, plain.span2_index),
  };
}

/** LogiQA's blocks of eight lines: empty, answer, context, question, four options with their letters. */
async function logiqaRows(path: string): Promise<PlacedRow[]> {
  const lines = (await readText(path)).split('\n');
  const rows: PlacedRow[] = [];
  const clean = (line: string | undefined) => stripped((line ?? '').replaceAll('.', '. '));
  for (let start = 0; start + 8 <= lines.length; start += 8) {
    const [, label = '', context, question, ...options] = lines.slice(start, start + 8);
    const place = `${path}:${start + 2}`;
    if (!/^[abcd]\s*$/.test(label)) throw failure('data', `${place}: expected a, b, c or d`);
    rows.push({
      row: {
        label: stripped(label),
        context: clean(context),
        question: clean(question),
        options: options.map((option) => clean(option.slice(2))),
      },
      place,
    });
  }
  return rows;
}

async function mmluRows(path: string, subject: string): Promise<PlacedRow[]> {
  return csvRecords(await readText(path), path).map(({ fields, line }) => {
    const place = `${path}:${line}`;
    const answer = 'ABCD'.indexOf(fields[5] ?? '');
    if (fields.length !== 6 || fields[5]?.length !== 1 || answer < 0)
      throw failure(
        'data',
        `${place}: expected question, four choices and A, B, C or D, found ${fields.length} columns`,
      );
    return { row: { question: fields[0] ?? '', subject, choices: fields.slice(1, 5), answer }, place };
  });
}

/** WikiText's pages: a line `= Title =` starts one; `= = Section = =` does not. */
async function wikitextPages(path: string): Promise<PlacedRow[]> {
  const rows: PlacedRow[] = [];
  let lines: string[] = [];
  let first = 1;
  const text = await readText(path);
  for (const [index, line] of text.split('\n').entries()) {
    const title = stripped(line.replaceAll('= = =', '===').replaceAll('= =', '=='));
    if (title.startsWith('= ') && title.endsWith(' =')) {
      const page = lines.join('\n');
      if (stripped(page) !== '') rows.push({ row: { page }, place: `${path}:${first}` });
      lines = [];
      first = index + 1;
    }
    lines.push(line);
  }
  rows.push({ row: { page: lines.join('\n') }, place: `${path}:${first}` });
  return rows;
}

function glueRow(config: string, row: Row): Row {
  const idx = Number(row.index);
  if (config === 'qnli') {
    const { question, sentence } = row;
    return required({ question, sentence, label: classOf(row.label, ['entailment', 'not_entailment']), idx });
  }
  const { sentence1, sentence2 } = row;
  if (config === 'wnli')
    return required({ sentence1, sentence2, label: classOf(row.label, ['0', '1']), idx });
  const label = classOf(row.gold_label, ['entailment', 'neutral', 'contradiction']);
  return required({ premise: sentence1, hypothesis: sentence2, label, idx });
}

function classOf(value: Value | undefined, classes: readonly string[]): number {
  const place = classes.indexOf(textOf(value, 'label'));
  if (place < 0) throw new Error(`label: expected ${classes.join(', ')}, found ${JSON.stringify(value)}`);
  return place;
}

function truthfulRow({ question, mc1_targets, mc2_targets }: Row): Row {
  const lists = (targets: Value | undefined, field: string): Row => {
    const map = mapOf(targets, field);
    return { choices: Object.keys(map), labels: Object.values(map) };
  };
  return {
    question: textOf(question, 'question'),
    mc1_targets: lists(mc1_targets, 'mc1_targets'),
    mc2_targets: lists(mc2_targets, 'mc2_targets'),
  };
}

function required(fields: Record<string, Value | undefined>): Row {
  for (const [name, value] of Object.entries(fields))
    if (value === undefined || value === null) throw new Error(`has no ${name}`);
  return fields as Row; // none is undefined
}

function textOf(value: Value | undefined, field: string): string {
  if (typeof value === 'string') return value;
  throw new Error(`${field}: expected text`);
}

function listOf(value: Value | undefined, field: string): readonly Value[] {
  if (Array.isArray(value)) return value as readonly Value[];
  throw new Error(`${field}: expected a list`);
}

function mapOf(value: Value | undefined, field: string): Row {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Row;
  throw new Error(`${field}: expected an object`);
}
