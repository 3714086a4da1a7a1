// Reads native_functions.yaml: each entry's schema string as data. Decides nothing about JavaScript.
// The grammar is that of aten/src/ATen/native/README.md in PyTorch.

import { parse } from 'yaml';

/** A schema type: `Tensor?[]`, `int[2]?`, `Scalar`, ... */
export interface SchemaType {
  base: string;
  list: boolean;
  /** N of `int[N]`, where a bare number is accepted too. */
  size: number | null;
  optional: boolean;
  elementOptional: boolean;
}

/** One argument or result. */
export interface SchemaValue {
  name: string;
  type: SchemaType;
  hasDefault: boolean;
  keywordOnly: boolean;
  /** Written to by the operator: `Tensor(a!)`. */
  written: boolean;
}

/** One overload: `aten::add.Tensor` has base `add` and overload `Tensor`. */
export interface Schema {
  text: string;
  base: string;
  overload: string;
  parameters: SchemaValue[];
  results: SchemaValue[];
  function: boolean;
  method: boolean;
}

/**
 * Every operator of a native_functions.yaml, in its order.
 *
 * @throws Error  where an entry does not follow the grammar
 */
export function readSchemas(yaml: string): Schema[] {
  const entries: unknown = parse(yaml);
  if (!Array.isArray(entries)) throw new Error('native_functions.yaml: expected a list of operators');
  return entries.map((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null || !('func' in entry) || typeof entry.func !== 'string')
      throw new Error(`native_functions.yaml: expected an entry with a func, got ${JSON.stringify(entry)}`);
    const variants = 'variants' in entry ? String(entry.variants) : 'function';
    return parseSchema(
      entry.func,
      variants.split(',').map((word) => word.trim()),
    );
  });
}

/** One schema string as data; `variants` holds 'function', 'method' or both. */
export function parseSchema(text: string, variants: readonly string[] = ['function']): Schema {
  const match = /^(\w+)(?:\.(\w+))?\((.*)\) -> (.*)$/.exec(text);
  if (!match) throw new Error(`native_functions.yaml: not a schema: ${text}`);
  const [, base = '', overload = '', parameters = '', results = ''] = match;
  return {
    text,
    base,
    overload,
    parameters: parseParameters(parameters),
    results: parseResults(results),
    function: variants.includes('function'),
    method: variants.includes('method'),
  };
}

function parseParameters(text: string): SchemaValue[] {
  const values: SchemaValue[] = [];
  let keywordOnly = false;
  for (const piece of splitTopLevel(text)) {
    if (piece === '*') keywordOnly = true;
    else values.push({ ...parseValue(piece), keywordOnly });
  }
  return values;
}

function parseResults(text: string): SchemaValue[] {
  const inner = /^\((.*)\)$/.exec(text);
  return splitTopLevel(inner?.[1] ?? text).map(parseValue);
}

function parseValue(text: string): SchemaValue {
  const alias = /\(\w(!?)[^)]*\)/.exec(text);
  const plain = text.replace(/\(\w!?[^)]*\)/, '');
  const match = /^(\w+)(\?)?(?:\[(\d*)\](\?)?)?(?: (\w+)(=.*)?)?$/.exec(plain);
  if (!match) throw new Error(`native_functions.yaml: not an argument: ${text}`);
  const [, base = '', mark, size, listMark, name = '', value] = match;
  const list = size !== undefined;
  const type = {
    base,
    list,
    size: size ? Number(size) : null,
    optional: (list ? listMark : mark) === '?',
    elementOptional: list && mark === '?',
  };
  return { name, type, hasDefault: value !== undefined, keywordOnly: false, written: alias?.[1] === '!' };
}

/** Pieces between commas that are in no bracket and no quotes. */
function splitTopLevel(text: string): string[] {
  const pieces: string[] = [];
  let depth = 0;
  let quote = '';
  let piece = '';
  for (const letter of text) {
    if (quote) quote = letter === quote ? '' : quote;
    else if (letter === '"' || letter === "'") quote = letter;
    else if ('(['.includes(letter)) ++depth;
    else if (')]'.includes(letter)) --depth;
    if (letter === ',' && depth === 0 && !quote) {
      pieces.push(piece.trim());
      piece = '';
    } else {
      piece += letter;
    }
  }
  if (piece.trim()) pieces.push(piece.trim());
  return pieces;
}
