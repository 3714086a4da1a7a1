// From names of tasks to items with requests: definitions, data, examples, prompts.

import { errorLine, exitCodeOf, failure } from '../run/failure.ts';
import { documentBuiltins } from './builtins.ts';
import { readCatalog, unknownTask } from './catalog.ts';
import type { Catalog, Defined } from './catalog.ts';
import { taskFields } from './fields.ts';
import { dataReader } from './find-data.ts';
import type { DataReader } from './find-data.ts';
import { itemBuilder, noShots, sampler } from './prompts.ts';
import type { Sampler } from './prompts.ts';
import { pythonRandom } from './python-random.ts';
import type { PlacedRow } from './read-rows.ts';
import { chosenTasks } from './selection.ts';
import { usualMetrics } from './task-schema.ts';
import type { TaskDefinition } from './task-schema.ts';
import type { Compat, Item, PrepareOptions, PreparedTask, PreparedTasks, Row, TaskMetric } from './task.ts';

/** What is prepared when nothing else is said. */
export const usualPreparation: PrepareOptions = {
  dataDir: null,
  includePaths: [],
  compat: 'lm-eval-0.4',
  shots: null,
  limit: null,
  samples: null,
  seeds: { python: 0, numpy: 1234, torch: 1234, fewshot: 1234 },
  offline: false,
};

/**
 * Reads the documents of tasks, groups, tags and named sets, and builds all requests.
 *
 * @throws Error  with exit code 64 for a bad definition or an unknown name, 65 for data that is missing or malformed, 69 for the network
 */
export async function prepareTasks(
  names: readonly string[],
  options: Partial<PrepareOptions> = {},
): Promise<PreparedTasks> {
  const known: PrepareOptions = { ...usualPreparation, ...options };
  checkLimits(known);
  const catalog = await readCatalog(known.includePaths, known.compat);
  const { tasks, groups } = chosenTasks(names, catalog);
  checkSamples(
    known,
    catalog,
    tasks.map(({ name }) => name),
  );
  const reader = dataReader(known);
  const prepared: PreparedTask[] = [];
  for (const { name, shots } of tasks) {
    const defined = catalog.tasks.get(name);
    if (!defined) throw unknownTask(name, catalog);
    prepared.push(await prepareTask(defined, shotsOf(defined.definition, shots, known.shots), reader, known));
  }
  return { tasks: prepared, groups };
}

/** The command line's number wins, but over a task that says 0. */
function shotsOf({ num_fewshot: own }: TaskDefinition, fromSet: number | null, asked: number | null): number {
  if (own === 0) return 0;
  return asked ?? fromSet ?? own ?? 0;
}

async function prepareTask(
  { definition, file }: Defined<TaskDefinition>,
  shots: number,
  reader: DataReader,
  options: PrepareOptions,
): Promise<PreparedTask> {
  const { compat } = options;
  const split = definition.test_split ?? definition.validation_split;
  if (!split) throw failure('usage', `${file}: test_split or validation_split: expected one of them`);
  const docs = await documents(definition, split, reader);
  const [first] = docs;
  if (!first) throw failure('data', `${definition.task}: the split ${split} has no documents`);
  const fields = inFile(file, definition.task, () => taskFields(definition, new Set(Object.keys(first.row))));
  // In 2023 one generator shuffled the documents and then drew the examples.
  const random = pythonRandom(compat === 'lm-eval-2023' ? 42 : options.seeds.fewshot);
  const order = docs.map((_, index) => index);
  if (compat === 'lm-eval-2023') random.shuffle(order);
  const sample = await samplerOf(definition, shots, reader, file, { random, compat });
  const build = itemBuilder(definition, fields, sample, compat);
  const items = chosenDocuments(order, definition.task, options).map((docId) =>
    itemAt(build, docs[docId] ?? first, docId, file, definition.task),
  );
  return {
    name: definition.task,
    alias: definition.task_alias ?? definition.task,
    version: definition.metadata?.version ?? 'N/A',
    shots,
    kind: definition.output_type,
    metrics: metricsOf(definition),
    scoring: scoringOf(definition),
    items: withGold(items, definition, file),
    originalCount: docs.length,
    chance: chanceOf(items),
    compat,
    config: configOf(definition, shots),
  };
}

async function documents(
  definition: TaskDefinition,
  split: string,
  reader: DataReader,
): Promise<PlacedRow[]> {
  const rows = await reader.rows({
    dataset: definition.dataset_path,
    config: definition.dataset_name ?? null,
    split,
    task: definition.task,
  });
  const change = definition.process_docs === undefined ? null : documentBuiltins[definition.process_docs];
  if (!change) return [...rows];
  return rows.map(({ row, place }) => {
    try {
      return { row: change(row), place };
    } catch (cause) {
      throw failure('data', `${place}: ${errorLine(cause)}`, { cause });
    }
  });
}

/** Where examples come from, and how they are chosen. */
async function samplerOf(
  definition: TaskDefinition,
  shots: number,
  reader: DataReader,
  file: string,
  { random, compat }: { random: ReturnType<typeof pythonRandom>; compat: Compat },
): Promise<Sampler> {
  if (shots === 0) return noShots;
  const { training_split, validation_split, test_split, fewshot_config } = definition;
  const named = fewshot_config?.split ?? definition.fewshot_split ?? null;
  const split = named ?? training_split ?? validation_split ?? test_split;
  if (!split) throw failure('usage', `${file}: num_fewshot: no split to draw examples from`);
  const pool = (await documents(definition, split, reader)).map(({ row }) => row);
  // lm-eval compares the names of the splits, where both may be missing; in 2023 a training split made the difference.
  const excludesItself =
    compat === 'lm-eval-2023' ? !training_split && named === null : named === (test_split ?? null);
  const isFirst = fewshot_config?.sampler === 'first_n';
  return inFile(file, definition.task, () => sampler(pool, shots, { isFirst, excludesItself, random }));
}

function itemAt(
  build: (row: Row, docId: number) => Item,
  { row, place }: PlacedRow,
  docId: number,
  file: string,
  task: string,
): Item {
  try {
    return build(row, docId);
  } catch (cause) {
    throw failure('data', `${place}: does not fit the task ${task} (${file}): ${errorLine(cause)}`, {
      cause,
    });
  }
}

/** Documents by --samples, --limit or all, as positions in the data set. */
function chosenDocuments(
  order: readonly number[],
  task: string,
  { samples, limit, compat }: PrepareOptions,
): readonly number[] {
  if (samples !== null) {
    const own = samples[task];
    if (own === undefined) return order;
    const wanted = new Set(own);
    const outside = own.find((index) => !Number.isInteger(index) || index < 0 || index >= order.length);
    if (outside !== undefined)
      throw failure(
        'usage',
        `--samples: ${task}: expected documents 0 to ${order.length - 1}, got ${outside}`,
      );
    return order.filter((index) => wanted.has(index));
  }
  if (limit === null) return order;
  if (limit >= 1) return order.slice(0, Math.trunc(limit));
  const share = order.length * limit;
  return order.slice(0, compat === 'lm-eval-2023' ? Math.trunc(share) : Math.ceil(share));
}

function checkLimits({ limit, samples, shots }: PrepareOptions): void {
  if (limit !== null && samples !== null)
    throw failure('usage', '--limit and --samples: expected one of them');
  if (limit !== null && !(limit > 0)) throw failure('usage', `--limit: expected more than 0, got ${limit}`);
  if (shots !== null && !(Number.isInteger(shots) && shots >= 0 && shots <= 1000))
    throw failure('usage', `--num-fewshot: expected 0 to 1000, got ${shots}`);
}

function checkSamples({ samples }: PrepareOptions, catalog: Catalog, names: readonly string[]): void {
  for (const name of Object.keys(samples ?? {}))
    if (!names.includes(name))
      throw catalog.tasks.has(name)
        ? failure('usage', `--samples: ${name} is not among the tasks`)
        : unknownTask(name, catalog, '--samples');
}

function metricsOf({ metric_list }: TaskDefinition): TaskMetric[] {
  return metric_list.map(({ metric, aggregation, higher_is_better }) => {
    const usual = usualMetrics[metric];
    return {
      name: metric,
      aggregation: aggregation ?? usual.aggregation,
      higherIsBetter: higher_is_better ?? usual.higherIsBetter,
    };
  });
}

function scoringOf({ process_results }: TaskDefinition): PreparedTask['scoring'] {
  if (process_results === 'mc2 first zero') return 'mc2-first-zero';
  if (process_results === 'last of equals') return 'tie-means-last';
  return process_results ?? 'usual';
}

/** mc2's right choices are those with label 1; in 2023 those before the first 0. */
function withGold(
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

function chanceOf(items: readonly Item[]): number | null {
  const withChoices = items.filter(({ choices }) => choices.length > 0);
  if (withChoices.length === 0) return null;
  const sum = withChoices.reduce(
    (total, { choices, gold }) => total + Math.max(1, gold.length) / choices.length,
    0,
  );
  return sum / withChoices.length;
}

/** The definition as results tell it: what has no value is left out. */
function configOf(definition: TaskDefinition, shots: number): Row {
  const { compat: _, ...fields } = { ...definition, num_fewshot: shots };
  return JSON.parse(JSON.stringify(fields)) as Row;
}

function inFile<T>(file: string, task: string, body: () => T): T {
  try {
    return body();
  } catch (cause) {
    if (exitCodeOf(cause) !== 70) throw cause;
    throw failure('usage', `${file}: ${task}: ${errorLine(cause)}`, { cause });
  }
}
