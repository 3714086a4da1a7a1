import { describe, expect, test } from 'vitest';
import { errorLine, exitCodeOf, exitCodes, failure } from '../../src/run/failure.ts';

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: something, write`), { code });
}

describe('exit codes', () => {
  test('are those of the documentation', () => {
    expect(exitCodes).toEqual({
      usage: 64,
      data: 65,
      network: 69,
      internal: 70,
      locked: 73,
      disk: 74,
      stopped: 75,
      numerics: 76,
    });
  });

  test.each<[string, unknown, number]>([
    ['a failure', failure('numerics', 'x'), 76],
    ['a full disk', systemError('ENOSPC'), 74],
    ['a quota', systemError('EDQUOT'), 74],
    ['a file size limit', systemError('EFBIG'), 74],
    ['a broken disk', systemError('EIO'), 74],
    ['no permission', systemError('EACCES'), 73],
    ['a read-only file system', systemError('EROFS'), 73],
    ['a missing file', systemError('ENOENT'), 65],
    ['no network', systemError('ECONNREFUSED'), 69],
    ['the caller', new RangeError('layers must be 1..24'), 64],
    ['our own stack', new RangeError('Maximum call stack size exceeded'), 70],
    ['our own bug', new TypeError('x is not a function'), 70],
    ['a cause', new Error('save failed', { cause: systemError('ENOSPC') }), 74],
    ['the outer code before the cause', failure('data', 'x', { cause: systemError('ENOSPC') }), 65],
    ['no error at all', 'text', 70],
  ])('%s', (_, error, code) => {
    expect(exitCodeOf(error)).toBe(code);
  });

  test('stay out of what is printed of an error', () => {
    expect(Object.keys(failure('disk', 'x'))).toEqual([]);
  });

  test('a circle of causes ends', () => {
    const error = new Error('a');
    error.cause = error;
    expect(exitCodeOf(error)).toBe(70);
  });
});

test('an error is one line without control characters', () => {
  const hostile = failure('data', 'a\nb\r\n  c\u001b[31mred\u001b[0m\u0007 \u202eevil\u0000 \u2028d');
  expect(errorLine(hostile)).toBe('a b cred evil d');
  expect(errorLine(new TypeError(''))).toBe('TypeError');
  expect(errorLine('text')).toBe('text');
});
