// What one file of token ids is: nanoGPT's raw ids, or the headers of llm.c, lit-gpt and NumPy. Reads headers, no ids.
// After llm.c's dev/data/data_common.py, lit-gpt's packed_dataset.py and NumPy's format.py (NEP 1), none of it copied.

import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { failure, systemCode } from '../run/failure.ts';

export const tokenFormats = ['raw', 'llm.c', 'lit-gpt', 'numpy'] as const;
export type TokenFormat = (typeof tokenFormats)[number];

export const tokenDtypes = ['uint16', 'uint32', 'int32', 'int64'] as const;
export type TokenDtype = (typeof tokenDtypes)[number];

/** Bytes of one id. */
export const bytesOf: Readonly<Record<TokenDtype, 2 | 4 | 8>> = { uint16: 2, uint32: 4, int32: 4, int64: 8 };

export interface TokenLayout {
  format: TokenFormat;
  dtype: TokenDtype;
  bytesPerToken: 2 | 4 | 8;
  /** Where the first id lies, in bytes; from there to the end of the file there is nothing but ids. */
  dataOffset: number;
  tokens: number;
}

/** Bytes of llm.c's header: 256 little-endian int32. */
export const llmcHeaderBytes = 1024;

/** llm.c's magic numbers, with the version and the dtype that go with each. */
export const llmcHeaders = [
  { magic: 20240520, version: 1, dtype: 'uint16' },
  { magic: 20240801, version: 7, dtype: 'uint32' },
] as const;

const numpyMagic = Buffer.from('\x93NUMPY', 'latin1');
const numpyDtypes: Readonly<Record<string, TokenDtype>> = {
  '<u2': 'uint16',
  '<u4': 'uint32',
  '<i4': 'int32',
  '<i8': 'int64',
};
/** Longest header that is read; that of a plain array has 118 bytes, and NumPy itself stops at 10,000. */
const longestNumpyHeader = 10_000;

const lfsPointer = Buffer.from('version https://git-lfs.github.com/spec/');

const litgptMagic = Buffer.from('LITPKDS');
const litgptHeaderBytes = 24;
/** lit-gpt's dtype codes that hold ids. */
const litgptDtypes: Readonly<Record<number, TokenDtype>> = { 4: 'int32', 5: 'int64', 8: 'uint16' };

/**
 * Recognises a file by its first bytes; what has no header is raw.
 *
 * @param rawDtype  of raw ids, which do not say what they are
 * @param format    what it must be; by default whatever it is. Raw ids are not looked at for a header
 * @throws Error  with exit code 65 when there is no such file, when it is empty, of another format, or not what its header says
 */
export async function describeTokens(
  path: string,
  options: { rawDtype?: TokenDtype; format?: TokenFormat } = {},
): Promise<TokenLayout> {
  const handle = await openTokenFile(path);
  try {
    const { size } = await handle.stat();
    return await layoutOf(handle, path, size, options);
  } finally {
    await handle.close();
  }
}

/** Opens a file of ids for reading. @throws Error  with exit code 65 when that is impossible */
export async function openTokenFile(path: string): Promise<FileHandle> {
  return open(path, 'r').catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
}

/** What to tell of a file that cannot be opened. */
export function unreadable(path: string, cause: unknown): Error {
  const found = systemCode(cause) === 'ENOENT' ? 'no file' : 'a file that cannot be read';
  return failure('data', `${path}: expected token ids, found ${found}; run \`inheritune prepare\``, {
    cause,
  });
}

/** As describeTokens, of an open file of `size` bytes. */
export async function layoutOf(
  handle: FileHandle,
  path: string,
  size: number,
  { rawDtype = 'uint16', format }: { rawDtype?: TokenDtype; format?: TokenFormat } = {},
): Promise<TokenLayout> {
  const start = Buffer.alloc(Math.min(size, llmcHeaderBytes));
  const { bytesRead } = await handle.read(start, 0, start.length, 0);
  const head = start.subarray(0, bytesRead);
  if (startsWith(head, lfsPointer))
    throw failure(
      'data',
      `${path}: expected token ids, found a Git LFS pointer to them; run \`git lfs pull\``,
    );
  if (format === 'raw') return checkSize(path, size, { format, dtype: rawDtype, dataOffset: 0 });
  const found = recognise(head);
  if (format !== undefined && found !== format)
    throw failure(
      'data',
      `${path}: expected a header of ${format}, found ${nameOf(found)}; name the right layout`,
    );
  switch (found) {
    case 'raw':
      return checkSize(path, size, { format: 'raw', dtype: rawDtype, dataOffset: 0 });
    case 'llm.c':
      return llmcLayout(path, size, head);
    case 'lit-gpt':
      return litgptLayout(path, size, head);
    case 'numpy':
      return numpyLayout(handle, path, size, head);
  }
}

/** Which format the first bytes of a file are of. */
function recognise(head: Buffer): TokenFormat {
  if (startsWith(head, numpyMagic)) return 'numpy';
  if (startsWith(head, litgptMagic)) return 'lit-gpt';
  const magic = head.length >= 8 ? head.readInt32LE(0) : 0;
  return llmcHeaders.some((header) => header.magic === magic) ? 'llm.c' : 'raw';
}

function startsWith(head: Buffer, magic: Buffer): boolean {
  return head.subarray(0, magic.length).equals(magic);
}

function nameOf(format: TokenFormat): string {
  return format === 'raw' ? 'none' : `one of ${format}`;
}

function llmcLayout(path: string, size: number, head: Buffer): TokenLayout {
  const [magic, version] = [head.readInt32LE(0), head.readInt32LE(4)];
  const known = llmcHeaders.find((header) => header.magic === magic && header.version === version);
  if (!known)
    throw broken(
      path,
      `llm.c header: expected ${llmcHeaders.map((h) => `version ${h.version} with magic ${h.magic}`).join(' or ')}, found version ${version} with ${magic}`,
    );
  if (head.length < llmcHeaderBytes)
    throw broken(path, `llm.c header: expected ${llmcHeaderBytes} bytes, found ${head.length}`);
  return checkSize(path, size, {
    format: 'llm.c',
    dtype: known.dtype,
    dataOffset: llmcHeaderBytes,
    tokens: head.readInt32LE(8),
  });
}

/** Magic, version (8 bytes), dtype code (1), ids in the chunk (8). The last chunk of a file set is filled up with separators. */
function litgptLayout(path: string, size: number, head: Buffer): TokenLayout {
  if (head.length < litgptHeaderBytes)
    throw broken(path, `lit-gpt header: expected ${litgptHeaderBytes} bytes, found ${head.length}`);
  const version = head.readBigUInt64LE(7);
  if (version !== 1n) throw broken(path, `lit-gpt header: expected version 1, found ${version}`);
  const code = head.readUInt8(15);
  const dtype = litgptDtypes[code];
  if (!dtype)
    throw broken(path, `lit-gpt header: expected dtype 8 (uint16), 4 (int32) or 5 (int64), found ${code}`);
  return checkSize(path, size, {
    format: 'lit-gpt',
    dtype,
    dataOffset: litgptHeaderBytes,
    tokens: Number(head.readBigUInt64LE(16)),
  });
}

async function numpyLayout(
  handle: FileHandle,
  path: string,
  size: number,
  head: Buffer,
): Promise<TokenLayout> {
  if (head.length < 12) throw broken(path, `NumPy header: expected 12 bytes or more, found ${head.length}`);
  const version = head.readUInt8(6);
  if (version < 1 || version > 3)
    throw broken(path, `NumPy header: expected version 1, 2 or 3, found ${version}`);
  const start = version === 1 ? 10 : 12;
  const length = version === 1 ? head.readUInt16LE(8) : head.readUInt32LE(8);
  if (length > longestNumpyHeader || start + length > size)
    throw broken(
      path,
      `NumPy header: expected ${Math.min(longestNumpyHeader, size - start)} bytes at most, found ${length}`,
    );
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await handle.read(bytes, 0, length, start);
  const text = bytes.toString('latin1', 0, bytesRead).trim();
  const { descr, fortran, shape } =
    /^\{(?=.*'descr': *'(?<descr>[^']*)')(?=.*'fortran_order': *(?<fortran>True|False))(?=.*'shape': *\((?<shape>[\d, ]*)\)).*\}$/.exec(
      text,
    )?.groups ?? {};
  if (descr === undefined || shape === undefined)
    throw broken(
      path,
      `NumPy header: expected descr, fortran_order and shape, found ${JSON.stringify(text.slice(0, 60))}`,
    );
  const dtype = numpyDtypes[descr];
  if (!dtype)
    throw broken(path, `NumPy array: expected ids of ${Object.keys(numpyDtypes).join(', ')}, found ${descr}`);
  const [, count] = /^(\d{1,16}), *$/.exec(shape.trim()) ?? [];
  if (count === undefined || fortran !== 'False')
    throw broken(
      path,
      `NumPy array: expected one dimension in C order, found shape (${shape})${fortran === 'True' ? ' in Fortran order' : ''}`,
    );
  return checkSize(path, size, { format: 'numpy', dtype, dataOffset: start + length, tokens: Number(count) });
}

/** A layout whose ids fill the rest of the file exactly. Raw files have as many as fit. */
function checkSize(
  path: string,
  size: number,
  found: Omit<TokenLayout, 'tokens' | 'bytesPerToken'> & { tokens?: number },
): TokenLayout {
  const { format, dtype, dataOffset } = found;
  const bytesPerToken = bytesOf[dtype];
  const bytes = size - dataOffset;
  if (bytes <= 0 || bytes % bytesPerToken !== 0)
    throw broken(path, `expected ids of ${bytesPerToken} bytes, found ${bytes} bytes`);
  const tokens = found.tokens ?? bytes / bytesPerToken;
  if (tokens * bytesPerToken !== bytes)
    throw broken(path, `expected ${tokens} ids as its header says, found ${bytes / bytesPerToken}`);
  return { format, dtype, bytesPerToken, dataOffset, tokens };
}

function broken(path: string, what: string): Error {
  return failure('data', `${path}: ${what}; the file is damaged or no file of token ids: make it again`);
}
