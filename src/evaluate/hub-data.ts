// The hub's Parquet files of a data set's split, fetched into the cache that Python shares.

import { failure } from '../run/failure.ts';
import type { Split } from './find-data.ts';

/** Paths of the split's files in the cache. */
export function hubSplit({ task, dataset }: Split, _offline: boolean): Promise<string[]> {
  return Promise.reject(failure('network', `${task}: ${dataset}: is not fetched yet; use --data-dir`));
}
