// Units in a row that together are worth a part. Knows no text.

import type { Unit } from '../sources/units.ts';
import type { Group } from './work.ts';

/** Groups of at most `groupBytes`, or of one larger unit. Token files that follow each other stay together: shards cut documents. */
export function groupsOf(units: readonly Unit[], groupBytes: number): Group[] {
  const groups: Group[] = [];
  for (const unit of units) {
    const last = groups.at(-1);
    const isTokens = unit.format === 'tokens';
    const wasTokens = last?.units[0]?.format === 'tokens';
    if (last !== undefined && isTokens === wasTokens && (isTokens || last.bytes + unit.bytes <= groupBytes)) {
      last.units.push(unit);
      last.bytes += unit.bytes;
    } else groups.push({ number: groups.length, units: [unit], bytes: unit.bytes, firstRow: 0 });
  }
  return groups;
}
