// Which ATen operators JavaScript reaches by base name, under which names and in which order of overloads.

import { isShadowed } from './ambiguity.ts';
import type { Schema } from './schema.ts';

/** All overloads that share a base name, in the order in which they are tried. */
export interface Operator {
  /** camelCase, as JavaScript writes it. */
  name: string;
  base: string;
  overloads: Schema[];
  function: boolean;
  method: boolean;
}

/** Argument types the addon refuses by name; operators with them have no place in a table of what can be called. */
const refusedTypes = new Set([
  'Storage',
  'Stream',
  'DeviceIndex',
  'Dimname',
  'DimnameList',
  'QScheme',
  'SymBool',
]);

/** Result types that would reach JavaScript as a bare number, where this engine speaks in strings. */
const refusedResults = new Set(['ScalarType', 'QScheme', 'SymBool']);

/** Members of the class Tensor (src/torch/tensor.ts) that an ATen method of the same name must not replace. */
export const tensorMembers = [
  'constructor',
  'shape',
  'dtype',
  'device',
  'byteLength',
  'requiresGrad',
  'grad',
  'released',
  'item',
  'data',
  'release',
];

/**
 * Groups schemas by base name. Left out, and callable by full name only: out-variants, symbolic twins of size, stride
 * and the like, and operators with types that JavaScript cannot give or get.
 *
 * @throws Error  when two base names meet in camelCase, or two keyword names do within one operator
 */
export function selectOperators(schemas: readonly Schema[]): Operator[] {
  const operators = new Map<string, Operator>();
  for (const schema of schemas) {
    if (!isReachable(schema)) continue;
    const name = camelCase(schema.base);
    const operator = operators.get(name) ?? {
      name,
      base: schema.base,
      overloads: [],
      function: false,
      method: false,
    };
    if (operator.base !== schema.base)
      throw new Error(`${operator.base} and ${schema.base} are both ${name} in camelCase`);
    checkOptionNames(schema);
    operator.overloads.push(schema);
    operators.set(name, operator);
  }
  for (const operator of operators.values()) {
    operator.overloads = inOrder(operator.overloads);
    operator.function = operator.overloads.some((schema) => schema.function);
    operator.method = operator.overloads.some((schema) => isMethod(operator, schema));
  }
  return [...operators.values()];
}

/** Whether an overload is a method of Tensor: the addon puts `this` first, so `self` must be the first argument. */
export function isMethod(operator: Operator, schema: Schema): boolean {
  return schema.method && schema.parameters[0]?.name === 'self' && !tensorMembers.includes(operator.name);
}

/** snake_case to camelCase; underscores at both ends stay: `_fused_adamw_` is `_fusedAdamw_`. As camelCase in values.cpp. */
export function camelCase(name: string): string {
  const [, before = '', inner = '', after = ''] = /^(_*)(.*?)(_*)$/.exec(name) ?? [];
  return before + inner.replace(/_([a-zA-Z0-9])/g, (_, letter: string) => letter.toUpperCase()) + after;
}

/** The way back, for option keys: a capital inside a name gets its underscore. */
export function snakeCase(name: string): string {
  return name.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function isReachable({ base, overload, parameters, results }: Schema): boolean {
  if (/^sym_/.test(base)) return false;
  if (/(^|_)out$/.test(overload) || parameters.some((value) => value.keywordOnly && value.written))
    return false;
  if (results.some(({ type }) => refusedResults.has(type.base))) return false;
  return !parameters.some(({ type }) => refusedTypes.has(type.base));
}

function checkOptionNames({ text, parameters }: Schema): void {
  for (const { name, keywordOnly } of parameters)
    if (keywordOnly && snakeCase(camelCase(name)) !== name)
      throw new Error(`${text}: ${name} does not survive camelCase`);
}

/** yaml's order, but an overload that an earlier one would always hide moves before that one. */
function inOrder(schemas: readonly Schema[]): Schema[] {
  const ordered: Schema[] = [];
  for (const schema of schemas) {
    const place = ordered.findIndex((earlier) => isShadowed(schema, earlier) && !isShadowed(earlier, schema));
    ordered.splice(place < 0 ? ordered.length : place, 0, schema);
  }
  return ordered;
}
