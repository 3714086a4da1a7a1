// Methods, filters and tests that templates of tasks may use, as Python and Jinja2 define them.

import {
  capitalized,
  codePoints,
  leftStripped,
  pythonPattern,
  rightStripped,
  stripped,
  words,
} from './python-text.ts';
import { isList, pythonText } from './python-values.ts';
import type { Value } from './task.ts';

type Called = (owner: never, args: readonly Value[]) => Value;

/** owner.name(args). @throws Error  for methods that are not there */
export function callMethod(owner: Value, name: string, args: readonly Value[]): Value {
  const methods = typeof owner === 'string' ? textMethods : isPlainList(owner) ? listMethods : mappingMethods;
  const isMapping = owner !== null && typeof owner === 'object';
  if (!Object.hasOwn(methods, name) || (methods === mappingMethods && !isMapping))
    throw new Error(`.${name}() is not read here; there are ${Object.keys(methods).join(', ')}`);
  return (methods[name] as Called)(owner as never, args);
}

/** The filter of a name. @throws Error  for those that are not there */
export function filterOf(name: string): (value: Value, args: readonly Value[]) => Value {
  const filter = Object.hasOwn(filters, name) ? filters[name] : undefined;
  if (!filter)
    throw new Error(
      `the filter ${name} is not read here; there are default, ${Object.keys(filters).join(', ')}`,
    );
  return filter;
}

/** value is name. @throws Error  for tests that are not there */
export function passesTest(name: string, value: Value | undefined): boolean {
  switch (name) {
    case 'defined':
      return value !== undefined;
    case 'undefined':
      return value === undefined;
    case 'none':
      return value === null;
    case 'string':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    default:
      throw new Error(
        `the test ${name} is not read here; there are defined, undefined, none, string, number`,
      );
  }
}

/** re.sub(pattern, replacement, text). @throws Error  for patterns that JavaScript has no equal of */
function regexReplaced(text: string, pattern: string, replacement: string, count = 0): string {
  if (/\(\?[P<(#aiLmsux-]/.test(pattern)) throw new Error(`regex ${pattern}: such groups are not read here`);
  let regex: RegExp;
  try {
    regex = compiled(pythonPattern(pattern));
  } catch (error) {
    throw new Error(`regex ${pattern}: is malformed`, { cause: error });
  }
  let left = count > 0 ? count : Number.POSITIVE_INFINITY;
  return text.replace(regex, (whole, ...groups: unknown[]) => {
    left -= 1;
    if (left < 0) return whole;
    return replacement.replace(/\\(\d)/g, (_, digit) => {
      const group = digit === '0' ? whole : groups[Number(digit) - 1];
      return typeof group === 'string' ? group : '';
    });
  });
}

function compiled(source: string): RegExp {
  try {
    return new RegExp(source, 'gu');
  } catch {
    return new RegExp(source, 'g'); // `u` refuses escapes that need none
  }
}

const textMethods: Record<string, (owner: string, args: readonly Value[]) => Value> = {
  strip: (owner, [characters = null]) => stripped(owner, textOrNull(characters)),
  lstrip: (owner, [characters = null]) => leftStripped(owner, textOrNull(characters)),
  rstrip: (owner, [characters = null]) => rightStripped(owner, textOrNull(characters)),
  split: (owner, [separator = null]) =>
    separator === null ? words(owner) : owner.split(filledText(separator)),
  join: (owner, [list = null]) => listOf(list).map(textOf).join(owner),
  replace: (owner, [from = null, to = null]) => owner.replaceAll(textOf(from), () => textOf(to)),
  lower: (owner) => owner.toLowerCase(),
  upper: (owner) => owner.toUpperCase(),
  capitalize: (owner) => capitalized(owner),
  startswith: (owner, [start = null]) => owner.startsWith(textOf(start)),
  endswith: (owner, [end = null]) => owner.endsWith(textOf(end)),
  find: (owner, [part = null]) => placeOf(owner, textOf(part)),
  index: (owner, [part = null]) => {
    const place = placeOf(owner, textOf(part));
    if (place < 0) throw new Error(`.index(): ${JSON.stringify(part)} is not in the text`);
    return place;
  },
  count: (owner, [part = null]) => owner.split(filledText(part)).length - 1,
};

const listMethods: Record<string, (owner: readonly Value[], args: readonly Value[]) => Value> = {
  index: (owner, [part = null]) => {
    const place = owner.findIndex((one) => JSON.stringify(one) === JSON.stringify(part));
    if (place < 0) throw new Error(`.index(): ${JSON.stringify(part)} is not in the list`);
    return place;
  },
  count: (owner, [part = null]) => owner.filter((one) => JSON.stringify(one) === JSON.stringify(part)).length,
};

const mappingMethods: Record<string, (owner: Record<string, Value>, args: readonly Value[]) => Value> = {
  keys: (owner) => Object.keys(owner),
  values: (owner) => Object.values(owner),
  get: (owner, [key = null, fallback = null]) =>
    typeof key === 'string' && Object.hasOwn(owner, key) ? (owner[key] ?? null) : fallback,
};

const filters: Record<string, (value: Value, args: readonly Value[]) => Value> = {
  length: lengthOf,
  count: lengthOf,
  join: (value, [separator = '']) => listOf(value).map(pythonText).join(textOf(separator)),
  trim: (value) => stripped(pythonText(value)),
  lower: (value) => pythonText(value).toLowerCase(),
  upper: (value) => pythonText(value).toUpperCase(),
  capitalize: (value) => capitalized(pythonText(value)),
  replace: (value, [from = null, to = null]) => pythonText(value).replaceAll(textOf(from), () => textOf(to)),
  first: (value) => elementOf(value, 0),
  last: (value) => elementOf(value, -1),
  string: pythonText,
  int: (value) => {
    const number = typeof value === 'string' ? Number.parseInt(stripped(value), 10) : Number(value);
    return Number.isFinite(number) ? Math.trunc(number) : 0;
  },
  list: (value) => (typeof value === 'string' ? [...value] : listOf(value)),
  regex_replace: (value, [pattern = null, to = null, count = 0]) =>
    regexReplaced(textOf(value), textOf(pattern), textOf(to), Number(count)),
};

/** len(value). */
function lengthOf(value: Value): number {
  if (typeof value === 'string') return codePoints(value);
  if (value !== null && typeof value === 'object')
    return isList(value) ? value.length : Object.keys(value).length;
  throw new Error('only text, lists and mappings have a length');
}

function placeOf(text: string, part: string): number {
  const place = text.indexOf(part);
  return place < 0 ? -1 : codePoints(text.slice(0, place));
}

function elementOf(value: Value, index: number): Value {
  const list = typeof value === 'string' ? [...value] : listOf(value);
  const found = list.at(index);
  if (found === undefined) throw new Error('an empty list has no first or last element');
  return found;
}

function isPlainList(value: Value): boolean {
  return value !== null && isList(value);
}

function listOf(value: Value): readonly Value[] {
  if (value !== null && isList(value)) return value;
  throw new Error(`expected a list, got ${value === null ? 'none' : typeof value}`);
}

function textOf(value: Value): string {
  if (typeof value === 'string') return value;
  throw new Error(
    `expected text, got ${value === null ? 'none' : Array.isArray(value) ? 'a list' : typeof value}`,
  );
}

function filledText(value: Value): string {
  const text = textOf(value);
  if (text === '') throw new Error('an empty separator');
  return text;
}

function textOrNull(value: Value): string | null {
  return value === null ? null : textOf(value);
}
