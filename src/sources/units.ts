// What passes between those who find text, those who read it and those who turn it into tokens: units and batches of documents.

import type { Origin } from './origins.ts';

export type UnitFormat = 'text' | 'jsonl' | 'parquet' | 'tar' | 'tokens';
export type Compression = 'none' | 'gzip' | 'zstd' | 'xz';

/** A file of this machine, as it was when planned: another size or time when it is read is an error. */
export interface LocalPlace {
  path: string;
  bytes: number;
  mtimeMs: number;
}

/** A file of a dataset on the hub, of one commit. */
export interface HubPlace {
  /** Where it is read: .../datasets/ORG/NAME/resolve/COMMIT/FILE. */
  url: string;
  repo: string;
  commit: string;
  file: string;
  bytes: number;
  /** sha256 of a large file, git's sha1 of a small one; its blob's name in the cache. */
  hash: string;
  hashKind: 'sha256' | 'git';
}

/** A piece of work that one worker reads from begin to end. The same sources give the same units in the same order. Structured-clonable. */
export interface Unit {
  /** As messages name it: a path, or datasets/ORG/NAME: FILE of the hub. */
  source: string;
  place: LocalPlace | HubPlace;
  format: UnitFormat;
  compression: Compression;
  /** Bytes of a plain file: documents that begin in [begin, end) are the unit's. Row groups of parquet. 0 and 1 for what is read whole. */
  begin: number;
  end: number;
  /** What will be read, compressed. */
  bytes: number;
  /** Where it is known without reading: parquet. */
  documents: number | null;
}

/** What is wrong with one document, which is then in no batch. */
export type FaultKind = 'json' | 'column' | 'utf8' | 'empty' | 'long' | 'member';

export interface Fault {
  kind: FaultKind;
  /** `line 812`, `row 17`, a tar's member. */
  place: string;
  detail: string;
}

/** Documents as UTF-8 one after another, about 4 MB of them; a longer document is a batch of its own. */
export interface DocumentBatch {
  text: Uint8Array;
  /** Where each document ends in `text`; the next begins there. */
  ends: Uint32Array;
  /** Row of each in its unit, counted from 0; documents at fault have one too. */
  rows: Uint32Array;
  /** Documents that are not in the batch, among those read since the batch before. */
  faults: Fault[];
}

/** How units are read. */
export interface ReadOptions {
  /** Name or dotted path of the text in jsonl and parquet, as `text` or `meta.text`; of a list its first element is `list.0`. */
  column?: string;
  /** What parts documents of text: file, blank-line or a regular expression. */
  separator?: string;
  /** Of hub files: stream them, or fetch them into the hub's cache first. Those that are in the cache are read there. */
  download?: 'stream' | 'cache';
  /** Ends the reading with its reason. */
  signal?: AbortSignal;
}

/** What `planUnits` finds. */
export interface Plan {
  units: Unit[];
  /** Each file once, for tokens.json; without hashes of local files, for nothing is read. */
  origins: Origin[];
  /** Bytes to read, compressed. */
  bytes: number;
  /** Of `bytes`, those that come over the network. */
  fetchBytes: number;
  /** Documents where all units know theirs, else null. */
  documents: number | null;
  /** Guess of the bytes of text, from usual ratios. */
  textBytes: number;
}
