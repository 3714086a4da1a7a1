// Which window of which source is the n-th sample: a pure function of seed and n. Reads no files.
// Samples come in blocks of equal composition, so the source of any sample, and how many its source had before, is found
// from the block it lies in and no other: nothing has to be remembered, and a resumed run finds its place at once.

import { failure } from '../run/failure.ts';
import { streamSeed } from '../run/seed.ts';
import type { SourcePart } from './mixture.ts';
import { permutation } from './permutation.ts';
import {
  fixedWindows,
  permutationSampler,
  randomWindowSampler,
  sampleNumber,
  sequentialSampler,
} from './sampler.ts';
import type { Sampler } from './sampler.ts';

export const samplerNames = ['permutation', 'random', 'sequential'] as const;
export type SamplerName = (typeof samplerNames)[number];

export interface MixtureSampler {
  /** First token, in the joined stream, of sample `index`, counted over the whole run and all ranks from 0. */
  window(index: number | bigint): number;
  /** Which source sample `index` is from. */
  source(index: number | bigint): number;
  /** Epochs of each source in the first `count` samples. */
  epochs(count: number): number[];
}

/**
 * Draws from several sources by weight; within a source by a sampler of its own, which gives each of its windows once per
 * epoch of that source (permutation, sequential) or at random.
 *
 * Every block of samples holds each source as often as its weight says, to within 1 %, in an order drawn for the block.
 *
 * @param parts  sources; one alone has the order that its sampler has, whatever its weight
 * @throws RangeError  when a source is shorter than a window
 * @throws Error  with exit code 64 when a weight is too small
 */
export function mixtureSampler(
  parts: readonly SourcePart[],
  { kind, context, seed }: { kind: SamplerName; context: number; seed: number | bigint },
): MixtureSampler {
  const alone = parts.length === 1;
  const samplers = parts.map((part, index) =>
    named(part, alone, () =>
      samplerOf(kind, part, context, alone ? seed : streamSeed(seed, 'source', index)),
    ),
  );
  const quotas = blockQuotas(parts);
  const slots = quotas.reduce((sum, quota) => sum + quota, 0);
  let current = blockOf(0, quotas, seed); // a cache: the answers depend on seed and index alone

  const find = (index: number | bigint): { source: number; sample: number } => {
    const sample = sampleNumber(index);
    if (alone) return { source: 0, sample };
    const number = Math.floor(sample / slots);
    if (current.number !== number) current = blockOf(number, quotas, seed);
    const slot = sample - number * slots;
    const source = current.sources[slot] ?? 0;
    return { source, sample: number * (quotas[source] ?? 0) + (current.before[slot] ?? 0) };
  };

  return {
    window(index) {
      const { source, sample } = find(index);
      return (parts[source]?.start ?? 0) + (samplers[source]?.window(sample) ?? 0);
    },
    source: (index) => find(index).source,
    epochs(count) {
      const number = Math.floor(count / slots);
      const counts = quotas.map((quota) => number * quota);
      if (!alone) {
        const { sources } = current.number === number ? current : blockOf(number, quotas, seed);
        for (const source of sources.subarray(0, count - number * slots))
          counts[source] = (counts[source] ?? 0) + 1;
      }
      return samplers.map(
        ({ windowsPerEpoch }, source) => (alone ? count : (counts[source] ?? 0)) / windowsPerEpoch,
      );
    },
  };
}

function samplerOf(
  kind: SamplerName,
  { tokens, shards }: SourcePart,
  context: number,
  seed: number | bigint,
): Sampler {
  switch (kind) {
    case 'permutation':
      return permutationSampler({ tokens, context, seed });
    case 'random':
      return randomWindowSampler({ tokens, context, seed });
    case 'sequential':
      return sequentialSampler({ tokens, shards, context });
  }
}

/** Says which of several sources is too short. */
function named<T>({ name }: SourcePart, alone: boolean, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (alone || !(error instanceof RangeError)) throw error;
    throw new RangeError(`${name}: ${error.message}`, { cause: error });
  }
}

interface Block {
  number: number;
  /** Source of each slot. */
  sources: Uint16Array;
  /** Samples of the slot's source in the slots before it. */
  before: Uint32Array;
}

/** The order of one block: its slots, laid out source by source, permuted. */
function blockOf(number: number, quotas: readonly number[], seed: number | bigint): Block {
  const laid = Uint16Array.from(quotas.flatMap((quota, source) => Array<number>(quota).fill(source)));
  const place = permutation(laid.length, streamSeed(seed, 'mixture block', number));
  const sources = laid.map((_, slot) => laid[place(slot)] ?? 0);
  const seen = quotas.map(() => 0);
  const before = Uint32Array.from(sources, (source) => {
    const count = seen[source] ?? 0;
    seen[source] = count + 1;
    return count;
  });
  return { number, sources, before };
}

/**
 * Samples of each source in a block: of 1,000, or of as many more as it takes for every source to be within 1 % of its share.
 *
 * @throws Error  with exit code 64 when 100,000 are too few
 */
export function blockQuotas(parts: readonly Pick<SourcePart, 'name' | 'weight'>[]): number[] {
  const weights = parts.map(({ weight }) => weight);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  for (const slots of [1000, 10_000, 100_000]) {
    const quotas = apportion(weights, slots);
    if (quotas.every((quota, i) => Math.abs((quota * total) / ((weights[i] ?? 0) * slots) - 1) <= 0.01))
      return quotas;
  }
  const [lightest] = [...parts].sort((a, b) => a.weight - b.weight);
  throw failure(
    'usage',
    `tokens: expected weights of ${smallestShare} of their sum or more, found ${((lightest?.weight ?? 0) / total).toPrecision(2)} for ${lightest?.name ?? ''}; raise it or leave the source out`,
  );
}

/** A share that 100,000 slots always meet within 1 %. */
const smallestShare = 0.0005;

/** Whole numbers with the sum `count` in proportion to the weights, by largest remainder; of equals the first. */
export function apportion(weights: readonly number[], count: number): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const exact = weights.map((weight) => (weight / total) * count);
  const whole = exact.map(Math.floor);
  const left = count - whole.reduce((sum, each) => sum + each, 0);
  const byRemainder = exact.map((value, index) => ({ index, rest: value - Math.floor(value) }));
  byRemainder.sort((a, b) => b.rest - a.rest || a.index - b.index);
  for (const { index } of byRemainder.slice(0, left)) whole[index] = (whole[index] ?? 0) + 1;
  return whole;
}

/** Windows that every evaluation reads, and what each counts. */
export interface FixedMixture {
  /** First token of each window in the joined stream, source after source. */
  starts: number[];
  /** The source of each window. */
  sources: number[];
}

/**
 * Fixed windows of each source in proportion to its weight, one at least; fewer of a source that has not so many.
 *
 * @param count  windows in all
 * @throws RangeError  when a source is shorter than a window
 */
export function fixedMixture(
  parts: readonly SourcePart[],
  { context, count }: { context: number; count: number },
): FixedMixture {
  const shares = apportion(
    parts.map(({ weight }) => weight),
    count,
  );
  const windows = parts.map((part, source) =>
    named(part, parts.length === 1, () =>
      fixedWindows({ tokens: part.tokens, context, count: Math.max(1, shares[source] ?? 0) }),
    ),
  );
  return {
    starts: windows.flatMap((starts, source) => starts.map((start) => start + (parts[source]?.start ?? 0))),
    sources: windows.flatMap((starts, source) => starts.map(() => source)),
  };
}
