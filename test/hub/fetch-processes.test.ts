// Fetching in processes of their own: two at once, and one that is killed again and again.

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fetchModel } from '../../src/hub/fetch.ts';
import { gitId, noise, sha256, startFakeHub } from './fake-hub.ts';
import type { FakeHub } from './fake-hub.ts';

let root = '';
let hub: FakeHub;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'inheritune-hub-'));
  hub = await startFakeHub(join(root, 'cache'));
  for (const name of Object.keys(process.env))
    if (/_proxy$/i.test(name)) Reflect.deleteProperty(process.env, name);
});
afterEach(async () => {
  await hub.close();
  rmSync(root, { recursive: true });
});

const fetchIt = (more: object = {}) => fetchModel({ model: 'org/name', ...more }, { settings: hub.settings });
const blobs = () => join(root, 'cache', 'models--org--name', 'blobs');
const weights = () => hub.files.get('model.safetensors') ?? Buffer.alloc(0);

/** The invariants: all blobs have the bytes of their names; the token went to the hub only. */
function expectSound(): void {
  for (const name of existsSync(blobs()) ? readdirSync(blobs()) : []) {
    if (name.includes('.inheritune-part')) continue;
    const bytes = readFileSync(join(blobs(), name));
    expect(name.length === 64 ? sha256(bytes) : gitId(bytes)).toBe(name);
  }
  for (const { server, authorization } of hub.asked)
    if (server === 'store') expect(authorization).toBeUndefined();
}

function expectWhole(snapshot: string): void {
  expect(readFileSync(join(snapshot, 'model.safetensors')).equals(weights())).toBe(true);
  expectSound();
}

/** A process of its own that fetches. */
function child(): { done: Promise<number | null>; kill: () => void } {
  const script = `import { fetchModel } from ${JSON.stringify(join(import.meta.dirname, '../../src/hub/fetch.ts'))};
      await fetchModel({ model: 'org/name' }, { settings: ${JSON.stringify(hub.settings)} });`;
  const started = spawn(
    process.execPath,
    [
      '--import',
      join(import.meta.dirname, '../../tools/typescript.mjs'),
      '--input-type=module',
      '-e',
      script,
    ],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  );
  return {
    done: new Promise((resolve) => started.on('exit', resolve)),
    kill: () => started.kill('SIGKILL'),
  };
}

test('two processes fetch a model once', async () => {
  const two = [child(), child()];
  expect(await Promise.all(two.map(({ done }) => done))).toEqual([0, 0]);
  expectWhole(await fetchIt());
  const parts = hub.asked.filter(({ server }) => server === 'store').map(({ range }) => range);
  expect(new Set(parts).size).toBe(parts.length);
});

test('killed with -9 in the middle, again and again: no piece twice but those that were under way', async () => {
  hub.files.set('model.safetensors', noise(3_000_000));
  hub.settings.timing.connections = 2;
  for (const after of [4, 12]) {
    const one = child();
    hub.asked.length = 0;
    hub.fault = ({ server }) => {
      if (server === 'store' && hub.asked.filter((each) => each.server === 'store').length > after) {
        one.kill();
        return { cutAfter: 1000 };
      }
      return null;
    };
    await one.done;
    expectSound();
  }
  hub.fault = () => null;
  hub.asked.length = 0;
  expectWhole(await fetchIt());
  expect(hub.asked.filter(({ server }) => server === 'store').length).toBeLessThan(20); // of 30
  expect(readdirSync(blobs()).filter((name) => name.includes('part'))).toEqual([]);
});
