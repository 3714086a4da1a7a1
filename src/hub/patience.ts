// Tries again what a network may have broken: longer and longer waits, never for ever. Knows no requests.

import { setTimeout as sleep } from 'node:timers/promises';
import { failure } from '../run/failure.ts';
import { HubTrouble } from './http.ts';
import type { HubTiming } from './settings.ts';

/** Counts troubles in a row. */
export interface Patience {
  /** Waits before another try. @throws Error  what is no trouble; with exit code 69 after too many, or when too long a wait is asked for */
  bear(error: unknown): Promise<void>;
  /** Much further than ever before: the count starts anew. */
  progressed(): void;
}

/** @param what  named in the error */
export function makePatience(timing: HubTiming, what: string, signal?: AbortSignal): Patience {
  let tries = 0;
  return {
    progressed: () => (tries = 0),
    async bear(error) {
      if (!(error instanceof HubTrouble)) throw error;
      tries += 1;
      const limit = error.isUnreachable ? Math.min(2, timing.tries) : timing.tries;
      const wait = waitBefore(tries, timing, error);
      if (tries >= limit)
        throw failure('network', `${what}: ${error.message}; gave up after ${tries} tries`, { cause: error });
      if (wait > timing.longestWaitMs)
        throw failure('network', `${what}: ${error.message}; asks to wait ${Math.ceil(wait / 1000)} s`, {
          cause: error,
        });
      await sleep(wait, undefined, signal ? { signal } : {});
    },
  };
}

/**
 * Calls `attempt` until it gives something.
 *
 * @param attempt  told a function to call when it has come much further: then the count of tries starts anew
 * @throws Error  with exit code 69 after too many tries in a row, or when the server asks for too long a wait
 */
export async function patiently<R>(
  timing: HubTiming,
  what: string,
  attempt: (progressed: () => void) => Promise<R>,
  signal?: AbortSignal,
): Promise<R> {
  const patience = makePatience(timing, what, signal);
  for (;;) {
    try {
      return await attempt(patience.progressed);
    } catch (error) {
      await patience.bear(error);
    }
  }
}

/** What the server asked for, else twice the last wait; with up to half of it more, so that not all come at once. */
function waitBefore(
  tries: number,
  { firstWaitMs, longestWaitMs }: HubTiming,
  { waitMs }: HubTrouble,
): number {
  if (waitMs !== null) return waitMs;
  return Math.min(longestWaitMs, firstWaitMs * 2 ** (tries - 1) * (1 + Math.random() / 2));
}

/** Runs `work` on all items, so many at once; the first error stops the rest and is thrown when they have stopped. */
export async function inParallel<T>(
  items: Iterable<T>,
  atOnce: number,
  work: (item: T, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const queue = items[Symbol.iterator]();
  const stop = new AbortController();
  let first: { error: unknown } | null = null;
  const worker = async (): Promise<void> => {
    for (let next = queue.next(); !next.done && !first; next = queue.next()) {
      try {
        await work(next.value, stop.signal);
      } catch (error) {
        first ??= { error };
        stop.abort();
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  if (first) throw (first as { error: unknown }).error;
}
