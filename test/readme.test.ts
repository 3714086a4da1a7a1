// README.md and docs/ say what is true: commands, flags, options and links exist, the map is whole, README's lines run.

import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { analyzeOptions } from '../src/analyze/options.ts';
import { toyOptions } from '../src/analyze/toy-options.ts';
import { prepareOptionsSchema } from '../src/prepare/options.ts';
import { growOptions } from '../src/inherit/grow-options.ts';
import { inheritOptions } from '../src/inherit/inherit.ts';
import { reportOptions } from '../src/report/options.ts';
import { loadOptions } from '../src/run/options.ts';
import { serveOptions } from '../src/serve/options.ts';
import { trainOptions } from '../src/train/options.ts';

const root = dirname(import.meta.dirname);
const pages = [
  'README.md',
  'CHANGELOG.md',
  ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`),
].filter((name) => name.endsWith('.md'));
const textOf = (page: string): string => readFileSync(join(root, page), 'utf8');
const run = promisify(execFile);
const loader = pathToFileURL(join(root, 'tools', 'typescript.mjs')).href;
const inheritune = (args: readonly string[], cwd = root) =>
  run(process.execPath, ['--import', loader, join(root, 'src', 'cli.ts'), ...args], { cwd });

interface Command {
  page: string;
  line: string;
  name: string;
  flags: string[];
  sets: string[];
  recipe: string | undefined;
}

/** `inheritune NAME ...` in fenced blocks (lines, continued by a backslash) and in inline code. */
function commandsOf(page: string): Command[] {
  const code = [...textOf(page).matchAll(/```(?:sh|bash|console)?\n([^]*?)```|`([^`\n]+)`/g)].flatMap(
    ([, block, inline]) => (block ?? inline ?? '').replaceAll('\\\n', ' ').split('\n'),
  );
  return code.flatMap((text) => {
    const line = text.replace(/\s#\s.*/, '').trim();
    const [, name] = /^(?:\$ )?(?:npx )?inheritune ((?:config|data|export) [a-z]+|[a-z]+)/.exec(line) ?? [];
    if (!name) return [];
    return {
      page,
      line,
      name,
      flags: [...line.matchAll(/\s(--[a-z-]+)/g)].map(([, flag = '']) => flag),
      sets: [...line.matchAll(/--set (\S+)/g)].map(([, set = '']) => set),
      recipe: /--recipe (\S+)/.exec(line)?.[1],
    };
  });
}

const commands = pages.flatMap(commandsOf);

describe('commands in README.md and docs/', () => {
  test('are found at all', () => {
    expect(new Set(commands.map(({ name }) => name)).size).toBeGreaterThanOrEqual(6);
  });

  test('exist, with their flags', async () => {
    const names = [...new Set(commands.map(({ name }) => name))];
    const helps = await Promise.all(
      names.map(async (name) => (await inheritune([...name.split(' '), '--help'])).stdout),
    );
    const known = new Map(names.map((name, index) => [name, helps[index]]));
    const wrong = commands.filter(({ name, flags }) => {
      const help = known.get(name) ?? '';
      return (
        !help.startsWith(`Usage: inheritune ${name}`) ||
        flags.some((flag) => !new RegExp(`${flag}\\b`).test(help))
      );
    });
    expect(wrong.map(({ page, line }) => `${page}: ${line}`)).toEqual([]);
  });

  test('set options that exist', async () => {
    const schemas = {
      prepare: prepareOptionsSchema,
      train: trainOptions,
      inherit: inheritOptions,
      grow: growOptions,
      analyze: analyzeOptions,
      report: reportOptions,
      serve: serveOptions,
      toy: toyOptions,
    };
    for (const { page, name, sets, line } of commands) {
      const schema =
        name === 'demo' ? growOptions : Object.entries(schemas).find(([job]) => job === name)?.[1];
      const given = sets.filter((set) => !/^key=value|=[A-Z]+$/.test(set)); // placeholders
      if (schema && given.length > 0)
        await expect(
          loadOptions(schema.partial(), { sets: given }),
          `${page}: ${line}`,
        ).resolves.toBeDefined();
    }
  });

  test('name recipes that exist', () => {
    const ours = commands.filter(({ recipe }) => recipe?.startsWith('recipes/'));
    expect(
      ours.filter(({ recipe }) => !existsSync(join(root, recipe ?? ''))).map(({ line }) => line),
    ).toEqual([]);
  });

  test('of npm are scripts of package.json', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
    const named = pages.flatMap((page) =>
      [...textOf(page).matchAll(/(?:^|`)npm (?:run )?([a-z][a-z:]*)/gm)].map(([, script = '']) => script),
    );
    const npmsOwn = ['install', 'pack', 'ci', 'config'];
    const wrong = named.filter((script) => !(script in scripts) && !npmsOwn.includes(script));
    expect(wrong).toEqual([]);
  });
});

describe('links', () => {
  test.each(pages)('of %s lead to files and headings that exist', (page) => {
    const text = textOf(page).replace(/```[^]*?```/g, '');
    const targets = [...text.matchAll(/\]\(([^)\s]+)\)|<img src="([^"]+)"/g)].map(
      ([, link, image]) => link ?? image ?? '',
    );
    const broken = targets.filter((target) => {
      if (/^https?:/.test(target)) return false;
      const [path = '', anchor] = target.split('#');
      const file = path === '' ? page : join(dirname(page), path);
      if (!existsSync(join(root, file))) return true;
      return anchor !== undefined && !anchorsOf(file).includes(anchor);
    });
    expect(broken).toEqual([]);
  });
});

function anchorsOf(page: string): string[] {
  return [...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe('README.md', () => {
  test('is short', () => {
    expect(textOf('README.md').split('\n').length).toBeLessThanOrEqual(150);
  });

  test('has every folder and every file right under src/ in its map', () => {
    const map = /## The code\n\n```\n([^]*?)```/.exec(textOf('README.md'))?.[1] ?? '';
    const folder = (name: string) =>
      readdirSync(join(root, name), { withFileTypes: true }).map((entry) =>
        entry.isDirectory() ? `${name}/${entry.name}/` : `${name}/${entry.name}`,
      );
    const wanted = [
      ...folder('src'),
      ...folder('native'),
      'data/',
      'recipes/',
      'docs/',
      'test/',
      'tools/',
      'bench/',
    ];
    expect(wanted.filter((path) => !map.includes(`${path} `))).toEqual([]);
    const named = [...map.matchAll(/(?:^|\s{2})((?:src|native)\/\S+)/gm)].map(([, path = '']) => path);
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

describe('the lines for your own text', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'readme-'));
    await symlink(join(root, 'recipes'), join(folder, 'recipes'));
    await mkdir(join(folder, 'texts'));
    for (let file = 0; file < 40; file++)
      await writeFile(
        join(folder, 'texts', `${file}.txt`),
        Array.from({ length: 300 }, (_, i) => `Line ${i * file} of file ${file}.`).join('\n'),
      );
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  // Sizes that take a second; the lines themselves stay as they are written.
  const tiny = (prefix: string) =>
    [
      ...[`steps=2`, `tokensPerStep=256`, `microBatch=4`, `evaluation.windows=4`],
      ...['learningRate.warmupSteps=1'],
    ].map((set) => `${prefix}${set}`);
  const sizes: Record<string, string[]> = {
    train: ['model.preset=nano', ...tiny('')],
    grow: [
      ...['referenceTraining.model.preset=nano', 'first=1', 'maxRounds=1', 'stop.windows=32', 'stop.block=8'],
      ...['training.', 'referenceTraining.'].flatMap(tiny),
    ],
  };

  test('run in the order they are written', async () => {
    const block = /## Your own text\n[^]*?```sh\n([^]*?)```/.exec(textOf('README.md'))?.[1] ?? '';
    const lines = block
      .trim()
      .split('\n')
      .map((line) =>
        line
          .replace(/\s#\s.*/, '')
          .trim()
          .split(/\s+/)
          .slice(2),
      );
    expect(lines.length).toBe(8);
    const printed: string[] = [];
    for (const line of lines) {
      const sets = (sizes[line[0] ?? ''] ?? []).flatMap((set) => ['--set', set]);
      printed.push((await inheritune([...line, ...sets], folder)).stdout);
    }
    expect(printed[1]).toMatch(/^runs\/reference: validation loss \d\.\d{4} after 2 steps$/m);
    expect(printed[3]).toMatch(/^runs\/target: validation loss \d\.\d{4} after 2 steps$/m);
    expect(printed[4]).toMatch(/^(not )?matched: 1 of 2 layers/m);
    expect(printed[5]).toContain('To inherit: ');
    expect(printed[6]).toBe('runs/grown/report/index.html\n');
    expect(printed[7]).toContain('growth: reference');
    expect(existsSync(join(folder, 'runs', 'half', 'model.safetensors'))).toBe(true);
  }, 120_000);
});
