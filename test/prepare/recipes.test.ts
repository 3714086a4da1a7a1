import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { prepareOptionsSchema } from '../../src/prepare/options.ts';

const folder = 'recipes/prepare';

test.each(readdirSync(folder))('recipes/prepare/%s parses, and names itself', (name) => {
  const text = readFileSync(join(folder, name), 'utf8');
  const options = prepareOptionsSchema.parse({ ...(parse(text) as object), out: 'tokens/x' });
  expect(options.source).toHaveLength(1);
  expect(text).toContain(`--recipe ${join(folder, name)}`);
});

test('the papers’ splits', () => {
  const read = (name: string): object => parse(readFileSync(join(folder, name), 'utf8')) as object;
  expect(read('openwebtext.yaml')).toMatchObject({ validationFraction: 0.0005, splitSeed: 2357 });
  expect(read('fineweb-edu.yaml')).toMatchObject({ shardTokens: 100_000_000, mark: 'before' });
});
