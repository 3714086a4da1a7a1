// Joins parts in the order of their groups, and writes down how far it is, so that a killed job loses no more than the last seconds.
// Written, in this order: tokens, fsync, progress.json; only then the joined parts are removed.

import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { exists, makeFolder, syncPath, writeFileAtomic } from '../run/atomic.ts';
import { splitNames } from '../data/tokens.ts';
import type { Split } from '../data/tokens.ts';
import { addFaults, noFaults } from './faults.ts';
import type { FaultTally } from './faults.ts';
import { rowsFile, partFile, removePart } from './parts.ts';
import { openShardWriter } from './shard-writer.ts';
import type { ShardLayout, ShardWriter } from './shard-writer.ts';
import type { Part } from './work.ts';

export interface JoinSettings {
  /** Where parts lie, and progress.json. */
  folder: string;
  /** What the job is; progress of another one does not count. */
  key: string;
  layouts: Record<Split, ShardLayout>;
  /** Row and length of every document are kept beside the tokens. */
  keepRows: boolean;
  /** The first so many tokens of the training text become validation text. */
  valTokens: number;
}

export interface Joined {
  documents: Record<Split, number>;
  textBytes: number;
  faults: FaultTally;
}

export interface Joiner {
  /** Groups that are joined: the next part is of this number. */
  readonly groups: number;
  readonly joined: Readonly<Joined>;
  readonly writers: Record<Split, ShardWriter>;
  append(part: Part): Promise<void>;
  /** Makes what was joined survive a kill or a power cut. */
  checkpoint(): Promise<void>;
  close(): Promise<void>;
}

const count = z.int().min(0);
const shards = z.array(z.object({ file: z.string(), tokens: count, sha256: z.string().nullable() }));
const progressSchema = z.object({
  key: z.string(),
  groups: count,
  streams: z.record(z.string(), shards),
  documents: z.object({ train: count, val: count }),
  textBytes: count,
  faults: z.object({
    counts: z.record(z.string(), z.int()),
    shown: z.array(z.object({ place: z.string(), kind: z.string(), detail: z.string() })),
  }),
});

const chunkBytes = 1 << 22;
const rowLayout: ShardLayout = { layout: 'raw', bytesPerToken: 4, shardTokens: 0 };

/** How far a job came, or null where nothing of this job is there. */
async function readProgress(folder: string, key: string): Promise<z.infer<typeof progressSchema> | null> {
  const path = join(folder, 'progress.json');
  if (!(await exists(path))) return null;
  const parsed = progressSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
  return parsed.success && parsed.data.key === key ? parsed.data : null;
}

/** Goes on where progress.json says, or begins in an empty folder. */
export async function openJoiner({
  folder,
  key,
  layouts,
  keepRows,
  valTokens,
}: JoinSettings): Promise<Joiner> {
  const before = await readProgress(folder, key);
  if (before === null) {
    await rm(folder, { recursive: true, force: true });
    await makeFolder(folder);
  }
  const writers = {
    train: await openShardWriter(folder, 'train', layouts.train, before?.streams.train),
    val: await openShardWriter(folder, 'val', layouts.val, before?.streams.val),
  };
  const rowWriters = keepRows
    ? {
        train: await openShardWriter(folder, 'train-rows', rowLayout, before?.streams['train-rows']),
        val: await openShardWriter(folder, 'val-rows', rowLayout, before?.streams['val-rows']),
      }
    : null;
  let groups = before?.groups ?? 0;
  let saved = groups;
  const joined: Joined = {
    documents: before?.documents ?? { train: 0, val: 0 },
    textBytes: before?.textBytes ?? 0,
    faults: before?.faults ?? noFaults(),
  };
  const allWriters = [...Object.values(writers), ...Object.values(rowWriters ?? {})];

  const copy = async (path: string, into: ShardWriter): Promise<void> => {
    for await (const bytes of chunksOf(path)) await into.append(bytes);
  };
  const copyTrain = async (path: string): Promise<void> => {
    const { bytesPerToken } = layouts.train;
    for await (const bytes of chunksOf(path)) {
      const cut = Math.min(bytes.length, Math.max(0, valTokens - writers.val.tokens) * bytesPerToken);
      if (cut > 0) await writers.val.append(bytes.subarray(0, cut));
      if (cut < bytes.length) await writers.train.append(bytes.subarray(cut));
    }
  };
  const joiner: Joiner = {
    get groups() {
      return groups;
    },
    joined,
    writers,
    async append(part) {
      for (const split of splitNames) {
        const path = partFile(folder, part.group, split);
        if (split === 'train' && valTokens > 0) await copyTrain(path);
        else await copy(path, writers[split]);
        if (rowWriters !== null) await copy(rowsFile(folder, part.group, split), rowWriters[split]);
        joined.documents[split] += part.streams[split].documents;
      }
      joined.textBytes += part.textBytes;
      addFaults(joined.faults, part.faults);
      groups++;
    },
    async checkpoint() {
      for (const writer of allWriters) await writer.sync();
      await syncPath(folder);
      const streams: Record<string, unknown> = { train: writers.train.shards, val: writers.val.shards };
      if (rowWriters !== null) {
        streams['train-rows'] = rowWriters.train.shards;
        streams['val-rows'] = rowWriters.val.shards;
      }
      const progress = { key, groups, streams, ...joined };
      await writeFileAtomic(join(folder, 'progress.json'), JSON.stringify(progress));
      for (; saved < groups; saved++) await removePart(folder, saved);
    },
    async close() {
      for (const writer of allWriters) await writer.close();
    },
  };
  if (before === null) await joiner.checkpoint(); // from now on parts in the folder are this job's
  return joiner;
}

/** A file's bytes, all chunks but the last of one size: no id is cut. Each is overwritten by the next. */
async function* chunksOf(path: string): AsyncGenerator<Uint8Array> {
  const handle = await open(path, 'r');
  try {
    const buffer = new Uint8Array(chunkBytes);
    for (;;) {
      let filled = 0;
      for (let read = 1; read > 0 && filled < buffer.length; filled += read)
        read = (await handle.read(buffer, filled, buffer.length - filled)).bytesRead;
      if (filled > 0) yield buffer.subarray(0, filled);
      if (filled < buffer.length) return;
    }
  } finally {
    await handle.close();
  }
}
