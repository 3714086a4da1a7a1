// A run's directory: lock, configuration, run.json. One process at a time; what the jobs put inside is theirs.

import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  exists,
  makeFolder,
  readIfThere,
  removeLeftovers,
  temporaryPrefix,
  writeFileAtomic,
} from './atomic.ts';
import { optionChanges } from './changes.ts';
import { errorLine, exitCodeOf, exitCodes, failure, systemCode } from './failure.ts';
import { configText } from './options.ts';
import { lockFile } from './host.ts';
import type { Lock } from './host.ts';
import { isObject } from './option-schema.ts';
import { packageRoot } from './store.ts';
import { packageVersion } from './version.ts';

/** What a job says of a run when it opens it. */
export interface RunDescription {
  /** The command line, as typed. */
  command: readonly string[];
  /** The configuration as given, for config.yaml; by default the resolved one. */
  configText?: string;
  /** The options with every default, for config.resolved.yaml. */
  resolved: object;
  /** Runs, checkpoints and data it is made from. */
  parents?: readonly string[];
  device?: string;
  /** Beside Node's and our own. */
  versions?: Readonly<Record<string, string>>;
}

/** One start of a process on the run. */
export interface RunStart {
  at: string;
  command: readonly string[];
  commit: string | null;
  host: string;
  pid: number;
  device: string | null;
  versions: Record<string, string>;
}

/** run.json. */
export interface RunRecord {
  version: 1;
  id: string;
  state: 'running' | 'done' | 'stopped' | 'failed';
  parents: readonly string[];
  starts: readonly RunStart[];
  [field: string]: unknown;
}

/** A run directory that this process holds. */
export interface Run {
  readonly path: string;
  readonly id: string;
  readonly record: RunRecord;
  /** Options that differ from the last start's, as `key: before -> now`; empty for a new run. */
  readonly changes: readonly string[];
  /** Sets fields of run.json. */
  update(patch: Partial<RunRecord>): Promise<void>;
  /** Gives the directory back to others. A run that is still 'running' then is 'stopped'. */
  close(): Promise<void>;
}

/**
 * Makes or opens a run directory and locks it.
 *
 * @throws Error  with exit code 73 when another process holds it (named with host), or it cannot be written
 */
export async function openRun(path: string, description: RunDescription): Promise<Run> {
  const lock = await lockRun(path);
  try {
    await removeLeftovers(path, [temporaryPrefix]);
    const resolved = configText(description.resolved);
    const changes = await optionChanges(join(path, 'config.resolved.yaml'), resolved);
    await writeFileAtomic(join(path, 'config.yaml'), description.configText ?? resolved);
    await writeFileAtomic(join(path, 'config.resolved.yaml'), resolved);

    const before = await readRun(path);
    let record: RunRecord = {
      version: 1,
      id: randomUUID(),
      ...before,
      state: 'running',
      parents: description.parents ?? before?.parents ?? [],
      starts: [...(before?.starts ?? []), await startOf(description)],
    };
    const save = (): Promise<void> =>
      writeFileAtomic(join(path, 'run.json'), `${JSON.stringify(record, null, 2)}\n`);
    await save();

    let queue = Promise.resolve(); // one write at a time, the last one wins
    return {
      path,
      id: record.id,
      get record() {
        return record;
      },
      changes,
      update: (patch) => {
        record = { ...record, ...patch };
        const done = queue.then(save);
        queue = done.catch(() => undefined);
        return done;
      },
      close: async () => {
        await queue;
        if (record.state === 'running') {
          record = { ...record, state: 'stopped' };
          await save().catch(() => undefined); // a job that fails has told its error, and a full disk is likely it
        }
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/**
 * run.json of a directory, or null where there is none. Needs no lock.
 *
 * @throws Error  with exit code 65 when it is damaged
 */
export async function readRun(path: string): Promise<RunRecord | null> {
  const file = join(path, 'run.json');
  const text = await readIfThere(file);
  if (text === null) return null;
  try {
    const record: unknown = JSON.parse(text.toString());
    if (isRecord(record)) return record;
  } catch {
    // told below
  }
  throw failure(
    'data',
    `${file}: expected the record of a run (version 1), found something else; use another directory`,
  );
}

async function lockRun(path: string): Promise<Lock> {
  try {
    await makeFolder(path);
    const lock = lockFile(join(path, '.lock'));
    if ('release' in lock) return lock;
    const { heldBy } = lock;
    const holder = heldBy
      ? `process ${heldBy.pid} on ${heldBy.host} since ${heldBy.startedAt}`
      : 'another process';
    throw failure(
      'locked',
      `${path}: expected a free run directory, found it in use by ${holder}; stop that or use another`,
    );
  } catch (error) {
    if (systemCode(error) === null || exitCodeOf(error) === exitCodes.disk) throw error;
    throw failure(
      'locked',
      `${path}: expected a writable directory: ${errorLine(error)}; use another or mend it`,
      {
        cause: error,
      },
    );
  }
}

async function startOf({ command, device, versions }: RunDescription): Promise<RunStart> {
  return {
    at: new Date().toISOString(),
    command,
    commit: await currentCommit(),
    host: hostname(),
    pid: process.pid,
    device: device ?? null,
    versions: { inheritune: packageVersion(), node: process.version, ...versions },
  };
}

/** The checkout's commit, with `-dirty` when it was changed since; null in a package. */
async function currentCommit(): Promise<string | null> {
  // In somebody's node_modules, git would speak of their repository.
  if (!(await exists(join(packageRoot(), '.git')))) return null;
  try {
    const options = { cwd: packageRoot(), timeout: 5000 };
    const { stdout } = await promisify(execFile)(
      'git',
      ['describe', '--always', '--dirty', '--abbrev=40', '--exclude=*'],
      options,
    );
    return stdout.trim();
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is RunRecord {
  return (
    isObject(value) && value.version === 1 && typeof value.id === 'string' && Array.isArray(value.starts)
  );
}
