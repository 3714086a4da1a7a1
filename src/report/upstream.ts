// The paper's published curves, from data/upstream-curves.json: by groups as its figures have them, or one by one.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { failure } from '../run/failure.ts';
import { nearestName } from '../run/nearest.ts';
import { packageRoot } from '../run/store.ts';

const curvesSchema = z.object({
  version: z.literal(1),
  source: z.string(),
  /** Steps between rows; the first row is step 0. */
  every: z.int().positive(),
  curves: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      layers: z.int().positive(),
      corpus: z.string(),
      log: z.string(),
      train: z.array(z.number()).min(1),
      val: z.array(z.number()).min(1),
    }),
  ),
});

/** One published training log. */
export interface UpstreamCurve {
  id: string;
  /** What it is, with its layers. */
  label: string;
  corpus: string;
  layers: number;
  steps: readonly number[];
  train: readonly number[];
  val: readonly number[];
}

/** Curves that belong together: full, same size and random, ours; then rounds, longer runs and baselines. */
export const upstreamGroups: Readonly<Record<string, readonly string[]>> = {
  'openwebtext-medium': ['M1', 'M2', 'M6'],
  'openwebtext-large': ['L1', 'L2', 'L4'],
  'openwebtext-xlarge': ['X1', 'X2', 'X4'],
  'fineweb-large': ['F1', 'F2', 'F3'],
  'fineweb-medium': ['F4', 'F5', 'F6'],
  'openwebtext-medium-rounds': ['M1', 'M4', 'M5', 'M6'],
  'openwebtext-medium-extended': ['M3', 'M6'],
  'openwebtext-large-extended': ['L3', 'L4'],
  'openwebtext-xlarge-extended': ['X3', 'X4'],
  'openwebtext-medium-baselines': ['B1-M', 'B3-M', 'B4-M', 'M6'],
  'openwebtext-large-baselines': ['B1-L', 'B3-L', 'B4-L', 'L4'],
  'openwebtext-xlarge-baselines': ['B1-X', 'B3-X', 'B4-X', 'X4'],
  'openwebtext-medium-ablations': ['A1', 'A2', 'A3', 'M6'],
};

/** All published curves, by id. */
export async function readUpstreamCurves(): Promise<Map<string, UpstreamCurve>> {
  const path = join(packageRoot(), 'data', 'upstream-curves.json');
  const { every, curves } = curvesSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  return new Map(
    curves.map(({ id, name, layers, corpus, train, val }) => [
      id,
      {
        id,
        label: `${id}: ${name}, ${layers} layers`,
        corpus,
        layers,
        steps: val.map((_, row) => row * every),
        train,
        val,
      },
    ]),
  );
}

/**
 * The curves that these names ask for, each once.
 *
 * @throws Error  with exit code 64 at a name that is neither a group nor an id
 */
export async function chosenCurves(names: readonly string[]): Promise<UpstreamCurve[]> {
  if (names.length === 0) return [];
  const curves = await readUpstreamCurves();
  const ids = names.flatMap((name) => {
    if (Object.hasOwn(upstreamGroups, name)) return upstreamGroups[name] ?? [];
    if (curves.has(name)) return [name];
    const known = [...Object.keys(upstreamGroups), ...curves.keys()];
    const nearest = nearestName(name, known);
    throw failure(
      'usage',
      `upstream: expected ${Object.keys(upstreamGroups).slice(0, 5).join(', ')} or an id such as M1, got ${name}` +
        (nearest ? `; did you mean ${nearest}?` : '; docs/report.md lists all'),
    );
  });
  return [...new Set(ids)].flatMap((id) => curves.get(id) ?? []);
}
