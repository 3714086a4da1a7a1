// Finds libtorch: where it lies, which version it is. Reads files and asks Python; never loads or imports torch.

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { failure } from '../run/failure.ts';
import { runCommand } from './command.ts';
import { downloadLibtorch, libtorchVersion, storeName } from './download.ts';
import { withSetupLock } from './lock.ts';

/** A libtorch that the addon can be built with. */
export interface Libtorch {
  /** Holds lib/ and include/. */
  folder: string;
  /** As torch writes it, e.g. 2.13.0+cpu. */
  version: string;
  /** CUDA version of the build, or null. */
  cuda: string | null;
  /** Which place of the search order it came from. */
  source: 'LIBTORCH' | 'python' | 'store';
}

/** Where to look, and where to tell. */
export interface SearchOptions {
  store: string;
  say: (line: string) => void;
  environment?: NodeJS.ProcessEnv;
}

const accepted = { major: 2, minors: [11, 12, 13] };
const acceptedText = '2.11 to 2.13';

/** Name of a shared library of libtorch on this system. */
export function libraryName(name: string): string {
  return process.platform === 'darwin' ? `lib${name}.dylib` : `lib${name}.so`;
}

/** What a search came to: a libtorch, or the places looked at, one line each. */
export type Search = { found: Libtorch } | { found: null; looked: string[] };

/**
 * The libtorch to use: `LIBTORCH`, else the active Python's torch, else the store's, else one downloaded into it.
 *
 * @throws Error  with exit code 64 when LIBTORCH is set to something else, 69 when nothing was found or fetched
 */
export async function findLibtorch(options: SearchOptions): Promise<Libtorch> {
  const { store, say, environment = process.env } = options;
  const search = await searchLibtorch(options);
  if (search.found) return search.found;
  const tried: string[] = [];
  await withSetupLock(store, say, async () => {
    if (typeof (await storedLibtorch(store)) === 'string')
      tried.push(...(await downloadLibtorch({ store, say, environment })));
  });
  const fetched = await storedLibtorch(store);
  if (typeof fetched !== 'string') return fetched;
  say('no libtorch found; looked at:');
  for (const line of [...search.looked, ...tried]) say(`  ${line}`);
  throw failure(
    'network',
    `libtorch ${acceptedText}: found none in the places above; run: python3 -m pip install torch==${libtorchVersion}`,
  );
}

/** Looks where libtorch may be already. Fetches nothing. */
export async function searchLibtorch({
  store,
  say,
  environment = process.env,
}: SearchOptions): Promise<Search> {
  const given = environment.LIBTORCH;
  if (given) {
    const found = await readLibtorch(given, 'LIBTORCH');
    if (typeof found !== 'string') return { found };
    throw failure(
      'usage',
      `LIBTORCH=${given}: expected a folder with libtorch ${acceptedText}, ${found}; unset it or point it at one`,
    );
  }
  const looked = ['LIBTORCH: not set'];
  const python = await pythonTorch(environment);
  if (python.folder === null) {
    looked.push(`the active Python: ${python.reason}`);
  } else {
    const found = await readLibtorch(python.folder, 'python');
    if (typeof found !== 'string') return { found };
    say(`passing over ${python.folder}: expected torch ${acceptedText}, ${found}`);
    looked.push(`the active Python's torch, ${python.folder}: ${found}`);
  }
  const found = await storedLibtorch(store);
  if (typeof found !== 'string') return { found };
  looked.push(`${join(store, storeName)}: ${found}`);
  return { found: null, looked };
}

function storedLibtorch(store: string): Promise<Libtorch | string> {
  return readLibtorch(join(store, storeName, 'torch'), 'store');
}

/** The libtorch in `folder`, or what is wrong with it, in words that can follow "expected ...". */
async function readLibtorch(folder: string, source: Libtorch['source']): Promise<Libtorch | string> {
  if (!existsSync(folder)) return 'there is no such folder';
  for (const part of [
    join('lib', libraryName('torch_cpu')),
    join('lib', libraryName('c10')),
    join('include', 'ATen', 'Tensor.h'),
  ]) {
    if (!existsSync(join(folder, part))) return `found none: ${part} is missing`;
  }
  const python = await readFile(join(folder, 'version.py'), 'utf8').catch(() => '');
  const plain = await readFile(join(folder, 'build-version'), 'utf8').catch(() => ''); // in libtorch's own archives
  const version = /^__version__\s*=\s*['"]([^'"]+)['"]/m.exec(python)?.[1] ?? plain.trim();
  const [major, minor] = version.split('.').map(Number);
  if (major !== accepted.major || minor === undefined || !accepted.minors.includes(minor)) {
    return `found ${version || 'no version'}`;
  }
  const cuda = /^cuda\b[^=]*=\s*['"]([^'"]+)['"]/m.exec(python)?.[1] ?? null;
  return { folder, version, cuda, source };
}

// The empty entry of sys.path is the current folder: a directory named torch there is not PyTorch.
const findSpec = `
import sys, importlib.util
sys.path = [p for p in sys.path if p]
spec = importlib.util.find_spec('torch')
print(spec.origin if spec and spec.origin else '')
`;

/** Folder of the active Python's torch, found without importing it (0.1 s), or why there is none. */
async function pythonTorch(
  environment: NodeJS.ProcessEnv,
): Promise<{ folder: string; reason: '' } | { folder: null; reason: string }> {
  const result = await runCommand('python3', ['-c', findSpec], { environment });
  if (result === null) return { folder: null, reason: 'there is no python3' };
  if (result.code !== 0) return { folder: null, reason: `python3 ended with ${result.code ?? 'a signal'}` };
  const origin = result.stdout.trim();
  if (!origin.endsWith('__init__.py')) return { folder: null, reason: 'has no torch' };
  return { folder: join(origin, '..'), reason: '' };
}
