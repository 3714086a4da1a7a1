// What differs between the options of two starts of a run, for a person to read.

import { parse } from 'yaml';
import { readIfThere } from './atomic.ts';
import { errorLine } from './failure.ts';
import { isObject } from './option-schema.ts';

/**
 * The options that `now` (YAML) has otherwise than the file of the last start, as `key: before -> now`; none for a first.
 */
export async function optionChanges(file: string, now: string): Promise<string[]> {
  const before = await readIfThere(file);
  if (before === null) return [];
  try {
    return differences(parse(before.toString()), parse(now));
  } catch (error) {
    return [`${file}: not readable, so changes are not known: ${errorLine(error)}`];
  }
}

function differences(before: unknown, now: unknown, key = ''): string[] {
  if (!isObject(before) || !isObject(now)) {
    const [old, current] = [JSON.stringify(before) ?? 'nothing', JSON.stringify(now) ?? 'nothing'];
    return old === current ? [] : [`${key}: ${old} -> ${current}`];
  }
  return [...new Set([...Object.keys(before), ...Object.keys(now)])].flatMap((name) =>
    differences(before[name], now[name], key ? `${key}.${name}` : name),
  );
}
