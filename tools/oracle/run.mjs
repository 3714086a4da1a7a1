// Runs test/oracle/ against PyTorch and transformers, in a virtual environment made from tools/requirements-oracle.txt.
//
//   node tools/oracle/run.mjs short|full [vitest options]
//
// Tests find the Python in INHERITUNE_ORACLE_PYTHON; set it beforehand to use an environment of your own.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

function stop(line, exitCode) {
  process.stderr.write(`error: ${line}\n`);
  process.exit(exitCode);
}

/** Python of .venv, made anew when the requirements changed since. */
function preparePython() {
  const requirements = join(root, 'tools', 'requirements-oracle.txt');
  const folder = join(root, '.venv');
  const python = join(folder, 'bin', 'python');
  const stamp = join(folder, '.requirements');
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  if (existsSync(python) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return python;
  process.stderr.write('oracle: installing PyTorch and transformers into .venv (about a minute)\n');
  rmSync(folder, { recursive: true, force: true });
  const started = run('python3', ['-m', 'venv', folder]);
  if (started !== 0)
    stop('python3 -m venv failed; install it (Debian, Ubuntu: apt-get install python3-venv)', 70);
  const options = ['--disable-pip-version-check', '--no-input', '-qq', '--progress-bar', 'off'];
  if (run(python, ['-m', 'pip', 'install', ...options, '-r', requirements]) !== 0) {
    stop('pip could not install tools/requirements-oracle.txt; see above', 69);
  }
  writeFileSync(stamp, wanted);
  return python;
}

function run(program, args, environment = process.env) {
  return spawnSync(program, args, { cwd: root, env: environment, stdio: ['ignore', 'inherit', 'inherit'] })
    .status;
}

const [extent, ...options] = process.argv.slice(2);
if (extent !== 'short' && extent !== 'full') stop(`${extent}: expected short or full`, 64);
const python = process.env.INHERITUNE_ORACLE_PYTHON ?? preparePython();
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
process.exitCode =
  run(process.execPath, [vitest, 'run', 'test/oracle', ...options], {
    ...process.env,
    INHERITUNE_ORACLE: extent,
    INHERITUNE_ORACLE_PYTHON: python,
    HF_HUB_OFFLINE: '1',
    TOKENIZERS_PARALLELISM: 'false',
  }) ?? 70;
