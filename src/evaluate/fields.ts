// The fields of a task that are read from each document: prompt, target, choices. As lm-eval's ConfigurableTask reads them.

import { fieldBuiltins } from './builtins.ts';
import { isList } from './python-values.ts';
import type { TaskDefinition } from './task-schema.ts';
import type { Row, Value } from './task.ts';
import { parseTemplate } from './template.ts';

/** A task's fields as functions of a document; each throws what is wrong, naming its field. */
export interface TaskFields {
  /** The prompt; a number where the choices stand in the prompt (winogrande). */
  text(row: Row): string | number;
  /** The target: a text, a choice's index, or the indices of several right ones. */
  target(row: Row): string | number | readonly number[];
  /** The choices; null for tasks without. */
  choices: ((row: Row) => readonly string[]) | null;
  description(row: Row): string;
}

/**
 * Compiles a task's fields.
 *
 * @param known  fields that its documents have: a plain text that is one of them stands for it
 * @throws Error  that names the field of a malformed template
 */
export function taskFields(definition: TaskDefinition, known: ReadonlySet<string>): TaskFields {
  const { doc_to_text, doc_to_target, doc_to_choice, description } = definition;
  const hasChoices = doc_to_choice !== undefined;
  const text = reader('doc_to_text', doc_to_text, known);
  const target = reader('doc_to_target', doc_to_target, known);
  const choices = doc_to_choice === undefined ? null : reader('doc_to_choice', doc_to_choice, known);
  const told = description === undefined ? () => '' : reader('description', description, known);
  return {
    text: (row) => {
      const value = text(row);
      if (typeof value === 'number') return value;
      return numberIfDigits(textOf(value, 'doc_to_text'), hasChoices && isTemplate(doc_to_text, known));
    },
    target: (row) => targetOf(target(row), isTemplate(doc_to_target, known), hasChoices),
    choices:
      choices &&
      ((row) => {
        const list = choices(row);
        if (list !== null && isList(list) && list.length > 0 && list.every((one) => typeof one === 'string'))
          return list;
        throw new Error('doc_to_choice: expected a list of texts');
      }),
    description: (row) => textOf(told(row), 'description'),
  };
}

type Field = string | number | readonly (string | number)[] | { builtin: string };

function isTemplate(field: Field, known: ReadonlySet<string>): boolean {
  return typeof field === 'string' && !known.has(field);
}

function reader(name: string, field: Field, known: ReadonlySet<string>): (row: Row) => Value {
  const named = <T>(body: () => T): T => {
    try {
      return body();
    } catch (cause) {
      throw new Error(`${name}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    }
  };
  if (typeof field === 'number') return () => field;
  if (typeof field === 'string') {
    if (known.has(field)) return (row) => row[field] ?? null;
    const template = named(() => parseTemplate(field));
    return (row) => named(() => template.value(row));
  }
  if ('builtin' in field) {
    const builtin = fieldBuiltins[field.builtin];
    if (!builtin) throw new Error(`${name}: there is no built-in ${field.builtin}`);
    return (row) => named(() => builtin(row));
  }
  return () => field;
}

function targetOf(
  value: Value,
  isWritten: boolean,
  hasChoices: boolean,
): string | number | readonly number[] {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  if (value !== null && isList(value)) {
    const indices = value.filter((one) => typeof one === 'number');
    if (indices.length === value.length && indices.length > 0) return indices;
    throw new Error('doc_to_target: a list of targets must be one of whole numbers');
  }
  const text = textOf(value, 'doc_to_target');
  if (isWritten && text.length >= 2 && text.startsWith('[') && text.endsWith(']'))
    throw new Error('doc_to_target: lm-eval would take this text for a Python list; that is not done here');
  return numberIfDigits(text, isWritten && hasChoices);
}

/** What a template writes is a number for lm-eval where it is digits alone and the task has choices. */
function numberIfDigits(text: string, mayBe: boolean): string | number {
  return mayBe && /^\d+$/.test(text) ? Number(text) : text;
}

function textOf(value: Value, field: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`${field}: expected text`);
}
