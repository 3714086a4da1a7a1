// Files of torch.save that lie, and pickles that name code: refused in one line, in under a second, and nothing runs.

import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWeightFile } from '../../src/model/weight-files.ts';
import { errorLine, exitCodeOf } from '../../src/run/failure.ts';
import { readGoldenJson } from '../golden.ts';
import { checkLiveTensors } from '../live-tensors.ts';
import { hostileTorchFiles, rightFile } from './hostile-torch-files.ts';
import { torchFileBytes } from './zip-bytes.ts';

checkLiveTensors();

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'inheritune-hostile-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The error of opening a file and reading all of it; null where there is none. */
async function refusal(bytes: Uint8Array): Promise<unknown> {
  const path = join(folder, 'file.bin');
  writeFileSync(path, bytes);
  const start = performance.now();
  try {
    const file = await openWeightFile(path);
    try {
      for (const name of file.entries.keys()) (await file.read(name)).release();
    } finally {
      await file.close();
    }
    return null;
  } catch (error) {
    expect(performance.now() - start).toBeLessThan(1000);
    expect(exitCodeOf(error)).toBe(65);
    expect(errorLine(error)).toMatch(/file\.bin: .{10}/);
    expect(errorLine(error).length).toBeLessThan(600);
    expect(error instanceof Error && error.message.includes('\n')).toBe(false);
    return error;
  }
}

test('the file that is right is read, so the others can fail', async () => {
  expect(await refusal(rightFile)).toBeNull();
});

describe('files that lie', () => {
  test.each([...hostileTorchFiles])('%s', async (_, bytes) => {
    const before = process.memoryUsage().rss;
    expect(await refusal(bytes)).toBeInstanceOf(Error);
    expect(process.memoryUsage().rss - before).toBeLessThan(300e6);
  });
});

describe('pickles that name code', () => {
  const { cases } = readGoldenJson('malicious_pickles') as {
    cases: Record<string, { pickle: string; refused: string }>;
  };
  test.each(Object.entries(cases))('%s', async (_, { pickle, refused }) => {
    expect(errorLine(await refusal(torchFileBytes(Buffer.from(pickle, 'base64'))))).toContain(refused);
    expect(existsSync('pickle-was-run')).toBe(false);
  });
});
