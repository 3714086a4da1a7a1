// Python's text, repr, json and random against CPython 3.11's own output (tools/golden/python_semantics.py).

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  capitalized,
  characterAt,
  codePoints,
  countPieces,
  leftStripped,
  pythonPattern,
  pythonSlice,
  rightStripped,
  stripped,
  words,
} from '../../src/evaluate/python-text.ts';
import { pythonRandom } from '../../src/evaluate/python-random.ts';
import { floatText, pythonJson, pythonRepr } from '../../src/evaluate/python-values.ts';
import { exponential } from '../../src/run/host.ts';
import type { Value } from '../../src/evaluate/task.ts';

type Text =
  | 'text'
  | 'strip'
  | 'lstrip'
  | 'rstrip'
  | 'capitalize'
  | 'repr'
  | 'from1'
  | 'to2'
  | 'last'
  | 'middle';
interface Golden {
  spaces: string[];
  near: string[];
  texts: (Record<Text, string> & { split: string[]; pieces: number; length: number })[];
  capitals: string;
  capitalized: string[];
  floats: [number, string][];
  values: { value: Value; repr: string; json: string; indented: string }[];
  exponentials: [number, number][];
  random: {
    seed: number;
    random: number[];
    below: number[];
    samples: [number, number, number[]][];
    choices: number[];
    shuffled: number[];
    later: number;
  }[];
}
const golden = JSON.parse(readFileSync('test/golden/evaluate/python.json', 'utf8')) as Golden;

describe('text', () => {
  test('white space is Python’s', () => {
    for (const space of golden.spaces) expect(stripped(`${space}a${space}`)).toBe('a');
    for (const other of golden.near) expect(stripped(`${other}a${other}`)).toBe(`${other}a${other}`);
    expect(new RegExp(`^${pythonPattern('\\s*.')}$`).test('\u0085\u2028')).toBe(true);
    expect(new RegExp(`^${pythonPattern('\\s')}$`).test('\ufeff')).toBe(false);
  });

  test.each(golden.texts)('$repr', (row) => {
    const { text } = row;
    expect(stripped(text)).toBe(row.strip);
    expect(leftStripped(text)).toBe(row.lstrip);
    expect(rightStripped(text)).toBe(row.rstrip);
    expect(words(text)).toEqual(row.split);
    expect(countPieces(text)).toBe(row.pieces);
    expect(codePoints(text)).toBe(row.length);
    expect(capitalized(text)).toBe(row.capitalize);
    expect(pythonRepr(text)).toBe(row.repr);
    expect(pythonSlice(text, 1)).toBe(row.from1);
    expect(pythonSlice(text, null, 2)).toBe(row.to2);
    expect(pythonSlice(text, -2)).toBe(row.last);
    expect(pythonSlice(text, 1, -1)).toBe(row.middle);
    expect(characterAt(text, 0) ?? '').toBe([...text][0] ?? '');
  });

  test('capitals of every letter that has one', () => {
    expect([...golden.capitals].map(capitalized)).toEqual(golden.capitalized);
  });
});

test('floats are written as repr writes them', () => {
  // JSON cannot say -0.0 back: the file has -0.0, which JSON.parse reads as -0.
  expect(golden.floats.map(([number]) => floatText(number))).toEqual(golden.floats.map(([, text]) => text));
});

test('exponentials are those of the C library', () => {
  const [numbers, values] = [0, 1].map((column) => golden.exponentials.map((pair) => pair[column]));
  expect(numbers?.map((number) => exponential(number ?? 0))).toEqual(values);
  expect(numbers?.map((number) => Math.exp(number ?? 0))).not.toEqual(values); // else there is no need for ours
});

test('repr and json.dumps of nested values', () => {
  for (const { value, repr, json, indented } of golden.values) {
    expect(pythonRepr(value)).toBe(repr);
    expect(pythonJson(value)).toBe(json);
    expect(pythonJson(value, { indent: 2 })).toBe(indented);
  }
  expect(pythonJson({ 'acc,none': 1, n: 1 }, { isFloat: (key) => key.includes(',') })).toBe(
    '{"acc,none": 1.0, "n": 1}',
  );
});

test.each(golden.random)('random.Random($seed)', (row) => {
  const generator = pythonRandom(row.seed);
  const range = (n: number) => Array.from({ length: n }, (_, index) => index);
  expect(row.random.map(() => generator.random())).toEqual(row.random);
  expect([1, 2, 3, 10, 1000, 2 ** 31, 2 ** 32 - 1].map((n) => generator.below(n))).toEqual(row.below);
  for (const [n, k, drawn] of row.samples) expect(generator.sample(range(n), k)).toEqual(drawn);
  expect(generator.choices(range(700), 9)).toEqual(row.choices);
  const list = range(30);
  generator.shuffle(list);
  expect(list).toEqual(row.shuffled);
  for (let i = 0; i < 1300; i += 1) generator.random();
  expect(generator.random()).toBe(row.later);
});
