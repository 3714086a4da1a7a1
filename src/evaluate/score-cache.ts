// Scores that were computed before: scores.jsonl, one request a line, appended only. A torn line is a score that is missing.
// Two processes may write at once: each line is one write at the file's end.

import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { makeFolder, readIfThere, writeAll } from '../run/atomic.ts';
import type { Request, Score } from './request.ts';

/** A score, and how many tokens its request's context lost. */
export interface KnownScore extends Score {
  cut: number;
}

export interface ScoreCache {
  get(request: Request): KnownScore | null;
  /** Takes a score up; it is written at the next flush. */
  add(request: Request, score: KnownScore): void;
  /** Writes what was added, with fsync. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

const layout = z.object({
  key: z.string(),
  logLikelihood: z.number(),
  greedy: z.boolean(),
  tokens: z.int().min(0),
  cut: z.int().min(0),
});

/**
 * Opens a file of scores, made when missing. Lines that are none of ours, or torn, are passed over.
 *
 * @param about  all that a score depends on beside its request: model, precision, settings
 */
export async function openScoreCache(path: string, about: object): Promise<ScoreCache> {
  await makeFolder(dirname(path));
  const known = new Map<string, KnownScore>();
  const bytes = await readIfThere(path);
  for (const line of bytes?.toString().split('\n') ?? []) {
    const found = parsed(line);
    if (found) known.set(found.key, found.score);
  }
  const handle = await open(path, 'a');
  const settings = JSON.stringify(about);
  const keyOf = (request: Request) => keyOfRequest(settings, request);
  let waiting = '';
  const flush = async () => {
    if (waiting === '') return;
    const start = (await endsInLine(path)) ? '' : '\n'; // after a torn line
    const lines = start + waiting;
    waiting = '';
    await writeAll(handle, Buffer.from(lines));
    await handle.sync();
  };
  return {
    get: (request) => known.get(keyOf(request)) ?? null,
    add(request, { logLikelihood, greedy, tokens, cut }) {
      const key = keyOf(request);
      known.set(key, { logLikelihood, greedy, tokens, cut });
      waiting += `${JSON.stringify({ key, logLikelihood, greedy, tokens, cut })}\n`;
    },
    flush,
    async close() {
      try {
        await flush();
      } finally {
        await handle.close();
      }
    },
  };
}

/** A cache that keeps nothing. */
export const noCache: ScoreCache = {
  get: () => null,
  add: () => undefined,
  flush: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

function keyOfRequest(settings: string, request: Request): string {
  const texts = request.kind === 'rolling' ? [request.text] : [request.context, request.continuation];
  return createHash('sha256')
    .update(JSON.stringify([settings, request.kind, ...texts]))
    .digest('base64url')
    .slice(0, 32);
}

function parsed(line: string): { key: string; score: KnownScore } | null {
  if (line === '') return null;
  try {
    const found = layout.safeParse(JSON.parse(line));
    if (!found.success) return null;
    const { key, ...score } = found.data;
    return { key, score };
  } catch {
    return null;
  }
}

async function endsInLine(path: string): Promise<boolean> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    if (size === 0) return true;
    const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
    return buffer[0] === 0x0a;
  } finally {
    await handle.close();
  }
}
