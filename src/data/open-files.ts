// A bounded number of open files among many: opened when first read, closed when others need the room.

import type { FileHandle } from 'node:fs/promises';
import { openTokenFile } from './token-formats.ts';

export interface OpenFiles<F> {
  /** Runs `body` with the file open; waits while too many others are in use. */
  use<R>(file: F, body: (handle: FileHandle) => Promise<R>): Promise<R>;
  /** Closes all. What is still in use fails. */
  close(): Promise<void>;
}

interface Entry {
  handle: Promise<FileHandle>;
  users: number;
}

/** @param limit  descriptors held at once, 1 or more */
export function openFiles<F extends { path: string }>(limit: number): OpenFiles<F> {
  const entries = new Map<F, Entry>(); // in the order of last use
  const waiting: (() => void)[] = [];
  let descriptors = 0; // those being closed too
  let isClosed = false;

  const freeDescriptor = (): void => {
    descriptors -= 1;
    waiting.shift()?.();
  };

  const opened = (file: F): Entry => {
    descriptors += 1;
    const entry: Entry = { handle: openTokenFile(file.path), users: 0 };
    entry.handle.catch(() => {
      entries.delete(file);
      freeDescriptor();
    });
    return entry;
  };

  const acquire = async (file: F): Promise<Entry> => {
    for (;;) {
      if (isClosed) throw new Error(`${file.path}: read after it was closed`);
      const entry = entries.get(file) ?? (descriptors < limit ? opened(file) : null);
      if (entry) {
        entry.users += 1;
        entries.delete(file);
        entries.set(file, entry);
        return entry;
      }
      const idle = [...entries].find(([, { users }]) => users === 0);
      if (idle) {
        entries.delete(idle[0]);
        await idle[1].handle.then((handle) => handle.close()).finally(freeDescriptor);
      } else await new Promise<void>((resolve) => waiting.push(resolve));
    }
  };

  return {
    async use(file, body) {
      const entry = await acquire(file);
      try {
        return await body(await entry.handle);
      } finally {
        entry.users -= 1;
        if (entry.users === 0) waiting.shift()?.();
      }
    },
    async close() {
      isClosed = true;
      const handles = [...entries.values()].map(({ handle }) => handle);
      entries.clear();
      for (const handle of handles)
        await handle.then(
          (file) => file.close(),
          () => undefined,
        );
      for (const wake of waiting.splice(0)) wake();
    },
  };
}
