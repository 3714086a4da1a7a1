// Expressions of templates, compiled to functions that compute with Python's semantics.

import { callMethod, filterOf, passesTest } from './template-functions.ts';
import { characterAt, pythonSlice } from './python-text.ts';
import { isList, pythonText } from './python-values.ts';
import type { Value } from './task.ts';

/** A node of the library's syntax tree, as far as we look at it. */
export interface Node {
  type: string;
}

/** Fields of the document and names that the template has set. */
export type Names = Map<string, Value>;

/** Computes a value; undefined where a name or a field is missing. */
export type Expression = (names: Names) => Value | undefined;

/** The same where a missing value is an error, as with Jinja2's StrictUndefined. */
export type Demanded = (names: Names) => Value;

/** A compiled expression and how to call it in an error. */
export interface Compiled {
  run: Expression;
  label: string;
}

/** Makes a missing value an error. */
export function demand({ run, label }: Compiled): Demanded {
  return (names) => {
    const value = run(names);
    if (value === undefined) throw new Error(`${label} is not there`);
    return value;
  };
}

/** Compiles an expression. @throws Error  for what is outside the subset */
export function compileExpression(node: Node): Compiled {
  const compile = compilers[node.type];
  if (!compile) throw new Error(`${node.type} is no part of the templates that are read here`);
  return compile(node as never);
}

interface Literal extends Node {
  value: never;
}
interface Member extends Node {
  object: Node;
  property: Node & { value?: unknown };
  computed: boolean;
}
interface Call extends Node {
  callee: Node;
  args: Node[];
}
interface Binary extends Node {
  operator: { value: string };
  left: Node;
  right: Node;
}

const literal = ({ value }: Literal): Compiled => ({ run: () => value, label: 'a literal' });

const compilers: Record<string, ((node: never) => Compiled) | undefined> = {
  IntegerLiteral: literal,
  FloatLiteral: literal,
  StringLiteral: literal,
  ArrayLiteral: ({ value }: { value: Node[] }) => {
    const parts = value.map(compiledValue);
    return { run: (names) => parts.map((part) => part(names)), label: 'a list' };
  },
  Identifier: ({ value: name }: { value: string }) => {
    if (constants.has(name)) return { run: () => constants.get(name), label: name };
    return { run: (names) => names.get(name), label: JSON.stringify(name) };
  },
  MemberExpression: compileMember,
  CallExpression: compileCall,
  FilterExpression: compileFilter,
  TestExpression: ({
    operand,
    negate,
    test,
  }: {
    operand: Node;
    negate: boolean;
    test: { value: string };
  }) => {
    const compiled = compileExpression(operand);
    passesTest(test.value, null); // an unknown test is an error of the template, not of a document
    return { run: (names) => passesTest(test.value, compiled.run(names)) !== negate, label: 'a test' };
  },
  UnaryExpression: ({ operator, argument }: { operator: { value: string }; argument: Node }) => {
    const value = compiledValue(argument);
    if (operator.value === 'not') return { run: (names) => !truth(value(names)), label: 'not' };
    const sign = operator.value === '-' ? -1 : 1;
    return { run: (names) => sign * numberOf(value(names), operator.value), label: operator.value };
  },
  BinaryExpression: compileBinary,
  Ternary: ({ condition, trueExpr, falseExpr }: { condition: Node; trueExpr: Node; falseExpr: Node }) => {
    const test = compiledValue(condition);
    const [yes, no] = [compileExpression(trueExpr), compileExpression(falseExpr)];
    return {
      run: (names) => (truth(test(names)) ? yes : no).run(names),
      label: `${yes.label} or ${no.label}`,
    };
  },
};

const constants = new Map<string, Value>([
  ...(['true', 'True'].map((name) => [name, true]) as [string, Value][]),
  ...(['false', 'False'].map((name) => [name, false]) as [string, Value][]),
  ...(['none', 'None'].map((name) => [name, null]) as [string, Value][]),
]);

function compiledValue(node: Node): Demanded {
  return demand(compileExpression(node));
}

function compileMember({ object, property, computed }: Member): Compiled {
  const owner = compileExpression(object);
  const from = demand(owner);
  if (computed && property.type === 'SliceExpression') {
    const { start, stop, step } = property as Node & Partial<Record<'start' | 'stop' | 'step', Node>>;
    if (step) throw new Error('slices with a step are not read here');
    const bounds = [start, stop].map((bound) => (bound ? compiledValue(bound) : () => null));
    return {
      label: `a slice of ${owner.label}`,
      run: (names) => {
        const [first = null, end = null] = bounds.map((bound) => bound(names));
        return sliced(from(names), boundOf(first), boundOf(end));
      },
    };
  }
  if (!computed) {
    const name = String(property.value);
    return { run: (names) => fieldOf(from(names), name), label: `${owner.label}.${name}` };
  }
  const key = compiledValue(property);
  return { run: (names) => fieldOf(from(names), key(names)), label: `an element of ${owner.label}` };
}

function fieldOf(owner: Value, key: Value): Value | undefined {
  if (typeof owner === 'string')
    return typeof key === 'number' ? (characterAt(owner, key) ?? undefined) : undefined;
  if (owner === null || typeof owner !== 'object') return undefined;
  if (isList(owner)) return typeof key === 'number' ? owner[key < 0 ? owner.length + key : key] : undefined;
  return typeof key === 'string' && Object.hasOwn(owner, key) ? owner[key] : undefined;
}

function sliced(owner: Value, start: number | null, stop: number | null): Value {
  if (typeof owner === 'string') return pythonSlice(owner, start, stop);
  if (owner !== null && isList(owner)) return owner.slice(start ?? 0, stop ?? undefined);
  throw new Error('only text and lists have slices');
}

function boundOf(value: Value): number | null {
  return value === null ? null : numberOf(value, 'slice');
}

function compileCall({ callee, args }: Call): Compiled {
  const values = args.map(compiledValue);
  const { object, property, computed } = callee as Member;
  if (callee.type !== 'MemberExpression' || computed)
    throw new Error('only methods can be called here, as text.strip()');
  const owner = compiledValue(object);
  const name = String(property.value);
  return {
    label: `${name}()`,
    run: (names) =>
      callMethod(
        owner(names),
        name,
        values.map((value) => value(names)),
      ),
  };
}

function compileFilter({ operand, filter }: { operand: Node; filter: Node }): Compiled {
  const value = compileExpression(operand);
  const called = filter.type === 'CallExpression' ? (filter as Call) : { callee: filter, args: [] as Node[] };
  const { value: name } = called.callee as Node & { value: string };
  const args = called.args.map((arg) =>
    compiledValue(arg.type === 'KeywordArgumentExpression' ? (arg as Node & { value: Node }).value : arg),
  );
  if (name === 'default' || name === 'd') {
    const [fallback = () => ''] = args;
    return { run: (names) => value.run(names) ?? fallback(names), label: name };
  }
  const given = demand(value);
  const apply = filterOf(name);
  return {
    run: (names) =>
      apply(
        given(names),
        args.map((arg) => arg(names)),
      ),
    label: name,
  };
}

function compileBinary({ operator: { value: operator }, left, right }: Binary): Compiled {
  const [a, b] = [compiledValue(left), compiledValue(right)];
  const label = operator;
  if (operator === 'and') return { label, run: (names) => (truth(a(names)) ? b(names) : a(names)) };
  if (operator === 'or') return { label, run: (names) => (truth(a(names)) ? a(names) : b(names)) };
  return { label, run: (names) => computed(operator, a(names), b(names)) };
}

function computed(operator: string, a: Value, b: Value): Value {
  switch (operator) {
    case '~':
      return pythonText(a) + pythonText(b);
    case '==':
      return JSON.stringify(a) === JSON.stringify(b);
    case '!=':
      return JSON.stringify(a) !== JSON.stringify(b);
    case 'in':
      return contains(b, a);
    case 'not in':
      return !contains(b, a);
    case '+':
      if (typeof a === 'string' && typeof b === 'string') return a + b;
      if (a !== null && b !== null && isList(a) && isList(b)) return [...a, ...b];
  }
  const [x, y] = [numberOf(a, operator), numberOf(b, operator)];
  switch (operator) {
    case '+':
      return x + y;
    case '-':
      return x - y;
    case '*':
      return x * y;
    case '/':
      return x / y;
    case '//':
      return Math.floor(x / y);
    case '%':
      return x - y * Math.floor(x / y);
    case '<':
      return x < y;
    case '>':
      return x > y;
    case '<=':
      return x <= y;
    case '>=':
      return x >= y;
    default:
      throw new Error(`the operator ${operator} is not read here`);
  }
}

function contains(owner: Value, part: Value): boolean {
  if (typeof owner === 'string' && typeof part === 'string') return owner.includes(part);
  if (owner !== null && typeof owner === 'object')
    return isList(owner)
      ? owner.some((one) => JSON.stringify(one) === JSON.stringify(part))
      : typeof part === 'string' && Object.hasOwn(owner, part);
  throw new Error('"in" needs a text, a list or a mapping on its right');
}

function numberOf(value: Value, operator: string): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  throw new Error(`${operator}: expected a number, got ${value === null ? 'none' : typeof value}`);
}

/** bool(value). */
export function truth(value: Value): boolean {
  if (value === null || typeof value !== 'object') return Boolean(value);
  return (isList(value) ? value : Object.keys(value)).length > 0;
}
