// What a job will read, fetch and write, and about how long it takes: told before it begins, from sizes alone.

import { formatBytes, formatCount, formatDuration } from '../run/format.ts';
import type { Unit } from '../data/units.ts';

export interface Estimate {
  readBytes: number;
  /** Of those, what comes over the network. */
  fetchBytes: number;
  /** About how much text. */
  textBytes: number;
  /** About how many tokens. */
  tokens: number;
  /** About how much is written, and at least so much. */
  writeBytes: number;
  leastWriteBytes: number;
  durationMs: number;
}

/** Text in a byte of file: about, and at least. English in the formats it comes in. */
const expansions: Record<string, { usual: number; least: number }> = {
  'text none': { usual: 1, least: 1 },
  'jsonl none': { usual: 0.95, least: 0.3 },
  'parquet none': { usual: 1.75, least: 0.5 },
  'tokens none': { usual: 2.2, least: 1 },
};
const compressed = { usual: 2.8, least: 1 };

/** Text bytes a second and worker, measured on 2 cores of an AMD EPYC (docs/prepare.md). */
const textRate = { gpt2: 60e6, other: 1e6 };

/** @param bytesPerId  about how many bytes of text become one id */
export function estimate(
  units: readonly Unit[],
  {
    bytesPerId,
    bytesPerToken,
    workers,
    isQuick,
    copies,
  }: {
    bytesPerId: number;
    bytesPerToken: 2 | 4;
    workers: number;
    /** GPT-2's own tokenizer. */
    isQuick: boolean;
    /** How often the tokens lie on the disk at the end: twice when they are put into another order. */
    copies: number;
  },
): Estimate {
  let [readBytes, fetchBytes, textBytes, leastText] = [0, 0, 0, 0];
  for (const { bytes, place, format, compression } of units) {
    const { usual, least } = expansions[`${format} ${compression}`] ?? compressed;
    readBytes += bytes;
    if ('url' in place) fetchBytes += bytes;
    textBytes += bytes * usual;
    leastText += bytes * least;
  }
  const written = (text: number): number => Math.round((text / bytesPerId) * bytesPerToken * copies);
  const rate = (isQuick ? textRate.gpt2 : textRate.other) * Math.max(1, workers);
  return {
    readBytes,
    fetchBytes,
    textBytes,
    tokens: textBytes / bytesPerId,
    writeBytes: written(textBytes),
    leastWriteBytes: written(leastText / 2), // a tokenizer may do better than usual
    durationMs: (textBytes / rate) * 1000,
  };
}

/** The estimate in one line. */
export function estimateLine(given: Estimate, { free, workers }: { free: number; workers: number }): string {
  const fetched = given.fetchBytes > 0 ? ` (${formatBytes(given.fetchBytes)} over the network)` : '';
  return (
    `to read ${formatBytes(given.readBytes)}${fetched}, about ${formatCount(Math.round(given.tokens))} tokens; ` +
    `to write about ${formatBytes(given.writeBytes)} of ${formatBytes(free)} free; about ${formatDuration(given.durationMs)} ` +
    `on ${workers === 0 ? 'this thread' : `${workers} workers`}`
  );
}
