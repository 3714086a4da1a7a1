// The search for libtorch, on folders that look like one.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exitCodeOf } from '../../src/run/failure.ts';
import { findLibtorch, libraryName, searchLibtorch } from '../../src/setup/libtorch.ts';

let folder: string;
let said: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'libtorch-'));
  said = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const say = (line: string): void => void said.push(line);

/** A folder with the files the search looks for. */
function fakeTorch(path: string, version: string, cuda: string | null = null): string {
  for (const name of ['lib', join('include', 'ATen')]) mkdirSync(join(path, name), { recursive: true });
  for (const name of ['torch_cpu', 'c10']) writeFileSync(join(path, 'lib', libraryName(name)), '');
  writeFileSync(join(path, 'include', 'ATen', 'Tensor.h'), '');
  writeFileSync(join(path, '__init__.py'), 'raise RuntimeError("set-up must not import torch")\n');
  const quoted = cuda === null ? 'None' : `'${cuda}'`;
  writeFileSync(
    join(path, 'version.py'),
    `from typing import Optional\n__version__ = '${version}'\ncuda: Optional[str] = ${quoted}\n`,
  );
  return path;
}

/** An environment whose Python finds only what is in `packages`. */
function environment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const { LIBTORCH: _libtorch, PYTHONPATH: _path, ...rest } = process.env;
  return {
    ...rest,
    PIP_NO_INDEX: '1',
    PIP_FIND_LINKS: join(folder, 'none'),
    PIP_CONFIG_FILE: '/dev/null',
    ...more,
  };
}

test('LIBTORCH comes first', async () => {
  const given = fakeTorch(join(folder, 'given'), '2.13.0+cu130', '13.0');
  const packages = join(folder, 'packages');
  fakeTorch(join(packages, 'torch'), '2.13.0');
  const search = await searchLibtorch({
    store: folder,
    say,
    environment: environment({ LIBTORCH: given, PYTHONPATH: packages }),
  });
  expect(search.found).toEqual({ folder: given, version: '2.13.0+cu130', cuda: '13.0', source: 'LIBTORCH' });
});

test("then the active Python's torch, which is not imported", async () => {
  const packages = join(folder, 'packages');
  const torch = fakeTorch(join(packages, 'torch'), '2.12.1');
  fakeTorch(join(folder, 'torch-2.13.0+cpu', 'torch'), '2.13.0+cpu');
  const search = await searchLibtorch({
    store: folder,
    say,
    environment: environment({ PYTHONPATH: packages }),
  });
  expect(search.found).toEqual({ folder: torch, version: '2.12.1', cuda: null, source: 'python' });
});

test('a torch out of range is passed over, aloud', async () => {
  const packages = join(folder, 'packages');
  const old = fakeTorch(join(packages, 'torch'), '2.9.1');
  const own = fakeTorch(join(folder, 'torch-2.13.0+cpu', 'torch'), '2.13.0+cpu');
  const search = await searchLibtorch({
    store: folder,
    say,
    environment: environment({ PYTHONPATH: packages }),
  });
  expect(search.found).toEqual({ folder: own, version: '2.13.0+cpu', cuda: null, source: 'store' });
  expect(said).toEqual([`passing over ${old}: expected torch 2.11 to 2.13, found 2.9.1`]);
});

test('a LIBTORCH that is none is the caller’s mistake', async () => {
  const given = join(folder, 'given');
  fakeTorch(given, '2.14.0');
  const search = (): Promise<unknown> =>
    searchLibtorch({ store: folder, say, environment: environment({ LIBTORCH: given }) });
  const error = await search().catch((caught: unknown) => caught);
  expect(exitCodeOf(error)).toBe(64);
  expect(String(error)).toContain(
    `LIBTORCH=${given}: expected a folder with libtorch 2.11 to 2.13, found 2.14.0; unset it`,
  );
  rmSync(join(given, 'include'), { recursive: true });
  await expect(search()).rejects.toThrow('include/ATen/Tensor.h is missing');
});

test('nothing found and nothing to fetch: every place looked at, and the command that mends it', async () => {
  const empty = fakeTorch(join(folder, 'packages', 'torch'), '1.13.0'); // hides a torch this machine may have
  const error = await findLibtorch({
    store: join(folder, 'store'),
    say,
    environment: environment({ PYTHONPATH: join(folder, 'packages') }),
  }).catch((caught: unknown) => caught);
  expect(exitCodeOf(error)).toBe(69);
  expect(String(error)).toContain('run: python3 -m pip install torch==2.13.0');
  const told = said.join('\n');
  for (const place of ['LIBTORCH: not set', empty, 'store/torch-2.13.0+cpu', "pip's configured sources: "]) {
    expect(told).toContain(place);
  }
});
