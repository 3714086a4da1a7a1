// A file of bench/ as JavaScript that imports dist/, so that its process holds what a user's holds and no TypeScript compiler.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageRoot } from '../src/run/store.ts';

/** Writes `folder`/NAME.mjs from bench/NAME.ts and returns the command that runs it. dist/ must be built. */
export async function compiledCommand(name: string, folder: string): Promise<[string, ...string[]]> {
  const typescript = (await import('typescript')).default;
  const root = packageRoot();
  const source = await readFile(join(root, 'bench', `${name}.ts`), 'utf8');
  const { outputText } = typescript.transpileModule(source, {
    compilerOptions: {
      target: typescript.ScriptTarget.ES2023,
      module: typescript.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
    },
  });
  const dist = pathToFileURL(join(root, 'dist')).href;
  const path = join(folder, `${name}.mjs`);
  await writeFile(path, outputText.replace(/'\.\.\/src\/([^']+)\.ts'/g, `'${dist}/$1.js'`));
  return [process.execPath, path];
}
