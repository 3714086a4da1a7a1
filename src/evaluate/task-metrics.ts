// What a task's definition says of its metrics: which, how an item comes to them, what is right, and what guessing gives.

import { failure } from '../run/failure.ts';
import { usualMetrics } from './task-schema.ts';
import type { TaskDefinition } from './task-schema.ts';
import type { Item, PreparedTask, TaskMetric } from './task.ts';

/** The metrics in the order of the definition. */
export function metricsOf({ metric_list }: TaskDefinition): TaskMetric[] {
  return metric_list.map(({ metric, aggregation, higher_is_better }) => {
    const usual = usualMetrics[metric];
    return {
      name: metric,
      aggregation: aggregation ?? usual.aggregation,
      higherIsBetter: higher_is_better ?? usual.higherIsBetter,
    };
  });
}

/** How an item comes to its metrics. */
export function scoringOf({ process_results }: TaskDefinition): PreparedTask['scoring'] {
  if (process_results === 'mc2 first zero') return 'mc2-first-zero';
  if (process_results === 'last of equals') return 'tie-means-last';
  return process_results ?? 'usual';
}

/** mc2's right choices are those with label 1; in 2023 those before the first 0. */
export function withGold(
  items: readonly Item[],
  { process_results }: TaskDefinition,
  file: string,
): readonly Item[] {
  if (process_results !== 'mc2' && process_results !== 'mc2 first zero') return items;
  return items.map((item) => {
    const targets = item.doc.mc2_targets;
    const labels =
      typeof targets === 'object' && targets !== null && 'labels' in targets ? targets.labels : null;
    if (!Array.isArray(labels) || labels.length !== item.choices.length)
      throw failure(
        'data',
        `${file}: document ${item.docId}: mc2_targets.labels: expected ${item.choices.length} labels`,
      );
    const places = (labels as readonly unknown[]).map((label, index) => (label === 1 ? index : -1));
    const zero = labels.indexOf(0);
    const gold =
      process_results === 'mc2'
        ? places.filter((place) => place >= 0)
        : places.map((_, index) => index).slice(0, zero < 0 ? undefined : zero);
    return { ...item, gold };
  });
}

/** The accuracy of guessing; null for tasks without choices. */
export function chanceOf(items: readonly Item[]): number | null {
  const withChoices = items.filter(({ choices }) => choices.length > 0);
  if (withChoices.length === 0) return null;
  const sum = withChoices.reduce(
    (total, { choices, gold }) => total + Math.max(1, gold.length) / choices.length,
    0,
  );
  return sum / withChoices.length;
}
