// Fields of rows that are read from files, checked: what is there, and of which kind. Errors name the field.

import type { Row, Value } from './task.ts';

/** The fields themselves. @throws Error  when one is missing or null */
export function required(fields: Record<string, Value | undefined>): Row {
  for (const [name, value] of Object.entries(fields))
    if (value === undefined || value === null) throw new Error(`has no ${name}`);
  return fields as Row; // none is undefined
}

/** @throws Error  when it is no text */
export function textOf(value: Value | undefined, field: string): string {
  if (typeof value === 'string') return value;
  throw new Error(`${field}: expected text`);
}

/** @throws Error  when it is no list */
export function listOf(value: Value | undefined, field: string): readonly Value[] {
  if (Array.isArray(value)) return value as readonly Value[];
  throw new Error(`${field}: expected a list`);
}

/** @throws Error  when it is no object */
export function mapOf(value: Value | undefined, field: string): Row {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Row;
  throw new Error(`${field}: expected an object`);
}
