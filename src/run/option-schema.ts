// Questions to a JSON Schema of options: which keys there are, which key is unknown, what a key takes.

import type { z } from 'zod';
import { nearestName } from './nearest.ts';

type Schema = z.core.JSONSchema.BaseSchema;

/** A key that no option has, and what to tell of it. */
export interface UnknownKey {
  /** With dots, from the top. */
  key: string;
  /** What to do; `name` writes a key as its source would. */
  advice(name: (key: string) => string): string;
}

/** The first key of `value` that the schema does not know, at any depth; null when there is none. */
export function unknownKey(value: unknown, root: Schema): UnknownKey | null {
  const find = (inner: unknown, schemas: readonly Schema[], path: readonly string[]): UnknownKey | null => {
    if (Array.isArray(inner)) {
      const items = schemas.flatMap((schema) => schemaList(schema.items));
      return first(inner.map((item, index) => () => find(item, items, [...path, String(index)])));
    }
    if (!isObject(inner) || !schemas.some(isMap)) return null; // a wrong type is zod's to tell
    return first(
      Object.entries(inner).map(([name, child]) => () => {
        const known = schemas.flatMap((schema) => childSchemas(schema, name));
        if (known.length > 0) return find(child, known, [...path, name]);
        return schemas.some(takesAnyKey) ? null : unknown([...path, name], root, schemas);
      }),
    );
  };
  return find(value, alternatives(root), []);
}

/** The schemas a key may have, by its names from the top; none when it is not an option. */
export function schemaAt(root: Schema, path: readonly string[]): Schema[] {
  return path.reduce(
    (schemas, name) => schemas.flatMap((schema) => childSchemas(schema, name)),
    alternatives(root),
  );
}

/** Whether a key takes text and nothing else. */
export function wantsText(schemas: readonly Schema[]): boolean {
  return schemas.length > 0 && schemas.every((schema) => schema.type === 'string');
}

/** Whether a value is a map of names to values. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unknown(path: readonly string[], root: Schema, siblings: readonly Schema[]): UnknownKey {
  const [last = ''] = path.slice(-1);
  const around = path.slice(0, -1);
  const here = siblings.flatMap((schema) => Object.keys(schema.properties ?? {}));
  const everywhere = allKeys(root, []);
  const namesake = everywhere.find((key) => key.at(-1) === last);
  const near = nearestName(last, here);
  const nearKey = nearestName(
    path.join('.'),
    everywhere.map((key) => key.join('.')),
  );
  const meant = namesake?.join('.') ?? (near === null ? nearKey : [...around, near].join('.'));
  return {
    key: path.join('.'),
    advice: (name) =>
      meant === null
        ? `known here: ${here.join(', ') || 'none'}`
        : `did you mean ${name(meant).replace(/^.*: /, '')}?`,
  };
}

function allKeys(schema: Schema, path: readonly string[]): string[][] {
  return alternatives(schema).flatMap((alternative) =>
    Object.entries(alternative.properties ?? {}).flatMap(([name, child]) => {
      const key = [...path, name];
      return [key, ...schemaList(child).flatMap((inner) => allKeys(inner, key))];
    }),
  );
}

function childSchemas(schema: Schema, name: string): Schema[] {
  const { properties = {}, additionalProperties } = schema;
  if (Object.hasOwn(properties, name)) return schemaList(properties[name]);
  return schemaList(additionalProperties);
}

function isMap(schema: Schema): boolean {
  return schema.properties !== undefined || schema.additionalProperties !== undefined;
}

function takesAnyKey(schema: Schema): boolean {
  return schema.additionalProperties === true || (!isMap(schema) && schema.type === undefined);
}

/** A schema's alternatives: itself, or those of its anyOf, oneOf and allOf. */
function alternatives(schema: Schema): Schema[] {
  const nested = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  return nested.length === 0 ? [schema] : nested.flatMap((inner) => schemaList(inner));
}

function schemaList(value: unknown): Schema[] {
  if (Array.isArray(value)) return value.flatMap(schemaList);
  return isObject(value) ? alternatives(value) : [];
}

function first<R>(attempts: readonly (() => R | null)[]): R | null {
  for (const attempt of attempts) {
    const found = attempt();
    if (found !== null) return found;
  }
  return null;
}
