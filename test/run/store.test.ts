import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exitCodeOf } from '../../src/run/failure.ts';
import { packageRoot, readAddonRecord, storeFolder } from '../../src/run/store.ts';
import { packageVersion } from '../../src/run/version.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inheritune-store-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a checkout keeps its engine beside it, unless a place is named', () => {
  mkdirSync(join(folder, 'native'));
  mkdirSync(join(folder, '.git'));
  const beside = join(folder, '.libtorch');
  expect(storeFolder({ root: folder, environment: { XDG_CACHE_HOME: '/b' } })).toBe(beside);
  expect(storeFolder({ root: folder, environment: { INHERITUNE_CACHE: '/a' } })).toBe('/a');
});

test.each<[string, NodeJS.ProcessEnv, string]>([
  ['its own variable first', { INHERITUNE_CACHE: '/a', XDG_CACHE_HOME: '/b' }, '/a'],
  ['then the shared cache', { XDG_CACHE_HOME: '/b' }, '/b/inheritune'],
  ['a relative shared cache is ignored', { XDG_CACHE_HOME: 'b' }, join(homedir(), '.cache', 'inheritune')],
  ['then the home folder', {}, join(homedir(), '.cache', 'inheritune')],
])('a package: %s', (_, environment, expected) => {
  mkdirSync(join(folder, 'native')); // a package has native/ too, but no .git
  expect(storeFolder({ root: folder, environment })).toBe(expected);
});

test('the package root has our package.json', () => {
  expect(packageRoot()).toBe(join(import.meta.dirname, '..', '..'));
});

test('the record is read, and what is missing is said', () => {
  const message = (): string => {
    try {
      readAddonRecord(folder);
      return 'read';
    } catch (error) {
      expect(exitCodeOf(error)).toBe(70);
      return error instanceof Error ? error.message : '';
    }
  };
  expect(message()).toBe('engine not built; run `npx inheritune setup`');
  const path = join(folder, 'addon.json');
  const host = join(folder, 'host.node');
  const record = { inheritune: packageVersion(), torch: path, host, libtorch: folder };
  writeFileSync(path, JSON.stringify(record));
  expect(message()).toBe(`${path}: host is missing; run \`npx inheritune setup\``);
  writeFileSync(host, '');
  expect(readAddonRecord(folder)).toEqual(record);
  writeFileSync(path, JSON.stringify({ ...record, inheritune: '0.0.1' })); // the package was updated since
  expect(message()).toContain(`expected an engine of inheritune ${record.inheritune}, found 0.0.1; run`);
  writeFileSync(path, '{"torch":');
  expect(message()).toContain('not built');
});
