// Training batches in order: the next ones are read while the step computes. Position is a number, nothing else.

import { readBatch } from '../data/batches.ts';
import type { Batch } from '../data/batches.ts';
import { mixtureSampler } from '../data/mixture-sampler.ts';
import type { MixedFile } from '../data/mixture.ts';
import type { ModelConfig } from '../model/family.ts';
import type { Counters } from './state.ts';
import type { TrainOptions } from './options.ts';

export interface BatchReader {
  next(): Promise<Batch>;
  /** The windows of the step that begins at a position, for messages. */
  describe(position: number): string;
  /** Epochs of each source that the samples before a position hold. */
  epochs(position: number): number[];
  /** Frees the batches that were read ahead. */
  close(): Promise<void>;
}

/** Which of the processes of a run this one is. */
export interface Rank {
  rank: number;
  world: number;
}

/**
 * Batches being read while another is computed. A read is a chain of up to four waits (open, read, look whether the file has
 * changed), each of which ends when the event loop turns, and that is once a micro-step: with fewer the loop waited (bench:load).
 */
const deepest = 8;
const bytesAhead = 64 << 20;

/**
 * Reads micro-batches from `counters.position` on.
 *
 * Samples have one order, whatever the number of ranks: their micro-batches are dealt out in turn, so rank r of W computes
 * micro-batches r, r + W, r + 2W ... of those that one process alone would, and every step holds the same samples.
 */
export function batchReader(
  file: MixedFile,
  { context }: Pick<ModelConfig, 'context'>,
  {
    sampler: kind,
    microBatch,
    tokensPerStep,
  }: Pick<TrainOptions, 'sampler' | 'microBatch' | 'tokensPerStep'>,
  device: string,
  { position, seed }: Pick<Counters, 'position' | 'seed'>,
  { rank, world }: Rank = { rank: 0, world: 1 },
): BatchReader {
  const sampler = mixtureSampler(file.parts, { kind, context, seed });
  const startsAt = (first: number, count: number) =>
    Array.from({ length: count }, (_, index) => sampler.window(first + index));
  // Ids of 8 bytes, inputs and targets.
  const depth = Math.max(2, Math.min(deepest, Math.floor(bytesAhead / (microBatch * context * 16))));
  let next = position + rank * microBatch;
  const readAhead = () => {
    const batch = readBatch(file, startsAt(next, microBatch), context, device);
    next += world * microBatch;
    batch.catch(() => undefined); // whoever awaits it sees the error
    return batch;
  };
  const ahead: Promise<Batch>[] = [];
  return {
    next: async () => {
      const batch = await (ahead.shift() ?? readAhead());
      while (ahead.length < depth) ahead.push(readAhead());
      return batch;
    },
    describe: (first) => {
      const count = tokensPerStep / context;
      return `samples ${first} to ${first + count - 1}, windows at tokens ${startsAt(first, Math.min(4, count)).join(', ')}${count > 4 ? ' ...' : ''}`;
    },
    epochs: (first) => sampler.epochs(first),
    close: async () => {
      for (const batch of ahead.splice(0)) {
        const unused = await batch.catch(() => null);
        unused?.inputs.release();
        unused?.targets.release();
      }
    },
  };
}
