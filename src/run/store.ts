// Where the engine lives on this machine, and the record set-up leaves of it. Finds and reads; builds nothing.

import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { failure } from './failure.ts';
import { packageVersion } from './version.ts';

/** What set-up built, as `addon.json` in the store says it. Absolute paths. */
export interface AddonRecord {
  /** Version of this package that it was built by. */
  inheritune: string;
  /** The built native/torch. */
  torch: string;
  /** The built native/host. */
  host: string;
  /** The folder of libtorch, with lib/ and include/ in it. */
  libtorch: string;
}

/** The package's own folder: the checkout, or its place in node_modules. */
export function packageRoot(): string {
  return dirname(dirname(import.meta.dirname)); // of src/run/ and dist/run/ alike
}

/**
 * The folder of libtorch and the built addons: INHERITUNE_CACHE, else `.libtorch` in a checkout, else the user's
 * cache (XDG_CACHE_HOME/inheritune, ~/.cache/inheritune).
 */
export function storeFolder({
  root = packageRoot(),
  environment = process.env,
}: {
  root?: string;
  environment?: NodeJS.ProcessEnv;
} = {}): string {
  const { INHERITUNE_CACHE: own, XDG_CACHE_HOME: shared } = environment;
  if (own) return resolve(own);
  if (existsSync(join(root, 'native')) && existsSync(join(root, '.git'))) return join(root, '.libtorch');
  // The XDG base directory specification says that a relative path is to be ignored.
  if (shared && isAbsolute(shared)) return join(shared, 'inheritune');
  return join(homedir(), '.cache', 'inheritune');
}

/**
 * The record of the built addons.
 *
 * @throws Error  with exit code 70 when set-up was not run by this version, or what it built is gone
 */
export function readAddonRecord(folder: string = storeFolder()): AddonRecord {
  const recordPath = join(folder, 'addon.json');
  let record: unknown;
  try {
    record = JSON.parse(readFileSync(recordPath, 'utf8'));
  } catch (cause) {
    throw failure('internal', 'engine not built; run `npx inheritune setup`', { cause });
  }
  const field = (name: keyof AddonRecord): unknown =>
    typeof record === 'object' && record !== null ? Reflect.get(record, name) : undefined;
  const path = (name: 'torch' | 'host' | 'libtorch'): string => {
    const value = field(name);
    if (typeof value === 'string' && existsSync(value)) return value;
    throw failure('internal', `${recordPath}: ${name} is missing; run \`npx inheritune setup\``);
  };
  const [version, inheritune] = [field('inheritune'), packageVersion()];
  if (version !== inheritune) {
    const found = typeof version === 'string' ? version : 'none';
    throw failure(
      'internal',
      `${recordPath}: expected an engine of inheritune ${inheritune}, found ${found}; run \`npx inheritune setup\``,
    );
  }
  return { inheritune, torch: path('torch'), host: path('host'), libtorch: path('libtorch') };
}
