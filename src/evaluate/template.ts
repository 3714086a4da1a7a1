// Jinja templates of task files: parsed by @huggingface/jinja, evaluated here with Python's semantics.
// The library's own evaluation is JavaScript's: other white space, UTF-16 lengths, nothing said of a missing field.

import * as jinja from '@huggingface/jinja';
import { isList, pythonText } from './python-values.ts';
import type { Row, Value } from './task.ts';
import { librarySource } from './template-source.ts';
import { compileExpression, demand, truth } from './template-expressions.ts';
import type { Names, Node } from './template-expressions.ts';

/** A template that was parsed. */
export interface Template {
  /** The text for a document. @throws Error  that says what of the document or template is wrong, without their names */
  text(row: Row): string;
  /** What the text stands for where the template is one expression, after any {% set %}: the list itself, not its spelling. */
  value(row: Row): Value;
}

/**
 * Parses a template.
 *
 * @throws Error  that says what is wrong with it
 */
export function parseTemplate(source: string): Template {
  const body = parsed(source).map(compileStatement);
  const text = (row: Row): string => {
    const names: Names = new Map(Object.entries(row));
    return body.map(({ run }) => run(names)).join('');
  };
  const last = body.at(-1)?.expression;
  if (!last || body.slice(0, -1).some(({ isSilent }) => !isSilent)) return { text, value: text };
  const value = (row: Row): Value => {
    const names: Names = new Map(Object.entries(row));
    for (const { run } of body.slice(0, -1)) run(names);
    return last(names);
  };
  return { text, value };
}

/** A statement: the text it writes; an expression gives its value too. */
interface Statement {
  run(names: Names): string;
  expression?: (names: Names) => Value;
  /** Writes nothing. */
  isSilent?: boolean;
}

/** The library's types name files without extensions, which nodenext does not find. */
const library = jinja as unknown as {
  tokenize(source: string): unknown;
  parse(tokens: unknown): { body: Node[] };
};

const maximalPasses = 100_000; // of one loop: a template is not a program

function parsed(source: string): Node[] {
  try {
    return library.parse(library.tokenize(librarySource(source))).body;
  } catch (error) {
    const problem = error instanceof SyntaxError ? error.message : 'ends too early';
    throw new Error(`malformed template: ${problem}`, { cause: error });
  }
}

function compileStatement(node: Node): Statement {
  switch (node.type) {
    case 'Comment':
      return { isSilent: true, run: () => '' };
    case 'Set':
      return compileSet(node as SetNode);
    case 'If':
      return compileIf(node as IfNode);
    case 'For':
      return compileFor(node as ForNode);
    case 'StringLiteral': {
      const { value } = node as Node & { value: string };
      return { run: () => value };
    }
    default: {
      const expression = demand(compileExpression(node));
      return { expression, run: (names) => pythonText(expression(names)) };
    }
  }
}

interface SetNode extends Node {
  assignee: Node & { value?: unknown };
  value: Node | null;
}
function compileSet({ assignee, value }: SetNode): Statement {
  const { type, value: name } = assignee;
  if (type !== 'Identifier' || typeof name !== 'string' || value === null)
    throw new Error('{% set %} takes one name and one value here');
  const expression = demand(compileExpression(value));
  return {
    isSilent: true,
    run: (names) => {
      names.set(name, expression(names));
      return '';
    },
  };
}

interface IfNode extends Node {
  test: Node;
  body: Node[];
  alternate: Node[];
}
function compileIf(node: IfNode): Statement {
  const test = demand(compileExpression(node.test));
  const body = node.body.map(compileStatement);
  const alternate = node.alternate.map(compileStatement);
  return {
    run: (names) => (truth(test(names)) ? body : alternate).map(({ run }) => run(names)).join(''),
  };
}

interface ForNode extends Node {
  loopvar: Node & { value?: unknown };
  iterable: Node;
  body: Node[];
  defaultBlock: Node[];
}
function compileFor(node: ForNode): Statement {
  const name = node.loopvar.value;
  if (node.loopvar.type !== 'Identifier' || typeof name !== 'string')
    throw new Error('{% for %} takes one name here');
  const iterable = demand(compileExpression(node.iterable));
  const body = node.body.map(compileStatement);
  const otherwise = node.defaultBlock.map(compileStatement);
  return {
    run: (names) => {
      const found = iterable(names);
      const list = typeof found === 'string' ? [...found] : found;
      if (list === null || !isList(list)) throw new Error(`{% for ${name} %}: expected a list`);
      if (list.length > maximalPasses)
        throw new Error(`{% for ${name} %}: more than ${maximalPasses} passes`);
      if (list.length === 0) return otherwise.map(({ run }) => run(names)).join('');
      let out = '';
      for (const [index, element] of list.entries()) {
        const inner: Names = new Map(names); // what a loop sets is gone after it, as in Jinja2
        inner.set(name, element).set('loop', loopState(index, list.length));
        for (const { run } of body) out += run(inner);
      }
      return out;
    },
  };
}

function loopState(index: number, length: number): Value {
  return { index: index + 1, index0: index, first: index === 0, last: index === length - 1, length };
}
