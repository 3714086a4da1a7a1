// The typed border to native/host: what the operating system offers and Node does not. Works in workers too.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants, hostname } from 'node:os';
import { getSystemErrorName } from 'node:util';
import { failure } from './failure.ts';
import { readAddonRecord } from './store.ts';

/** Who holds a lock, as it wrote itself into the lock file. */
export interface LockHolder {
  pid: number;
  host: string;
  startedAt: string;
}

/** A lock that is ours until `release`, the end of this process, or of the worker that took it. */
export interface Lock {
  fd: number;
  release(): void;
}

/** The addon's table, one member for each entry of native/host/addon.cpp. */
export interface HostAddon {
  lock(path: string, text: string): number | null;
  unlock(fd: number): void;
  dieWithParent(signal: number): boolean;
  /** Gives this process GPT-2's vocabulary, all tokens' bytes and where each ends; the first call counts. */
  gpt2Load(bytes: Uint8Array, ends: Uint32Array): void;
  gpt2Loaded(): boolean;
  /** Separators are ids, or -1 for none; `classifier` is a place in gpt2Classifiers(), 0 the fastest. */
  gpt2Encode(
    text: Uint8Array,
    ends: Uint32Array,
    before: number,
    after: number,
    classifier: number,
  ): { ids: Uint16Array<ArrayBuffer>; ends: Uint32Array<ArrayBuffer> };
  gpt2Classifiers(): string[];
  resampledPerplexities(
    values: Float64Array,
    first: number,
    chunks: number,
    replicates: number,
  ): Float64Array;
  exponential(x: number): number;
}

let loaded: HostAddon | null = null;

/** The addon, loaded on first use. @throws Error  with exit code 70 when set-up was not run */
export function loadHostAddon(): HostAddon {
  loaded ??= createRequire(import.meta.url)(readAddonRecord().host) as HostAddon;
  return loaded;
}

/**
 * Takes the exclusive lock of a file, made when missing, without waiting. The kernel frees it when we die, however we die.
 *
 * @returns the lock, or who holds it (null where that cannot be read)
 * @throws Error  when the file cannot be made or written
 */
export function lockFile(path: string): Lock | { heldBy: LockHolder | null } {
  const addon = loadHostAddon();
  const holder: LockHolder = { pid: process.pid, host: hostname(), startedAt: new Date().toISOString() };
  const fd = withSystemCode(() => addon.lock(path, `${JSON.stringify(holder)}\n`));
  if (fd === null) return { heldBy: readHolder(path) };
  let held = true;
  const release = (): void => {
    if (held) addon.unlock(fd);
    held = false;
  };
  return { fd, release };
}

/**
 * Asks the kernel to end this process when the thread that started it ends (Linux).
 *
 * @param parent  the process that should be our parent; it may have died before this call
 * @returns false where the system has no such thing (macOS): then look at `process.ppid` now and then
 */
export function dieWithParent({
  signal = 'SIGKILL',
  parent = process.ppid,
}: {
  signal?: NodeJS.Signals;
  parent?: number;
} = {}): boolean {
  const asked = withSystemCode(() => loadHostAddon().dieWithParent(constants.signals[signal]));
  if (asked && process.ppid !== parent) {
    process.kill(process.pid, signal);
    throw failure('stopped', `process ${process.pid}: its parent ${parent} is gone; stopping`);
  }
  return asked;
}

/** Gives the addon's system errors the `code` that Node's own have. */
function withSystemCode<R>(call: () => R): R {
  try {
    return call();
  } catch (error) {
    if (error instanceof Error && 'errno' in error && typeof error.errno === 'number')
      Object.defineProperty(error, 'code', { value: getSystemErrorName(-error.errno), enumerable: true });
    throw error;
  }
}

/**
 * Perplexities exp(-mean) of resamples of log-likelihoods, as Python would draw them: chunk i, of `replicates` resamples,
 * from random.Random(i). On all cores, and without giving the event loop a turn: ask for a few chunks at a time.
 *
 * @param values  in nats, at least one
 */
export function resampledPerplexities(
  values: Float64Array,
  { first, chunks, replicates }: { first: number; chunks: number; replicates: number },
): Float64Array {
  return loadHostAddon().resampledPerplexities(values, first, chunks, replicates);
}

/** exp(x) as the system's C library has it, and so Python; V8's own differs in the last digit. */
export function exponential(x: number): number {
  return loadHostAddon().exponential(x);
}

function readHolder(path: string): LockHolder | null {
  try {
    const record: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof record !== 'object' || record === null) return null;
    const { pid, host, startedAt } = record as Record<string, unknown>;
    if (typeof pid !== 'number' || typeof host !== 'string' || typeof startedAt !== 'string') return null;
    return { pid, host, startedAt };
  } catch {
    return null; // being written at this moment, or not ours: the lock itself is what counts
  }
}
