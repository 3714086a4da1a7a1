// Files of torch.save against what Python wrote, and hostile ones: one line, exit 65, and nothing is ever called.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { exitCodeOf } from '../../src/run/failure.ts';
import { openTorchFile, scope, stateDictOf } from '../../src/torch/index.ts';
import { readPickle } from '../../src/torch/pickle.ts';
import type { Pickled } from '../../src/torch/pickle.ts';
import { checkLiveTensors } from '../live-tensors.ts';

const golden = join(import.meta.dirname, '..', 'golden', 'torch');
const values = JSON.parse(readFileSync(join(golden, 'values.json'), 'utf8')) as {
  plain: Record<string, number[]>;
  shapes: Record<string, number[]>;
};
const folder = mkdtempSync(join(tmpdir(), 'inheritune-torch-file-'));
afterAll(() => rmSync(folder, { recursive: true }));

const parse = (bytes: number[] | Buffer) =>
  readPickle(Buffer.from(bytes), (problem) => new Error(`bad: ${problem}`));

checkLiveTensors();

test('every dtype, views, shared storages, empty tensors and parameters have the values that Python saved', async () => {
  const file = await openTorchFile(join(golden, 'plain.bin'));
  const tensors = stateDictOf(file.value, 'plain.bin');
  expect([...tensors.keys()]).toEqual(Object.keys(values.plain));
  for (const [name, record] of tensors) {
    const tensor = await file.read(record);
    expect(tensor.shape, name).toEqual(values.shapes[name]);
    expect(tensor.dtype, name).toBe(file.kindOf(record).dtype);
    const found = scope(() => Array.from(tensor.to('float64').data() as Float64Array));
    expect(found, name).toEqual(values.plain[name]);
    tensor.release();
  }
  await file.close();
});

describe('what would run something is refused by name', () => {
  test.each([
    ['evil-system.bin', 'posix.system'],
    ['evil-eval.bin', 'builtins.eval'],
    ['evil-nested.bin', 'builtins.exec'],
  ])('%s', async (name, callee) => {
    const error: unknown = await openTorchFile(join(golden, name)).catch((caught: unknown) => caught);
    expect(String(error)).toContain(`it names "${callee}", which is refused`);
    expect(exitCodeOf(error)).toBe(65);
    expect(existsSync('/tmp/inheritune-was-here')).toBe(false);
  });

  test('the old format is refused with what to do', async () => {
    await expect(openTorchFile(join(golden, 'legacy.bin'))).rejects.toThrow(
      'legacy.bin: not a file of torch.save: it has the format of before PyTorch 1.6; load it there and save it again',
    );
  });
});

describe('pickles', () => {
  const header = [0x80, 2];
  const int = (value: number) => [0x4b, value];
  const word = (text: string) => [0x8c, text.length, ...Buffer.from(text)];
  const callee = (name: string) => [0x63, ...Buffer.from(`${name.replace(/\.(?=[^.]*$)/, '\n')}\n`)];
  const stop = 0x2e;

  test.each<[string, number[], Pickled]>([
    [
      'numbers',
      [...header, 0x28, ...int(5), 0x4d, 1, 2, 0x4a, 255, 255, 255, 255, 0x8a, 1, 0x80, 0x74, stop],
      { kind: 'tuple', items: [5, 513, -1, -128] },
    ],
    ['a large one', [...header, 0x8a, 9, 0, 0, 0, 0, 0, 0, 0, 0, 1, stop], 2n ** 64n],
    [
      'a double, constants and a list',
      [...header, 0x5d, 0x28, 0x47, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0, 0x88, 0x89, 0x4e, 0x65, stop],
      [1.5, true, false, null],
    ],
    [
      'a dictionary, kept and recalled',
      [...header, 0x7d, ...word('a'), 0x94, 0x68, 0, 0x73, stop],
      new Map([['a', 'a']]),
    ],
    [
      'dtypes and sizes',
      [
        ...header,
        ...callee('torch.Size'),
        ...int(3),
        0x85,
        0x85,
        0x52,
        ...callee('torch.float16'),
        0x86,
        stop,
      ],
      { kind: 'tuple', items: [{ kind: 'tuple', items: [3] }, 'float16'] },
    ],
  ])('%s', (_, bytes, expected) => {
    expect(parse(bytes)).toEqual(expected);
  });

  test.each<[string, number[], string]>([
    ['nothing', [], 'it ends at byte 0'],
    ['no end', header, 'it ends at byte 2'],
    ['protocol 0', [0x80, 0, stop], 'protocol 0'],
    ['protocol 6', [0x80, 6, stop], 'protocol 6'],
    ['INST, which calls', [...header, 0x69, stop], 'opcode 0x69'],
    ['OBJ, which calls', [...header, 0x6f, stop], 'opcode 0x6f'],
    ['NEWOBJ, which calls', [...header, 0x81, stop], 'opcode 0x81'],
    ['EXT1', [...header, 0x82, 1, stop], 'opcode 0x82'],
    [
      'text as long as the universe',
      [...header, 0x8d, 255, 255, 255, 255, 255, 255, 255, 255, stop],
      'more were announced',
    ],
    ['bytes of 4 GB', [...header, 0x42, 255, 255, 255, 255, stop], '4294967295 more were announced'],
    ['an empty stack', [...header, stop], 'nothing to take'],
    ['two results', [...header, ...int(1), ...int(2), stop], '1 values are left over'],
    ['no mark', [...header, 0x74, stop], 'no mark'],
    ['a mark for a value', [...header, 0x28, stop], 'nothing to take'],
    ['a key without a value', [...header, 0x7d, 0x28, ...int(1), 0x75, stop], 'a key without a value'],
    ['items of a list', [...header, 0x5d, 0x28, ...int(1), ...int(1), 0x75, stop], 'no dictionary'],
    ['appending to a dictionary', [...header, 0x7d, ...int(1), 0x61, stop], 'no list'],
    ['what was never kept', [...header, 0x68, 9, stop], 'kept under 9'],
    ['calling a number', [...header, ...int(1), 0x29, 0x52, stop], 'calls what is no class'],
    [
      'calling a storage class',
      [...header, ...callee('torch.FloatStorage'), 0x29, 0x52, stop],
      'torch.FloatStorage',
    ],
    [
      'a tensor of nothing',
      [...header, ...callee('torch._utils._rebuild_tensor_v2'), 0x29, 0x52, stop],
      'of what it cannot be made of',
    ],
    ['a state for a list', [...header, 0x5d, 0x7d, 0x62, stop], 'gives a state'],
    ['a reference to elsewhere', [...header, ...word('http://x'), 0x51, stop], 'no storage of numbers'],
    ['a class by number', [...header, ...int(1), ...int(2), 0x93, stop], 'what is no text'],
    ['getattr by way of a prototype', [...header, ...callee('torch.constructor'), stop], 'refused'],
    ['__proto__', [...header, ...callee('collections.__proto__'), stop], 'refused'],
  ])('%s', (_, bytes, problem) => {
    expect(() => parse(bytes)).toThrow(problem);
  });
});

test('every truncation and a flip of every byte: a value or one line with exit 65, never a crash', async () => {
  const whole = readFileSync(join(golden, 'plain.bin'));
  const path = join(folder, 'damaged.bin');
  const attempt = async (bytes: Buffer): Promise<void> => {
    writeFileSync(path, bytes);
    try {
      const file = await openTorchFile(path);
      try {
        for (const record of stateDictOf(file.value, path).values()) (await file.read(record)).release();
      } finally {
        await file.close();
      }
    } catch (error) {
      expect([exitCodeOf(error), String(error).includes('\n')], String(error)).toEqual([65, false]);
      expect(String(error)).toContain(path);
    }
  };
  for (let length = 0; length < whole.length; length += 97) await attempt(whole.subarray(0, length));
  for (let at = 0; at < whole.length; at += 13) {
    const flipped = Buffer.from(whole);
    flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8));
    await attempt(flipped);
  }
});
