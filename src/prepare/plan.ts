// What the sources are: units to read, and where they came from. The embedded corpus here, all else in src/sources.

import { sotu, sotuBytes, sotuCorpus } from '../sources/corpus.ts';
import type { Plan, ReadOptions } from '../sources/units.ts';
import { planUnits as planFiles } from '../sources/plan.ts';

/**
 * Units in the order of the sources. Reads names, sizes and the footers of parquet files.
 *
 * @throws Error  with an exit code: 64 for a source that is none, 65 for a damaged file, 69 for the network
 */
export async function planUnits(sources: readonly string[], options: ReadOptions): Promise<Plan> {
  const files = sources.filter((source) => source !== sotu);
  const plan = await planFiles(files, options);
  if (files.length === sources.length) return plan;
  const embedded = {
    source: sotu,
    place: { path: sotu, bytes: sotuBytes, mtimeMs: 0 },
    format: 'text',
    compression: 'none',
    begin: 0,
    end: sotuBytes,
    bytes: sotuBytes,
    documents: null,
  } as const;
  return {
    ...plan,
    units: [embedded, ...plan.units],
    origins: [...(await sotuCorpus().origins()), ...plan.origins],
    bytes: plan.bytes + sotuBytes,
    documents: null,
    textBytes: plan.textBytes + sotuBytes,
  };
}
