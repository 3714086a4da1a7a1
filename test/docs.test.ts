// The pages of docs/ against the schemas they describe: every option, with its default, and no other; every preset.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { analyzeOptions } from '../src/analyze/options.ts';
import { toyOptions } from '../src/analyze/toy-options.ts';
import { evaluateOptions } from '../src/evaluate/options.ts';
import { exportOptions } from '../src/export/options.ts';
import { growOptions } from '../src/inherit/grow-options.ts';
import { inheritOptions } from '../src/inherit/inherit.ts';
import { presets } from '../src/model/presets.ts';
import { prepareOptionsSchema } from '../src/prepare/options.ts';
import { exitCodes } from '../src/run/failure.ts';
import { optionsJsonSchema } from '../src/run/options.ts';
import { reportOptions } from '../src/report/options.ts';
import { packageRoot } from '../src/run/store.ts';
import { sampleOptions } from '../src/sample/options.ts';
import { serveOptions } from '../src/serve/options.ts';
import { trainOptions } from '../src/train/options.ts';

interface Schema {
  properties?: Record<string, Schema>;
  required?: string[];
  default?: unknown;
}

/** Options of another job inside this one, whose table is on that job's page. */
const elsewhere = ['training', 'referenceTraining'];

test.each([
  ['prepare', prepareOptionsSchema],
  ['train', trainOptions],
  ['inherit', inheritOptions],
  ['grow', growOptions],
  ['analyze', analyzeOptions],
  ['evaluate', evaluateOptions],
  ['sample', sampleOptions],
  ['serve', serveOptions],
  ['export', exportOptions],
  ['toy', toyOptions],
  ['report', reportOptions],
])('docs/%s.md has every option with its default', (name, schema) => {
  expect(documentedOptions(name)).toEqual(options(optionsJsonSchema(schema) as Schema));
});

test('docs/train.md has every preset', () => {
  const rows = Array.from(
    page('train').matchAll(/^\| ([\w-]+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$/gm),
    (row) => [row[1], ...row.slice(2).map(Number)],
  );
  expect(rows).toEqual(
    Object.entries(presets).map(([name, { layers, heads, width, context }]) => [
      name,
      layers,
      heads,
      width,
      context,
    ]),
  );
});

test('docs/runs.md has every exit code', () => {
  for (const code of Object.values(exitCodes)) expect(page('runs')).toContain(`\n| ${code} | `);
});

function page(name: string): string {
  return readFileSync(join(packageRoot(), 'docs', `${name}.md`), 'utf8');
}

function documentedOptions(name: string): [string, string][] {
  const table = page(name).split('| option | default | meaning |')[1] ?? '';
  return Array.from(table.matchAll(/^\| `([\w.]+)` \| ([^|]*?) ?\|/gm), ([, key = '', fallback = '']) => [
    key,
    fallback,
  ]);
}

function options({ properties = {}, required = [] }: Schema, path = ''): [string, string][] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    if (schema.properties && !elsewhere.includes(name)) return options(schema, `${path}${name}.`);
    return [[`${path}${name}`, defaultText(schema, required.includes(name))]];
  });
}

function defaultText(schema: Schema, isRequired: boolean): string {
  if (schema.default === undefined) return isRequired ? 'required' : '';
  if (schema.properties) return '';
  return typeof schema.default === 'string' ? schema.default : JSON.stringify(schema.default);
}
