// What an evaluation prints at its end: the table of results, and the differences to another model.

import { differencesTable } from './compare-results.ts';
import type { Evaluated } from './evaluate.ts';
import { tableOf } from './results-table.ts';

/** The tables for a terminal. */
export function evaluationText({ results, differences }: Evaluated): string {
  if (differences === null) return tableOf(results);
  const compared =
    differences.length === 0
      ? 'against: no item is in both; the tasks, their versions or their examples differ'
      : differencesTable(differences);
  return `${tableOf(results)}\n\n${compared}`;
}
