import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { manifestBytes, verifyManifest, writeManifest } from '../../src/run/manifest.ts';

let folder = '';
const manifestPath = (): string => join(folder, 'MANIFEST.json');

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'inheritune-manifest-'));
  mkdirSync(join(folder, 'model'));
  writeFileSync(join(folder, 'model', 'config.json'), '{}');
  writeFileSync(join(folder, 'model', 'weights'), new Uint8Array(3_000_000).fill(7));
  writeFileSync(join(folder, 'state.json'), 'abc');
  writeFileSync(join(folder, 'empty'), '');
  await writeManifest(folder, { step: 12, note: { threads: 2, '1': 'first' } });
});
afterEach(() => rmSync(folder, { recursive: true }));

async function reason(options?: { hashes?: boolean }): Promise<string> {
  const verdict = await verifyManifest(folder, options);
  return verdict.ok ? 'whole' : verdict.reason;
}

/** Changes one byte of a file and keeps its size. */
function flip(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}

test('lists every file with size and hash, in a fixed order, and what the writer added', async () => {
  const verdict = await verifyManifest(folder);
  if (!verdict.ok) throw new Error(verdict.reason);
  const { manifest } = verdict;
  expect(manifest.step).toBe(12);
  expect(manifest.note).toEqual({ threads: 2, '1': 'first' });
  expect(manifest.files.map(({ name, bytes }) => [name, bytes])).toEqual([
    ['empty', 0],
    ['model/config.json', 2],
    ['model/weights', 3_000_000],
    ['state.json', 3],
  ]);
  // printf abc | sha256sum
  expect(manifest.files[3]?.sha256).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  expect(manifestBytes(manifest)).toBe(3_000_005);
});

test('equal folders have equal manifests', async () => {
  const before = readFileSync(manifestPath());
  rmSync(manifestPath());
  await writeManifest(folder, { step: 12, note: { threads: 2, '1': 'first' } });
  expect(readFileSync(manifestPath())).toEqual(before);
});

describe('refuses', () => {
  const cases: [string, () => void, RegExp][] = [
    ['a missing file', () => rmSync(join(folder, 'state.json')), /^state\.json: missing$/],
    [
      'an extra file',
      () => writeFileSync(join(folder, 'model', 'more'), ''),
      /^model\/more: not in MANIFEST\.json$/,
    ],
    [
      'a wrong size',
      () => truncateSync(join(folder, 'model', 'weights'), 2_999_999),
      /^model\/weights: expected 3000000 bytes, found 2999999$/,
    ],
    [
      'a flipped bit',
      () => flip(join(folder, 'model', 'weights'), 2_500_000),
      /^model\/weights: expected sha256 [0-9a-f]{12}\.\.\., found [0-9a-f]{12}\.\.\.$/,
    ],
    ['no manifest', () => rmSync(manifestPath()), /^no MANIFEST\.json$/],
    ['a cut manifest', () => truncateSync(manifestPath(), 300), /^MANIFEST\.json: damaged or cut off \(300/],
    ['an empty manifest', () => truncateSync(manifestPath(), 0), /^MANIFEST\.json: damaged or cut off \(0/],
    [
      'another step in the manifest',
      () =>
        writeFileSync(
          manifestPath(),
          readFileSync(manifestPath(), 'utf8').replace('"step": 12', '"step": 13'),
        ),
      /^MANIFEST\.json: expected its own sha256/,
    ],
    [
      'another version',
      () => writeFileSync(manifestPath(), '{"version":2,"files":[],"sha256":""}'),
      /^MANIFEST\.json: version/,
    ],
    ['a list', () => writeFileSync(manifestPath(), '[]'), /^MANIFEST\.json: /],
    [
      'a link for a file',
      () => symlinkSync('state.json', join(folder, 'link')),
      /^link: expected a file or folder/,
    ],
    [
      'a folder for the manifest',
      () => {
        rmSync(manifestPath());
        mkdirSync(manifestPath());
      },
      /EISDIR/,
    ],
  ];
  test.each(cases)('%s', async (_, damage, expected) => {
    damage();
    expect(await reason()).toMatch(expected);
  });
});

test('a flipped bit anywhere in the manifest is seen', async () => {
  const { length } = readFileSync(manifestPath());
  for (let at = 0; at < length; at += 1) {
    flip(manifestPath(), at);
    expect(await reason({ hashes: false }), `byte ${at}`).not.toBe('whole');
    flip(manifestPath(), at);
  }
  expect(await reason()).toBe('whole');
});

test('without hashes sizes and names still count', async () => {
  flip(join(folder, 'model', 'weights'), 5);
  expect(await reason({ hashes: false })).toBe('whole');
  rmSync(join(folder, 'empty'));
  expect(await reason({ hashes: false })).toBe('empty: missing');
});

test('a field of its own cannot be given', async () => {
  await expect(writeManifest(folder, { files: [] })).rejects.toThrow(TypeError);
});
