// Results as a table for people: value and standard error, the level of guessing, items, examples and version.

import { table } from '../run/format.ts';
import type { ResultRow } from './group-results.ts';
import type { Results } from './results.ts';

/** The table of all tasks and groups; groups stand above their members, which are indented. */
export function tableOf(results: Results): string {
  const rows = ordered(results).flatMap(({ name, depth }) => rowsOf(results, name, depth));
  return table([['task', 'version', 'shots', 'items', 'metric', '', 'value', 'stderr', 'chance'], ...rows]);
}

function rowsOf(results: Results, name: string, depth: number): string[][] {
  const row = results.results[name] ?? {};
  const chance = results.chance[name];
  const directions = results.higher_is_better[name] ?? {};
  const label = `${depth > 0 ? `${'  '.repeat(depth - 1)}- ` : ''}${typeof row.alias === 'string' ? row.alias : name}`;
  return metricsOf(row).map(({ metric, value, error }, index) => [
    index === 0 ? label : '',
    index === 0 ? String(results.versions[name] ?? '') : '',
    index === 0 ? String(results['n-shot'][name] ?? '') : '',
    index === 0 ? (typeof row.sample_len === 'number' ? String(row.sample_len) : '') : '',
    metric,
    arrow(directions[metric.replace(/_plain$/, '')]),
    value.toFixed(4),
    error === null ? '' : `± ${error.toFixed(4)}`,
    chance !== undefined && hasChance(metric) ? chance.toFixed(4) : '',
  ]);
}

function arrow(higherIsBetter: boolean | null | undefined): string {
  if (higherIsBetter === undefined || higherIsBetter === null) return '';
  return higherIsBetter ? '↑' : '↓';
}

function hasChance(metric: string): boolean {
  return ['acc', 'acc_norm', 'acc_bytes', 'mc1', 'mc2'].includes(metric);
}

/** Metrics of a row with their errors. */
export function metricsOf(row: ResultRow): { metric: string; value: number; error: number | null }[] {
  return Object.entries(row).flatMap(([key, value]) => {
    const metric = /^(.*),none$/.exec(key)?.[1];
    if (metric === undefined || metric.endsWith('_stderr') || typeof value !== 'number') return [];
    const error = row[`${metric}_stderr,none`];
    return [{ metric, value, error: typeof error === 'number' ? error : null }];
  });
}

/** Names in the order of the table: groups with their members below them, then the other tasks. */
function ordered({ results, group_subtasks: members }: Results): { name: string; depth: number }[] {
  const inner = new Set(Object.values(members).flat());
  const order: { name: string; depth: number }[] = [];
  const visit = (name: string, depth: number): void => {
    if (name in results) order.push({ name, depth });
    for (const member of members[name] ?? []) visit(member, depth + 1);
  };
  for (const name of Object.keys(members)) if (!inner.has(name)) visit(name, 0);
  for (const name of Object.keys(results)) if (!inner.has(name) && !(name in members)) visit(name, 0);
  return order;
}
