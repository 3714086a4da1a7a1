// What a job will read, fetch and write, and about how long it takes: told before it begins, from sizes alone.

import type { Plan } from '../sources/units.ts';
import { formatBytes, formatCount, formatDuration } from '../run/format.ts';

export interface Estimate {
  tokens: number;
  /** About how much is written. */
  writeBytes: number;
  /** Less than this it will not be: text may be half of what its packed size suggests. */
  leastWriteBytes: number;
  durationMs: number;
}

/** Text bytes a second of one worker: measured on an AMD EPYC for GPT-2's ids (docs/performance.md), assumed for others. */
const textRate = { gpt2: 65e6, other: 1e6 };

/**
 * @param textBytes   of the plan
 * @param bytesPerId  about how many bytes of text become one id
 * @param copies      how often the tokens lie on the disk at once: twice when they are put into another order
 */
export function estimate({
  textBytes,
  bytesPerId,
  bytesPerToken,
  workers,
  isGpt2,
  copies,
}: {
  textBytes: number;
  bytesPerId: number;
  bytesPerToken: 2 | 4;
  workers: number;
  isGpt2: boolean;
  copies: number;
}): Estimate {
  const tokens = Math.round(textBytes / bytesPerId);
  const writeBytes = tokens * bytesPerToken * copies;
  const rate = textRate[isGpt2 ? 'gpt2' : 'other'] * Math.max(1, workers);
  return { tokens, writeBytes, leastWriteBytes: writeBytes / 2, durationMs: (1000 * textBytes) / rate };
}

/** The estimate in one line. */
export function estimateLine(
  { tokens, writeBytes, durationMs }: Estimate,
  { bytes, fetchBytes }: Pick<Plan, 'bytes' | 'fetchBytes'>,
  { free, workers }: { free: number; workers: number },
): string {
  const fetched = fetchBytes > 0 ? ` (${formatBytes(fetchBytes)} over the network)` : '';
  return (
    `to read ${formatBytes(bytes)}${fetched}, about ${formatCount(tokens)} tokens; to write about ${formatBytes(writeBytes)} ` +
    `of ${formatBytes(free)} free; about ${formatDuration(Math.max(1000, durationMs))} on ` +
    (workers === 0 ? 'this thread' : `${workers} workers`)
  );
}
