// Groups of tasks: weighted and plain means, pooled errors, and the means of the paper's named sets.

import { mean, pooledError } from './aggregate.ts';
import type { TaskGroup } from './task.ts';

/** Values of a task or group: `name`, `alias`, `sample_len`, and `METRIC,none` with `METRIC_stderr,none`. */
export type ResultRow = Record<string, string | number | Record<string, number>>;

/** A group's row, from those of its tasks. */
export function groupRow(
  group: TaskGroup,
  groups: ReadonlyMap<string, TaskGroup>,
  rows: ReadonlyMap<string, ResultRow>,
): ResultRow {
  const row: ResultRow = { alias: group.alias, name: group.name };
  const leaves = leafTasks(group, groups)
    .map((name) => rows.get(name))
    .filter((leaf) => leaf !== undefined);
  if (group.aggregate.length > 0)
    row.sample_len = leaves.reduce((sum, leaf) => sum + Number(leaf.sample_len), 0);
  const counts: Record<string, number> = {};
  for (const { metric, weightBySize } of group.aggregate) {
    const having = leaves.filter((leaf) => typeof leaf[`${metric},none`] === 'number');
    if (having.length === 0) continue;
    const values = having.map((leaf) => Number(leaf[`${metric},none`]));
    const sizes = having.map((leaf) => Number(leaf.sample_len));
    const errors = having
      .map((leaf) => leaf[`${metric}_stderr,none`])
      .filter((error) => typeof error === 'number');
    const haveErrors = errors.length === having.length;
    const weights = weightBySize ? sizes : sizes.map(() => 1);
    row[`${metric},none`] = weighted(values, weights);
    counts[`${metric},none`] = sizes.reduce((sum, size) => sum + size, 0);
    row[`${metric}_stderr,none`] = haveErrors ? pooledError(errors, sizes) : 'N/A';
    if (!weightBySize) continue;
    // The mean in which every subject counts alike, as the paper's; ours, not lm-eval's.
    row[`${metric}_plain,none`] = mean(values);
    row[`${metric}_plain_stderr,none`] = haveErrors ? plainError(errors) : 'N/A';
  }
  if (Object.keys(counts).length > 0) row.sample_count = counts;
  return group.counts.length > 0 ? { ...row, ...setMean(group, rows) } : row;
}

/** A named set's mean: each of its members counts once, with the metric that the set names for it. */
function setMean({ counts }: TaskGroup, rows: ReadonlyMap<string, ResultRow>): ResultRow {
  const cells = counts.map(({ task, metric }) => {
    const row = rows.get(task) ?? {};
    const found = metric === 'acc_plain' && row['acc_plain,none'] === undefined ? 'acc' : metric;
    return [row[`${found},none`], row[`${found}_stderr,none`]];
  });
  const values = cells.map(([value]) => value).filter((value) => typeof value === 'number');
  const errors = cells.map(([, error]) => error).filter((error) => typeof error === 'number');
  if (values.length < counts.length) return {};
  return {
    'mean,none': mean(values),
    'mean_stderr,none': errors.length === counts.length ? plainError(errors) : 'N/A',
  };
}

function weighted(values: readonly number[], weights: readonly number[]): number {
  let [sum, total] = [0, 0];
  for (const [index, value] of values.entries()) {
    const weight = weights[index] ?? 0;
    sum += value * weight;
    total += weight;
  }
  return sum / total;
}

/** The error of a plain mean of independent scores. */
function plainError(errors: readonly number[]): number {
  return Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0)) / errors.length;
}

function leafTasks({ members }: TaskGroup, groups: ReadonlyMap<string, TaskGroup>): string[] {
  const leaves = members.flatMap((member) => {
    const inner = groups.get(member);
    return inner ? leafTasks(inner, groups) : [member];
  });
  return [...new Set(leaves)];
}

/** Groups after those inside them. */
export function childrenFirst(groups: readonly TaskGroup[]): TaskGroup[] {
  const byName = new Map(groups.map((group) => [group.name, group]));
  const done = new Set<TaskGroup>();
  const visit = (group: TaskGroup): void => {
    if (done.has(group)) return;
    for (const member of group.members) {
      const inner = byName.get(member);
      if (inner) visit(inner);
    }
    done.add(group);
  };
  for (const group of groups) visit(group);
  return [...done];
}
