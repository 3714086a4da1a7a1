// What the sources are: units to read, and where they came from. Reads names and sizes only.

import { stat } from 'node:fs/promises';
import { sotu, sotuCorpus } from '../data/corpus.ts';
import { filesOf } from '../data/sources.ts';
import type { Plan, Unit } from '../data/units.ts';

const sotuBytes = 10_800_000;

/** Plans text files, folders of them, token files, and the embedded corpus. */
export async function planUnits(sources: readonly string[]): Promise<Plan> {
  const plan: Plan = { units: [], origins: [], bytes: 0, fetchBytes: 0, documents: null, textBytes: 0 };
  for (const source of sources) {
    if (source === sotu) {
      const place = { path: sotu, bytes: sotuBytes, mtimeMs: 0 };
      plan.units.push({ ...unit(sotu, place), format: 'text' });
      plan.origins.push(...(await sotuCorpus().origins()));
      plan.bytes += sotuBytes;
      continue;
    }
    for (const path of await filesOf([source])) {
      const { size: bytes, mtimeMs } = await stat(path);
      plan.units.push(unit(path, { path, bytes, mtimeMs }));
      plan.origins.push({ path, bytes, mtimeMs });
      plan.bytes += bytes;
    }
  }
  return plan;
}

function unit(source: string, place: { path: string; bytes: number; mtimeMs: number }): Unit {
  const { bytes } = place;
  const format = source.endsWith('.bin') ? 'tokens' : source.endsWith('.jsonl') ? 'jsonl' : 'text';
  return { source, place, format, compression: 'none', begin: 0, end: bytes, bytes, documents: null };
}
