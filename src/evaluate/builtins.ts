// What task files call by name where lm-eval's run Python: functions of one document.

import {
  capitalized,
  characterAt,
  countPieces,
  pythonPattern,
  pythonSlice,
  rightStripped,
  stripped,
  whiteSpace,
  words,
} from './python-text.ts';
import { isList } from './python-values.ts';
import type { Row, Value } from './task.ts';

/** Changes a document before anything is read from it: `process_docs`. */
export const documentBuiltins: Readonly<Record<string, (row: Row) => Row>> = {
  hellaswag: (row) => {
    // Documents that were built already, as OLMo's request files have them, stay as they are.
    if (row.ctx_a === undefined && row.query !== undefined && row.choices !== undefined) return row;
    const context = `${textOf(row, 'ctx_a')} ${capitalized(textOf(row, 'ctx_b'))}`;
    return {
      ...row,
      query: cleaned(`${textOf(row, 'activity_label')}: ${context}`),
      choices: textsOf(row, 'endings').map(cleaned),
      gold: Number(row.label),
    };
  },
  wsc273: (row) => {
    const text = textOf(row, 'text').replaceAll('  ', ' ');
    const options = textsOf(row, 'options').map((option) => wsc273Option(row, text, option));
    return { ...row, text, options };
  },
};

/** Reads a prompt, a target or the choices from a document: `{ builtin: NAME }`. */
export const fieldBuiltins: Readonly<Record<string, (row: Row) => Value>> = {
  wikitext: (row) => detokenized(textOf(row, 'page')),
  wsc: (row) => {
    const text = textOf(row, 'text');
    const [noun, pronoun] = [textOf(row, 'span1_text'), textOf(row, 'span2_text')];
    const before = words(text).slice(0, numberOf(row, 'span2_index')).join(' ');
    const after = pythonSlice(text, [...before].length + [...pronoun].length + 1);
    const passage = general(`${before} *${pronoun}*${after}`);
    return `Passage: ${passage}\nQuestion: In the passage above, does the pronoun "*${pronoun}*" refer to "*${noun}*"?\nAnswer:`;
  },
  logiqa: (row) => {
    const options = textsOf(row, 'options').slice(0, 4);
    const lines = options.map((option, index) => `${'ABCD'.charAt(index)}. ${option}\n`).join('');
    return `Passage: ${textOf(row, 'context')}\nQuestion: ${textOf(row, 'question')}\nChoices:\n${lines}Answer:`;
  },
  'logiqa answer': (row) => placeIn(['a', 'b', 'c', 'd'], stripped(textOf(row, 'label')), 'label'),
  'winogrande answer': (row) => placeIn(['1', '2'], textOf(row, 'answer'), 'answer'),
  'winogrande end': (row) => stripped(sentenceAroundBlank(row)[1]),
  'winogrande starts': (row) => {
    const [before] = sentenceAroundBlank(row);
    return [before + textOf(row, 'option1'), before + textOf(row, 'option2')];
  },
};

/** How an item's scores become its metrics where the usual way does not do: `process_results`. */
export const scoringBuiltins = ['mc2', 'mc2 first zero', 'wikitext', 'last of equals'] as const;

/** Words and bytes that the perplexity of a WikiText page is counted in: those of the raw page. */
export function wikitextCounts(row: Row): { words: number; bytes: number } {
  const page = textOf(row, 'page');
  return { words: countPieces(page), bytes: Buffer.byteLength(page) };
}

/** HellaSwag's cleaning: marks of WikiHow in brackets, and one pass over double spaces. */
function cleaned(text: string): string {
  return stripped(text)
    .replaceAll(' [title]', '. ')
    .replace(/\[[^\n]*?\]/g, '')
    .replaceAll('  ', ' ');
}

const possessives = ['my', 'his', 'her', 'our', 'their'];
const upperPronouns = 'A An The She He It They My His Her Their'.split(' ');

function wsc273Option(row: Row, text: string, option: string): string {
  const whole = possessives.includes(textOf(row, 'pronoun').toLowerCase()) ? `${option}'s` : option;
  const [first] = words(whole);
  if (first === undefined) throw new Error('options: an empty option');
  const before = characterAt(text, numberOf(row, 'pronoun_loc') - 2);
  if (before === null) throw new Error('pronoun_loc: lies outside the text');
  return before !== '.' && upperPronouns.includes(first)
    ? whole.replaceAll(first, first.toLowerCase())
    : whole;
}

function sentenceAroundBlank(row: Row): [string, string] {
  const sentence = textOf(row, 'sentence');
  const place = sentence.indexOf('_');
  if (place < 0) throw new Error('sentence: has no _');
  return [sentence.slice(0, place), sentence.slice(place + 1)];
}

/** lm-eval's undoing of tokenised punctuation in SuperGLUE's WSC. */
function general(text: string): string {
  return text
    .replaceAll(" n't", "n't")
    .replaceAll(' )', ')')
    .replaceAll('( ', '(')
    .replaceAll('" ', '"')
    .replaceAll(' "', '"')
    .replace(/ (['.,])/g, '$1');
}

/** WikiText's tokens back to text: 24 replacements, whose order counts. (One of lm-eval's can never match; it is not here.) */
function detokenized(page: string): string {
  let text = page.replaceAll("s '", "s'");
  for (const [from, to] of [...numbers, ...punctuation]) text = text.replaceAll(from, to);
  for (const [open, close, inner] of pairs) text = unpadded(text, open, close, inner);
  for (const [from, to] of rest) text = text.replaceAll(from, to);
  return text;
}

const numbers = [' @-@ ', ' @,@ ', ' @.@ '].map((mark) => [mark, mark.charAt(2)] as const);
const punctuation = [...':;.!?,'].map((mark) => [` ${mark} `, `${mark} `] as const);
const pairs = [
  ['\\(', '\\)', '[^\\)]'],
  ['\\[', '\\]', '[^\\]]'],
  ['\\{', '\\}', '[^}]'],
  ['"', '"', '[^"]'],
  ["'", "'", "[^']"],
] as const;
const rest = [
  ['= = = =', '===='],
  ['= = =', '==='],
  ['= =', '=='],
  [' \u00b0 ', '\u00b0'],
  [' \n', '\n'],
  ['\n ', '\n'],
  [' N ', ' 1 '],
  [" 's", "'s"],
] as const;

/** re.sub(r'\(\s*([^\)]*?)\s*\)', r'(\1)') and its like, in time that grows with the text: the inside is stripped by hand. */
function unpadded(text: string, open: string, close: string, inner: string): string {
  const marks = [open, close].map((mark) => mark.replace('\\', ''));
  return text.replace(
    new RegExp(pythonPattern(`${open}(${inner}*)${close}`), 'g'),
    (_, content: string) =>
      (marks[0] ?? '') + rightStripped(content.replace(leadingSpace, '')) + (marks[1] ?? ''),
  );
}

const leadingSpace = new RegExp(`^[${whiteSpace}]+`);

function placeIn(list: readonly string[], wanted: string, field: string): number {
  const place = list.indexOf(wanted);
  if (place < 0)
    throw new Error(`${field}: expected one of ${list.join(', ')}, found ${JSON.stringify(wanted)}`);
  return place;
}

function textOf(row: Row, field: string): string {
  const value = row[field];
  if (typeof value === 'string') return value;
  throw new Error(
    `${field}: expected text, found ${value === undefined ? 'no such field' : JSON.stringify(value).slice(0, 60)}`,
  );
}

function textsOf(row: Row, field: string): string[] {
  const value = row[field];
  if (value !== undefined && value !== null && isList(value) && value.every((one) => typeof one === 'string'))
    return [...value];
  throw new Error(`${field}: expected a list of texts`);
}

function numberOf(row: Row, field: string): number {
  const value = row[field];
  if (typeof value === 'number') return value;
  throw new Error(
    `${field}: expected a number, found ${value === undefined ? 'no such field' : JSON.stringify(value).slice(0, 60)}`,
  );
}
