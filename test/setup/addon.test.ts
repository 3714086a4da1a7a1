// Building the addons, with a compiler that only writes down how it was called.

import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exitCodeOf } from '../../src/run/failure.ts';
import { readAddonRecord } from '../../src/run/store.ts';
import { type BuiltAddon, buildAddon } from '../../src/setup/addon.ts';
import type { Libtorch } from '../../src/setup/libtorch.ts';

let folder: string;
let store: string;
let libtorch: Libtorch;
let said: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'addon-'));
  store = join(folder, 'store');
  const torch = join(folder, 'torch');
  mkdirSync(join(torch, 'lib'), { recursive: true });
  libtorch = { folder: torch, version: '2.13.0', cuda: null, source: 'store' };
  said = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A compiler that writes its output file and a line of calls.txt, or what `body` says. */
function compiler(version: string, body = ''): string {
  const path = join(folder, 'compiler');
  const script = [
    '#!/bin/sh',
    `if [ "$1" = --version ]; then echo "${version}"; exit 0; fi`,
    `echo "$@" >> "${folder}/calls.txt"`,
    body,
    'for last; do :; done',
    'echo made > "$last"',
  ];
  writeFileSync(path, script.join('\n'));
  chmodSync(path, 0o755);
  return path;
}

function calls(): string[] {
  const path = join(folder, 'calls.txt');
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
}

function build(program: string): Promise<BuiltAddon> {
  const say = (line: string): void => void said.push(line);
  return buildAddon(libtorch, { store, say, environment: { ...process.env, CXX: program } });
}

test('one call per source and one per addon; the record says where they are', async () => {
  const record = await build(compiler('test 1'));
  const links = calls().filter((line) => line.includes('-shared'));
  const sources = calls().filter((line) => line.includes(' -c '));
  expect(links).toHaveLength(2);
  expect(sources.length).toBe(calls().length - 2);
  for (const line of sources) expect(line).toContain('-std=c++20 -O2');
  expect(links.filter((line) => line.includes('-ltorch_cpu'))).toHaveLength(1); // native/host knows no libtorch
  const { torch, host, inheritune } = record;
  expect(readAddonRecord(store)).toEqual({ inheritune, torch, host, libtorch: libtorch.folder });
});

test('again: nothing is compiled; after an addon is gone, links only', async () => {
  const program = compiler('test 1');
  const record = await build(program);
  const before = calls().length;
  expect(await build(program)).toEqual(record);
  expect(calls()).toHaveLength(before);
  rmSync(record.torch);
  expect(await build(program)).toEqual(record);
  expect(calls()).toHaveLength(before + 2);
});

test('another compiler or libtorch is another addon', async () => {
  const first = await build(compiler('test 1'));
  const second = await build(compiler('test 2'));
  libtorch = { ...libtorch, version: '2.12.0' };
  const third = await build(compiler('test 2'));
  expect(new Set([first.key, second.key, third.key]).size).toBe(3);
  expect(readAddonRecord(store).torch).toBe(third.torch);
});

test('the OpenMP runtime beside libtorch is the one that is linked', async () => {
  const runtime = join(
    libtorch.folder,
    'lib',
    process.platform === 'darwin' ? 'libomp.dylib' : 'libgomp-a34b3233.so.1',
  );
  writeFileSync(runtime, '');
  mkdirSync(join(libtorch.folder, 'include'), { recursive: true });
  writeFileSync(join(libtorch.folder, 'include', 'omp.h'), '');
  await build(compiler('test 1'));
  const link = calls().find((line) => line.includes('-ltorch_cpu'));
  expect(link).toContain(runtime);
  expect(link).not.toContain('-fopenmp');
});

test('no compiler: what to install, exit code 70', async () => {
  const error = await build(join(folder, 'absent')).catch((caught: unknown) => caught);
  expect(exitCodeOf(error)).toBe(70);
  expect(String(error)).toMatch(
    /no C\+\+ compiler: expected .*absent, found none; (apt-get install|xcode-select)/,
  );
});

test('a source that does not compile: its errors are told, and no record is left', async () => {
  const program = compiler(
    'test 1',
    'case "$*" in *lock.cpp*) echo "lock.cpp:3:1: error: no such thing" >&2; exit 1;; esac',
  );
  const error = await build(program).catch((caught: unknown) => caught);
  expect(exitCodeOf(error)).toBe(70);
  expect(String(error)).toContain('native/host/lock.cpp: expected');
  expect(said).toContain('  lock.cpp:3:1: error: no such thing');
  expect(existsSync(join(store, 'addon.json'))).toBe(false);
});

test('a full disk is said to be one, exit code 74', async () => {
  const program = compiler('test 1', 'echo "fatal error: No space left on device" >&2; exit 1');
  const error = await build(program).catch((caught: unknown) => caught);
  expect(exitCodeOf(error)).toBe(74);
});
