// Results of an evaluation in the shape of lm-evaluation-harness's JSON: tasks, groups, configs, versions, counts.

import { aggregated } from './aggregate.ts';
import { childrenFirst, groupRow } from './group-results.ts';
import { itemMetrics } from './metrics.ts';
import type { ItemMetrics } from './metrics.ts';
import { pythonJson } from './python-values.ts';
import type { ResultRow } from './group-results.ts';
import type { Score } from './request.ts';
import type { PreparedTask, PreparedTasks, Row } from './task.ts';

/** What is known after an evaluation; who runs it adds model, date and settings. */
export interface Results {
  results: Record<string, ResultRow>;
  groups?: Record<string, ResultRow>;
  group_subtasks: Record<string, readonly string[]>;
  configs: Record<string, Row>;
  versions: Record<string, string | number>;
  'n-shot': Record<string, number>;
  higher_is_better: Record<string, Record<string, boolean | null>>;
  'n-samples': Record<string, { original: number; effective: number }>;
  /** Accuracy of guessing by task; ours, not lm-eval's. */
  chance: Record<string, number>;
}

/** Scores of a task: of each item those of its requests, in order. */
export type TaskScores = ReadonlyMap<string, readonly (readonly Score[])[]>;

/**
 * Computes all metrics.
 *
 * @param scores  by task name
 * @param options.bootstrapIterations  resamples for a perplexity's error, 100,000 in lm-eval; 0 switches all errors off
 */
export async function summarize(
  { tasks, groups }: PreparedTasks,
  scores: TaskScores,
  { bootstrapIterations = 100_000 }: { bootstrapIterations?: number } = {},
): Promise<Results> {
  const rows = new Map<string, ResultRow>();
  for (const task of tasks)
    rows.set(task.name, await taskRow(task, metricsOf(task, scores), bootstrapIterations));
  const byName = new Map(groups.map((group) => [group.name, group]));
  const grouped: Record<string, ResultRow> = {};
  for (const group of childrenFirst(groups)) {
    const row = groupRow(group, byName, rows);
    rows.set(group.name, row);
    if (group.aggregate.length > 0 || group.counts.length > 0) grouped[group.name] = row;
  }
  const shots = Object.fromEntries(tasks.map(({ name, shots: count }) => [name, count]));
  const better = Object.fromEntries(
    tasks.map(({ name, metrics }) => [
      name,
      Object.fromEntries(
        metrics.map((metric): [string, boolean | null] => [metric.name, metric.higherIsBetter]),
      ),
    ]),
  );
  for (const { name, members } of childrenFirst(groups)) {
    const counts = new Set(members.map((member) => shots[member]).filter((count) => count !== undefined));
    const [only] = counts;
    if (counts.size === 1 && only !== undefined) shots[name] = only;
    const merged = mergedDirections(members.map((member) => better[member] ?? {}));
    if (Object.keys(merged).length > 0) better[name] = merged;
  }
  return {
    results: Object.fromEntries(rows),
    ...(Object.keys(grouped).length > 0 ? { groups: grouped } : {}),
    group_subtasks: Object.fromEntries(groups.map(({ name, members }) => [name, members])),
    configs: sorted(Object.fromEntries(tasks.map(({ name, config }) => [name, config]))),
    versions: sorted(Object.fromEntries([...tasks, ...groups].map(({ name, version }) => [name, version]))),
    'n-shot': sorted(shots),
    higher_is_better: sorted(better),
    'n-samples': Object.fromEntries(
      tasks.map(({ name, originalCount, items }) => [
        name,
        { original: originalCount, effective: items.length },
      ]),
    ),
    chance: Object.fromEntries(
      tasks.flatMap(({ name, chance }) => (chance === null ? [] : [[name, chance]])),
    ),
  };
}

/** The bytes of a results file: as Python's json.dumps(indent=2) writes them, floats with a point. */
export function resultsText(results: object): string {
  return pythonJson(results, {
    indent: 2,
    isFloat: (key, parent) =>
      parent === 'versions' ||
      (parent === 'metadata' && key === 'version') ||
      (parent !== 'sample_count' && floats.test(key)),
  });
}

const floats = /,none$|^(acc|acc_norm|acc_bytes|mc1|mc2|ppl|\w+_perplexity|bits_per_byte)(_stderr)?$/;

/** The results as the harness of 2023 wrote them: plain metric names, no groups. */
export function results2023({ results, versions, 'n-shot': shots }: Results): object {
  const plain = Object.entries(results)
    .filter(([name]) => shots[name] !== undefined)
    .map(([name, row]) => [
      name,
      Object.fromEntries(
        Object.entries(row)
          .filter(([key, value]) => key.endsWith(',none') && value !== 'N/A')
          .map(([key, value]) => [oldNames.get(key) ?? key.replace(',none', ''), value]),
      ),
    ]);
  return { results: Object.fromEntries(plain) as object, versions };
}

const oldNames = new Map([
  ['perplexity,none', 'ppl'],
  ['perplexity_stderr,none', 'ppl_stderr'],
]);

/** The metrics of each item. */
export function metricsOf(task: PreparedTask, scores: TaskScores): ItemMetrics[] {
  const own = scores.get(task.name);
  if (own?.length !== task.items.length)
    throw new RangeError(`${task.name}: ${task.items.length} items, scores of ${own?.length ?? 0}`);
  return task.items.map((item, index) => itemMetrics(task, item, own[index] ?? []));
}

async function taskRow(
  task: PreparedTask,
  items: readonly ItemMetrics[],
  iterations: number,
): Promise<ResultRow> {
  const row: ResultRow = { name: task.name, alias: task.alias, sample_len: items.length };
  for (const metric of task.metrics) {
    const values = items.map((item) => item[metric.name]).filter((one) => one !== undefined);
    if (values.length === 0) continue; // a metric that this kind of task does not have
    const { value, standardError } = await aggregated(metric, values, iterations);
    row[`${metric.name},none`] = value;
    row[`${metric.name}_stderr,none`] = standardError ?? 'N/A';
  }
  return row;
}

function mergedDirections(all: readonly Record<string, boolean | null>[]): Record<string, boolean | null> {
  const merged: Record<string, boolean | null> = {};
  for (const [name, direction] of all.flatMap((one) => Object.entries(one)))
    merged[name] = name in merged && merged[name] !== direction ? null : direction;
  return merged;
}

function sorted<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
