// metrics.jsonl: one JSON record a line, append only. A killed writer leaves at most one torn last line, which readers
// skip and the next writer cuts off. A full disk costs a warning, not the run: lines wait in memory and are tried again.

import { open, readFile, truncate } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { readIfThere, syncPath, writeFileAtomic } from './atomic.ts';
import { errorLine, failure } from './failure.ts';

/** One line's figures and words. NaN and infinities are kept (as text in the file; JSON has none). */
export interface MetricRecord {
  step?: number;
  [name: string]: number | string | boolean | null | undefined | readonly number[];
}

/** A run's metrics file, open for appending. */
export interface Metrics {
  /** Adds a line. Resolves when it was tried; never rejects. */
  append(record: MetricRecord): Promise<void>;
  /** Drops the records of steps after `step`: a resumed run writes them again. Records without a step stay. */
  truncateAfterStep(step: number): Promise<void>;
  /** Tries once more what could not be written, then closes. */
  close(): Promise<void>;
}

/**
 * Opens a metrics file, made when missing, and cuts off a torn last line.
 *
 * @param warn  is told once when lines cannot be written, and when they were after all
 */
export async function openMetrics(
  path: string,
  { warn = (line) => process.emitWarning(line) }: { warn?: (line: string) => void } = {},
): Promise<Metrics> {
  let handle = await openWhole(path);
  let waiting = Buffer.alloc(0); // bytes not yet written; after a short write it starts within a line
  let failing = false;
  let queue: Promise<void> = Promise.resolve();

  const flush = async (): Promise<void> => {
    try {
      while (waiting.length > 0) {
        const { bytesWritten } = await handle.write(waiting);
        if (bytesWritten === 0) throw failure('disk', 'the disk took none of the bytes it was given');
        waiting = waiting.subarray(bytesWritten);
      }
      if (failing) warn(`${path}: written again, nothing is missing`);
      failing = false;
    } catch (error) {
      if (!failing)
        warn(`${path}: not written: ${errorLine(error)}; lines are kept in memory and tried again`);
      failing = true;
    }
  };
  // One after the other, in the order of the calls.
  const enqueue = (task: () => Promise<void>): Promise<void> => {
    const done = queue.then(task);
    queue = done.catch(() => undefined);
    return done;
  };

  return {
    append: (record) => {
      waiting = Buffer.concat([waiting, Buffer.from(`${JSON.stringify(record, nonFiniteAsText)}\n`)]);
      return enqueue(flush);
    },
    truncateAfterStep: (step) =>
      enqueue(async () => {
        await flush();
        const lines = wholeLines(await readFile(path, 'utf8'));
        const kept = lines.filter((line) => (parseRecord(line)?.step ?? 0) <= step);
        if (kept.length === lines.length) return;
        await handle.close();
        await writeFileAtomic(path, kept.map((line) => `${line}\n`).join(''));
        handle = await open(path, 'a');
      }),
    close: () =>
      enqueue(async () => {
        await flush();
        await handle.close();
      }),
  };
}

/**
 * The records of a metrics file. A torn last line is skipped; a missing file has no records.
 *
 * @throws Error  with exit code 65 at any other line that is not a record
 */
export async function readMetrics(path: string): Promise<MetricRecord[]> {
  const text = (await readIfThere(path))?.toString() ?? '';
  return wholeLines(text).map((line, index) => {
    const record = parseRecord(line);
    if (!record)
      throw failure('data', `${path}:${index + 1}: expected a JSON object, found ${line.slice(0, 40)}`);
    return record;
  });
}

async function openWhole(path: string): Promise<FileHandle> {
  const bytes = await readIfThere(path);
  const whole = bytes === null ? 0 : bytes.lastIndexOf(0x0a) + 1;
  if (bytes && whole < bytes.length) {
    await truncate(path, whole);
    await syncPath(path);
  }
  return open(path, 'a');
}

function wholeLines(text: string): string[] {
  return text.split('\n').slice(0, -1); // what follows the last newline is torn, or nothing
}

function parseRecord(line: string): MetricRecord | null {
  let value: unknown;
  try {
    value = JSON.parse(line, textAsNonFinite);
  } catch {
    return null;
  }
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as MetricRecord)
    : null;
}

function nonFiniteAsText(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

function textAsNonFinite(_: string, value: unknown): unknown {
  return value === 'NaN' || value === 'Infinity' || value === '-Infinity' ? Number(value) : value;
}
