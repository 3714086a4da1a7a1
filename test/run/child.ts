// Runs a few lines of JavaScript on the compiled package in a process of its own. For tests of kills, limits and signals.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/run/store.ts';

/** The compiled src/run. @throws Error  when the package was not built */
export function compiledRun(): string {
  const folder = join(packageRoot(), 'dist', 'run');
  if (!existsSync(join(folder, 'checkpoints.js')))
    throw new Error('dist/run: not built; run `npm test`, or `npx tsc -p tsconfig.build.json`');
  return folder;
}

/** The command line of a script; `RUN` in it stands for the compiled src/run. */
export function scriptCommand(script: string, values: readonly string[] = []): string[] {
  const source = script.replaceAll('RUN/', `${compiledRun()}/`);
  return [process.execPath, '--input-type=module', '-e', source, ...values];
}

/**
 * Runs a script to its end.
 *
 * @param before  shell commands in front, e.g. `ulimit -f 512`
 * @returns exit code (128 + n after signal n) and stdout
 */
export function runChild(
  script: string,
  values: readonly string[] = [],
  { before = '', environment = {} }: { before?: string; environment?: NodeJS.ProcessEnv } = {},
): { code: number; output: string } {
  const [program = '', ...rest] = scriptCommand(script, values);
  const { status, stdout, error } = spawnSync(
    'sh',
    ['-c', `${before ? `${before} && ` : ''}exec "$@"`, 'sh', program, ...rest],
    { encoding: 'utf8', env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  if (error) throw error;
  return { code: status ?? 137, output: stdout };
}
