// Runs a script again and again, with another one of its file calls going wrong each time. See crash.c.

import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scriptCommand } from '../run/child.ts';

/** What happens to a call. `full`: half of its bytes are written, and none later. `again`: to all later ones too. */
export type Fault = { how: 'kill' | 'eio' | 'enospc' | 'short' | 'full'; again?: boolean };

/** Faults that only a write can have. */
const ofWrites: readonly string[] = ['short', 'full'];

/** One run in which call `at` went wrong. */
export interface CrashRun {
  /** The call, for messages: `7 fsync step-00000002/weights (eio)`. */
  title: string;
  /** The folder as the run left it. */
  folder: string;
  /** Exit code; 137 when it was killed. */
  code: number;
  stdout: string;
  stderr: string;
}

/** The crash library and its temporary files. */
export interface CrashLab {
  /** A folder for the state that every run starts from. */
  readonly start: string;
  /** The file calls of a run in which nothing goes wrong, as `7 fsync /path`. */
  calls(script: string): Promise<string[]>;
  /** Runs the script once for each call and fault, from a fresh copy of `start` each time; checks each result. */
  crash(
    script: string,
    faults: readonly Fault[],
    check: (run: CrashRun, fault: Fault) => Promise<void>,
  ): Promise<number>;
  close(): void;
}

/** Compiles the crash library. Scripts get the folder to work on as process.argv[1]. */
export function openCrashLab(): CrashLab {
  const place = mkdtempSync(join(tmpdir(), 'inheritune-crash-'));
  const library = join(place, 'crash.so');
  const source = join(import.meta.dirname, 'crash.c');
  execFileSync('cc', [
    '-Wall',
    '-Wextra',
    '-Werror',
    '-O1',
    '-shared',
    '-fPIC',
    source,
    '-o',
    library,
    '-ldl',
  ]);
  const start = join(place, 'start');

  const run = async (script: string, name: string, environment: NodeJS.ProcessEnv) => {
    const folder = join(place, name);
    cpSync(start, folder, { recursive: true });
    const [program = '', ...rest] = scriptCommand(script, [folder]);
    const env = {
      ...process.env,
      LD_PRELOAD: library,
      UV_USE_IO_URING: '0',
      CRASH_FOLDER: folder,
      ...environment,
    };
    return new Promise<Omit<CrashRun, 'title'>>((resolve) => {
      execFile(program, rest, { env }, (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 137;
        resolve({ folder, code, stdout, stderr });
      });
    });
  };

  const calls = async (script: string): Promise<string[]> => {
    const log = join(place, 'calls');
    rmSync(log, { force: true });
    const { folder, code, stderr } = await run(script, 'calm', { CRASH_LOG: log });
    rmSync(folder, { recursive: true });
    if (code !== 0) throw new Error(`without a fault: code ${code}: ${stderr}`);
    return readFileSync(log, 'utf8').trim().replaceAll(`${folder}/`, '').split('\n');
  };

  return {
    start,
    calls,
    async crash(script, faults, check) {
      const jobs = (await calls(script)).flatMap((call) =>
        faults
          .filter(({ how }) => !ofWrites.includes(how) || call.includes(' write '))
          .map((fault) => ({ call, fault })),
      );
      const work = async (): Promise<void> => {
        for (let job = jobs.shift(); job; job = jobs.shift()) {
          const { call, fault } = job;
          const { how, again } = fault;
          const [at = ''] = call.split(' ');
          const environment = { CRASH_AT: at, CRASH_HOW: how, ...(again ? { CRASH_AGAIN: '1' } : {}) };
          const result = await run(script, `${at}-${how}${again ? '-again' : ''}`, environment);
          await check({ ...result, title: `${call} (${how}${again ? ', and all later' : ''})` }, fault);
          rmSync(result.folder, { recursive: true });
        }
      };
      const count = jobs.length;
      await Promise.all([work(), work()]); // two cores
      return count;
    },
    close: () => rmSync(place, { recursive: true }),
  };
}
