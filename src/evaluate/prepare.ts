// From names of tasks to items with requests: definitions, data, examples, prompts.

import { errorLine, exitCodeOf, failure } from '../run/failure.ts';
import { documentBuiltins } from './builtins.ts';
import { readCatalog, unknownTask } from './catalog.ts';
import type { Defined } from './catalog.ts';
import { checkLimits, checkSamples, chosenDocuments } from './chosen-documents.ts';
import { taskFields } from './fields.ts';
import { dataReader } from './find-data.ts';
import type { DataReader } from './find-data.ts';
import { itemBuilder, noShots, sampler } from './prompts.ts';
import type { Sampler } from './prompts.ts';
import { pythonRandom } from './python-random.ts';
import type { PlacedRow } from './read-rows.ts';
import { chosenTasks } from './selection.ts';
import { chanceOf, metricsOf, scoringOf, withGold } from './task-metrics.ts';
import type { TaskDefinition } from './task-schema.ts';
import type { Compat, Item, PrepareOptions, PreparedTask, PreparedTasks, Row } from './task.ts';

/** What is prepared when nothing else is said. */
const usualPreparation: PrepareOptions = {
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
