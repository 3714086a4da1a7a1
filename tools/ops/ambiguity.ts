// Which calls fit more than one overload, judged as the addon does: by JavaScript types alone (accepts in values.cpp).

import type { Schema, SchemaType, SchemaValue } from './schema.ts';

/** A call by the JavaScript types of its arguments, e.g. ['Tensor', 'number'] and { generator: 'Generator' }. */
export interface Call {
  positional: string[];
  options: Record<string, string>;
}

/** Whether an overload can take a call. */
export function accepts(schema: Schema, { positional, options }: Call): boolean {
  const { places, keywords } = split(schema);
  if (positional.length > places.length) return false;
  if (Object.keys(options).some((name) => !keywords.some((keyword) => keyword.name === name))) return false;
  return (
    places.every((value, i) => acceptsKind(value, positional[i] ?? 'undefined')) &&
    keywords.every((value) => acceptsKind(value, options[value.name] ?? 'undefined'))
  );
}

/** The shortest call that fits both overloads, or null. */
export function sharedCall(first: Schema, second: Schema): Call | null {
  const one = split(first);
  const two = split(second);
  for (let count = 0; count <= Math.min(one.places.length, two.places.length); ++count) {
    const positional: string[] = [];
    for (let i = 0; i < count; ++i) {
      const kind = sharedKind(one.places[i], two.places[i]);
      if (kind !== null) positional.push(kind);
    }
    const options: Record<string, string> = {};
    for (const keyword of [...one.keywords, ...two.keywords]) {
      if (mayBeAbsent(keyword)) continue;
      const kind = sharedKind(find(one.keywords, keyword.name), find(two.keywords, keyword.name));
      if (kind !== null) options[keyword.name] = kind;
    }
    const call = { positional, options };
    if (positional.length === count && accepts(first, call) && accepts(second, call)) return call;
  }
  return null;
}

/** Whether `earlier`, tried first, takes every call that `schema` could. */
export function isShadowed(schema: Schema, earlier: Schema): boolean {
  const one = split(schema);
  const two = split(earlier);
  if (one.places.length > two.places.length) return false;
  const required = one.places.findLastIndex((value) => !mayBeAbsent(value)) + 1;
  return (
    one.places.every((value, i) => isSubset(value, two.places[i])) &&
    two.places.slice(required).every(mayBeAbsent) &&
    one.keywords.every((value) => isSubset(value, find(two.keywords, value.name))) &&
    two.keywords.every((value) => mayBeAbsent(value) || find(one.keywords, value.name) !== undefined)
  );
}

/** Every base name under which some call fits several overloads: one line a call, its pick first. */
export function ambiguousCalls(
  operators: readonly { name: string; overloads: readonly Schema[] }[],
): string[] {
  const lines = new Set<string>();
  for (const { name, overloads } of operators) {
    for (const [i, first] of overloads.entries()) {
      for (const second of overloads.slice(i + 1)) {
        const call = sharedCall(first, second);
        if (!call) continue;
        const [pick, ...others] = overloads.filter((schema) => accepts(schema, call)).map(overloadName);
        lines.add(`${name}(${describe(call)}): ${pick} (also fits: ${others.join(', ')})`);
      }
    }
  }
  return [...lines];
}

/** JavaScript types that an argument takes, those people write most first. */
function kindsOf({ base, list, size, optional, elementOptional }: SchemaType): string[] {
  const element = elementKinds[base] ?? [base];
  const kinds: string[] = list ? element.map((kind) => `${kind}[]`) : [...element];
  if (list && elementOptional) kinds.push(...element.map((kind) => `(${kind} | null)[]`));
  if (list && size !== null && base !== 'bool') kinds.push(...element);
  if (list) kinds.push('[]');
  if (optional) kinds.push('null');
  return kinds;
}

const elementKinds: Readonly<Record<string, readonly string[]>> = {
  Tensor: ['Tensor'],
  Scalar: ['number', 'bigint', 'boolean'],
  int: ['number', 'bigint'],
  SymInt: ['number', 'bigint'],
  float: ['number'],
  bool: ['boolean'],
  str: ['string'],
  ScalarType: ['string'],
  Layout: ['string'],
  Device: ['string'],
  MemoryFormat: ['string'],
};

function mayBeAbsent({ hasDefault, type }: SchemaValue): boolean {
  return hasDefault || type.optional;
}

function acceptsKind(value: SchemaValue, kind: string): boolean {
  return kind === 'undefined' ? mayBeAbsent(value) : kindsOf(value.type).includes(kind);
}

function sharedKind(one: SchemaValue | undefined, two: SchemaValue | undefined): string | null {
  if (!one || !two) return null;
  const shared = kindsOf(one.type).find((kind) => acceptsKind(two, kind));
  return shared ?? (mayBeAbsent(one) && mayBeAbsent(two) ? 'undefined' : null);
}

function isSubset(value: SchemaValue, other: SchemaValue | undefined): boolean {
  if (!other) return false;
  return (
    kindsOf(value.type).every((kind) => acceptsKind(other, kind)) &&
    (!mayBeAbsent(value) || mayBeAbsent(other))
  );
}

function split({ parameters }: Schema): { places: SchemaValue[]; keywords: SchemaValue[] } {
  return {
    places: parameters.filter((value) => !value.keywordOnly),
    keywords: parameters.filter((value) => value.keywordOnly),
  };
}

function find(values: readonly SchemaValue[], name: string): SchemaValue | undefined {
  return values.find((value) => value.name === name);
}

function describe({ positional, options }: Call): string {
  const named = Object.entries(options).map(([name, kind]) => `${name}: ${kind}`);
  return [...positional, ...(named.length > 0 ? [`{ ${named.join(', ')} }`] : [])].join(', ');
}

function overloadName({ base, overload }: Schema): string {
  return overload === '' ? base : `${base}.${overload}`;
}
