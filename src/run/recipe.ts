// Recipes: the YAML we read. Plain maps, lists and scalars; no aliases, tags, duplicate keys or depths that only an
// attack would have. Knows no option.

import { readFile, stat } from 'node:fs/promises';
import { isAlias, isCollection, isNode, isPair, isScalar, parseDocument, visit } from 'yaml';
import { errorLine, failure, systemCode } from './failure.ts';

const longestRecipe = 1 << 20; // bytes
const deepest = 64; // collections inside each other

const tooDeep = `expected at most ${deepest} levels, found more`;
const engineLimit = /^Maximum call stack/; // the parser is recursive, and meets the stack's end before our check

/**
 * The map in a recipe file, with its text.
 *
 * @throws Error  with exit code 64, naming file, line and column
 */
export async function readRecipe(path: string): Promise<{ value: Record<string, unknown>; text: string }> {
  let text: string;
  try {
    const { size } = await stat(path);
    if (size > longestRecipe)
      throw failure('usage', `${path}: expected a recipe of at most ${longestRecipe} bytes, found ${size}`);
    text = await readFile(path, 'utf8');
  } catch (cause) {
    if (systemCode(cause) === null) throw cause;
    throw failure('usage', `${path}: expected a recipe file: ${errorLine(cause)}`, { cause });
  }
  const value = parseYaml(text, path) ?? {};
  if (typeof value !== 'object' || Array.isArray(value))
    throw failure(
      'usage',
      `${path}: expected \`option: value\` lines, found ${JSON.stringify(value).slice(0, 60)}`,
    );
  return { value: value as Record<string, unknown>, text };
}

/**
 * The value of a YAML text.
 *
 * @param where  what to call the text in errors
 * @throws Error  with exit code 64
 */
export function parseYaml(text: string, where: string): unknown {
  const refuse = (problem: string, offset?: number): Error =>
    failure('usage', `${where}${offset === undefined ? '' : place(text, offset)}: ${problem}`);
  try {
    const document = parseDocument(text, { prettyErrors: false, uniqueKeys: true });
    const [problem] = [...document.errors, ...document.warnings];
    if (problem && engineLimit.test(problem.message)) throw refuse(tooDeep);
    if (problem) throw refuse(errorLine(problem), problem.pos[0]);
    visit(document, (key, node, path) => {
      const offset = isNode(node) ? node.range?.[0] : undefined;
      if (isAlias(node)) throw refuse('aliases are not read; write the value again', offset);
      if (isNode(node) && node.tag) throw refuse(`tags (${node.tag}) are not read`, offset);
      if (isCollection(node) && path.filter(isCollection).length >= deepest) throw refuse(tooDeep, offset);
      if (key === 'key' && path.some(isPair) && isScalar(node) && isForbiddenKey(String(node.value)))
        throw refuse(`${String(node.value)} cannot be an option`, offset);
    });
    return document.toJS({ maxAliasCount: 0 });
  } catch (error) {
    if (error instanceof RangeError && engineLimit.test(error.message)) throw refuse(tooDeep);
    throw error;
  }
}

/** Names that would reach an object's prototype if somebody merged carelessly. */
export function isForbiddenKey(key: string): boolean {
  return key === '__proto__' || key === 'constructor' || key === 'prototype';
}

function place(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return `:${before.length}:${(before.at(-1) ?? '').length + 1}`;
}
