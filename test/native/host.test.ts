// Locks and parent death, with real processes; needs the built host addon.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lockFile, loadHostAddon } from '../../src/run/host.ts';
import type { HostAddon } from '../../src/run/host.ts';
import { readAddonRecord } from '../../src/run/store.ts';

let folder = '';
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inheritune-host-'));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

function start(script: string, ...values: string[]): ChildProcess {
  const child = spawn(process.execPath, ['-e', script, readAddonRecord().host, ...values], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  return child;
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve) =>
    child.stdout?.once('data', (data: Buffer) => resolve(data.toString().trim())),
  );
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !existsSync(`/proc/${pid}/stat`) || !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}

async function until(condition: () => boolean, limitMs: number): Promise<number> {
  const start = performance.now();
  while (!condition() && performance.now() - start < limitMs)
    await new Promise((done) => setTimeout(done, 5));
  return performance.now() - start;
}

const holdLock = `const [addon, path, text] = process.argv.slice(1);
console.log(require(addon).lock(path, text) === null ? 'refused' : 'held');
setInterval(() => {}, 1000);`;

describe('lock', () => {
  test('a second process is told who holds it, and kill -9 frees it', async () => {
    const path = join(folder, 'run.lock');
    const startedAt = '2026-01-02T03:04:05.000Z';
    const script = holdLock.replace(', text)', ', text.replace("PID", process.pid))');
    const holder = start(
      script,
      path,
      JSON.stringify({ pid: 'PID', host: 'there', startedAt }).replace('"PID"', 'PID'),
    );
    expect(await firstLine(holder)).toBe('held');

    const before = performance.now();
    expect(lockFile(path)).toEqual({ heldBy: { pid: holder.pid, host: 'there', startedAt } });
    expect(performance.now() - before).toBeLessThan(1000);

    holder.kill('SIGKILL');
    await new Promise((resolve) => holder.once('exit', resolve));
    const lock = lockFile(path);
    if (!('release' in lock)) throw new Error('the lock was not freed');
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ pid: process.pid, host: hostname() });
    lock.release();
    lock.release(); // twice is fine
    expect(existsSync(path)).toBe(true);
    const again = lockFile(path);
    expect('release' in again).toBe(true);
    if ('release' in again) again.release();
  });

  test('one process cannot hold it twice', () => {
    const path = join(folder, 'run.lock');
    const first = lockFile(path);
    expect(lockFile(path)).toMatchObject({ heldBy: { pid: process.pid } });
    if ('release' in first) first.release();
  });

  test('a child that lives on does not keep it', async () => {
    const path = join(folder, 'run.lock');
    const script = `${holdLock} require('child_process').spawn('sleep', ['5'], { stdio: 'ignore' });`;
    const holder = start(script, path, '{}');
    await firstLine(holder);
    await new Promise((done) => setTimeout(done, 100));
    holder.kill('SIGKILL');
    await new Promise((resolve) => holder.once('exit', resolve));
    const lock = lockFile(path);
    expect('release' in lock).toBe(true);
    if ('release' in lock) lock.release();
  });

  test('a longer text of an earlier holder does not shine through', () => {
    const path = join(folder, 'run.lock');
    writeFileSync(path, 'x'.repeat(5000));
    const lock = lockFile(path);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ pid: process.pid });
    if ('release' in lock) lock.release();
  });

  test('a terminated worker gives its lock back', async () => {
    const path = join(folder, 'run.lock');
    const script = `const { workerData: [addon, path], parentPort } = require('worker_threads');
      parentPort.postMessage(require(addon).lock(path, '{}'));
      setInterval(() => {}, 1000);`;
    for (let round = 0; round < 5; round += 1) {
      const worker = new Worker(script, { eval: true, workerData: [readAddonRecord().host, path] });
      expect(typeof (await new Promise((resolve) => worker.once('message', resolve)))).toBe('number');
      expect(lockFile(path)).toHaveProperty('heldBy');
      await worker.terminate();
      const lock = lockFile(path);
      expect(lock).toHaveProperty('release');
      if ('release' in lock) lock.release();
    }
  });

  test('a folder that is not there has a code and the path', () => {
    const path = join(folder, 'missing', 'run.lock');
    expect(() => lockFile(path)).toThrow(path);
    expect(() => lockFile(path)).toThrow(expect.objectContaining({ code: 'ENOENT' }));
  });

  const refused: [string, keyof HostAddon, unknown[], string][] = [
    ['no arguments', 'lock', [], 'lock: path: expected a string'],
    ['a number for a path', 'lock', [1, ''], 'lock: path: expected a string'],
    ['no text', 'lock', ['/proc/none'], 'lock: text: expected a string'],
    ['a NUL in the path', 'lock', ['a\0b', ''], 'has a NUL'],
    ['no descriptor', 'unlock', [], 'unlock: fd: expected a number'],
    ["somebody else's descriptor", 'unlock', [0], 'not a lock of this thread'],
    ['a negative descriptor', 'unlock', [-1], 'expected a whole number'],
    ['a broken descriptor', 'unlock', [Number.NaN], 'expected a whole number'],
    ['a text for a signal', 'dieWithParent', ['9'], 'expected a number'],
    ['2^53 for a signal', 'dieWithParent', [2 ** 53], 'expected a whole number'],
  ];
  test.each(refused)('%s is an error', (_, name, values, message) => {
    expect((): unknown => Reflect.apply(loadHostAddon()[name], undefined, values)).toThrow(message);
  });

  test("somebody else's file stays open", () => {
    const fd = openSync(join(folder, 'file'), 'w');
    expect(() => loadHostAddon().unlock(fd)).toThrow(RangeError);
    closeSync(fd);
  });
});

describe.runIf(process.platform === 'linux')('parent death (Linux only)', () => {
  test('a child leaves within 2 s of its parent', async () => {
    const child = `console.log(process.pid, require(process.argv[1]).dieWithParent(9)); setInterval(() => {}, 1000);`;
    const parent = start(
      `const { spawn } = require('child_process');
       spawn(process.execPath, ['-e', process.argv[2], process.argv[1]], { stdio: 'inherit' });
       setInterval(() => {}, 1000);`,
      child,
    );
    const [pid, asked] = (await firstLine(parent)).split(' ');
    expect(asked).toBe('true');
    expect(alive(Number(pid))).toBe(true);
    parent.kill('SIGKILL');
    expect(await until(() => !alive(Number(pid)), 2000)).toBeLessThan(2000);
  });

  test('without asking it lives on, so the test above can fail', async () => {
    const child = 'console.log(process.pid); setTimeout(() => {}, 20000);';
    const parent = start(
      `const { spawn } = require('child_process');
       spawn(process.execPath, ['-e', process.argv[2]], { stdio: 'inherit' });
       setInterval(() => {}, 1000);`,
      child,
    );
    const pid = Number(await firstLine(parent));
    parent.kill('SIGKILL');
    await new Promise((done) => setTimeout(done, 300));
    expect(alive(pid)).toBe(true);
    process.kill(pid, 'SIGKILL');
  });

  test('an unknown signal is an error', () => {
    expect(() => loadHostAddon().dieWithParent(4000)).toThrow('PR_SET_PDEATHSIG');
  });
});

describe('resampledPerplexities', () => {
  const { resampledPerplexities } = loadHostAddon();
  const values = Float64Array.of(-1, -2, -4);

  test('chunk i is the same wherever it is computed', () => {
    const all = resampledPerplexities(values, 0, 5, 7);
    expect(all.length).toBe(35);
    expect([...resampledPerplexities(values, 3, 2, 7)]).toEqual([...all.slice(21)]);
    // Python: r = random.Random(0); x = r.choices([-1.0, -2.0, -4.0], k=3); math.exp(-(sum(x) / 3))
    expect(all[0]).toBe(28.03162489452614);
  });

  test('refuses what is no Float64Array, empty, negative or too much', () => {
    for (const wrong of [[1], new Float32Array(2), null, undefined, {}])
      expect(() => resampledPerplexities(wrong as never, 0, 1, 1)).toThrow(TypeError);
    expect(() => resampledPerplexities(new Float64Array(), 0, 1, 1)).toThrow(RangeError);
    for (const wrong of [-1, 1.5, Number.NaN, 2 ** 31])
      expect(() => resampledPerplexities(values, 0, wrong, 1)).toThrow(RangeError);
    expect(() => resampledPerplexities(values, 0, 1_000_000, 1_000)).toThrow(RangeError);
    expect(() => loadHostAddon().exponential('1' as never)).toThrow(TypeError);
  });
});
