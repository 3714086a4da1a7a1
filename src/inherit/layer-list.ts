// Lists of layers as people write them: '0-7', '0,2,5', '0-3,20-23'. 0-based, in the order given.

import { failure } from '../run/failure.ts';

/**
 * The layers a list names.
 *
 * @param available  layers the reference has
 * @throws Error  with exit code 64 for anything but numbers and ranges from 0 to available - 1
 */
export function parseLayers(text: string, available: number): number[] {
  return text.split(',').flatMap((part) => {
    const range = /^\s*(\d+)(?:\s*-\s*(\d+))?\s*$/.exec(part);
    if (!range)
      throw failure('usage', `layers: expected numbers and ranges such as 0-7 or 0,2,5, got '${text}'`);
    const first = Number(range[1]);
    const last = Number(range[2] ?? range[1]);
    if (last < first)
      throw failure('usage', `layers: the range ${part.trim()} runs backwards; list the layers one by one`);
    if (last >= available)
      throw failure(
        'usage',
        `layers: must be 0..${available - 1} (the reference has ${available}), got ${last}`,
      );
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}

/** The first `count` layers. @throws Error  with exit code 64 when there are not so many */
export function firstLayers(count: number, available: number): number[] {
  if (!Number.isInteger(count) || count < 1 || count > available)
    throw failure(
      'usage',
      `inherit: first must be 1..${available} (the reference has ${available}), got ${count}`,
    );
  return Array.from({ length: count }, (_, layer) => layer);
}
