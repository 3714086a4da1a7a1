// A part on the disk: the tokens of one group, a file for each split, and a JSON file that says they are whole.
// The files are on the disk before the record is: a power cut leaves whole parts, and others that do not count.

import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { exists, writeAll, writeFileAtomic } from '../run/atomic.ts';
import { splitNames } from '../data/tokens.ts';
import type { Split } from '../data/tokens.ts';
import type { TokenArray } from '../tokenizers/tokenizer.ts';
import type { FaultTally } from './faults.ts';
import type { Part } from './work.ts';

const stream = z.object({ tokens: z.int().min(0), documents: z.int().min(0) });
const partSchema = z.object({
  group: z.int().min(0),
  streams: z.object({ train: stream, val: stream }),
  textBytes: z.int().min(0),
  faults: z.object({
    counts: z.record(z.string(), z.int()),
    shown: z.array(z.object({ place: z.string(), kind: z.string(), detail: z.string() })),
  }),
}) satisfies z.ZodType<Part>;

const nameOf = (group: number): string => String(group).padStart(6, '0');

/** A part's file of ids. */
export function partFile(folder: string, group: number, split: Split): string {
  return join(folder, `${nameOf(group)}-${split}.bin`);
}

/** A part's file of documents: row and length in tokens, 32 bits each. */
export function rowsFile(folder: string, group: number, split: Split): string {
  return join(folder, `${nameOf(group)}-${split}.rows`);
}

function recordFile(folder: string, group: number): string {
  return join(folder, `${nameOf(group)}.json`);
}

/** The part of a group, or null where it is not there whole. */
export async function readPart(folder: string, group: number): Promise<Part | null> {
  const path = recordFile(folder, group);
  if (!(await exists(path))) return null;
  try {
    return partSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return null; // cut off by a power cut: made again
  }
}

/** Removes a part; one that is not there is no error. */
export async function removePart(folder: string, group: number): Promise<void> {
  await rm(recordFile(folder, group), { force: true }); // first: without it the rest does not count
  for (const split of splitNames) {
    await rm(partFile(folder, group, split), { force: true });
    await rm(rowsFile(folder, group, split), { force: true });
  }
}

export interface PartWriter {
  append(split: Split, ids: TokenArray, ends: Uint32Array, rows: Uint32Array): Promise<void>;
  /** Makes the part count. */
  finish(told: { textBytes: number; faults: FaultTally }): Promise<Part>;
  /** Closes the files of a part that will not be finished. */
  discard(): Promise<void>;
}

/** Begins the part of a group, over whatever was left of an earlier try. */
export async function createPart(
  folder: string,
  group: number,
  { bytesPerToken, keepRows }: { bytesPerToken: 2 | 4; keepRows: boolean },
): Promise<PartWriter> {
  const openStream = async (split: Split) => ({
    ids: await open(partFile(folder, group, split), 'w'),
    rows: keepRows ? await open(rowsFile(folder, group, split), 'w') : null,
    tokens: 0,
    documents: 0,
  });
  const streams = { train: await openStream('train'), val: await openStream('val') };
  const close = async (): Promise<void> => {
    for (const split of splitNames) {
      await streams[split].ids.close();
      await streams[split].rows?.close();
    }
  };
  return {
    async append(split, ids, ends, rows) {
      const stream = streams[split];
      const bytes = bytesOf(bytesPerToken === ids.BYTES_PER_ELEMENT ? ids : Uint32Array.from(ids));
      await writeAll(stream.ids, bytes);
      if (stream.rows !== null) await writeAll(stream.rows, bytesOf(withLengths(rows, ends)));
      stream.tokens += ids.length;
      stream.documents += ends.length;
    },
    async finish({ textBytes, faults }) {
      for (const split of splitNames) {
        await streams[split].ids.sync();
        await streams[split].rows?.sync();
      }
      await close();
      const told = ({ tokens, documents }: (typeof streams)['train']): Part['streams']['train'] => ({
        tokens,
        documents,
      });
      const part = {
        group,
        streams: { train: told(streams.train), val: told(streams.val) },
        textBytes,
        faults,
      };
      await writeFileAtomic(recordFile(folder, group), JSON.stringify(part));
      return part;
    },
    discard: close,
  };
}

/** Row and length of each document, one after the other. */
function withLengths(rows: Uint32Array, ends: Uint32Array): Uint32Array {
  const pairs = new Uint32Array(2 * rows.length);
  for (const [index, end] of ends.entries()) {
    pairs[2 * index] = rows[index] ?? 0;
    pairs[2 * index + 1] = end - (index === 0 ? 0 : (ends[index - 1] ?? 0));
  }
  return pairs;
}

function bytesOf(array: TokenArray): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
