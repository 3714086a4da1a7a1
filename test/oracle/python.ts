// Runs the scripts of tools/oracle/ with the Python that has PyTorch and transformers. Compares nothing.

import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** Whether the long form was asked for: real sizes too. */
export const full = process.env.INHERITUNE_ORACLE === 'full';

/** Last line of what tools/oracle/SCRIPT prints. @throws Error  with Python's own words where it ends with a status not 0 */
export function runPython(script: string, args: readonly string[]): string {
  const python = process.env.INHERITUNE_ORACLE_PYTHON;
  if (python === undefined) throw new Error('INHERITUNE_ORACLE_PYTHON is not set; run `npm run test:oracle`');
  const output = execFileSync(python, [join(root, 'tools', 'oracle', script), ...args], {
    encoding: 'utf8',
    env: { ...process.env, HF_HUB_OFFLINE: '1', TQDM_DISABLE: '1', PYTHONDONTWRITEBYTECODE: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1 << 26,
  });
  return output.trim().split('\n').at(-1) ?? '';
}

/** A folder of this test's own. Remove it. */
export function makeFolder(): string {
  return mkdtempSync(join(tmpdir(), 'inheritune-oracle-'));
}
