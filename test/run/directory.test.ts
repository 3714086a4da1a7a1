import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openRun, readRun } from '../../src/run/directory.ts';
import { exitCodeOf } from '../../src/run/failure.ts';
import { runChild, scriptCommand } from './child.ts';

let parent = '';
let path = '';
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'inheritune-run-'));
  path = join(parent, 'runs', 'small');
});
afterEach(() => rmSync(parent, { recursive: true }));

const description = { command: ['inheritune', 'train'], resolved: { steps: 10, model: { layers: 2 } } };

test('a new run has its configuration and record', async () => {
  const run = await openRun(path, {
    ...description,
    configText: '# mine\nsteps: 10\n',
    parents: ['runs/big'],
    device: 'cpu',
  });
  expect(readdirSync(path).sort()).toEqual(['.lock', 'config.resolved.yaml', 'config.yaml', 'run.json']);
  expect(readFileSync(join(path, 'config.yaml'), 'utf8')).toBe('# mine\nsteps: 10\n');
  expect(readFileSync(join(path, 'config.resolved.yaml'), 'utf8')).toBe('steps: 10\nmodel:\n  layers: 2\n');
  expect(run.changes).toEqual([]);
  expect(await readRun(path)).toEqual(run.record);
  expect(run.record).toMatchObject({ version: 1, state: 'running', parents: ['runs/big'] });
  expect(run.record.starts).toHaveLength(1);
  expect(run.record.starts[0]).toMatchObject({
    command: ['inheritune', 'train'],
    host: hostname(),
    pid: process.pid,
    device: 'cpu',
    versions: { node: process.version, inheritune: expect.stringMatching(/^\d+\.\d+/) as string },
  });
  await run.close();
});

test('it can be opened again: same id, one more start, changed options told', async () => {
  const first = await openRun(path, { ...description, parents: ['a'] });
  await first.update({ state: 'done', verdict: 'matched' });
  await first.close();
  writeFileSync(join(path, '.tmp-run.json-1'), 'left by a kill');

  const second = await openRun(path, {
    ...description,
    resolved: { steps: 20, model: { layers: 2 }, seed: 1 },
  });
  expect(second.id).toBe(first.id);
  expect(second.record).toMatchObject({ state: 'running', parents: ['a'], verdict: 'matched' });
  expect(second.record.starts).toHaveLength(2);
  expect(second.changes).toEqual(['steps: 10 -> 20', 'seed: nothing -> 1']);
  expect(readdirSync(path)).not.toContain('.tmp-run.json-1');
  await second.close();
  expect((await readRun(path))?.state).toBe('stopped');
});

test('updates are written in order, and a finished run stays done', async () => {
  const run = await openRun(path, description);
  await Promise.all([1, 2, 3, 4, 5].map((round) => run.update({ round })));
  await run.update({ state: 'done' });
  await run.close();
  expect(await readRun(path)).toMatchObject({ round: 5, state: 'done' });
});

test('a second process is refused within a second with code 73, pid and host; kill -9 of the first frees it', async () => {
  const hold = `
    import { openRun } from 'RUN/directory.js';
    await openRun(process.argv[1], { command: [], resolved: {} });
    console.log('held');
    setInterval(() => {}, 1000);`;
  const [program = '', ...rest] = scriptCommand(hold, [path]);
  const holder = spawn(program, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve) => holder.stdout.once('data', resolve));

  const before = performance.now();
  const error: unknown = await openRun(path, description).catch((e: unknown) => e);
  expect(performance.now() - before).toBeLessThan(1000);
  expect(exitCodeOf(error)).toBe(73);
  expect(String(error)).toContain(
    `${path}: expected a free run directory, found it in use by process ${holder.pid} on ${hostname()} since 20`,
  );
  expect((await readRun(path))?.starts).toHaveLength(1); // nothing was touched

  holder.kill('SIGKILL');
  await new Promise((resolve) => holder.once('exit', resolve));
  const run = await openRun(path, description);
  expect(run.record.starts).toHaveLength(2);
  await run.close();
});

test('this process cannot open it twice, and can after close', async () => {
  const run = await openRun(path, description);
  await expect(openRun(path, description)).rejects.toThrow(`in use by process ${process.pid}`);
  await run.close();
  await (await openRun(path, description)).close();
});

test('a damaged record is refused, and the lock given back', async () => {
  await (await openRun(path, description)).close();
  for (const text of ['{"version":1', '[]', '{"version":2,"id":"x","starts":[]}']) {
    writeFileSync(join(path, 'run.json'), text);
    const error: unknown = await openRun(path, description).catch((e: unknown) => e);
    expect(String(error)).toContain(`${join(path, 'run.json')}: expected the record of a run`);
    expect(exitCodeOf(error)).toBe(65);
  }
  rmSync(join(path, 'run.json'));
  await (await openRun(path, description)).close();
});

test('a directory without a record has none', async () => {
  expect(await readRun(parent)).toBe(null);
});

test('a place that cannot be written is code 73 before anything is done', async () => {
  writeFileSync(join(parent, 'file'), '');
  const open = `
    import { openRun } from 'RUN/directory.js';
    import { errorLine, exitCodeOf } from 'RUN/failure.js';
    if (process.getuid() === 0) process.setuid(65534); // root may write everywhere
    try { await openRun(process.argv[1], { command: [], resolved: {} }); }
    catch (error) { console.log(errorLine(error)); process.exitCode = exitCodeOf(error); }`;
  chmodSync(parent, 0o555);
  const closed = runChild(open, [path]);
  expect(closed.code).toBe(73);
  expect(closed.output).toMatch(
    /small: expected a writable directory: EACCES: permission denied, mkdir .*; use another/,
  );
  const below = runChild(open, [join(parent, 'file', 'run')]);
  expect(below.code).toBe(73);
  expect(below.output).toContain('expected a writable directory: ENOTDIR');
  chmodSync(parent, 0o755);
});
