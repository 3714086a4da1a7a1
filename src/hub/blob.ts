// One file of the hub into the cache's blobs: pieces at once, resumed where they were cut, named when the hash is right.

import { createHash } from 'node:crypto';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { exists, makeFolder, syncPath } from '../run/atomic.ts';
import { failure } from '../run/failure.ts';
import { lockFile } from '../run/host.ts';
import type { Lock } from '../run/host.ts';
import { HubTrouble, troubleOfStatus } from './http.ts';
import type { HubAnswer, HubConnection } from './http.ts';
import type { ModelCache } from './cache.ts';
import { refusal } from './listing.ts';
import type { HubFile } from './listing.ts';
import type { HubModel } from './names.ts';
import { inParallel, patiently } from './patience.ts';
import { openPieces, removePieces } from './pieces.ts';
import type { Piece, PieceFile } from './pieces.ts';

/** What a blob comes from and goes to. */
export interface BlobJob {
  hub: HubConnection;
  model: HubModel;
  /** The commit that the file is of. */
  commit: string;
  file: HubFile;
  cache: ModelCache;
  /** Told of bytes as they arrive, and of those that have to come again as negative. */
  onBytes: (bytes: number) => void;
  /** Told once when another process is fetching the same. */
  onWait: () => void;
}

/** Where a half-fetched blob lies. Python's `.incomplete` files are another thing: they are whole up to their length. */
export function partialPath({ blobs }: ModelCache, { hash }: HubFile): string {
  return join(blobs, `${hash}.inheritune-part`);
}

/**
 * Fetches a file unless its blob is there already.
 *
 * @returns the blob's path
 * @throws Error  with exit code 69 when the network, or what it brings, does not get right; 65 when the file is not to be had
 */
export async function fetchBlob(job: BlobJob): Promise<string> {
  const { file, cache } = job;
  const path = join(cache.blobs, file.hash);
  if (await exists(path)) return path;
  await makeFolder(cache.blobs);
  await makeFolder(cache.locks);
  const lock = await waitForLock(join(cache.locks, `${file.hash}.lock`), job.onWait);
  try {
    if (await exists(path)) return path; // somebody else was at it
    for (const isLast of [false, true]) {
      const partial = await fetchPieces(job);
      const found = await hashOf(partial, file);
      if (found === file.hash) {
        await rename(partial, path);
        await removePieces(partial); // its journal
        await syncPath(cache.blobs);
        return path;
      }
      await removePieces(partial); // begun anew, once: a power cut may have lost pieces that the journal has
      if (isLast)
        throw failure(
          'network',
          `${job.model.repo}: ${file.name}: expected ${file.kind} ${file.hash}, fetched ${found}, twice; something on the way changes it`,
        );
      job.onBytes(-file.bytes);
    }
    throw new Error('not reached');
  } finally {
    lock.release();
  }
}

async function waitForLock(path: string, onWait: () => void): Promise<Lock> {
  for (let isFirst = true; ; isFirst = false) {
    const lock = lockFile(path);
    if ('release' in lock) return lock;
    if (isFirst) onWait();
    await sleep(200);
  }
}

/** All pieces into the partial file, synced. */
async function fetchPieces(job: BlobJob): Promise<string> {
  const { file, cache, hub } = job;
  const { pieceBytes, connections } = hub.settings.timing;
  const pieces = await openPieces(partialPath(cache, file), file.bytes, pieceBytes);
  try {
    const source = { url: resolveUrl(job), takesRanges: true };
    const [first, ...rest] = pieces.missing;
    // The first piece tells where the redirects lead, and whether the server takes ranges at all.
    if (first) await fetchPiece(job, pieces, first, source);
    if (source.takesRanges)
      await inParallel(rest, connections, (piece, signal) => fetchPiece(job, pieces, piece, source, signal));
    await pieces.file.sync();
  } finally {
    await pieces.close();
  }
  return pieces.path;
}

/** Where a file is read: the hub's address, then what it redirects to. */
interface Source {
  url: string;
  takesRanges: boolean;
}

async function fetchPiece(
  job: BlobJob,
  pieces: PieceFile,
  piece: Piece,
  source: Source,
  signal?: AbortSignal,
): Promise<void> {
  const { hub, file, model } = job;
  let at = piece.begin;
  let mark = at; // so many bytes further than ever before are progress; a trickle of them is not
  let isWhole = false;
  await patiently(
    hub.settings.timing,
    `${model.repo}: ${file.name}`,
    async (progressed) => {
      if (isWhole) at = piece.begin; // from a server without ranges: all over again
      const headers = { range: `bytes=${at}-${piece.end - 1}` };
      const answer = await hub.get(source.url, signal ? { headers, signal } : { headers });
      isWhole = checkAnswer(answer, at, piece, source, job);
      if (isWhole) at = 0;
      else source.url = answer.url;
      const end = isWhole ? file.bytes : piece.end;
      for await (const bytes of answer.body) {
        if (at + bytes.length > end)
          throw new HubTrouble(`${new URL(answer.url).host}: sends more than was asked for`);
        await writeAt(pieces, bytes, at);
        at += bytes.length;
        job.onBytes(bytes.length);
        if (at - mark >= hub.settings.timing.stallBytes) {
          progressed();
          mark = at;
        }
      }
      if (at < end) throw new HubTrouble(`${new URL(answer.url).host}: cut after ${at} of ${end} bytes`);
      if (isWhole) for (const each of pieces.missing) await pieces.done(each);
      else await pieces.done(piece);
    },
    signal,
  );
}

/** Whether the answer is the whole file, from a server without ranges. @throws HubTrouble  for what may be mended */
function checkAnswer(answer: HubAnswer, at: number, piece: Piece, source: Source, job: BlobJob): boolean {
  const { status, headers } = answer;
  const { hub, file, model } = job;
  const host = new URL(answer.url).host;
  const again = (problem: string): HubTrouble => {
    answer.discard();
    const isMoved = source.url !== resolveUrl(job);
    source.url = resolveUrl(job); // a signed address may have run out: ask the hub for a new one
    return new HubTrouble(`${host}: ${problem}`, isMoved ? { waitMs: 0 } : {});
  };
  if (headers['content-encoding'] !== undefined && headers['content-encoding'] !== 'identity')
    throw again('sends it packed, which was not asked for');
  if (status === 206) {
    const expected = `bytes ${at}-${piece.end - 1}/${file.bytes}`;
    if (headers['content-range'] === expected) return false;
    throw again(`expected ${expected}, found ${String(headers['content-range']).slice(0, 80)}`);
  }
  if (status === 200) {
    const { 'content-length': length } = headers;
    if (length !== undefined && length !== String(file.bytes))
      throw again(`expected ${file.bytes} bytes, found ${String(length)}`);
    if (piece.begin > 0) throw again('takes ranges at one time, and at another not');
    source.takesRanges = file.bytes === piece.end;
    return true;
  }
  const trouble = troubleOfStatus(answer);
  if (trouble || source.url !== resolveUrl(job)) {
    answer.discard();
    source.url = resolveUrl(job);
    throw trouble ?? new HubTrouble(`${host}: status ${status}`);
  }
  answer.discard();
  throw refusal(answer, model, hub);
}

function resolveUrl({ hub, model, commit, file }: BlobJob): string {
  const name = file.name.split('/').map(encodeURIComponent).join('/');
  return `${hub.settings.endpoint}/${model.repo}/resolve/${commit}/${name}`;
}

async function writeAt({ file }: PieceFile, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; )
    done += (await file.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
}

/** sha256 of the bytes, or the id that git gives them. */
async function hashOf(path: string, { kind, bytes }: HubFile): Promise<string> {
  const hash = createHash(kind === 'git' ? 'sha1' : 'sha256');
  if (kind === 'git') hash.update(`blob ${bytes}\0`);
  const file = await open(path, 'r');
  for await (const part of file.createReadStream({ highWaterMark: 4 << 20 })) hash.update(part as Buffer); // closes it
  return hash.digest('hex');
}
