// Every entry of the addon's table, and operators with every kind of parameter, given every hostile value in every place:
// each is an error that says what is wrong, or is listed below as meant. A crash names its case; the rest goes on.

import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findCompiler, hostFlags } from '../../src/setup/compiler.ts';
import type { Outcome } from './boundary/child.ts';

const plainObjects = [
  'empty object',
  'object without prototype',
  'copy of a tensor',
  "another addon's object",
  "another addon's null",
  'all bits',
]; // as options they are empty, wherever options may stand: a foreign addon's object is a plain one

/** What works though it looks hostile, by call and argument (-1: all of them). Everything else is an error. */
const meant: Record<string, readonly string[]> = {
  'setTensorClass 0': ['function'],
  'resolve 0': ['empty string', 'unknown word', 'string with NUL and a lone surrogate', 'long string'], // a name for messages
  'resolve 2': ['true'],
  'schemas -1': ['no arguments'],
  'release 0': ['released tensor', 'forged handle out of range', 'forged handle of generation 0'],
  'released 0': ['released tensor', 'forged handle out of range', 'forged handle of generation 0'],
  'openScope -1': ['no arguments'],
  // It must close in `finally` whatever it is given: what is no tensor is passed over.
  'closeScope 0': [
    'empty array',
    'array of undefined',
    'array with a hole',
    'array of arrays',
    'array of 2^53',
    'array whose product overflows',
    'array of a released tensor',
  ],
  'liveTensors -1': ['no arguments'],
  'collectedTensors -1': ['no arguments'],
  'readBytes 4': ['2^32'],
  'backward 1': ['empty array'],
  'setGradient 1': ['null'],
  'setRequiresGrad 1': ['true'],
  'setGradMode 0': ['true'],
  'setAutocast 1': ['null'],
  'engineInfo -1': ['no arguments'],
  'parallelThreads -1': ['no arguments'],
  'aten::add.Tensor 2': plainObjects,
  'aten::add_.Scalar 1': ['true', 'NaN', '-1', '1.5', '2^53', '2^32', '1e308', 'infinity', 'negative BigInt'],
  'aten::add_.Scalar 2': [
    'undefined',
    'NaN',
    '-1',
    '1.5',
    '2^53',
    '2^32',
    'infinity',
    'negative BigInt',
    ...plainObjects,
  ],
  'aten::cat 1': ['undefined', '-1', 'negative BigInt', ...plainObjects],
  'aten::sum.dim_IntList 1': ['undefined', 'null', '-1', 'negative BigInt', 'empty array'],
  'aten::sum.dim_IntList 2': ['undefined', 'true'],
  'aten::sum.dim_IntList 3': plainObjects,
  'aten::empty.memory_format 0': ['empty array'],
  'aten::empty.memory_format 1': plainObjects,
  'aten::full 0': ['empty array'],
  'aten::full 1': ['true', 'NaN', '-1', '1.5', '2^53', '2^32', '1e308', 'infinity', 'negative BigInt'],
  'aten::full 2': plainObjects,
  'aten::div.Tensor_mode 2': plainObjects,
  'aten::randn.generator 0': ['empty array'],
  'aten::randn.generator 1': plainObjects,
  'aten::embedding 2': ['undefined', '-1', '2^32', 'negative BigInt'],
  'aten::embedding 3': ['undefined', 'true'],
  'aten::embedding 4': ['undefined', 'true', ...plainObjects],
  'aten::dropout 2': ['true'],
  'aten::native_layer_norm 2': ['undefined', 'null'],
  'aten::native_layer_norm 3': ['undefined', 'null'],
  'aten::native_layer_norm 4': ['NaN', '-1', '1.5', '2^53', '2^32', '1e308', 'infinity'],
  'aten::_foreach_add_.ScalarList 1': ['array whose product overflows'],
  'aten::as_strided 3': ['undefined', 'null', ...plainObjects],
  'aten::scaled_dot_product_attention 3': ['undefined', 'null'],
  'aten::scaled_dot_product_attention 4': ['undefined'],
  'aten::scaled_dot_product_attention 5': ['undefined', 'true'],
  'aten::scaled_dot_product_attention 6': plainObjects,
  'aten::_efficientzerotensor 0': ['empty array'],
  'inheritune::energy_rank 2': ['true'],
  'inheritune::energy_rank 3': plainObjects,
};

const impossible = ['aten::set_.source_Storage']; // storages are refused: no call of it is valid

const repository = join(import.meta.dirname, '../..');
let folder = '';
const outcomes: Outcome[] = [];
const crashes: string[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'inheritune-boundary-'));
  const foreign = join(folder, 'foreign.node');
  const { program } = await findCompiler();
  const { compile, link } = hostFlags(null);
  const source = join(import.meta.dirname, 'boundary/foreign.cpp');
  const built = spawnSync(program, [...compile, source, ...link, '-o', foreign], { encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`boundary/foreign.cpp: ${built.stderr}`);
  runAll(foreign);
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the child from its first case on, and after a crash from the case behind. */
function runAll(foreign: string): void {
  let started = 0;
  while (crashes.length < 20) {
    const file = join(folder, `output-${started}`);
    const output = openSync(file, 'w'); // a file: a pipe can be full
    const { stderr, status, signal } = spawnSync(
      process.execPath,
      [
        '--expose-gc',
        '--import',
        './tools/typescript.mjs',
        'test/native/boundary/child.ts',
        foreign,
        String(started),
      ],
      { cwd: repository, encoding: 'utf8', stdio: ['ignore', output, 'pipe'] },
    );
    closeSync(output);
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    for (const line of lines) if (line.startsWith('{')) outcomes.push(JSON.parse(line) as Outcome);
    const announced = lines.filter((line) => line.startsWith('> '));
    started += announced.length;
    if (lines.at(-1) === 'done' && status === 0) return;
    const last = announced.at(-1);
    crashes.push(
      `${last ?? 'before the first case'}: ${signal ?? `exit ${status ?? '?'}`} ${stderr.slice(0, 4000)}`,
    );
    if (!last || lines.at(-1) === 'done') return;
  }
}

const isMeant = ({ call, argument, value }: Outcome): boolean =>
  (value === 'valid arguments' && !impossible.includes(call)) ||
  (meant[`${call} ${argument}`]?.includes(value) ?? false);
const label = ({ call, argument, value, error, message }: Outcome): string =>
  `${call} argument ${argument}: ${value} -> ${error ?? 'accepted'} ${message}`;

describe('every call with every hostile value', () => {
  test('none crashes', () => {
    expect(crashes).toEqual([]);
    expect(outcomes.length).toBeGreaterThan(5000);
  });

  test('what is meant is accepted, all else is an error', () => {
    expect(outcomes.filter((one) => (one.error === null) !== isMeant(one)).map(label)).toEqual([]);
  });

  test('the listed exceptions are all there', () => {
    const listed = Object.values(meant).flat().length;
    expect(outcomes.filter((one) => one.value !== 'valid arguments' && isMeant(one)).length).toBe(listed);
  });

  test('the message says where, what was expected, or both', () => {
    const vague = outcomes.filter(
      ({ error, message }) =>
        error !== null &&
        error !== 'passed on' &&
        !/^(?!std::).{3,}: .{8,}|^Cannot perform|ArrayBuffer/.test(message),
    );
    expect(vague.map(label)).toEqual([]);
    const long = outcomes.filter(({ message }) => message.length > 400 || message.includes('\n'));
    expect(long.map(label)).toEqual([]);
  });

  test('scopes, modes and tensors are afterwards as they were', () => {
    expect(outcomes.filter(({ damage }) => damage !== '')).toEqual([]);
  });

  test('errors thrown by traps and getters come out as they are', () => {
    expect(outcomes.filter(({ error }) => error === 'passed on').length).toBeGreaterThan(40);
    expect(
      outcomes
        .filter(({ message }) => message.startsWith('thrown by'))
        .every(({ error }) => error === 'passed on'),
    ).toBe(true);
  });
});
