// One line for what zod found wrong: the source and key, what was expected, what was found. Checks nothing itself.

import type { z } from 'zod';
import { nearestName } from './nearest.ts';

type Issue = z.core.$ZodIssue;

/**
 * The first of the issues as one line, with the number of others.
 *
 * @param given   the options that were checked
 * @param origin  writes a path as the source that gave it would: `--set model.layers`, `recipe.yaml: model.layers`
 */
export function describeIssue(
  issues: readonly Issue[],
  given: unknown,
  origin: (path: readonly string[]) => string,
): string {
  const [issue] = issues;
  if (!issue) return 'options: not accepted';
  const path = issue.path.map(String);
  const found = valueAt(given, path);
  const others = issues.length > 1 ? ` (and ${issues.length - 1} more)` : '';
  const where = path.length === 0 ? 'options' : origin(path);
  if (found === undefined && issue.code !== 'custom')
    return `${where}: expected ${expectation(issue)}, found nothing; give it${others}`;
  return `${where}: ${problem(issue, found)}${others}`;
}

function problem(issue: Issue, found: unknown): string {
  if (issue.code === 'custom') return issue.message;
  const near =
    issue.code === 'invalid_value' && typeof found === 'string'
      ? nearestName(found, issue.values.map(String))
      : null;
  return `expected ${expectation(issue)}, found ${shown(found)}${near === null ? '' : `; did you mean ${near}?`}`;
}

function expectation(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return typeNames.get(issue.expected) ?? issue.expected;
    case 'invalid_value':
      return issue.values.length === 1
        ? String(issue.values[0])
        : `one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return `${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}${unit(issue.origin)}`;
    case 'too_big':
      return `${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}${unit(issue.origin)}`;
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor}`;
    case 'invalid_union':
      return [...new Set(issue.errors.flatMap(([inner]) => (inner ? [expectation(inner)] : [])))].join(
        ' or ',
      );
    case 'custom':
    case 'invalid_element':
    case 'invalid_format':
    case 'invalid_key':
    case 'unrecognized_keys':
      return issue.message;
  }
}

const typeNames: ReadonlyMap<string, string> = new Map([
  ['int', 'a whole number'],
  ['number', 'a number'],
  ['string', 'text'],
  ['boolean', 'true or false'],
  ['array', 'a list'],
  ['object', 'a map of options'],
  ['record', 'a map'],
  ['null', 'null'],
]);

function unit(origin: string): string {
  if (origin === 'string') return ' characters';
  return origin === 'array' ? ' items' : '';
}

function shown(value: unknown): string {
  if (typeof value === 'number') return String(value); // JSON has no NaN
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  let inner = value;
  for (const name of path) {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, name)) return undefined;
    inner = Reflect.get(inner, name);
  }
  return inner;
}
