// Which documents of a task are scored: all, the first ones, or some by number.

import { failure } from '../run/failure.ts';
import { unknownTask } from './catalog.ts';
import type { Catalog } from './catalog.ts';
import type { PrepareOptions } from './task.ts';

/** Documents by --samples, --limit or all, as positions in the data set. */
export function chosenDocuments(
  order: readonly number[],
  task: string,
  { samples, limit, compat }: PrepareOptions,
): readonly number[] {
  if (samples !== null) {
    const own = samples[task];
    if (own === undefined) return order;
    const wanted = new Set(own);
    const outside = own.find((index) => !Number.isInteger(index) || index < 0 || index >= order.length);
    if (outside !== undefined)
      throw failure(
        'usage',
        `--samples: ${task}: expected documents 0 to ${order.length - 1}, got ${outside}`,
      );
    return order.filter((index) => wanted.has(index));
  }
  if (limit === null) return order;
  if (limit >= 1) return order.slice(0, Math.trunc(limit));
  const share = order.length * limit;
  return order.slice(0, compat === 'lm-eval-2023' ? Math.trunc(share) : Math.ceil(share));
}

/** @throws Error  with exit code 64 for numbers that cannot be */
export function checkLimits({ limit, samples, shots }: PrepareOptions): void {
  if (limit !== null && samples !== null)
    throw failure('usage', '--limit and --samples: expected one of them');
  if (limit !== null && !(limit > 0)) throw failure('usage', `--limit: expected more than 0, got ${limit}`);
  if (shots !== null && !(Number.isInteger(shots) && shots >= 0 && shots <= 1000))
    throw failure('usage', `--num-fewshot: expected 0 to 1000, got ${shots}`);
}

/** @throws Error  with exit code 64 for tasks that are not asked for */
export function checkSamples({ samples }: PrepareOptions, catalog: Catalog, names: readonly string[]): void {
  for (const name of Object.keys(samples ?? {}))
    if (!names.includes(name))
      throw catalog.tasks.has(name)
        ? failure('usage', `--samples: ${name} is not among the tasks`)
        : unknownTask(name, catalog, '--samples');
}
