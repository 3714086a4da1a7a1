// doctor, on the engine of this machine and on a store without one.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import type { Diagnosis } from '../../src/setup/doctor.ts';

const root = dirname(dirname(import.meta.dirname));

function doctor(environment: NodeJS.ProcessEnv): { status: number | null; diagnosis: Diagnosis } {
  const loader = join(root, 'tools', 'typescript.mjs');
  const { OMP_NUM_THREADS: _threads, ...rest } = process.env;
  const { status, stdout } = spawnSync(
    process.execPath,
    ['--import', loader, join(root, 'src', 'cli.ts'), 'doctor', '--json'],
    { encoding: 'utf8', env: { ...rest, ...environment } },
  );
  return { status, diagnosis: JSON.parse(stdout) as Diagnosis };
}

test('the engine of this machine is well: one OpenMP runtime, and as many threads run as there are cores', () => {
  const { status, diagnosis } = doctor({});
  expect(diagnosis.problems).toEqual([]);
  expect(status).toBe(0);
  const { engine, libtorch } = diagnosis;
  expect(engine?.libtorch).toBe(libtorch?.folder);
  expect(engine?.parallelThreads).toBeGreaterThanOrEqual(Math.min(2, availableParallelism()));
  if (process.platform === 'linux') expect(engine?.openmp).toHaveLength(1);
});

test('an empty store: says what to run, and ends with 70', () => {
  const store = mkdtempSync(join(tmpdir(), 'doctor-'));
  try {
    const { status, diagnosis } = doctor({ INHERITUNE_CACHE: store });
    expect(status).toBe(70);
    expect(diagnosis.engine).toBeNull();
    expect(diagnosis.problems.join('\n')).toContain('run `npx inheritune setup`');
  } finally {
    rmSync(store, { recursive: true, force: true });
  }
});
