// Which window of the token stream is the n-th sample of a run: a pure function of the seed and n. Reads no files.
// A window is `context` inputs and the token after them: context + 1 tokens from its start.

import { streamSeed } from '../run/seed.ts';
import { permutation } from './permutation.ts';

export interface SamplerOptions {
  /** Tokens in the stream. */
  tokens: number;
  context: number;
  seed: number | bigint;
}

export interface Sampler {
  /** First token of sample `index`, counted over the whole run and all ranks from 0. */
  window(index: number | bigint): number;
  /** Samples in one epoch, the same in every epoch. */
  readonly windowsPerEpoch: number;
  /** Epoch of sample `index`, counted from 0. */
  epoch(index: number | bigint): number;
}

/**
 * Every token once per epoch, in another order each epoch; any sample is found in O(1) time and memory.
 *
 * Epoch e cuts the stream into N = max(1, floor(tokens / context) - 1) windows side by side, from an offset of its own,
 * and visits them in an order of its own. The tokens - 1 possible inputs leave tokens - 1 - N * context over: fewer than
 * 2 * context - 1. They lie before the offset, which is drawn evenly from 0 to that number, and after the last window. So
 * each epoch uses each token as an input once, but for that ragged edge, which another offset takes in another epoch.
 */
export function permutationSampler({ tokens, context, seed }: SamplerOptions): Sampler {
  checkRoom(tokens, context);
  const windowsPerEpoch = Math.max(1, Math.floor(tokens / context) - 1);
  const slack = tokens - 1 - windowsPerEpoch * context;
  const orderOf = (epoch: number): Epoch => ({
    epoch,
    offset: uniform(streamSeed(seed, 'epoch offset', epoch), slack + 1),
    place: permutation(windowsPerEpoch, streamSeed(seed, 'epoch order', epoch)),
  });
  let current = orderOf(0); // a cache: the answers depend on seed and index alone

  return {
    windowsPerEpoch,
    epoch: (index) => Math.floor(sampleNumber(index) / windowsPerEpoch),
    window(index) {
      const sample = sampleNumber(index);
      const epoch = Math.floor(sample / windowsPerEpoch);
      if (current.epoch !== epoch) current = orderOf(epoch);
      return current.offset + current.place(sample % windowsPerEpoch) * context;
    },
  };
}

interface Epoch {
  epoch: number;
  offset: number;
  place: (index: number) => number;
}

/**
 * Upstream's windows: every start equally likely, with replacement. Unlike upstream, sample n does not depend on the
 * samples before it, so a resumed run goes on where it was and evaluation cannot disturb training. An "epoch" is only
 * as many samples as hold the stream's tokens once.
 *
 * @see nanoGPT's get_batch; upstream train_iniheritune.py:100-104
 */
export function randomWindowSampler({ tokens, context, seed }: SamplerOptions): Sampler {
  checkRoom(tokens, context);
  const windowsPerEpoch = Math.max(1, Math.floor((tokens - 1) / context));
  return {
    windowsPerEpoch,
    epoch: (index) => Math.floor(sampleNumber(index) / windowsPerEpoch),
    window: (index) => uniform(streamSeed(seed, 'random window', sampleNumber(index)), tokens - context),
  };
}

/**
 * The windows as they lie: shard after shard, each from its first token on, again from the first shard at the end. Takes no
 * seed. What a shard has over a whole number of windows is never read, and no window runs from one shard into the next.
 *
 * This is the order of the loader of upstream's FineWeb runs, told apart from it by docs/data.md: that one also leaves the
 * rest of a micro-batch on all ranks at the end of a shard, and goes back to the first shard on rank 0 at each evaluation.
 *
 * @param shards  tokens of each shard; by default the stream is one
 * @see upstream fineweb_large.py, DataLoaderLite
 */
export function sequentialSampler({
  tokens,
  shards = [tokens],
  context,
}: Omit<SamplerOptions, 'seed'> & { shards?: readonly number[] }): Sampler {
  const begins: { window: number; token: number }[] = [];
  let windowsPerEpoch = 0;
  let token = 0;
  for (const size of shards) {
    const windows = Math.max(0, Math.floor((size - 1) / context));
    if (windows > 0) begins.push({ window: windowsPerEpoch, token });
    windowsPerEpoch += windows;
    token += size;
  }
  checkRoom(Math.max(...shards), context);
  return {
    windowsPerEpoch,
    epoch: (index) => Math.floor(sampleNumber(index) / windowsPerEpoch),
    window(index) {
      const place = sampleNumber(index) % windowsPerEpoch;
      let low = 0;
      for (let high = begins.length - 1; low < high; ) {
        const middle = Math.ceil((low + high) / 2);
        if ((begins[middle]?.window ?? 0) <= place) low = middle;
        else high = middle - 1;
      }
      const { window, token: first } = begins[low] ?? { window: 0, token: 0 };
      return first + (place - window) * context;
    },
  };
}

/**
 * Starts of the windows that every evaluation reads: evenly spread, never overlapping, in order, free of any seed.
 *
 * @returns `count` starts, or all floor((tokens - 1) / context) of them where there are not so many
 */
export function fixedWindows({
  tokens,
  context,
  count,
}: {
  tokens: number;
  context: number;
  count: number;
}): number[] {
  checkRoom(tokens, context);
  if (!Number.isSafeInteger(count) || count < 1)
    throw new RangeError(`fixedWindows: count must be 1 or more, got ${count}`);
  const slots = Math.floor((tokens - 1) / context);
  const used = Math.min(count, slots);
  return Array.from({ length: used }, (_, i) => Math.floor((i * slots) / used) * context);
}

function checkRoom(tokens: number, context: number): void {
  if (!Number.isSafeInteger(context) || context < 1)
    throw new RangeError(`context must be 1 or more, got ${context}`);
  if (!Number.isSafeInteger(tokens) || tokens < context + 1)
    throw new RangeError(
      `windows of ${context} tokens need ${context + 1} tokens at least, got ${tokens}; lower the context or prepare more text`,
    );
}

/** A sample's number as a number. @throws RangeError  when it is none */
export function sampleNumber(index: number | bigint): number {
  const sample = Number(index);
  if (!Number.isSafeInteger(sample) || sample < 0)
    throw new RangeError(`sample: expected 0 to 2^53 - 1, got ${index}`);
  return sample;
}

/** 0..count-1 from 64 random bits, by their upper 53; the bias is below count / 2^53. */
function uniform(bits: bigint, count: number): number {
  return Math.floor((Number(bits >> 11n) / 2 ** 53) * count);
}
