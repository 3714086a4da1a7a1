// How far prepare is: a live line on a terminal, a plain line now and then elsewhere. Writes to the console only.

import type { JobConsole } from '../run/console.ts';
import { formatBytes, formatCount, formatDuration } from '../run/format.ts';
import type { Group, Part, Progress } from './work.ts';

const liveEveryMs = 250;
const plainEveryMs = 10_000;

export interface ProgressMeter {
  /** A part is there. */
  done(part: Part): void;
  /** Where a worker is in its group; null when it has left it. */
  report(worker: number, progress: Progress | null): void;
  end(): void;
}

/** @param groups  those that are still to be encoded */
export function progressMeter(groups: readonly Group[], console: JobConsole): ProgressMeter {
  const bytesOf = new Map(groups.map(({ number, bytes }) => [number, bytes]));
  const total = groups.reduce((sum, { bytes }) => sum + bytes, 0);
  const running = new Map<number, Progress>();
  const done = { bytes: 0, textBytes: 0, tokens: 0 };
  const started = performance.now();
  let shown = started;
  let told = started;

  const line = (): string => {
    const now = { textBytes: done.textBytes, tokens: done.tokens };
    for (const { textBytes, tokens } of running.values()) {
      now.textBytes += textBytes;
      now.tokens += tokens;
    }
    // Of what runs, only the text is known: how much of the file that is, what is done tells.
    const textPerByte = done.bytes > 0 ? done.textBytes / done.bytes : 1;
    const share = Math.min(1, now.textBytes / Math.max(1, total * textPerByte));
    const elapsed = performance.now() - started;
    const left = share > 0.01 ? `, ${formatDuration((elapsed * (1 - share)) / share)} left` : '';
    const rate = formatBytes(now.textBytes / (elapsed / 1000));
    return `${(100 * share).toFixed(0).padStart(3)} %, ${formatCount(now.tokens)} tokens, ${rate} of text a second${left}`;
  };
  const tell = (): void => {
    const now = performance.now();
    if (now - shown < liveEveryMs) return;
    shown = now;
    console.status(line());
    if (now - told < plainEveryMs) return;
    told = now;
    console.metrics(line());
  };
  return {
    done(part) {
      done.bytes += bytesOf.get(part.group) ?? 0;
      done.textBytes += part.textBytes;
      done.tokens += part.streams.train.tokens + part.streams.val.tokens;
      tell();
    },
    report(worker, progress) {
      if (progress === null) running.delete(worker);
      else running.set(worker, progress);
      tell();
    },
    end: () => console.status(''),
  };
}
