// What `--tasks a,b` means: the tasks behind names of tasks, groups, tags and sets, each once, and the groups to report.

import { unknownTask } from './catalog.ts';
import type { Catalog } from './catalog.ts';
import { failure } from '../run/failure.ts';
import type { TaskGroup } from './task.ts';

/** A task to run, with the number of examples that a set asks for. */
export interface ChosenTask {
  name: string;
  shots: number | null;
}

const deepest = 8;

/** @throws Error  with exit code 64 for an unknown name, with the nearest known one */
export function chosenTasks(
  names: readonly string[],
  catalog: Catalog,
): { tasks: ChosenTask[]; groups: TaskGroup[] } {
  if (names.length === 0) throw failure('usage', '--tasks: expected at least one task');
  const tasks = new Map<string, ChosenTask>();
  const groups = new Map<string, TaskGroup>();

  const addTask = (name: string, shots: number | null): void => {
    const known = tasks.get(name);
    if (known && shots !== null && known.shots !== null && known.shots !== shots)
      throw failure('usage', `--tasks: ${name} is asked for with ${known.shots} and with ${shots} examples`);
    tasks.set(name, { name, shots: shots ?? known?.shots ?? null });
  };
  const add = (name: string, shots: number | null, where: string, depth: number): void => {
    if (depth > deepest) throw failure('usage', `${where}: groups go deeper than ${deepest}`);
    const group = catalog.groups.get(name);
    if (group) {
      groups.set(name, reported(group.definition, catalog));
      for (const entry of group.definition.task) {
        const { task, num_fewshot: own = shots } = typeof entry === 'string' ? { task: entry } : entry;
        add(task, own, group.file, depth + 1);
      }
    } else if (catalog.tasks.has(name)) addTask(name, shots);
    else {
      const tagged = catalog.tags.get(name);
      if (!tagged) throw unknownTask(name, catalog, where);
      for (const task of tagged) addTask(task, shots);
    }
  };
  for (const name of names) add(name, null, '--tasks', 0);
  return { tasks: [...tasks.values()], groups: [...groups.values()] };
}

type GroupDefinition = Catalog['groups'] extends ReadonlyMap<string, { definition: infer T }> ? T : never;

function reported(definition: GroupDefinition, catalog: Catalog): TaskGroup {
  const entries = definition.task.map((entry) => (typeof entry === 'string' ? { task: entry } : entry));
  return {
    name: definition.group,
    alias: definition.group_alias ?? definition.group,
    version: definition.metadata?.version ?? 'N/A',
    members: entries.flatMap(({ task }) =>
      catalog.groups.has(task) || catalog.tasks.has(task) ? [task] : (catalog.tags.get(task) ?? [task]),
    ),
    aggregate: (definition.aggregate_metric_list ?? []).map(({ metric, weight_by_size }) => ({
      metric,
      weightBySize: weight_by_size,
    })),
    counts: entries.flatMap((entry) =>
      'metric' in entry && entry.metric !== undefined ? [{ task: entry.task, metric: entry.metric }] : [],
    ),
  };
}
