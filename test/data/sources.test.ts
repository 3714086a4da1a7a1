import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { sameOrigins, textFiles } from '../../src/data/sources.ts';
import type { Source } from '../../src/data/sources.ts';

const folder = mkdtempSync(join(tmpdir(), 'inheritune-sources-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string | Uint8Array): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
}

async function texts(source: Source): Promise<string[]> {
  const found: string[] = [];
  for await (const { text } of source.documents()) found.push(text);
  return found;
}

describe('textFiles', () => {
  test('a file is a document, byte order mark, line ends and NUL kept', async () => {
    expect(await texts(textFiles([file('a.txt', '\ufeffone\r\n\0\r\n')]))).toEqual(['\ufeffone\r\n\0\r\n']);
  });

  test('a folder gives its .txt files by name, subfolders too', async () => {
    file('many/b.txt', 'b');
    file('many/a/z.txt', 'z');
    file('many/notes.md', 'no');
    expect(await texts(textFiles([join(folder, 'many')]))).toEqual(['z', 'b']);
  });

  test('separators part documents and belong to none', async () => {
    const path = file('parts.txt', 'one\nline\n\ntwo\r\n \r\n\r\nthree\n---\nfour');
    expect(await texts(textFiles([path], { separator: 'blank-line' }))).toEqual([
      'one\nline',
      'two',
      'three\n---\nfour',
    ]);
    expect(await texts(textFiles([path], { separator: '\\n(-+)\\n' }))).toEqual([
      'one\nline\n\ntwo\r\n \r\n\r\nthree',
      'four',
    ]);
    expect(() => textFiles([path], { separator: '(' })).toThrow(
      'separator: expected file, blank-line or a regular expression, got (',
    );
  });

  test('bytes that are no UTF-8 are named by their offset', async () => {
    const path = file('latin1.txt', Buffer.concat([Buffer.from('é'.repeat(5)), Buffer.of(0xe9, 0x20)]));
    await expect(texts(textFiles([path]))).rejects.toThrow(
      'latin1.txt: expected UTF-8, found another byte at offset 10',
    );
    await expect(texts(textFiles([path]))).rejects.toMatchObject({ exitCode: 65 });
    const cut = file('cut.txt', Buffer.from('a😀').subarray(0, 3));
    await expect(texts(textFiles([cut]))).rejects.toThrow('expected UTF-8');
  });

  test('a path that is none, or a folder without text, is an error with exit code 64', async () => {
    await expect(texts(textFiles([join(folder, 'absent.txt')]))).rejects.toThrow(
      'absent.txt: expected a text file or a folder, found nothing',
    );
    mkdirSync(join(folder, 'bare'));
    await expect(texts(textFiles([join(folder, 'bare')]))).rejects.toMatchObject({ exitCode: 64 });
  });

  test('origins tell another text by its hash, and do not hash a file of known size and time again', async () => {
    const path = file('o.txt', 'one');
    utimesSync(path, 1000, 1000);
    const source = textFiles([path]);
    const first = await source.origins();
    expect(first).toEqual([
      {
        path,
        bytes: 3,
        mtimeMs: 1_000_000,
        sha256: '7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed',
      },
    ]);
    writeFileSync(path, 'two');
    const second = await source.origins(first);
    expect(sameOrigins(first, second)).toBe(false);
    writeFileSync(path, 'one');
    expect(sameOrigins(first, await source.origins(second))).toBe(true); // another time, the same text
    const trusted = await source.origins([{ ...(await source.origins())[0], sha256: 'as recorded' }]);
    expect(trusted[0]?.sha256).toBe('as recorded');
  });
});
