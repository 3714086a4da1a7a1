// How the tests run: one process per file, two at a time, one libtorch thread each. Holds no test.

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // tools/oracle/run.mjs runs these, with a Python that has torch and transformers.
    exclude: process.env.INHERITUNE_ORACLE ? [] : ['test/oracle/**'],
    pool: 'forks',
    maxWorkers: 2,
    execArgv: ['--expose-gc'],
    env: { OMP_NUM_THREADS: '1' },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
