// A model of the hub in place of a folder: inherit takes one by its name, then from the cache, and a typo is told as both.

import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findSubject } from '../../src/analyze/subject.ts';
import { inherit, inheritOptions } from '../../src/inherit/inherit.ts';
import { readModelConfig, writeModelFolder } from '../../src/model/folder.ts';
import { locateModel } from '../../src/model/locate.ts';
import { releaseWeights } from '../../src/model/weights.ts';
import { silentConsole } from '../../src/run/console.ts';
import { errorLine, exitCodeOf } from '../../src/run/failure.ts';
import { smallModel } from '../inherit/models.ts';
import { checkLiveTensors } from '../live-tensors.ts';
import { startFakeHub } from './fake-hub.ts';
import type { FakeHub } from './fake-hub.ts';

checkLiveTensors();

let root = '';
let hub: FakeHub;
const saved = { ...process.env };
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'inheritune-locate-'));
  hub = await startFakeHub('');
  hub.files.clear();
  const model = smallModel(1);
  const folder = join(root, 'model');
  mkdirSync(folder);
  await writeModelFolder(folder, model, { tokenizerFiles: new Map(), endOfText: null, card: '' });
  releaseWeights(model.weights);
  for (const name of readdirSync(folder)) hub.files.set(name, readFileSync(join(folder, name)));
  for (const name of Object.keys(process.env))
    if (/_proxy$|^HF_/i.test(name)) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, { HF_ENDPOINT: hub.settings.endpoint, HF_HOME: join(root, 'home') });
});
afterAll(async () => {
  process.env = saved;
  await hub.close();
  rmSync(root, { recursive: true });
});

test('inherit from a model of the hub: fetched aloud once, then taken from the cache', async () => {
  const lines: string[] = [];
  const console = { ...silentConsole, info: (line: string) => void lines.push(line) };
  const out = join(root, 'half');
  await inherit(inheritOptions.parse({ from: 'org/name', out, first: 1 }), { console });
  expect(lines[0]).toMatch(/^org\/name: fetches 3 of 3 files, /);
  expect((await readModelConfig(out)).layers).toBe(1);
  hub.asked.length = 0;
  const snapshot = await locateModel('org/name');
  expect(snapshot).toBe(join(root, 'home/hub/models--org--name/snapshots', hub.commit));
  expect(hub.asked).toEqual([]);
  expect(await findSubject('org/name')).toMatchObject({
    folder: snapshot,
    out: join('analysis', 'org--name'),
  });
});

test('what is neither is told as both; a path with a slash too many asks nobody', async () => {
  hub.fault = () => ({ status: 404 });
  const typo = await locateModel('runs/refernce').catch((caught: unknown) => caught);
  expect(exitCodeOf(typo)).toBe(65);
  expect(errorLine(typo)).toMatch(
    /^runs\/refernce: no such folder here; as a model of the hub: runs\/refernce: the hub at /,
  );
  hub.asked.length = 0;
  await expect(locateModel('test/refernce')).rejects.toThrow('test/refernce: expected a model folder'); // test/ is here
  for (const path of ['./runs/x', 'runs/a/b', '/nowhere', 'nowhere'])
    await expect(locateModel(path)).rejects.toThrow(
      `${path}: expected a model folder, a checkpoint or a run; there is none`,
    );
  expect(hub.asked).toEqual([]);
});
