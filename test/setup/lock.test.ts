// The set-up lock: one at a time, and a dead holder is no holder.

import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withSetupLock } from '../../src/setup/lock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const quiet = (): void => {};

test('two at once run one after the other, and the second says that it waits', async () => {
  const events: string[] = [];
  const said: string[] = [];
  const run = (name: string): Promise<void> =>
    withSetupLock(
      folder,
      (line) => said.push(line),
      async () => {
        events.push(`${name} starts`);
        await sleep(50);
        events.push(`${name} ends`);
      },
    );
  await Promise.all([run('a'), run('b')]);
  const [first, second] = events[0] === 'a starts' ? ['a', 'b'] : ['b', 'a'];
  expect(events).toEqual([`${first} starts`, `${first} ends`, `${second} starts`, `${second} ends`]);
  expect(said).toEqual([`waiting for another set-up (process ${process.pid} on ${hostname()})`]);
  expect(existsSync(join(folder, 'setup.lock'))).toBe(false);
});

test('the lock of a process that is gone is taken over', async () => {
  writeFileSync(join(folder, 'setup.lock'), `2147483646 ${hostname()}\n`);
  expect(await withSetupLock(folder, quiet, async () => 'done')).toBe('done');
});

test('the lock of another machine is taken over when its heart stopped', async () => {
  const path = join(folder, 'setup.lock');
  writeFileSync(path, '1 elsewhere\n');
  const longAgo = new Date(Date.now() - 60_000);
  utimesSync(path, longAgo, longAgo);
  expect(await withSetupLock(folder, quiet, async () => 'done')).toBe('done');
});

test('a failure frees it', async () => {
  const failing = withSetupLock(folder, quiet, async () => {
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(existsSync(join(folder, 'setup.lock'))).toBe(false);
});
