// TypeScript signatures of ATen overloads, as the addon's call convention has them (docs/engine.md).

import { camelCase } from './selection.ts';
import type { Schema, SchemaType, SchemaValue } from './schema.ts';

/**
 * Parameter lists and result of an overload, e.g. ['self: Tensor, options?: { dtype?: Dtype | null }'] and 'Tensor'.
 * Several lists, because the options object may follow as soon as only defaults are left.
 *
 * @param skip  leading arguments to leave out: 1 for a method, whose `this` is the first
 */
export function signatureOf(schema: Schema, skip: number): { parameters: string[]; result: string } {
  const places = schema.parameters.filter((value) => !value.keywordOnly).slice(skip);
  const keywords = schema.parameters.filter((value) => value.keywordOnly);
  const lastRequired = places.findLastIndex((value) => !value.hasDefault);
  const required = places.slice(0, lastRequired + 1).map(requiredParameter);
  const optional = places.slice(lastRequired + 1);
  const result = resultType(schema.results);
  if (keywords.length === 0) return { parameters: [list(required, optional.map(optionalParameter))], result };

  const mark = keywords.every((value) => value.hasDefault) ? '?' : '';
  const options = optionsType(keywords);
  const parameters: string[] = [];
  for (let given = 0; given < optional.length; ++given)
    parameters.push(list(required, optional.slice(0, given).map(requiredParameter), [`options: ${options}`]));
  const last = optional.map(mark === '?' ? optionalParameter : requiredParameter);
  parameters.push(list(required, last, [`options${mark}: ${options}`]));
  return { parameters, result };
}

/** The keyword arguments of everything that makes a tensor from nothing: declared once, for brevity. */
export const tensorOptions =
  '{ dtype?: Dtype | null; layout?: string | null; device?: string | null; pinMemory?: boolean | null }';

function optionsType(keywords: readonly SchemaValue[]): string {
  const members = keywords.map(
    (value) => `${camelCase(value.name)}${value.hasDefault ? '?' : ''}: ${argumentType(value.type)}`,
  );
  const text = `{ ${members.join('; ')} }`;
  return text === tensorOptions ? 'TensorOptions' : text;
}

/** A place that is always filled; where it has a default, `undefined` asks for that. */
function requiredParameter(value: SchemaValue): string {
  return `${parameterName(value)}: ${argumentType(value.type)}${value.hasDefault ? ' | undefined' : ''}`;
}

function optionalParameter(value: SchemaValue): string {
  return `${parameterName(value)}?: ${argumentType(value.type)}`;
}

/** Words of TypeScript that cannot name a parameter of a signature. */
const reserved = new Set(['default', 'function', 'in', 'new', 'this', 'var', 'with', 'options']);

function parameterName({ name }: SchemaValue): string {
  const camel = camelCase(name);
  return reserved.has(camel) ? `${camel}_` : camel;
}

const argumentTypes: Readonly<Record<string, string>> = {
  Tensor: 'Tensor',
  int: 'Int',
  SymInt: 'Int',
  float: 'number',
  Scalar: 'Scalar',
  bool: 'boolean',
  str: 'string',
  ScalarType: 'Dtype',
  Layout: 'string',
  MemoryFormat: 'string',
  Device: 'string',
  Generator: 'Generator',
};

function argumentType({ base, list, size, optional, elementOptional }: SchemaType): string {
  let type = argumentTypes[base];
  if (type === undefined) throw new Error(`no TypeScript type for ${base}`);
  if (list) {
    if (type === 'Int') type = 'number'; // sizes and dimensions; a BigInt there helps nobody
    const array = `readonly ${elementOptional ? `(${type} | null)` : type}[]`;
    type = size !== null && base !== 'bool' ? `number | ${array}` : array;
  }
  return optional ? `${type} | null` : type;
}

const resultTypes: Readonly<Record<string, string>> = {
  Tensor: 'Tensor',
  int: 'number',
  SymInt: 'number',
  float: 'number',
  Scalar: 'number | boolean',
  bool: 'boolean',
};

function resultType(results: readonly SchemaValue[]): string {
  const types = results.map(({ type }) => {
    const element = resultTypes[type.base];
    if (element === undefined) throw new Error(`no TypeScript type for a result of type ${type.base}`);
    return type.list ? `${element}[]` : element;
  });
  const [only = 'void'] = types;
  if (types.length < 2) return only;
  const labelled = results.every(({ name }) => name !== '');
  return `readonly [${types.map((type, i) => (labelled ? `${camelCase(results[i]?.name ?? '')}: ${type}` : type)).join(', ')}]`;
}

function list(...parts: string[][]): string {
  return parts.flat().join(', ');
}
