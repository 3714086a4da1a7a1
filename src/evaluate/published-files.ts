// Files whose layout is a data set's own: labels beside rows, blocks of lines, pages, a CSV without a header.

import { dirname, join } from 'node:path';
import { failure } from '../run/failure.ts';
import { stripped } from './python-text.ts';
import { csvRecords, readRows, readText } from './read-rows.ts';
import type { PlacedRow } from './read-rows.ts';
import { required } from './row-fields.ts';

/** PIQA: rows, with their labels in a file beside them. */
export async function piqaRows(path: string, name: string): Promise<PlacedRow[]> {
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
    return { row: atPlace(place, () => required({ goal, sol1, sol2, label })), place };
  });
}

/** LAMBADA: a text a line. */
export async function lambadaLines(path: string): Promise<PlacedRow[]> {
  const lines = (await readText(path)).split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map((text, index) => ({ row: { text }, place: `${path}:${index + 1}` }));
}

/** LogiQA's blocks of eight lines: empty, answer, context, question, four options with their letters. */
export async function logiqaRows(path: string): Promise<PlacedRow[]> {
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

/** MMLU’s CSV without a header: question, four choices, letter. */
export async function mmluRows(path: string, subject: string): Promise<PlacedRow[]> {
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
export async function wikitextPages(path: string): Promise<PlacedRow[]> {
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

/** Gives an error of a row its place. */
export function atPlace<T>(place: string, body: () => T): T {
  try {
    return body();
  } catch (cause) {
    throw failure('data', `${place}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
