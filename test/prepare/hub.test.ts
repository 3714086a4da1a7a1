// Prepares a dataset of a hub on loopback: with a bad file halfway, it ends in one line and goes on later; finished, it asks for little.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { prepare } from '../../src/prepare/prepare.ts';
import { startFakeHub } from '../hub/fake-hub.ts';
import type { FakeHub } from '../hub/fake-hub.ts';

let root = '';
let hub: FakeHub;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'inheritune-prepare-hub-'));
  hub = await startFakeHub(join(root, 'cache'));
  for (const name of Object.keys(process.env)) if (/_proxy$/i.test(name)) vi.stubEnv(name, '');
  vi.stubEnv('HF_ENDPOINT', hub.settings.endpoint);
  vi.stubEnv('HF_HUB_CACHE', join(root, 'cache'));
  vi.stubEnv('HF_TOKEN', '');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await hub.close();
  rmSync(root, { recursive: true });
});

test('a file that arrives changed ends the job in one line; what was read before is not read again', async () => {
  for (const name of ['a', 'b', 'c'])
    hub.datasetFiles.set(
      `${name}.jsonl`,
      Buffer.from(
        Array.from({ length: 40 }, (_, i) => `${JSON.stringify({ text: `${name} ${i}` })}\n`).join(''),
      ),
    );
  const source = ['hf://datasets/org/data'];
  const options = { source, tokenizer: 'bytes', validationFraction: 0.3 };
  const { info: expected } = await prepare(
    { ...options, out: join(root, 'undisturbed') },
    {},
    { groupBytes: 1 },
  );
  expect(expected.source).toHaveLength(3);

  const out = join(root, 'tokens');
  hub.fault = ({ path }) => (path.includes('c.jsonl') ? { changeByte: true } : null);
  const broken = prepare({ ...options, out }, {}, { groupBytes: 1 });
  await expect(broken).rejects.toThrow('something on the way changes it');
  await expect(broken).rejects.toMatchObject({ exitCode: 69 });
  expect(readdirSync(join(out, '.prepare')).filter((name) => name.endsWith('.json')).length).toBeGreaterThan(
    0,
  );

  hub.fault = () => null;
  hub.asked.length = 0;
  const { info } = await prepare({ ...options, out }, {}, { groupBytes: 1 });
  expect(info).toEqual(expected);
  expect(hub.asked.some(({ path }) => path.includes('resolve') && path.includes('a.jsonl'))).toBe(false);
  for (const name of ['train.bin', 'val.bin'])
    expect(readFileSync(join(out, name)).equals(readFileSync(join(root, 'undisturbed', name)))).toBe(true);

  hub.asked.length = 0;
  expect((await prepare({ ...options, out }, {}, { groupBytes: 1 })).changed).toBe(false);
  expect(hub.asked.filter(({ path }) => path.includes('/resolve/'))).toEqual([]);
});
