// Any number of files of ids as one stream that is read by position. Keeps few of them open; knows no tokens.json.
// Read with pread, never mapped: a mapped file that somebody truncates kills the process.

import { fstatSync, read } from 'node:fs';
import { failure } from '../run/failure.ts';
import type { TokenArray } from '../tokenizers/tokenizer.ts';
import { openFiles } from './open-files.ts';
import { layoutOf, openTokenFile } from './token-formats.ts';
import type { TokenDtype, TokenFormat, TokenLayout } from './token-formats.ts';
import type { TokenFile } from './tokens.ts';

/** A file of ids, and what it must be. */
export interface ShardSource {
  path: string;
  /** By default as many as it has. */
  tokens?: number;
  /** By default raw. */
  format?: TokenFormat;
  /** By default uint16. */
  dtype?: TokenDtype;
  /** Every id read must be below it; by default any id passes. */
  vocab?: number;
}

/** A shard as it was when the stream was opened. */
interface Shard {
  path: string;
  layout: TokenLayout;
  vocab: number;
  /** Its first token in the stream. */
  start: number;
  size: bigint;
  mtimeNs: bigint;
  ino: bigint;
}

/** Files of one stream held open. Node raises its own limit at start to the most that the system allows. */
const defaultDescriptors = 512;

/**
 * Opens shards as one stream: a window may begin in one and end in the next.
 *
 * Every file is looked at once now, its size and header checked; a file is opened again when it is read, and must then be
 * the one that was looked at.
 *
 * @param sources      files in order
 * @param path         name of the whole, for messages
 * @param descriptors  files held open at once
 * @throws Error  with exit code 65 when one is not there, empty, damaged or of another length
 */
export async function openShards(
  sources: readonly ShardSource[],
  { path, descriptors = defaultDescriptors }: { path: string; descriptors?: number },
): Promise<TokenFile> {
  const shards: Shard[] = [];
  let length = 0;
  for (const source of sources) {
    const shard = await inspect(source, length);
    shards.push(shard);
    length += shard.layout.tokens;
  }
  const files = openFiles<Shard>(descriptors);
  return {
    path,
    length,
    async read(start, count) {
      if (
        !Number.isSafeInteger(start) ||
        !Number.isSafeInteger(count) ||
        start < 0 ||
        count < 0 ||
        start + count > length
      )
        throw new RangeError(
          `${path}: tokens ${start} to ${start + count} asked for, the file has ${length}`,
        );
      const parts = partsOf(shards, start, count);
      const read = parts.map(({ shard, first, tokens }) =>
        files.use(shard, (descriptor) => readIds(descriptor, shard, first, tokens)),
      );
      const [only, ...others] = await Promise.all(read);
      if (only && others.length === 0) return only;
      return joined([...(only ? [only] : []), ...others]);
    },
    close: () => files.close(),
  };
}

async function inspect(
  { path, tokens, format = 'raw', dtype = 'uint16', vocab = Infinity }: ShardSource,
  start: number,
): Promise<Shard> {
  const handle = await openTokenFile(path);
  try {
    const { size, mtimeNs, ino } = await handle.stat({ bigint: true });
    const layout = await layoutOf(handle, path, Number(size), { format, rawDtype: dtype });
    if (layout.dtype !== dtype)
      throw failure(
        'data',
        `${path}: expected ids of ${dtype}, found ${layout.dtype}; run \`inheritune prepare\` again`,
      );
    if (tokens !== undefined && tokens !== layout.tokens)
      throw failure(
        'data',
        `${path}: expected ${tokens} tokens as tokens.json says, found ${layout.tokens}; run \`inheritune prepare\` again`,
      );
    return { path, layout, vocab, start, size, mtimeNs, ino };
  } finally {
    await handle.close();
  }
}

interface Part {
  shard: Shard;
  /** First token inside the shard. */
  first: number;
  tokens: number;
}

/** The pieces of shards that a range of the stream is made of. */
function partsOf(shards: readonly Shard[], start: number, count: number): Part[] {
  const parts: Part[] = [];
  let low = 0;
  let high = shards.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((shards[middle]?.start ?? 0) <= start) low = middle;
    else high = middle - 1;
  }
  let place = start;
  for (let index = low; place < start + count || parts.length === 0; index++) {
    const shard = shards[index];
    if (!shard) break;
    const first = place - shard.start;
    const tokens = Math.min(start + count - place, shard.layout.tokens - first);
    parts.push({ shard, first, tokens });
    place += tokens;
  }
  return parts;
}

async function readIds(descriptor: number, shard: Shard, first: number, count: number): Promise<TokenArray> {
  const { bytesPerToken, dataOffset } = shard.layout;
  const bytes = new Uint8Array(count * bytesPerToken);
  await readFully(descriptor, bytes, dataOffset + first * bytesPerToken);
  checkUnchanged(descriptor, shard, first);
  return idsOf(bytes, shard, first);
}

/** Fills `bytes`, or as much of them as the file has: it may be shorter than when it was opened, which checkUnchanged tells. */
function readFully(descriptor: number, bytes: Uint8Array, position: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const readRest = (done: number): void =>
      read(descriptor, bytes, done, bytes.length - done, position + done, (error, count) => {
        if (error) reject(error);
        else if (count === 0 || done + count === bytes.length) resolve();
        else readRest(done + count);
      });
    if (bytes.length === 0) resolve();
    else readRest(0);
  });
}

/**
 * The ids in the bytes of a shard, each checked.
 *
 * @param bytes  whole ids, at the start of a buffer of their own
 * @param first  number of the first in the shard, for messages
 * @throws Error  with exit code 65 when an id is not below vocab
 */
export function idsOf(
  bytes: Uint8Array<ArrayBuffer>,
  { path, layout, vocab }: { path: string; layout: TokenLayout; vocab: number },
  first: number,
): TokenArray {
  const { bytesPerToken, dtype } = layout;
  const place = { path, first, limit: dtype.startsWith('int') ? Math.min(vocab, 2 ** 31) : vocab };
  const count = bytes.length / bytesPerToken;
  const ids =
    bytesPerToken === 8
      ? narrowed(new Uint32Array(bytes.buffer, 0, 2 * count), place)
      : bytesPerToken === 2
        ? new Uint16Array(bytes.buffer, 0, count)
        : new Uint32Array(bytes.buffer, 0, count);
  checkIds(ids, place);
  return ids;
}

/** By fstat of the open file, which takes 2 µs: to wait for the event loop would take longer. */
function checkUnchanged(descriptor: number, { path, size, mtimeNs, ino }: Shard, token: number): void {
  const now = fstatSync(descriptor, { bigint: true });
  if (now.size !== size || now.mtimeNs !== mtimeNs || now.ino !== ino)
    throw failure(
      'data',
      `${path}: changed while it was being read, at token ${token} (${size} bytes when opened, ${now.size} now); start again`,
    );
}

interface Place {
  path: string;
  first: number;
  /** Every id must be below it. */
  limit: number;
}

/** The low halves of 64-bit ids. */
function narrowed(halves: Uint32Array, place: Place): Uint32Array {
  const ids = new Uint32Array(halves.length / 2);
  for (let i = 0; i < ids.length; i++) {
    if (halves[2 * i + 1] !== 0)
      throw wrongId(place, i, `${(BigInt(halves[2 * i + 1] ?? 0) << 32n) | BigInt(halves[2 * i] ?? 0)}`);
    ids[i] = halves[2 * i] ?? 0;
  }
  return ids;
}

function checkIds(ids: TokenArray, place: Place): void {
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i] ?? 0;
    if (id >= place.limit) throw wrongId(place, i, String(id));
  }
}

function wrongId({ path, first, limit }: Place, index: number, id: string): Error {
  return failure(
    'data',
    `${path}: expected ids below ${limit}, found ${id} at token ${first + index}; the file is damaged or of another tokenizer`,
  );
}

function joined(parts: readonly TokenArray[]): TokenArray {
  const count = parts.reduce((sum, { length }) => sum + length, 0);
  const ids = parts.every((part) => part instanceof Uint16Array)
    ? new Uint16Array(count)
    : new Uint32Array(count);
  let filled = 0;
  for (const part of parts) {
    ids.set(part, filled);
    filled += part.length;
  }
  return ids;
}
