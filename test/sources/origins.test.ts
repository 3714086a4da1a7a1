import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hashFile, sameOrigins } from '../../src/sources/origins.ts';

test('the same files at other times are the same text; another hash, order or number is another', () => {
  const a = { path: 'a.txt', bytes: 3, mtimeMs: 1, sha256: 'x' };
  const b = { path: 'b.txt', bytes: 3, mtimeMs: 1, sha256: 'y' };
  expect(sameOrigins([a, b], [{ sha256: 'x', bytes: 3, path: 'a.txt', mtimeMs: 2 }, b])).toBe(true);
  expect(sameOrigins([a, b], [b, a])).toBe(false);
  expect(sameOrigins([a, b], [a])).toBe(false);
  expect(sameOrigins([a, b], [a, { ...b, sha256: 'z' }])).toBe(false);
});

test('hashFile is SHA-256', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'inheritune-origins-'));
  const bytes = new Uint8Array(3_000_000).map((_, i) => i * 31);
  writeFileSync(join(folder, 'file'), bytes);
  expect(await hashFile(join(folder, 'file'))).toBe(createHash('sha256').update(bytes).digest('hex'));
  rmSync(folder, { recursive: true });
});
