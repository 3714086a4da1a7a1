// The rules of the source tree that no compiler checks: who may import whom, and what a file looks like.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = dirname(import.meta.dirname);
const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.split('\\').join('/'))
  .sort();

interface Import {
  from: string;
  to: string;
  typeOnly: boolean;
}

/** Imports between files of src/, dynamic ones included. Paths relative to src/. */
function importsOf(from: string): Import[] {
  const pattern =
    /^(?:import|export)\s+(type\s)?[^'"]*?from\s+'(\.[^']+)'|^import\s+'(\.[^']+)'|import\('(\.[^']+)'\)/gm;
  return [...textOf(from).matchAll(pattern)].map(([, type, named, bare, dynamic]) => ({
    from,
    to: posix.join(posix.dirname(from), named ?? bare ?? dynamic ?? ''),
    typeOnly: type !== undefined,
  }));
}

const texts = new Map<string, string>();
function textOf(name: string): string {
  const text = texts.get(name) ?? readFileSync(join(root, 'src', name), 'utf8');
  texts.set(name, text);
  return text;
}

/** Folder of a file; a file right in src/ is its own. */
function folderOf(name: string): string {
  return name.includes('/') ? name.slice(0, name.indexOf('/')) : name;
}

// What each folder may import besides itself. Files right in src/ (the command line, the library's entry) may import all.
const allowed: Record<string, readonly string[]> = {
  torch: [],
  run: [],
  setup: ['run'],
  hub: ['run'],
  model: ['torch', 'run'],
  tokenizers: ['run'],
  data: ['tokenizers', 'run'],
  sources: ['hub', 'run'],
  prepare: ['data', 'sources', 'tokenizers', 'run'],
  train: ['model', 'data', 'tokenizers', 'torch', 'run'],
  analyze: ['model', 'data', 'tokenizers', 'torch', 'run'],
  export: ['model', 'data', 'tokenizers', 'torch', 'run'],
  sample: ['model', 'data', 'tokenizers', 'torch', 'run'],
  inherit: ['model', 'data', 'tokenizers', 'torch', 'run'],
  serve: ['model', 'data', 'tokenizers', 'torch', 'run'],
  evaluate: ['model', 'data', 'tokenizers', 'torch', 'run'],
  report: ['run'],
  commands: [
    'run',
    'prepare',
    'data',
    'train',
    'analyze',
    'inherit',
    'report',
    'sample',
    'serve',
    'export',
    'evaluate',
  ],
};
// Single files, with their reason.
const exceptions: readonly { file: RegExp; may: string; because: string }[] = [
  { file: /^torch\/native\.ts$/, may: 'run', because: 'it asks run/store.ts where the addon is' },
  { file: /^torch\/(safetensors|torch-file)\.ts$/, may: 'run', because: 'a bad file has an exit code' },
  { file: /^model\/locate\.ts$/, may: 'hub', because: 'a model may be named as the hub names it' },
  { file: /^evaluate\/hub-data\.ts$/, may: 'hub', because: 'the data of tasks is on the hub' },
  { file: /^data\/batches\.ts$/, may: 'torch', because: 'batches are tensors' },
  { file: /^setup\/doctor\.ts$/, may: 'torch', because: 'it asks the loaded engine' },
  { file: /^inherit\/grow[^/]*\.ts$/, may: 'train', because: 'grow composes inherit and train' },
];
// What a report reads is defined, and put into words, by the job that writes it. None of these reaches a tensor.
const readByReports =
  /^(analyze\/[a-z-]+-record|inherit\/(grow-(options|state|table)|plan|inheritance-record))\.ts$/;

const imports = files.flatMap(importsOf);

describe('imports', () => {
  test('name files that exist, with their extension', () => {
    const wrong = imports.filter(({ to }) => !files.includes(to) && !to.endsWith('.json'));
    expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  test('go in the allowed directions only', () => {
    const wrong = imports.filter(({ from, to }) => {
      const [here, there] = [folderOf(from), folderOf(to)];
      if (here === there || !from.includes('/')) return false;
      if (exceptions.some(({ file, may }) => file.test(from) && may === there)) return false;
      if (here === 'report' && readByReports.test(to)) return false;
      return !(allowed[here]?.includes(there) ?? false);
    });
    expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  test('never lead from run or report to a tensor', () => {
    const reached = new Set(files.filter((name) => /^(run|report)\//.test(name)));
    for (const name of reached)
      for (const { from, to, typeOnly } of imports) if (from === name && !typeOnly) reached.add(to);
    expect([...reached].filter((name) => name.startsWith('torch/'))).toEqual([]);
  });

  test('name a known folder', () => {
    const folders = new Set(files.filter((name) => name.includes('/')).map(folderOf));
    expect([...folders].filter((name) => !(name in allowed))).toEqual([]);
  });

  test('have no cycles', () => {
    const next = new Map(files.map((name) => [name, [] as string[]]));
    for (const { from, to, typeOnly } of imports) if (!typeOnly) next.get(from)?.push(to);
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (name: string, path: readonly string[]): void => {
      if (path.includes(name)) cycles.push([...path.slice(path.indexOf(name)), name].join(' > '));
      else if (!done.has(name)) for (const to of next.get(name) ?? []) visit(to, [...path, name]);
      done.add(name);
    };
    for (const name of files) visit(name, []);
    expect(cycles).toEqual([]);
  });
});

describe('files', () => {
  test('start with a sentence that says what they are', () => {
    const wrong = files.filter((name) => {
      const [first = '', second = ''] = textOf(name).split('\n');
      return !/^\/\/ .{20,}/.test(first.startsWith('#!') ? second : first);
    });
    expect(wrong).toEqual([]);
  });

  test('are named after what they hold', () => {
    const forbidden = /(^|[/-])(utils?|common|core|helpers?|manager|misc|base)([/.-]|$)/;
    expect(files.filter((name) => forbidden.test(name))).toEqual([]);
    expect(files.filter((name) => !/^[a-z0-9/.-]+$/.test(name))).toEqual([]);
  });

  test('re-export nothing, but for the two entries', () => {
    const barrels = files.filter((name) => /^export (type )?(\*|\{[^}]*\}) from /m.test(textOf(name)));
    expect(barrels.filter((name) => name !== 'index.ts' && name !== 'torch/index.ts')).toEqual([]);
  });

  test('take exit codes from run/failure.ts', () => {
    const literal = /\b(?:exitCode\s*=|process\.exit\()\s*[1-9]/;
    expect(files.filter((name) => literal.test(textOf(name)))).toEqual([]);
  });

  test('are short', () => {
    const long = files.filter(
      (name) => !name.includes('.generated.') && textOf(name).split('\n').length > 400,
    );
    expect(long).toEqual([]);
  });
});

describe('C++', () => {
  const native = readdirSync(join(root, 'native'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(cpp|h)$/.test(name),
  );
  const read = (name: string): string => readFileSync(join(root, 'native', name), 'utf8');

  test('files start with a sentence', () => {
    expect(native.filter((name) => !/^\/\/ .{12,}/.test(read(name)))).toEqual([]);
  });

  test('includes ATen and dispatcher headers, never all of torch', () => {
    expect(
      native.filter((name) => /#include\s*[<"]torch\/(torch|all|extension)\.h[>"]/.test(read(name))),
    ).toEqual([]);
  });

  test('host knows no libtorch', () => {
    const wrong = native.filter(
      (name) => name.startsWith('host/') && /#include\s*[<"](ATen|c10|torch)\//.test(read(name)),
    );
    expect(wrong).toEqual([]);
  });
});
