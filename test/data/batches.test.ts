import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { batchOf, readBatch, readWindows } from '../../src/data/batches.ts';
import { openTokens } from '../../src/data/tokens.ts';
import { liveTensors, scope } from '../../src/torch/scope.ts';

const folder = mkdtempSync(join(tmpdir(), 'inheritune-batches-'));
const path = join(folder, 'train.bin');
let before = 0;
beforeAll(() => {
  writeFileSync(
    path,
    Uint16Array.from({ length: 100 }, (_, i) => i * 600),
  );
  before = liveTensors();
});
afterEach(() => expect(liveTensors()).toBe(before));
afterAll(() => rmSync(folder, { recursive: true }));

test('inputs are the ids from each start, targets the ids one later, both int64', async () => {
  const file = await openTokens(path);
  const { inputs, targets } = await readBatch(file, [0, 96, 7], 3);
  expect([inputs.shape, inputs.dtype, inputs.device, targets.shape]).toEqual([
    [3, 3],
    'int64',
    'cpu',
    [3, 3],
  ]);
  const expected = [0, 1, 2, 96, 97, 98, 7, 8, 9];
  expect(Array.from(inputs.data(), Number)).toEqual(expected.map((i) => i * 600));
  expect(Array.from(targets.data(), Number)).toEqual(expected.map((i) => (i + 1) * 600));
  inputs.release();
  targets.release();
  await file.close();
});

test('ids of 32 bits keep all their bits', async () => {
  const wide = join(folder, 'wide.bin');
  writeFileSync(wide, Uint32Array.of(1, 2_000_000_000, 3));
  const file = await openTokens(wide, { bytesPerToken: 4 });
  const windows = await readWindows(file, [0], 2);
  expect([...windows.inputs]).toEqual([1n, 2_000_000_000n]);
  scope(() => expect(Array.from(batchOf(windows).targets.data(), Number)).toEqual([2_000_000_000, 3]));
  await file.close();
});

test('an id that is not below vocab is an error with file and place, and no tensor is left', async () => {
  const file = await openTokens(path, { vocab: 58_800 });
  await expect(readBatch(file, [0, 90], 8)).rejects.toThrow(
    `${path}: expected ids below 58800, found 58800 at token 98`,
  );
  await expect(readBatch(file, [0, 90], 8)).rejects.toMatchObject({ exitCode: 65 });
  await file.close();
});

test('a window that leaves the file is a RangeError', async () => {
  const file = await openTokens(path);
  await expect(readBatch(file, [97], 3)).rejects.toThrow(RangeError);
  await file.close();
});
