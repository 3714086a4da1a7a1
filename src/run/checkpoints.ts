// The store of a run's checkpoints: names, commit, choice at resume, retention. Knows files, never tensors.
// A checkpoint is step-00001000 with a whole MANIFEST.json; .tmp-* are being made, .trash-* are being deleted.

import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  commitFolder,
  exists,
  freeBytes,
  makeFolder,
  removeLeftovers,
  syncPath,
  temporaryName,
  temporaryPrefix,
} from './atomic.ts';
import { errorLine, exitCodeOf, exitCodes, failure, systemCode } from './failure.ts';
import { formatBytes } from './format.ts';
import { manifestBytes, verifyManifest, writeManifest } from './manifest.ts';
import type { Manifest } from './manifest.ts';

/** A checkpoint that was found whole. */
export interface Checkpoint {
  path: string;
  step: number;
  manifest: Manifest;
}

const trashPrefix = '.trash-';
const spaceMargin = 1.05; // of the last checkpoint's size, asked for before a save starts

/** Name of a step's folder: step-00001000. */
export function checkpointName(step: number): string {
  if (!Number.isSafeInteger(step) || step < 0)
    throw new RangeError(`checkpoint: step must be 0 or more, got ${step}`);
  return `step-${String(step).padStart(8, '0')}`;
}

/**
 * Saves one checkpoint: all of it under its final name and safe from a power cut when this returns, or nothing.
 *
 * @param write  puts the files into the folder it is given
 * @param extra  fields for the manifest beside `step`
 * @returns the checkpoint's path. One that is there already with the same bytes is kept, a damaged one is replaced
 * @throws Error  with exit code 74 or 73 when it could not be written; older checkpoints are untouched
 */
export async function saveCheckpoint(
  folder: string,
  step: number,
  write: (temporary: string) => Promise<void>,
  extra: Record<string, unknown> = {},
): Promise<string> {
  const final = join(folder, checkpointName(step));
  const temporary = join(folder, temporaryName(checkpointName(step)));
  try {
    await makeFolder(folder);
    await checkSpace(folder, final);
    await mkdir(temporary);
    await write(temporary);
    const manifest = await writeManifest(temporary, { step, ...extra });
    if (await keepsPlace(final, manifest)) await rm(temporary, { recursive: true });
    else await commitFolder(temporary, final);
    return final;
  } catch (error) {
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined); // else swept at the next start
    throw await saveFailure(folder, final, error);
  }
}

/** Steps that have a folder, newest first. Whether they are whole is not looked at. */
export async function checkpointSteps(folder: string): Promise<number[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  });
  return names
    .map((name) => /^step-(\d{8,})$/.exec(name)?.[1])
    .filter((digits) => digits !== undefined)
    .map(Number)
    .filter((step) => Number.isSafeInteger(step))
    .sort((a, b) => b - a);
}

/**
 * The newest checkpoint that is whole: every listed file there, with its size and hash, and none more.
 *
 * @param warn  is told once of each newer one that was refused, and why
 */
export async function newestCheckpoint(
  folder: string,
  { warn }: { warn: (line: string) => void },
): Promise<Checkpoint | null> {
  for (const step of await checkpointSteps(folder)) {
    const path = join(folder, checkpointName(step));
    const verdict = await verifyCheckpoint(path, step);
    if (verdict.ok) return { path, step, manifest: verdict.manifest };
    warn(`${path}: not used: ${verdict.reason}; looking for an older one`);
  }
  return null;
}

/** Removes what a killed save or deletion left behind. Only under the run's lock. */
export async function sweepCheckpoints(folder: string): Promise<void> {
  if (await exists(folder)) await removeLeftovers(folder, [temporaryPrefix, trashPrefix]);
}

/**
 * Deletes the checkpoints that need not be kept. Damaged ones (by name and size) are neither counted nor touched.
 *
 * @param last   newest ones to keep, at least 1
 * @param every  multiples of this step are kept for ever; 0 keeps none
 * @param best   steps kept besides
 * @returns paths deleted
 */
export async function retainCheckpoints(
  folder: string,
  { last = 2, every = 0, best = [] }: { last?: number; every?: number; best?: readonly number[] } = {},
): Promise<string[]> {
  if (!Number.isSafeInteger(last) || last < 1)
    throw new RangeError(`checkpoints to keep: expected 1 or more, got ${last}`);
  const whole: number[] = [];
  for (const step of await checkpointSteps(folder))
    if ((await verifyCheckpoint(join(folder, checkpointName(step)), step, { hashes: false })).ok)
      whole.push(step);

  const kept = new Set([...whole.slice(0, last), ...best]);
  const deleted: string[] = [];
  for (const step of whole) {
    if (kept.has(step) || (every > 0 && step % every === 0)) continue;
    const path = join(folder, checkpointName(step));
    const trash = join(folder, temporaryName(checkpointName(step), trashPrefix));
    try {
      await rename(path, trash); // first the name, so that a half-deleted one never counts
      await syncPath(folder);
      await rm(trash, { recursive: true });
    } catch (cause) {
      throw new Error(`${path}: not deleted: ${errorLine(cause)}; newer checkpoints are untouched`, {
        cause,
      });
    }
    deleted.push(path);
  }
  return deleted;
}

async function verifyCheckpoint(path: string, step: number, options?: { hashes: boolean }) {
  const verdict = await verifyManifest(path, options);
  if (verdict.ok && verdict.manifest.step !== step)
    return { ok: false as const, reason: `its manifest is of step ${String(verdict.manifest.step)}` };
  return verdict;
}

async function checkSpace(folder: string, final: string): Promise<void> {
  const [newest] = await checkpointSteps(folder);
  if (newest === undefined) return;
  const verdict = await verifyManifest(join(folder, checkpointName(newest)), { hashes: false });
  if (!verdict.ok) return;
  const needed = manifestBytes(verdict.manifest) * spaceMargin;
  const free = await freeBytes(folder);
  if (free < needed)
    throw failure(
      'disk',
      `${final}: not saved: expected ${formatBytes(needed)} of free space, found ${formatBytes(free)}; free some`,
    );
}

/** Whether the same checkpoint is there already. A damaged one makes room; a whole one that differs is an error. */
async function keepsPlace(final: string, manifest: Manifest): Promise<boolean> {
  if (!(await exists(final))) return false;
  const verdict = await verifyManifest(final);
  if (!verdict.ok) {
    await rm(final, { recursive: true });
    return false;
  }
  if (JSON.stringify(verdict.manifest.files) === JSON.stringify(manifest.files)) return true;
  throw failure(
    'data',
    `${final}: is there already, with other bytes; move it away or use another run directory`,
  );
}

/** Adds to a system's error what was lost and what to do; leaves errors of our own as they are. */
async function saveFailure(folder: string, final: string, error: unknown): Promise<unknown> {
  if (systemCode(error) === null && !(error instanceof Error && error.cause)) return error;
  const code = exitCodeOf(error);
  if (code !== exitCodes.disk && code !== exitCodes.locked) return error;
  const free = await freeBytes(folder).then(formatBytes, () => 'unknown');
  return failure(
    code === exitCodes.disk ? 'disk' : 'locked',
    `${final}: not saved: ${errorLine(error)} (${free} free); older checkpoints are untouched; make room or repair, then save again`,
    { cause: error },
  );
}
