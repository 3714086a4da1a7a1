// Prompts: description, examples and the document itself, joined as lm-eval joins them; and the requests of an item.

import { pythonRepr } from './python-values.ts';
import type { PythonRandom } from './python-random.ts';
import type { Request } from './request.ts';
import type { TaskFields } from './fields.ts';
import type { TaskDefinition } from './task-schema.ts';
import type { Compat, Item, Row } from './task.ts';

/** Chooses the examples of a document. */
export type Sampler = (row: Row) => readonly Row[];

/** No examples. */
export const noShots: Sampler = () => [];

/**
 * The examples before a document: the first ones of the pool, or random ones, one draw a document.
 *
 * @param excludesItself  whether the document may be in the pool: one more is drawn then, and it is dropped
 */
export function sampler(
  pool: readonly Row[],
  shots: number,
  { isFirst, excludesItself, random }: { isFirst: boolean; excludesItself: boolean; random: PythonRandom },
): Sampler {
  const wanted = shots + (excludesItself && !isFirst ? 1 : 0);
  if (wanted > pool.length)
    throw new Error(
      `num_fewshot: ${shots} examples need ${wanted} documents to draw from, found ${pool.length}`,
    );
  if (isFirst) {
    const first = pool.slice(0, shots);
    return () => first;
  }
  if (!excludesItself) return () => random.sample(pool, shots);
  return (row) => {
    const itself = JSON.stringify(row);
    return random
      .sample(pool, wanted)
      .filter((one) => JSON.stringify(one) !== itself)
      .slice(0, shots);
  };
}

/** Builds a task's items. */
export function itemBuilder(definition: TaskDefinition, fields: TaskFields, sample: Sampler, compat: Compat) {
  const { output_type: kind, target_delimiter: delimiter, fewshot_delimiter: between } = definition;
  const shotTexts = new Map<Row, string>(); // MMLU's five are the same before all documents of a subject

  const shotText = (row: Row): string => {
    const known = shotTexts.get(row);
    if (known !== undefined) return known;
    const text = fields.text(row);
    const choices = fields.choices?.(row) ?? null;
    const target = fields.target(row);
    const question = typeof text === 'number' ? (choices?.[text] ?? '') : text;
    const [first = 0] = typeof target === 'object' ? target : [0];
    const answer =
      typeof target === 'string' ? target : choices?.[typeof target === 'number' ? target : first];
    if (answer === undefined) throw new Error('doc_to_target: an example has no answer');
    // In 2023 a target had its own space, and an empty answer was one like others.
    const isOld = compat === 'lm-eval-2023';
    const space = isOld && kind === 'loglikelihood' ? '' : delimiter;
    const whole = answer === '' && !isOld ? question : question + space + answer + between;
    shotTexts.set(row, whole);
    return whole;
  };

  return (row: Row, docId: number): Item => {
    const before = fields.description(row) + sample(row).map(shotText).join('');
    const text = fields.text(row);
    const target = fields.target(row);
    const choices = fields.choices?.(row) ?? [];
    const item = { docId, doc: row, target: targetText(target), choices };
    if (kind === 'loglikelihood_rolling')
      return { ...item, choices: [], gold: [], requests: [{ kind: 'rolling', text: textTarget(target) }] };
    if (kind === 'loglikelihood') {
      const requests: Request[] = [
        { kind: 'loglikelihood', context: contextOf(before, text), continuation: textTarget(target) },
      ];
      return { ...item, choices: [], gold: [], requests };
    }
    if (typeof text === 'number') {
      const continuation = delimiter + textTarget(target);
      const requests = choices.map(
        (choice): Request => ({ kind: 'loglikelihood', context: before + choice, continuation }),
      );
      return { ...item, gold: goldOf(text, choices), requests };
    }
    const context = contextOf(before, text);
    const requests = choices.map(
      (choice): Request => ({ kind: 'loglikelihood', context, continuation: delimiter + choice }),
    );
    return { ...item, gold: goldOf(target, choices), requests };
  };

  function contextOf(before: string, text: string | number): string {
    if (typeof text === 'number') throw new Error('doc_to_text: expected text');
    return before + text;
  }
}

/** The right choices; lm-eval gives no points where the target is none of them, and neither do we. */
function goldOf(target: string | number | readonly number[], choices: readonly string[]): number[] {
  const indices =
    typeof target === 'string'
      ? [choices.indexOf(target)]
      : typeof target === 'number'
        ? [target]
        : [...target];
  return indices.filter((index) => index >= 0 && index < choices.length);
}

function targetText(target: string | number | readonly number[]): string {
  return typeof target === 'string' ? target : pythonRepr(target);
}

function textTarget(target: string | number | readonly number[]): string {
  if (typeof target === 'object') throw new Error('doc_to_target: expected text');
  return String(target);
}
