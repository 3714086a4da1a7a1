// The safetensors reader and writer: every dtype bit by bit, equal input to equal bytes, and files that lie about themselves.

import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorLine, exitCodeOf } from '../../src/run/failure.ts';
import {
  fromTypedArray,
  liveTensors,
  openSafetensors,
  ops,
  scope,
  writeSafetensors,
} from '../../src/torch/index.ts';
import type { Dtype, TensorData, Tensor } from '../../src/torch/index.ts';
import { checkLiveTensors } from '../live-tensors.ts';
import { malformedFiles, safetensorsBytes } from './malformed-safetensors.ts';

checkLiveTensors();

let folder = '';
let count = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'inheritune-safetensors-'));
});
afterAll(() => rmSync(folder, { recursive: true }));
const newPath = (): string => join(folder, `${(count += 1)}.safetensors`);

function saved(bytes: Uint8Array): string {
  const path = newPath();
  writeFileSync(path, bytes);
  return path;
}

async function readAll(path: string): Promise<Map<string, Tensor>> {
  const file = await openSafetensors(path);
  const tensors = new Map<string, Tensor>();
  try {
    for (const name of file.names) tensors.set(name, await file.read(name));
  } finally {
    await file.close();
  }
  return tensors;
}

function release(tensors: Iterable<Tensor>): void {
  for (const tensor of tensors) tensor.release();
}

const bitsOf = (tensor: Tensor | undefined): Buffer | null =>
  tensor ? Buffer.from(tensor.data().buffer) : null;

const failureOf = (path: string): Promise<unknown> =>
  readAll(path).then(
    (tensors) => {
      release(tensors.values());
      return null;
    },
    (error: unknown) => error,
  );

const samples: [Dtype, TensorData, number[]][] = [
  ['float64', new Float64Array([1e-300, -0, Number.NaN, Infinity]), [4]],
  ['float32', new Float32Array([1.5, -0, Number.NaN, -Infinity, 1e-45, 3]), [2, 3]],
  ['float16', new Uint16Array([0x3c00, 0x8000, 0x7e01]), [3, 1]],
  ['bfloat16', new Uint16Array([0x3f80, 0xff80, 0x7fc1]), [1, 3]],
  ['int64', new BigInt64Array([2n ** 63n - 1n, -(2n ** 63n)]), [2]],
  ['int32', new Int32Array([2 ** 31 - 1, -(2 ** 31)]), [2]],
  ['int16', new Int16Array([32767, -32768, 5]), [3]],
  ['int8', new Int8Array([127, -128, 5]), [3]],
  ['uint8', new Uint8Array([255, 0, 5]), [3]],
  ['uint16', new Uint16Array([65535, 0, 5]), [3]],
  ['bool', new Uint8Array([1, 0, 1]), [3]],
];

const makeSamples = (): Map<string, Tensor> =>
  new Map(samples.map(([dtype, data, shape]) => [dtype, fromTypedArray(data, shape, { dtype })]));

describe('a round trip', () => {
  test('every dtype comes back bit by bit', async () => {
    const written = makeSamples();
    const path = newPath();
    await writeSafetensors(path, written, { format: 'pt' });
    const read = await readAll(path);
    expect([...read.keys()]).toEqual([...written.keys()].sort());
    for (const [name, tensor] of written) {
      const back = read.get(name);
      expect([back?.dtype, back?.shape]).toEqual([tensor.dtype, tensor.shape]);
      expect(bitsOf(back)).toEqual(bitsOf(tensor));
    }
    release(written.values());
    release(read.values());
  });

  test('scalars, empty tensors, transposed and expanded views', async () => {
    const [scalar, empty, row] = [ops.full([], 7), ops.zeros([0, 3]), ops.arange(6)];
    const matrix = scope(() => row.reshape([2, 3]));
    const written = new Map([
      ['scalar', scalar],
      ['empty', empty],
      ['view', scope(() => matrix.transpose(0, 1))],
      ['expanded', scope(() => scalar.expand([3]))],
    ]);
    const path = newPath();
    await writeSafetensors(path, written);
    const read = await readAll(path);
    expect(read.get('scalar')?.item()).toBe(7);
    expect(read.get('empty')?.shape).toEqual([0, 3]);
    expect(read.get('view')?.shape).toEqual([3, 2]);
    expect(read.get('view')?.data()).toEqual(new Float32Array([0, 3, 1, 4, 2, 5]));
    expect(read.get('expanded')?.data()).toEqual(new Float32Array([7, 7, 7]));
    release([...written.values(), ...read.values(), row, matrix]);
  });

  test('larger than a chunk, and read in a scope of somebody else', async () => {
    const large = ops.arange(5_000_000); // 20 MB: three chunks
    const path = newPath();
    await writeSafetensors(path, new Map([['large', large]]));
    const file = await openSafetensors(path);
    let reading: Promise<Tensor> | null = null;
    scope(() => void (reading = file.read('large'))); // ends long before the reading does
    const back = await (reading ?? file.read('large'));
    await file.close();
    expect(scope(() => ops.equal(back, large))).toBe(true);
    release([large, back]);
  });

  test('equal tensors give equal bytes in any order, names sorted, data aligned', async () => {
    const [a, b] = [ops.full([3], 1), ops.full([1], 2)];
    const [first, second] = [newPath(), newPath()];
    await writeSafetensors(
      first,
      new Map([
        ['b', b],
        ['a', a],
      ]),
      { x: '1', format: 'pt' },
    );
    await writeSafetensors(
      second,
      new Map([
        ['a', a],
        ['b', b],
      ]),
      { format: 'pt', x: '1' },
    );
    const bytes = readFileSync(first);
    expect(readFileSync(second).equals(bytes)).toBe(true);
    const headerBytes = Number(bytes.readBigUInt64LE());
    expect(headerBytes % 8).toBe(0);
    expect(
      bytes
        .subarray(8, 8 + headerBytes)
        .toString()
        .trimEnd(),
    ).toBe(
      '{"__metadata__":{"format":"pt","x":"1"},"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]},"b":{"dtype":"F32","shape":[1],"data_offsets":[12,16]}}',
    );
    release([a, b]);
  });

  test('names that JavaScript or terminals treat specially', async () => {
    const names = ['__proto__', 'constructor', 'toString', '10', '9', 'ünï \u{1f600}', 'a"b\\c\n', ''];
    const written = new Map(names.map((name, i) => [name, ops.full([1], i)] as const));
    const path = newPath();
    await writeSafetensors(path, written, { ['__proto__']: 'text' });
    const file = await openSafetensors(path);
    expect([...file.names].sort()).toEqual([...names].sort());
    expect(file.metadata.__proto__).toBe('text');
    for (const [i, name] of names.entries()) {
      const tensor = await file.read(name);
      expect(tensor.item()).toBe(i);
      tensor.release();
    }
    await file.close();
    release(written.values());
  });

  test('what cannot be written is refused before there is a file', async () => {
    const [complex, fine] = [ops.zeros([1], { dtype: 'complex64' }), ops.zeros([1])];
    const path = newPath();
    await expect(writeSafetensors(path, new Map([['c', complex]]))).rejects.toThrow(
      'c: safetensors has no dtype complex64',
    );
    await expect(writeSafetensors(path, new Map([['__metadata__', fine]]))).rejects.toThrow('__metadata__');
    expect(() => readFileSync(path)).toThrow('ENOENT');
    await writeSafetensors(path, new Map([['a', fine]]));
    await expect(writeSafetensors(path, new Map([['a', fine]]))).rejects.toThrow('EEXIST');
    release([complex, fine]);
  });
});

describe('files that are not what they say', () => {
  test.each([...malformedFiles()])('%s', async (_, bytes) => {
    const path = saved(bytes);
    const start = performance.now();
    const error = await failureOf(path);
    expect(performance.now() - start).toBeLessThan(1000);
    expect(error).toBeInstanceOf(Error);
    expect(exitCodeOf(error)).toBe(65);
    expect(errorLine(error)).toMatch(/\.safetensors: .{10}/);
    expect(errorLine(error).length).toBeLessThan(600);
    expect(error instanceof Error && error.message.includes('\n')).toBe(false);
  });

  test('what the format allows is read: spaces behind the header, fields that nobody knows, many sizes, empty tensors', async () => {
    const shape = [2, ...Array<number>(60).fill(1)];
    const empty = { dtype: 'F32', shape: [0], data_offsets: [0, 0] };
    const header = {
      b: { dtype: 'F32', shape, data_offsets: [0, 8], more: { x: [1, '\u{1f600}'] } },
      a: empty,
    };
    const tensors = await readAll(saved(safetensorsBytes(`${JSON.stringify(header)} \n  `, 8)));
    expect([tensors.get('a')?.shape, tensors.get('b')?.shape]).toEqual([[0], shape]);
    release(tensors.values());
  });

  test('truth values that are neither 0 nor 1 are true', async () => {
    const bytes = safetensorsBytes({ a: { dtype: 'BOOL', shape: [4], data_offsets: [0, 4] } }, 4);
    bytes.set([0, 1, 2, 255], bytes.length - 4);
    const tensors = await readAll(saved(bytes));
    expect([tensors.get('a')?.dtype, tensors.get('a')?.data()]).toEqual(['bool', Uint8Array.of(0, 1, 1, 1)]);
    release(tensors.values());
  });

  test('there are 80 of them at least', () => {
    expect(malformedFiles().size).toBeGreaterThanOrEqual(80);
  });

  test('the case that is right is read, so the ones above can fail', async () => {
    const tensors = await readAll(
      saved(safetensorsBytes({ a: { dtype: 'F32', shape: [2], data_offsets: [0, 8] } }, 8)),
    );
    expect(tensors.get('a')?.data()).toEqual(new Float32Array([0, 0]));
    release(tensors.values());
    expect((await readAll(saved(safetensorsBytes({}, 0)))).size).toBe(0);
  });

  test('a missing file and a folder', async () => {
    expect(exitCodeOf(await failureOf(newPath()))).toBe(65);
    expect(exitCodeOf(await failureOf(folder))).toBe(65);
  });

  test('a file cut while it is read, an unknown name, a closed file', async () => {
    const tensor = ops.arange(5_000_000);
    const path = newPath();
    await writeSafetensors(path, new Map([['a', tensor]]));
    const file = await openSafetensors(path);
    truncateSync(path, 1_000_000);
    const before = liveTensors();
    const cut = await file.read('a').catch((error: unknown) => error);
    expect(exitCodeOf(cut)).toBe(65);
    expect(errorLine(cut)).toMatch(/"a" ends after \d+ of 20000000 bytes; the file was truncated$/);
    expect(exitCodeOf(await file.read('b').catch((error: unknown) => error))).toBe(65);
    await file.close();
    await expect(file.read('a')).rejects.toThrow();
    expect(liveTensors()).toBe(before);
    tensor.release();
  });

  test('no memory is taken on the word of a header', async () => {
    const before = process.memoryUsage().rss;
    const header = { a: { dtype: 'F64', shape: [2 ** 33], data_offsets: [0, 2 ** 36] } };
    expect(exitCodeOf(await failureOf(saved(safetensorsBytes(header, 8))))).toBe(65);
    const long = Buffer.alloc(16);
    long.writeBigUInt64LE(99_999_999n);
    expect(exitCodeOf(await failureOf(saved(long)))).toBe(65);
    expect(process.memoryUsage().rss - before).toBeLessThan(50e6);
  });
});

test("Python's safetensors wrote this file", async () => {
  const tensors = await readAll(join(import.meta.dirname, '../golden/safetensors.safetensors'));
  expect([...tensors.keys()].sort()).toEqual(samples.map(([dtype]) => dtype).sort());
  for (const [dtype, data, shape] of samples) {
    const tensor = tensors.get(dtype);
    expect([tensor?.dtype, tensor?.shape]).toEqual([dtype, shape]);
    expect(bitsOf(tensor)).toEqual(Buffer.from(data.buffer));
  }
  release(tensors.values());
});
