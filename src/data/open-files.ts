// A bounded number of open files among many: opened when first read, closed when others need the room.
// Plain descriptors and callbacks: a read by FileHandle costs three times as much of the main thread's time (bench:load).

import { close, open } from 'node:fs';
import { promisify } from 'node:util';
import { unreadable } from './token-formats.ts';

export interface OpenFiles<F> {
  /** Runs `body` with the file open; waits while too many others are in use. */
  use<R>(file: F, body: (descriptor: number) => Promise<R>): Promise<R>;
  /** Closes all, what is in use when it is no more. */
  close(): Promise<void>;
}

interface Entry {
  descriptor: Promise<number>;
  users: number;
}

/** @param limit  files held open at once, 1 or more */
export function openFiles<F extends { path: string }>(limit: number): OpenFiles<F> {
  const entries = new Map<F, Entry>(); // in the order of last use
  const waiting: (() => void)[] = [];
  const closing = new Set<Promise<void>>();
  let isClosed = false;

  const wakeOne = (): void => waiting.shift()?.();

  const opened = (file: F): Entry => {
    const descriptor = openAsync(file.path, 'r').catch((cause: unknown) => {
      entries.delete(file);
      wakeOne();
      throw unreadable(file.path, cause);
    });
    return { descriptor, users: 0 };
  };

  /** Makes room, without waiting for it: to close takes as long as to open. */
  const closeOldest = (): boolean => {
    for (const [file, { users, descriptor }] of entries) {
      if (users > 0) continue;
      entries.delete(file);
      const closed = descriptor
        .then(closeAsync)
        .catch(() => undefined) // it was only read
        .finally(() => closing.delete(closed));
      closing.add(closed);
      return true;
    }
    return false;
  };

  const acquire = async (file: F): Promise<Entry> => {
    for (;;) {
      if (isClosed) throw new Error(`${file.path}: read after it was closed`);
      const before = entries.get(file);
      if (before || entries.size < limit || closeOldest()) {
        const entry = before ?? opened(file);
        entry.users += 1;
        entries.delete(file);
        entries.set(file, entry);
        return entry;
      }
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  };

  return {
    async use(file, body) {
      const entry = await acquire(file);
      try {
        return await body(await entry.descriptor);
      } finally {
        entry.users -= 1;
        if (entry.users === 0) wakeOne();
      }
    },
    async close() {
      isClosed = true;
      while (entries.size > 0)
        if (!closeOldest()) await new Promise<void>((resolve) => waiting.push(resolve));
      for (const wake of waiting.splice(0)) wake(); // to be told that it is closed
      await Promise.all(closing);
    },
  };
}

const openAsync = promisify(open);
const closeAsync = promisify(close);
