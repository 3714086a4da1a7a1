// Data sets in the forms their authors published them, turned into rows as the hub's copies have them. A table.

import { failure } from '../run/failure.ts';
import { atPlace, lambadaLines, logiqaRows, mmluRows, piqaRows, wikitextPages } from './published-files.ts';
import {
  arcRow,
  fixedWscRow,
  glueRow,
  olmoArcRow,
  olmoBoolqRow,
  olmoHellaswagRow,
  openbookRow,
  sciqRow,
  truthfulRow,
  wscRow,
} from './published-rows.ts';
import { readRows } from './read-rows.ts';
import type { PlacedRow } from './read-rows.ts';
import { required } from './row-fields.ts';
import type { Row } from './task.ts';

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
    (await readRows(path)).map(({ row, place }) => ({ row: atPlace(place, () => change(row)), place }));
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
      rows.push({ row: atPlace(place, () => change(doc as Row)), place });
    }
    return rows;
  };
}
