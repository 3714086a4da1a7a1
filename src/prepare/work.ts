// What the main thread asks of a worker, and what comes back: plain data that crosses threads. No behaviour.

import type { Split } from '../data/tokens.ts';
import type { TokenizerInfo } from '../tokenizers/tokenizer.ts';
import type { Marks } from './batch-encoders.ts';
import type { FaultTally } from './faults.ts';
import type { ReadOptions, Unit } from '../sources/units.ts';

/** Units that are read in a row and whose tokens become one part. */
export interface Group {
  number: number;
  units: Unit[];
  /** To read for it. */
  bytes: number;
  /** Row of the corpus that its first document is, where rows were counted. */
  firstRow: number;
}

/** How a document's split is chosen; see splits.ts. */
export type SplitRule =
  | { by: 'hash'; fraction: number }
  | { by: 'tail'; fraction: number }
  /** Rows of validation documents, ascending. */
  | { by: 'rows'; val: Uint32Array }
  /** All of it is training text here; the first shard is taken off where parts are joined. */
  | { by: 'shard' };

/** What is the same for all groups. */
export interface WorkSettings {
  /** Folder of the parts. */
  folder: string;
  read: ReadOptions;
  /** Loaded in each worker: a description, or what the option named. */
  tokenizer: { info: TokenizerInfo } | { option: string; identity: string };
  marks: Marks;
  bytesPerToken: 2 | 4;
  split: SplitRule;
  /** Whether row and length of every document are wanted, to put them into another order. */
  keepRows: boolean;
}

export type Task =
  | { kind: 'encode'; group: Group }
  /** Which characters the text has. */
  | { kind: 'characters'; group: Group }
  /** How many rows. */
  | { kind: 'count'; group: Group }
  /** A file's SHA-256. */
  | { kind: 'hash'; path: string };

/** A part: what a group became. Written beside its files, as JSON, when they are whole. */
export interface Part {
  group: number;
  streams: Record<Split, { tokens: number; documents: number }>;
  textBytes: number;
  faults: FaultTally;
}

export type Outcome =
  | { kind: 'encode'; part: Part }
  | { kind: 'characters'; characters: string }
  | { kind: 'count'; group: number; rows: number }
  | { kind: 'hash'; path: string; sha256: string };

/** Where a worker is, now and then. */
export interface Progress {
  textBytes: number;
  tokens: number;
  documents: number;
}
