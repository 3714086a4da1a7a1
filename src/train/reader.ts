// Training batches in order: the next one is read while the step computes. Position is a number, nothing else.

import { readBatch } from '../data/batches.ts';
import type { Batch } from '../data/batches.ts';
import { permutationSampler, randomWindowSampler } from '../data/sampler.ts';
import type { TokenFile } from '../data/tokens.ts';
import type { ModelConfig } from '../model/family.ts';
import type { Counters } from './state.ts';
import type { TrainOptions } from './options.ts';

export interface BatchReader {
  next(): Promise<Batch>;
  /** The windows of the step that begins at a position, for messages. */
  describe(position: number): string;
  /** Frees the batch that was read ahead. */
  close(): Promise<void>;
}

/** Reads micro-batches from `counters.position` on. */
export function batchReader(
  file: TokenFile,
  { context }: ModelConfig,
  { sampler: kind, microBatch, tokensPerStep }: TrainOptions,
  device: string,
  { position, seed }: Counters,
): BatchReader {
  const make = kind === 'permutation' ? permutationSampler : randomWindowSampler;
  const sampler = make({ tokens: file.length, context, seed });
  const startsAt = (first: number, count: number) =>
    Array.from({ length: count }, (_, index) => sampler.window(first + index));
  let next = position;
  const readAhead = () => {
    const batch = readBatch(file, startsAt(next, microBatch), context, device);
    next += microBatch;
    batch.catch(() => undefined); // whoever awaits it sees the error
    return batch;
  };
  let ahead: Promise<Batch> | null = null;
  return {
    next: async () => {
      const batch = await (ahead ?? readAhead());
      ahead = readAhead();
      return batch;
    },
    describe: (first) => {
      const count = tokensPerStep / context;
      return `samples ${first} to ${first + count - 1}, windows at tokens ${startsAt(first, Math.min(4, count)).join(', ')}${count > 4 ? ' ...' : ''}`;
    },
    close: async () => {
      const unused = await ahead?.catch(() => null);
      unused?.inputs.release();
      unused?.targets.release();
    },
  };
}
