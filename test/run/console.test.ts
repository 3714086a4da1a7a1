import { expect, test } from 'vitest';
import { openConsole } from '../../src/run/console.ts';

function stream(isTTY: boolean) {
  const listeners: ((error: NodeJS.ErrnoException) => void)[] = [];
  const written: string[] = [];
  return {
    isTTY,
    columns: 20,
    written,
    write: (text: string) => written.push(text),
    on: (_: 'error', listener: (error: NodeJS.ErrnoException) => void) => listeners.push(listener),
    fail: () =>
      listeners.forEach((listener) => listener(Object.assign(new Error('EPIPE'), { code: 'EPIPE' }))),
  };
}

test('words go to stderr, results to stdout, and no status where there is no terminal', () => {
  const output = stream(false);
  const messages = stream(false);
  const console = openConsole({ output, messages });
  console.info('reading\u001b[2J');
  console.status('50 %');
  console.warn('odd');
  console.metrics('step 1');
  console.print('{}');
  expect(messages.written.join('')).toBe('reading\nwarning: odd\nstep 1\n');
  expect(output.written.join('')).toBe('{}\n');
});

test('a live status is cut to the width and stays below the lines', () => {
  const messages = stream(true);
  const console = openConsole({ output: stream(true), messages });
  console.status('x'.repeat(50));
  console.info('line');
  console.status('');
  const clear = '\r\u001b[2K';
  expect(messages.written).toEqual([
    `${clear}${'x'.repeat(19)}`,
    `${clear}line\n`,
    `${clear}${'x'.repeat(19)}`,
    clear,
  ]);
});

test('a reader that leaves ends the words, not the job', () => {
  const messages = stream(false);
  const console = openConsole({ output: stream(false), messages });
  console.info('one');
  messages.fail();
  console.info('two');
  expect(messages.written).toEqual(['one\n']);
});
