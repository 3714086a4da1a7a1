// Rows of published data sets turned into those of the hub's copies, one row at a time. Reads no files.

import { listOf, mapOf, required, textOf } from './row-fields.ts';
import type { Row, Value } from './task.ts';

/** OLMo’s ARC: the prompt as it is built. */
export function olmoArcRow({ id, query, choices, gold }: Row): Row {
  const texts = listOf(choices, 'choices');
  const question = /^Question: ([\s\S]*)\nAnswer:$/.exec(textOf(query, 'query'))?.[1];
  if (question === undefined) throw new Error('query: expected Question: ... Answer:');
  const label = texts.map((_, index) => letters.charAt(index));
  return { id: id ?? null, question, choices: { text: texts, label }, answerKey: label[Number(gold)] ?? '' };
}

/** OLMo’s HellaSwag: documents that were built already. */
export function olmoHellaswagRow({ ind, query, choices, gold }: Row): Row {
  const endings = listOf(choices, 'choices');
  return {
    ind: ind ?? null,
    label: String(Number(gold)),
    query: textOf(query, 'query'),
    choices: endings,
    gold: Number(gold),
  };
}

/** OLMo’s BoolQ: passage and question in one prompt; its gold is a place in [yes, no]. */
export function olmoBoolqRow({ idx, query, choices, gold }: Row): Row {
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

/** ARC, as AI2 has it. */
export function arcRow({ id, question, answerKey }: Row): Row {
  const { stem, choices } = mapOf(question, 'question');
  return {
    id: id ?? null,
    question: textOf(stem, 'question.stem'),
    choices: choiceLists(choices),
    answerKey: textOf(answerKey, 'answerKey'),
  };
}

/** OpenBookQA, as AI2 has it. */
export function openbookRow(row: Row): Row {
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

/** SciQ. */
export function sciqRow({
  question,
  distractor1,
  distractor2,
  distractor3,
  correct_answer,
  support,
}: Row): Row {
  return required({ question, distractor3, distractor1, distractor2, correct_answer, support });
}

/** SuperGLUE’s WSC as published. */
export function wscRow({ text, idx, label, target }: Row): Row {
  const { span1_index, span2_index, span1_text, span2_text } = mapOf(target, 'target');
  return required({ text, span1_index, span2_index, span1_text, span2_text, idx, label: Number(label) });
}

/** SuperGLUE's wsc.fixed: spans that are not in the text get the case of its word, no full stop, no newline. */
export function fixedWscRow(row: Row): Row {
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

/** GLUE’s WNLI, QNLI and MNLI. */
export function glueRow(config: string, row: Row): Row {
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

/** TruthfulQA’s mc_task.json. */
export function truthfulRow({ question, mc1_targets, mc2_targets }: Row): Row {
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

const letters = 'ABCDEFGH';

function choiceLists(choices: Value | undefined): Row {
  const maps = listOf(choices, 'question.choices').map((choice) => mapOf(choice, 'question.choices'));
  return {
    text: maps.map(({ text }) => textOf(text, 'text')),
    label: maps.map(({ label }) => textOf(label, 'label')),
  };
}

function classOf(value: Value | undefined, classes: readonly string[]): number {
  const place = classes.indexOf(textOf(value, 'label'));
  if (place < 0) throw new Error(`label: expected ${classes.join(', ')}, found ${JSON.stringify(value)}`);
  return place;
}
