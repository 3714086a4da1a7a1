// The command line's own mistakes: one line, the nearest name, exit code 64.

import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { usageLine } from '../src/usage.ts';

const root = dirname(import.meta.dirname);

function inheritune(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const loader = join(root, 'tools', 'typescript.mjs');
  return spawnSync(process.execPath, ['--import', loader, join(root, 'src', 'cli.ts'), ...args], {
    encoding: 'utf8',
  });
}

test.each([
  [
    "error: unknown option '--learning-rat'\n(Did you mean --learning-rate?)",
    '--learning-rat: unknown option; did you mean --learning-rate?',
  ],
  ["error: unknown command 'trian'\n(Did you mean train?)", 'trian: unknown command; did you mean train?'],
  ["error: unknown option '--zzz'", '--zzz: unknown option; see inheritune --help'],
  ["error: missing required argument 'run'", 'run: missing required argument; see inheritune --help'],
])('%j', (message, line) => {
  expect(usageLine(message)).toBe(line);
});

test('an unknown option ends with 64 and one line', () => {
  const { status, stdout, stderr } = inheritune('doctor', '--jsn');
  expect(stderr).toBe('error: --jsn: unknown option; did you mean --json?\n');
  expect(stdout).toBe('');
  expect(status).toBe(64);
});

test('--help and --version end with 0', () => {
  const help = inheritune('--help');
  expect(help.status).toBe(0);
  expect(help.stdout).toContain('doctor');
  const version = inheritune('--version');
  expect(version.status).toBe(0);
  expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});
