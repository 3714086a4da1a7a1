// Runs another program and collects what it prints. Decides nothing about failure but "not installed".

import { spawn } from 'node:child_process';

/** What a finished program left behind. `code` is null when a signal ended it. */
export interface CommandResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** How to run a program: `stream` passes its stdout on to our stderr, for long downloads on a terminal. */
export interface CommandOptions {
  environment?: NodeJS.ProcessEnv;
  stream?: boolean;
}

/**
 * Runs `program` to its end, without a shell and without standard input.
 *
 * @returns its exit code and output, or null when there is no such program
 */
export function runCommand(
  program: string,
  args: readonly string[],
  { environment = process.env, stream = false }: CommandOptions = {},
): Promise<CommandResult | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (stream) process.stderr.write(text);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'EACCES') resolve(null);
      else reject(error);
    });
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** Last lines of a program's output, for an error message. */
export function lastLines(text: string, count = 20): string {
  return text.trim().split('\n').slice(-count).join('\n');
}
