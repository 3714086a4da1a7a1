// Writes the TypeScript side of ATen from torchgen's native_functions.yaml: types (src/torch/ops.generated.ts) and the
// ordered table of overloads (src/torch/overloads.generated.ts). Not part of the package; its output is committed.
//
//   node --import ./tools/typescript.mjs tools/generate-ops.ts [native_functions.yaml]

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readAddonRecord, storeFolder } from '../src/run/store.ts';
import { readSchemas } from './ops/schema.ts';
import type { Schema } from './ops/schema.ts';
import { isMethod, selectOperators } from './ops/selection.ts';
import type { Operator } from './ops/selection.ts';
import { signatureOf, tensorOptions } from './ops/signatures.ts';

const root = join(import.meta.dirname, '..');

/** The generated files, by their path in the repository. */
export function generate(yaml: string): Map<string, string> {
  const operators = selectOperators(readSchemas(yaml));
  return new Map([
    ['src/torch/ops.generated.ts', typesFile(operators)],
    ['src/torch/overloads.generated.ts', tableFile(operators)],
  ]);
}

/** native_functions.yaml of a libtorch 2.13 that this checkout uses or has fetched, or null. */
export function findYaml(): string | null {
  const store = storeFolder();
  const fetched = existsSync(store) ? readdirSync(store).sort().reverse() : [];
  const wheels = [...usedWheel(), ...fetched.map((name) => join(store, name))];
  const inWheel = join('torchgen', 'packaged', 'ATen', 'native', 'native_functions.yaml');
  const wheel = wheels.find((folder) => isVersion(folder, '2.13.') && existsSync(join(folder, inWheel)));
  return wheel === undefined ? null : join(wheel, inWheel);
}

/** The folder around the libtorch that the addon was built with: also a Python's site-packages. */
function usedWheel(): string[] {
  try {
    return [dirname(readAddonRecord().libtorch)];
  } catch {
    return []; // set-up was not run
  }
}

function isVersion(wheel: string, start: string): boolean {
  const path = join(wheel, 'torch', 'version.py');
  return existsSync(path) && readFileSync(path, 'utf8').includes(`__version__ = '${start}`);
}

/** Writes both files. `args` may name the yaml. */
function main(args: readonly string[]): void {
  const path = args[0] ?? findYaml();
  if (path === null)
    throw new Error('generate-ops: found no native_functions.yaml of libtorch 2.13; give its path');
  for (const [name, text] of generate(readFileSync(path, 'utf8'))) {
    writeFileSync(join(root, name), text);
    console.log(`${name}: ${(text.length / 1000).toFixed(0)} kB`);
  }
}

const header =
  '// Generated from native_functions.yaml of libtorch 2.13 by tools/generate-ops.ts; do not edit.';

function typesFile(operators: readonly Operator[]): string {
  const functions = operators
    .filter((operator) => operator.function)
    .map((operator) => functionLines(operator));
  const methods = operators.filter((operator) => operator.method).map((operator) => methodLines(operator));
  return `${header}
// Types of every ATen operator that JavaScript reaches by base name; no code. Above each, the schema of its first overload.

import type { Tensor } from './tensor.ts';
import type { Dtype, Generator, Int, Scalar } from './types.ts';

/** How to make a new tensor. */
export type TensorOptions = ${tensorOptions};

/** Members of \`ops\`. */
export interface OpFunctions {
${functions.flat().join('\n')}
}

/** Methods of Tensor: \`this\` is the first argument of the schema. */
export interface TensorMethods {
${methods.flat().join('\n')}
}
`;
}

/** A property and not a method, so that \`const { linear } = ops\` is known to need no \`this\`. */
function functionLines({ name, overloads }: Operator): string[] {
  const own = overloads.filter((schema) => schema.function);
  const signatures = own.map((schema) => signatureOf(schema, 0));
  const count = signatures.reduce((sum, { parameters }) => sum + parameters.length, 0);
  const type = signatures.flatMap(({ parameters, result }) =>
    parameters.map((list) => (count === 1 ? `(${list}) => ${result}` : `    (${list}): ${result};`)),
  );
  if (count === 1) return [comment(own[0]), `  ${name}: ${type.join('')};`];
  return [comment(own[0]), `  ${name}: {`, ...type, '  };'];
}

function methodLines(operator: Operator): string[] {
  const own = operator.overloads.filter((schema) => isMethod(operator, schema));
  const lines = own.flatMap((schema) => {
    const { parameters, result } = signatureOf(schema, 1);
    return parameters.map((list) => `  ${operator.name}(${list}): ${result};`);
  });
  return [comment(own[0]), ...lines];
}

function comment(schema: Schema | undefined): string {
  if (!schema || schema.text.includes('*/')) throw new Error(`cannot stand in a comment: ${schema?.text}`);
  return `  /** ${schema.text} */`;
}

function tableFile(operators: readonly Operator[]): string {
  const lines = operators.map(({ name, base, overloads, ...variants }) => {
    const names = overloads.map((schema) => `'${schema.overload}'`).join(', ');
    return `  ${name}: { base: 'aten::${base}', overloads: [${names}], function: ${variants.function}, method: ${variants.method} },`;
  });
  return `${header}
// Overloads of every ATen base name in the order in which they are tried; test/torch/ambiguous-overloads.txt has the picks.

/** Where a base name leads. */
export interface OverloadEntry {
  /** As in the dispatcher: 'aten::add'. */
  readonly base: string;
  /** '' is the overload without a name. */
  readonly overloads: readonly string[];
  /** A member of \`ops\`. */
  readonly function: boolean;
  /** A method of Tensor. */
  readonly method: boolean;
}

/** Keyed by the name that JavaScript uses. */
export const overloads: Readonly<Record<string, OverloadEntry>> = {
${lines.join('\n')}
};
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv.slice(2));
