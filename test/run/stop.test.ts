import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { watchSignals } from '../../src/run/stop.ts';
import { scriptCommand } from './child.ts';

const children: ChildProcess[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const end = ended(child); // so that its ports are free for the next test
    child.kill('SIGKILL');
    await end;
  }
});

/** A child that prints each flag when it sees it, and lives until killed. */
async function start(
  script = watching,
): Promise<{ child: ChildProcess; said: () => string; until: (text: string) => Promise<void> }> {
  const [program = '', ...rest] = scriptCommand(script);
  const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => (text += data.toString()));
  const until = async (wanted: string): Promise<void> => {
    for (let waited = 0; !text.includes(wanted); waited += 5) {
      if (waited > 5000) throw new Error(`waited for ${wanted}, heard ${text}`);
      await new Promise((done) => setTimeout(done, 5));
    }
  };
  await until('ready');
  return { child, said: () => text, until };
}

const watching = `
  import { watchSignals } from 'RUN/stop.js';
  const stop = watchSignals();
  let told = null;
  setInterval(() => {
    if (stop.takeSaveRequest()) console.log('save');
    if (stop.requested() !== told) console.log(told = stop.requested());
  }, 5);
  console.log('ready');`;

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('exit', (code) => resolve(code)));
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

describe('signals', () => {
  test.each<[NodeJS.Signals, number]>([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ])('%s is a flag first, and leaves with %d when it comes again', async (signal, code) => {
    const { child, until } = await start();
    child.kill(signal);
    await until(signal);
    const end = ended(child);
    child.kill(signal);
    expect(await end).toBe(code);
  });

  test('SIGUSR1 asks for a save, again and again, and never opens the debugger port', async () => {
    expect(await listens(9229)).toBe(false);
    const { child, said, until } = await start();
    child.kill('SIGUSR1');
    await until('save');
    child.kill('SIGUSR1');
    await until('save\nsave');
    expect(await listens(9229)).toBe(false);
    expect(said()).not.toContain('Debugger');
    expect(child.exitCode).toBe(null);
  });

  test('without a handler Node opens it, so the test above can fail', async () => {
    const { child, until } = await start(`setInterval(() => {}, 1000); console.log('ready');`);
    child.kill('SIGUSR1');
    await until('Debugger listening on ws://127.0.0.1:9229');
  });

  test('after dispose SIGTERM ends the process again, SIGUSR1 still does nothing', async () => {
    const { child } = await start(`
      import { watchSignals } from 'RUN/stop.js';
      watchSignals().dispose();
      setInterval(() => {}, 1000);
      console.log('ready');`);
    child.kill('SIGUSR1');
    await new Promise((done) => setTimeout(done, 100));
    expect(await listens(9229)).toBe(false);
    expect(child.exitCode).toBe(null);
    const end = ended(child);
    child.kill('SIGTERM');
    await end;
    expect(child.signalCode).toBe('SIGTERM');
  });
});

test('the first signal wins, the second names the code, and handlers are taken away', () => {
  const counts = (): number[] => ['SIGINT', 'SIGTERM', 'SIGHUP'].map((name) => process.listenerCount(name));
  const before = counts();
  const codes: number[] = [];
  const stop = watchSignals({ leave: (code) => codes.push(code) });
  expect([stop.requested(), stop.takeSaveRequest()]).toEqual([null, false]);
  process.emit('SIGTERM', 'SIGTERM');
  expect([stop.requested(), codes]).toEqual(['SIGTERM', []]);
  process.emit('SIGINT', 'SIGINT');
  expect([stop.requested(), codes]).toEqual(['SIGTERM', [130]]);
  process.emit('SIGUSR1', 'SIGUSR1');
  expect([stop.takeSaveRequest(), stop.takeSaveRequest()]).toEqual([true, false]);
  stop.dispose();
  expect(counts()).toEqual(before);
});
