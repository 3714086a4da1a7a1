import { expect, test } from 'vitest';
import { formatBytes, formatCount, formatDuration, plainLine, table } from '../../src/run/format.ts';

test.each([
  [0, '0'],
  [7, '7'],
  [999, '999'],
  [0.5, '0.50'],
  [0.0001234, '1.23e-4'],
  [1000, '1.00k'],
  [1234567, '1.23M'],
  [-1234567, '-1.23M'],
  [12345678, '12.3M'],
  [123456789, '123M'],
  [999_499, '999k'],
  [999_500, '1.00M'],
  [6.02e23, '602000E'],
  [Number.NaN, 'NaN'],
])('count %d is %s', (count, text) => {
  expect(formatCount(count)).toBe(text);
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.00 kB'],
  [447_000_000, '447 MB'],
  [2_000_000_000, '2.00 GB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test.each([
  [0, '0 ms'],
  [999.4, '999 ms'],
  [999.5, '1.0 s'],
  [12_345, '12.3 s'],
  [59_949, '59.9 s'],
  [59_950, '1 min 00 s'],
  [245_000, '4 min 05 s'],
  [3_599_500, '1 h 00 min'],
  [7_380_000, '2 h 03 min'],
  [86_399_000, '1 d 00 h'],
  [273_600_000, '3 d 04 h'],
  [-1500, '-1.5 s'],
])('%d ms are %s', (durationMs, text) => {
  expect(formatDuration(durationMs)).toBe(text);
});

test('a table sets figures to the right and words to the left', () => {
  const rows = [
    ['model', 'layers', 'loss'],
    ['reference', '16', '3.21'],
    ['target', '8', '-'],
  ];
  expect(table(rows)).toBe(
    [
      'model      layers  loss',
      '---------  ------  ----',
      'reference      16  3.21',
      'target          8     -',
    ].join('\n'),
  );
  expect(table([])).toBe('');
});

test('a plain line cannot steer a terminal', () => {
  expect(plainLine('a\tb\u001b]0;title\u0007c\u009b2Jd')).toBe('a bcd');
  expect(plainLine('naïve 日本 🙂')).toBe('naïve 日本 🙂');
});
