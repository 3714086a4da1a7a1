// JOB grow killed with SIGKILL, again and again at random: it ends with the bytes of a job that was never killed.

import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageRoot } from '../../src/run/store.ts';
import { hashes, makeTokens, temporaryFolder } from './rig.ts';

const folder = temporaryFolder();
beforeAll(() => makeTokens(folder));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the job in FOLDER/NAME; kills it `delayMs` after it said `lines` lines. Whether it came to its end. */
function runJob(name: string, { lines = Infinity, delayMs = 0 } = {}): Promise<boolean> {
  mkdirSync(join(folder, name), { recursive: true });
  const arguments_ = ['--import', './tools/typescript.mjs', 'test/inherit/grow-child.ts', join(folder, name)];
  const child = spawn(process.execPath, arguments_, {
    cwd: packageRoot(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    const before = said;
    said += chunk.filter((byte) => byte === 0x0a).length;
    if (before < lines && said >= lines) setTimeout(() => child.kill('SIGKILL'), delayMs);
  });
  return new Promise((resolve, reject) => {
    child.on('close', (code, signal) => {
      if (code === 0 || signal === 'SIGKILL') resolve(code === 0);
      else reject(new Error(`the job ended with ${code ?? signal}`));
    });
  });
}

/** Bytes of every checkpoint, manifests too, and what grow.json found out. */
function results(name: string): { files: Map<string, string>; found: unknown } {
  const isKept = (path: string) => /(checkpoints|-start)\//.test(path);
  return {
    files: hashes(join(folder, name), isKept),
    found: JSON.parse(readFileSync(join(folder, name, 'grow', 'grow.json'), 'utf8')),
  };
}

test('killed four times at random, it ends with the same hashes and figures', async () => {
  expect(await runJob('whole')).toBe(true);
  const seed = Math.floor(Math.random() * 2 ** 31);
  let state = seed;
  const random = (below: number) => {
    state = (state * 48271 + 1) % 2147483647; // Park and Miller
    return state % below;
  };
  let killed = 0;
  // A start that goes on says 3 lines or more; what it says before it is killed must be enough to get it somewhere.
  while (killed < 4 && !(await runJob('killed', { lines: 2 + random(9), delayMs: random(40) }))) killed += 1;
  await runJob('killed');
  expect(killed, `kills of seed ${seed}`).toBeGreaterThan(1);
  expect(results('killed'), `seed ${seed}`).toEqual(results('whole'));
});
