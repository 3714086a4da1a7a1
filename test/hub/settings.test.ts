// The environment variables of Python's huggingface_hub, and a proxy.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fetchModel } from '../../src/hub/fetch.ts';
import { hubSettings } from '../../src/hub/settings.ts';
import { errorLine, exitCodeOf } from '../../src/run/failure.ts';
import { startFakeHub } from './fake-hub.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'inheritune-settings-'));
});
afterEach(() => rmSync(root, { recursive: true }));

test.each<[NodeJS.ProcessEnv, string]>([
  [{}, join(homedir(), '.cache/huggingface/hub')],
  [{ XDG_CACHE_HOME: '/x' }, '/x/huggingface/hub'],
  [{ XDG_CACHE_HOME: '/x', HF_HOME: '/h' }, '/h/hub'],
  [{ HF_HOME: '/h', HF_HUB_CACHE: '/c' }, '/c'],
  [{ HF_HOME: '/h', HUGGINGFACE_HUB_CACHE: '/old' }, '/old'],
  [{ HF_HOME: '~/models' }, join(homedir(), 'models/hub')],
  [{ HF_HOME: '' }, join(homedir(), '.cache/huggingface/hub')],
])('cache of %j', async (env, cache) => {
  expect((await hubSettings(env)).cache).toBe(cache);
});

test('the token: HF_TOKEN, else the file', async () => {
  const env = { HF_HOME: root };
  expect((await hubSettings(env)).token).toBeNull();
  writeFileSync(join(root, 'token'), 'hf_file\n');
  expect((await hubSettings(env)).token).toBe('hf_file');
  expect((await hubSettings({ ...env, HF_TOKEN: 'hf_env' })).token).toBe('hf_env');
  mkdirSync(join(root, 'elsewhere'));
  writeFileSync(join(root, 'elsewhere', 'token'), ' hf_other ');
  expect((await hubSettings({ ...env, HF_TOKEN_PATH: join(root, 'elsewhere/token') })).token).toBe(
    'hf_other',
  );
  const error = await hubSettings({ HF_TOKEN: 'hf_ü secret' }).catch((caught: unknown) => caught);
  expect(exitCodeOf(error)).toBe(64);
  expect(errorLine(error)).not.toContain('secret');
});

test.each([
  ['1', true],
  ['ON', true],
  ['yes', true],
  ['true', true],
  ['0', false],
  ['', false],
  ['off', false],
])('HF_HUB_OFFLINE=%s', async (value, offline) => {
  expect((await hubSettings({ HF_HUB_OFFLINE: value })).offline).toBe(offline);
});

test.each([
  [undefined, 'https://huggingface.co'],
  ['https://hf-mirror.example/', 'https://hf-mirror.example'],
  ['http://10.0.0.1:8080/hub//', 'http://10.0.0.1:8080/hub'],
])('HF_ENDPOINT=%s', async (value, endpoint) => {
  expect((await hubSettings({ HF_ENDPOINT: value })).endpoint).toBe(endpoint);
});

test.each(['huggingface.co', 'ftp://x', 'https://x?y', 'file:///x'])(
  'HF_ENDPOINT=%s is refused',
  async (value) => {
    const error = await hubSettings({ HF_ENDPOINT: value }).catch((caught: unknown) => caught);
    expect([exitCodeOf(error), errorLine(error)]).toEqual([
      64,
      expect.stringContaining('HF_ENDPOINT: expected a URL'),
    ]);
  },
);

test('a proxy of the environment is used, unless NO_PROXY says otherwise', async () => {
  const hub = await startFakeHub(join(root, 'cache'));
  let tunnels = 0;
  const proxy = createServer().on('connect', ({ url = '' }, client, head) => {
    tunnels += 1;
    const [host, port] = url.split(':');
    const target = connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      target.write(head);
      target.pipe(client).pipe(target);
    });
    for (const socket of [client, target]) socket.on('error', () => target.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const saved = { ...process.env };
  try {
    for (const name of Object.keys(process.env))
      if (/_proxy$/i.test(name)) Reflect.deleteProperty(process.env, name);
    process.env.http_proxy = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    await fetchModel({ model: 'org/name', include: ['config.json'] }, { settings: hub.settings });
    expect(tunnels).toBeGreaterThan(0);
    tunnels = 0;
    process.env.no_proxy = '127.0.0.1';
    await fetchModel({ model: 'org/name', include: ['*.md'] }, { settings: hub.settings });
    expect(tunnels).toBe(0);
  } finally {
    process.env = saved;
    proxy.closeAllConnections();
    proxy.close();
    await hub.close();
  }
});
