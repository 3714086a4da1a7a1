// Options of a job: defaults < recipe < --set < flags, checked by a zod schema, with one line for what is wrong.

import { stringify } from 'yaml';
import { z } from 'zod';
import { failure } from './failure.ts';
import { isObject, schemaAt, unknownKey, wantsText } from './option-schema.ts';
import { describeIssue } from './option-issue.ts';
import { isForbiddenKey, parseYaml, readRecipe } from './recipe.ts';

/** Where options come from, weakest first. */
export interface OptionSources {
  /** Path of a YAML file. */
  recipe?: string;
  /** `key=value`, with dots in the key: `learningRate.peak=1e-3`. Values are YAML. */
  sets?: readonly string[];
  /** Options by (dotted) key, as the command line has them: text is read like a `--set`, undefined is not given. */
  flags?: Readonly<Record<string, unknown>>;
}

/** Checked options, and what they were made from. */
export interface LoadedOptions<T> {
  /** With every default. */
  options: T;
  /** What was given, merged. */
  given: Record<string, unknown>;
  /** The same as YAML for config.yaml; a recipe used as it is keeps its comments. */
  text: string;
}

/** One source's options, with the name to call them by in errors. */
interface Layer {
  name: (key: string) => string;
  value: Record<string, unknown>;
}

/**
 * Reads, merges and checks a job's options.
 *
 * @throws Error  with exit code 64: one line with the source, the key, what was expected and what was found
 */
export async function loadOptions<T>(
  schema: z.ZodType<T>,
  { recipe, sets = [], flags = {} }: OptionSources = {},
): Promise<LoadedOptions<T>> {
  const json = optionsJsonSchema(schema);
  const layers: Layer[] = [];
  const file = recipe === undefined ? null : await readRecipe(recipe);
  if (file) layers.push({ name: (key) => `${recipe}: ${key}`, value: file.value });
  for (const set of sets) layers.push(setLayer(set, json));
  for (const [key, value] of Object.entries(flags))
    if (value !== undefined) layers.push(flagLayer(key, value, json));

  for (const layer of layers) {
    const unknown = unknownKey(layer.value, json);
    if (unknown)
      throw failure('usage', `${layer.name(unknown.key)}: unknown option; ${unknown.advice(layer.name)}`);
  }
  const given = layers.reduce<Record<string, unknown>>((merged, layer) => merge(merged, layer.value), {});
  const result = schema.safeParse(given);
  if (!result.success) throw failure('usage', describeIssue(result.error.issues, given, originOf(layers)));
  const text = file && layers.length === 1 ? file.text : configText(given);
  return { options: result.data, given, text };
}

/** The schema as JSON Schema, for editors and for `config show`. Keys that are not listed are errors. */
export function optionsJsonSchema(schema: z.ZodType): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
}

/** Options as YAML; keys without a value are left out. */
export function configText(options: object): string {
  return stringify(options, { aliasDuplicateObjects: false }); // recipes are read without aliases
}

function setLayer(set: string, json: z.core.JSONSchema.BaseSchema): Layer {
  const equals = set.indexOf('=');
  if (equals < 1)
    throw failure('usage', `--set ${set}: expected key=value, for example --set learningRate.peak=1e-3`);
  const key = set.slice(0, equals).trim();
  return {
    name: (at) => `--set ${at}`,
    value: nested(key, readText(key, set.slice(equals + 1), json, '--set'), '--set'),
  };
}

function flagLayer(key: string, value: unknown, json: z.core.JSONSchema.BaseSchema): Layer {
  const read = typeof value === 'string' ? readText(key, value, json, flagName(key)) : value;
  return { name: flagName, value: nested(key, read, flagName(key)) };
}

function flagName(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** The text itself where the option is text (a directory may be called 2026), else its YAML value. */
function readText(key: string, text: string, json: z.core.JSONSchema.BaseSchema, where: string): unknown {
  return wantsText(schemaAt(json, key.split('.'))) ? text : parseYaml(text, `${where} ${key}`);
}

/** { a: { b: value } } of `a.b`. */
function nested(key: string, value: unknown, where: string): Record<string, unknown> {
  const names = key.split('.');
  for (const name of names)
    if (name === '' || isForbiddenKey(name))
      throw failure('usage', `${where}: ${key}: expected an option's name`);
  return names.reduceRight<unknown>((inner, name) => ({ [name]: inner }), value) as Record<string, unknown>;
}

/** `over` laid over `under`: maps are merged, all else is replaced. Keys were checked against the schema before. */
function merge(under: Record<string, unknown>, over: Record<string, unknown>): Record<string, unknown> {
  const merged = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const before = Object.hasOwn(merged, key) ? merged[key] : undefined;
    merged[key] = isObject(before) && isObject(value) ? merge(before, value) : value;
  }
  return merged;
}

/** The name of a key in the strongest source that gave it, or gave the map around it. */
function originOf(layers: readonly Layer[]): (path: readonly string[]) => string {
  return (path) => {
    const key = path.join('.');
    const layer = layers.findLast(({ value }) => reaches(value, path));
    return layer ? layer.name(key) : key;
  };
}

function reaches(value: Record<string, unknown>, path: readonly string[]): boolean {
  let inner: unknown = value;
  for (const name of path) {
    if (Array.isArray(inner)) return true;
    if (!isObject(inner)) return inner !== undefined;
    if (!Object.hasOwn(inner, name)) return false;
    inner = inner[name];
  }
  return true;
}
