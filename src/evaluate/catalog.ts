// All tasks, groups and tags there are: ours, and those of a person's own files. Reads YAML, and no data.

import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { errorLine, failure } from '../run/failure.ts';
import { nearestName } from '../run/nearest.ts';
import { parseYaml } from '../run/recipe.ts';
import { packageRoot } from '../run/store.ts';
import { documentBuiltins, fieldBuiltins, scoringBuiltins } from './builtins.ts';
import { mmluGroups, mmluTasks } from './mmlu.ts';
import { groupSchema, taskSchema } from './task-schema.ts';
import type { GroupDefinition, TaskDefinition } from './task-schema.ts';
import type { Compat } from './task.ts';

/** A definition and the file it stands in. */
export interface Defined<T> {
  definition: T;
  file: string;
}

/** What can be evaluated, by name. */
export interface Catalog {
  tasks: ReadonlyMap<string, Defined<TaskDefinition>>;
  groups: ReadonlyMap<string, Defined<GroupDefinition>>;
  /** Tasks of each tag. */
  tags: ReadonlyMap<string, readonly string[]>;
}

const longestFile = 1 << 20; // bytes
const deepestInclude = 16;

/**
 * Reads all definitions; a person's own win over ours of the same name.
 *
 * @throws Error  with exit code 64, naming file and field, for what is outside the subset
 */
export async function readCatalog(includePaths: readonly string[], compat: Compat): Promise<Catalog> {
  const tasks = new Map<string, Defined<TaskDefinition>>();
  const groups = new Map<string, Defined<GroupDefinition>>();
  const add = (raw: Record<string, unknown>, file: string): void => {
    const fields = forCompat(raw, compat);
    if ('group' in fields) {
      const definition = checked(groupSchema, fields, file);
      groups.set(definition.group, { definition, file });
    } else {
      const definition = checked(taskSchema, fields, file);
      tasks.set(definition.task, { definition, file });
    }
  };
  const own = join(packageRoot(), 'recipes', 'tasks');
  for (const file of await yamlFiles(own)) {
    const raw = await readDefinition(file);
    if (basename(file) === 'mmlu_subject.yaml') for (const subject of mmluTasks(raw)) add(subject, file);
    else add(raw, file);
  }
  for (const group of mmluGroups()) add(group, 'mmlu');
  for (const path of includePaths)
    for (const file of await yamlFiles(path)) {
      const raw = await readDefinition(file);
      if ('task' in raw || 'group' in raw) add(raw, file); // else a part that others include
    }
  const tags = new Map<string, string[]>();
  for (const [task, { definition }] of tasks)
    for (const tag of [definition.tag ?? []].flat()) tags.set(tag, [...(tags.get(tag) ?? []), task]);
  return { tasks, groups, tags };
}

/** The error of a name that is no task, group or tag. */
export function unknownTask(name: string, { tasks, groups, tags }: Catalog, where = '--tasks'): Error {
  const all = [...groups.keys(), ...tasks.keys(), ...tags.keys()];
  const nearest = nearestName(name, all);
  return failure(
    'usage',
    `${where}: ${JSON.stringify(name)} is no task or group; ${nearest ? `did you mean ${nearest}?` : 'docs/tasks.md lists them, and --include-path brings your own'}`,
  );
}

/** The YAML files of a folder, at any depth, or the file itself. */
async function yamlFiles(path: string): Promise<string[]> {
  try {
    if ((await stat(path)).isFile()) return [path];
    const names = await readdir(path, { recursive: true });
    return names
      .filter((name) => /\.ya?ml$/.test(name))
      .sort()
      .map((name) => join(path, name));
  } catch (cause) {
    throw failure('usage', `${path}: expected a task file or a folder of them: ${errorLine(cause)}`, {
      cause,
    });
  }
}

/** A file's map with what it includes; its own fields win. */
async function readDefinition(file: string, depth = 0): Promise<Record<string, unknown>> {
  if (depth > deepestInclude)
    throw failure('usage', `${file}: includes go deeper than ${deepestInclude} files`);
  const raw = await readYaml(file);
  if (raw.include === undefined) return raw;
  if (typeof raw.include !== 'string') throw failure('usage', `${file}: include: expected one file name`);
  const included = resolve(dirname(file), raw.include);
  const { include: _, ...own } = raw;
  return { ...(await readDefinition(included, depth + 1)), ...own };
}

async function readYaml(file: string): Promise<Record<string, unknown>> {
  let text: string;
  try {
    const { size } = await stat(file);
    if (size > longestFile)
      throw failure('usage', `${file}: expected at most ${longestFile} bytes, found ${size}`);
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw failure('usage', `${file}: cannot be read as a task file: ${errorLine(cause)}`, { cause });
  }
  const line = text.split('\n').findIndex((one) => /^[^#]*:\s*!function\b/.test(one));
  if (line >= 0)
    throw failure(
      'usage',
      `${file}:${line + 1}: !function runs Python, which is not done here; there are the built-ins ${builtinNames}`,
    );
  const value = parseYaml(text, file);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw failure('usage', `${file}: expected the fields of a task or group`);
  return value as Record<string, unknown>;
}

const builtinNames = [
  `process_docs: ${Object.keys(documentBuiltins).join(' or ')}`,
  `{ builtin: ${Object.keys(fieldBuiltins).join(' or ')} }`,
  `process_results: ${scoringBuiltins.join(' or ')}`,
].join('; ');

/** The fields with those that are other in this version. */
function forCompat(raw: Record<string, unknown>, compat: Compat): Record<string, unknown> {
  const others = raw.compat as Record<string, unknown> | null | undefined;
  const changed = typeof others === 'object' && others !== null ? others[compat] : undefined;
  return typeof changed === 'object' && changed !== null ? { ...raw, ...changed } : raw;
}

function checked<T>(schema: z.ZodType<T>, raw: Record<string, unknown>, file: string): T {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.map(String).join('.') ?? '';
  if (issue?.code === 'unrecognized_keys')
    throw failure(
      'usage',
      `${file}: ${[where, issue.keys[0] ?? ''].filter(Boolean).join('.')} is no field of the task files that are read here; docs/tasks.md lists them`,
    );
  throw failure('usage', `${file}: ${where}: ${issue ? issue.message : 'is not as expected'}`);
}
