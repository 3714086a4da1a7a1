// Files and folders that are there whole or not at all, through kills, full disks and power cuts. Knows no formats.
// After "All File Systems Are Not Created Equal" (Pillai and others, OSDI 2014): write everything, fsync, rename, fsync
// the parent. Nothing is retried after a failed fsync: the kernel may have dropped the pages it could not write.

import { randomBytes } from 'node:crypto';
import { lstat, mkdir, open, readFile, readdir, rename, rm, statfs } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { errorLine, failure, systemCode } from './failure.ts';

/** Names of half-made things start with this; who holds the folder's lock may remove them. */
export const temporaryPrefix = '.tmp-';

/**
 * Replaces a file by `data`: a reader, and a restart, sees the old file or the new one.
 *
 * @throws Error  when it could not be written; the old file is then untouched (unless only the last fsync failed)
 */
export async function writeFileAtomic(path: string, data: string | Uint8Array): Promise<void> {
  const temporary = join(dirname(path), temporaryName(basename(path)));
  try {
    await writeNewFile(temporary, typeof data === 'string' ? Buffer.from(data) : data);
    await rename(temporary, path);
    await syncPath(dirname(path));
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined); // the first error is the one to tell
    throw new Error(`${path}: not written: ${errorLine(cause)}`, { cause });
  }
}

/**
 * Gives a finished folder its name for good: fsync of every file and folder in it, rename, fsync of the parent.
 *
 * @throws Error  when `final` is there already, or the disk refuses
 */
export async function commitFolder(temporary: string, final: string): Promise<void> {
  await syncTree(temporary);
  if (await exists(final)) throw failure('data', `${final}: is there already; it is never overwritten`);
  await rename(temporary, final);
  await syncPath(dirname(final));
}

/**
 * Makes a folder, and its parents where they are missing, so that a power cut does not undo it. One by one: Node's own
 * recursive mkdir never returns where the system refuses with ENOENT, as /proc does.
 */
export async function makeFolder(path: string): Promise<void> {
  if (await exists(path)) return;
  const parent = dirname(resolve(path));
  await makeFolder(parent);
  try {
    await mkdir(path);
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error; // somebody else was faster
  }
  await syncPath(parent);
}

/** fsync: makes a file's bytes, or the names in a folder (new, renamed, removed), survive a power cut. */
export async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r'); // fsync asks for no writable descriptor
  await closing(handle, () => handle.sync());
}

/** Writes all of `bytes` at the handle's position: one call may write less than it was given. */
export async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done);
    if (bytesWritten === 0) throw failure('disk', 'the disk took none of the bytes it was given');
    done += bytesWritten;
  }
}

/** Removes what a killed process left behind in a folder. Only under the lock that its writers hold. */
export async function removeLeftovers(folder: string, prefixes: readonly string[]): Promise<void> {
  for (const name of await readdir(folder))
    if (prefixes.some((prefix) => name.startsWith(prefix)))
      await rm(join(folder, name), { recursive: true, force: true });
}

/** A name beside `name` that nobody else has. */
export function temporaryName(name: string, prefix: string = temporaryPrefix): string {
  return `${prefix}${name}-${randomBytes(4).toString('hex')}`;
}

/** Bytes that a user without privileges can still write on the disk of `path`. */
export async function freeBytes(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(path);
  return bavail * bsize;
}

/** Whether something has this name; a dangling link counts. */
export async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return false;
    throw error;
  }
}

/** A file's bytes, or null where there is no file. */
export async function readIfThere(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}

async function writeNewFile(path: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, 'wx');
  await closing(handle, async () => {
    await writeAll(handle, bytes);
    await handle.sync();
  });
}

async function syncTree(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await syncTree(path);
    else if (entry.isFile()) await syncPath(path);
  }
  await syncPath(folder);
}

/** Runs `body`, then closes; an error of close counts too, but never hides the body's. */
async function closing(handle: FileHandle, body: () => Promise<void>): Promise<void> {
  try {
    await body();
  } catch (error) {
    await handle.close().catch(() => undefined);
    throw error;
  }
  await handle.close();
}
