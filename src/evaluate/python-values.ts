// Python's way to write values: repr of numbers, strings and lists, and the bytes of json.dumps.

import type { Value } from './task.ts';

/** repr of a float: the shortest digits, with an exponent below 1e-4 and from 1e16 on, and always a point or an e. */
export function floatText(number: number): string {
  if (Number.isNaN(number)) return 'nan';
  if (!Number.isFinite(number)) return number > 0 ? 'inf' : '-inf';
  const [mantissa = '', power = ''] = number.toExponential().split('e');
  const exponent = Number(power);
  if (exponent < -4 || exponent >= 16)
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  const negative = number < 0 || Object.is(number, -0) ? '-' : '';
  const digits = mantissa.replace(/[-.]/g, '');
  if (exponent < 0) return `${negative}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  return `${negative}${whole}.${digits.slice(exponent + 1) || '0'}`;
}

/** str(value); what a template writes of it. */
export function pythonText(value: Value): string {
  return typeof value === 'string' ? value : pythonRepr(value);
}

/** repr(value). Numbers that are whole are ints: a document has no other way to say so. */
export function pythonRepr(value: Value): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : floatText(value);
  if (typeof value === 'string') return stringRepr(value);
  if (isList(value)) return `[${value.map(pythonRepr).join(', ')}]`;
  const entries = Object.entries(value).map(([key, inner]) => `${stringRepr(key)}: ${pythonRepr(inner)}`);
  return `{${entries.join(', ')}}`;
}

/** Whether a value is a list. Array.isArray does not narrow read-only arrays. */
export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

function stringRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = '';
  for (const point of text) {
    if (point === quote || point === '\\') out += `\\${point}`;
    else out += shortEscapes.get(point) ?? (unprintable.test(point) ? escaped(point) : point);
  }
  return quote + out + quote;
}

const shortEscapes = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/** What str.isprintable refuses, the space excepted. */
const unprintable = /[\p{Other}\p{Separator}]/u;

function escaped(point: string): string {
  if (point === ' ') return point;
  const number = point.codePointAt(0) ?? 0;
  const hex = number.toString(16);
  if (number < 0x100) return `\\x${hex.padStart(2, '0')}`;
  return number < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

/**
 * json.dumps(value, ensure_ascii=False), with indent=2 or on one line.
 *
 * @param isFloat  whether the number under a key, inside another, is a float even when it is whole: 1.0 and not 1
 */
export function pythonJson(
  value: unknown,
  {
    indent = 0,
    isFloat = () => false,
  }: { indent?: number; isFloat?: (key: string, parent: string) => boolean } = {},
): string {
  const write = (inner: unknown, key: string, parent: string, depth: number): string => {
    if (inner === null || inner === undefined) return 'null';
    if (typeof inner === 'number') return numberJson(inner, isFloat(key, parent));
    if (typeof inner !== 'object') return JSON.stringify(inner);
    const list = Array.isArray(inner);
    const parts = list
      ? inner.map((part: unknown) => write(part, key, parent, depth + 1))
      : Object.entries(inner)
          .filter(([, part]) => part !== undefined)
          .map(([name, part]) => `${JSON.stringify(name)}: ${write(part, name, key, depth + 1)}`);
    const [open, close] = list ? '[]' : '{}';
    if (parts.length === 0) return `${open}${close}`;
    if (indent === 0) return `${open}${parts.join(', ')}${close}`;
    const pad = '\n' + ' '.repeat(indent * (depth + 1));
    return `${open}${pad}${parts.join(`,${pad}`)}\n${' '.repeat(indent * depth)}${close}`;
  };
  return write(value, '', '', 0);
}

function numberJson(number: number, isFloat: boolean): string {
  if (Number.isNaN(number)) return 'NaN';
  if (!Number.isFinite(number)) return number > 0 ? 'Infinity' : '-Infinity';
  return Number.isInteger(number) && !isFloat ? String(number) : floatText(number);
}
