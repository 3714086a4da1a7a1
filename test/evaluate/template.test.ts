// Templates against Jinja2 as lm-eval sets it up (tools/golden/evaluate_templates.py).

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Row } from '../../src/evaluate/task.ts';
import { parseTemplate } from '../../src/evaluate/template.ts';

const golden = JSON.parse(readFileSync('test/golden/evaluate/templates.json', 'utf8')) as {
  doc: Row;
  rendered: [string, string][];
  refused: string[];
};

test.each(golden.rendered)('%j', (source, text) => {
  expect(parseTemplate(source).text(golden.doc)).toBe(text);
});

describe('refused, as by Jinja2', () => {
  test.each(golden.refused)('%j', (source) => {
    expect(() => parseTemplate(source).text(golden.doc)).toThrow(/^(?!.*\n).+/s);
  });
});

test('the value of one expression is the list itself', () => {
  expect(parseTemplate('{% set x = number %}{{[x, list[0]]}}').value(golden.doc)).toEqual([3, "it's"]);
  expect(parseTemplate(' {{list}}').value(golden.doc)).toBe(` ${parseTemplate('{{list}}').text(golden.doc)}`);
});

test('a loop of more than 100,000 passes is refused', () => {
  const list = Array.from({ length: 100_001 }, () => 0);
  expect(() => parseTemplate('{% for x in list %}{% endfor %}').text({ list })).toThrow(
    'more than 100000 passes',
  );
});
