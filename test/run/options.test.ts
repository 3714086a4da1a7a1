import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { exitCodeOf } from '../../src/run/failure.ts';
import { configText, loadOptions, optionsJsonSchema } from '../../src/run/options.ts';
import type { OptionSources } from '../../src/run/options.ts';

const rate = z.strictObject({
  peak: z.number().positive().default(1e-3),
  floor: z.number().min(0).default(0),
});
const schema = z
  .strictObject({
    out: z.string().min(1).default('runs/x'),
    steps: z.int().positive().default(100),
    precision: z.enum(['float32', 'bfloat16']).default('float32'),
    model: z
      .strictObject({
        layers: z.int().positive().optional(),
        width: z.int().optional(),
        bias: z.boolean().default(false),
      })
      .default({ bias: false }),
    learningRate: rate.default(rate.parse({})),
    layers: z.union([z.int(), z.array(z.int().min(0)), z.null()]).default(null),
    tags: z.record(z.string(), z.string()).default({}),
    stages: z.array(z.strictObject({ name: z.string(), steps: z.int() })).default([]),
  })
  .refine((options) => options.steps < 1e6, {
    path: ['steps'],
    message: 'expected less than a million, found more',
  });

let folder = '';
let recipe = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inheritune-options-'));
  recipe = join(folder, 'r.yaml');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The error's line with the folder cut away; every one has code 64. */
async function problem(sources: OptionSources, yaml?: string): Promise<string> {
  if (yaml !== undefined) writeFileSync(recipe, yaml);
  const error: unknown = await loadOptions(
    schema,
    yaml === undefined ? sources : { recipe, ...sources },
  ).then(
    (loaded) => loaded.options,
    (e: unknown) => e,
  );
  if (!(error instanceof Error)) throw new Error(`accepted: ${JSON.stringify(error)}`);
  expect(exitCodeOf(error)).toBe(64);
  expect(error.message).not.toContain('\n');
  return error.message.replaceAll(`${folder}/`, '');
}

describe('precedence: defaults < recipe < --set < flags', () => {
  test('each beats the one before, and maps are merged', async () => {
    writeFileSync(
      recipe,
      '# mine\nsteps: 2\nlearningRate:\n  peak: 0.5\n  floor: 0.25\nmodel: { layers: 4 }\n',
    );
    const loaded = await loadOptions(schema, {
      recipe,
      sets: ['steps=3', 'learningRate.peak=2e-1', 'steps=4', 'layers=[0, 2]', 'tags.a=b'],
      flags: { steps: '5', 'model.width': 64, precision: 'bfloat16', out: undefined },
    });
    expect(loaded.options).toEqual({
      out: 'runs/x',
      steps: 5,
      precision: 'bfloat16',
      model: { layers: 4, width: 64, bias: false },
      learningRate: { peak: 0.2, floor: 0.25 },
      layers: [0, 2],
      tags: { a: 'b' },
      stages: [],
    });
    expect(loaded.given).toEqual({
      steps: 5,
      learningRate: { peak: 0.2, floor: 0.25 },
      model: { layers: 4, width: 64 },
      layers: [0, 2],
      tags: { a: 'b' },
      precision: 'bfloat16',
    });
    expect(loaded.text).toBe(configText(loaded.given));
  });

  test('a recipe used as it is keeps its comments', async () => {
    writeFileSync(recipe, '# mine\nsteps: 2 # two\n');
    expect((await loadOptions(schema, { recipe })).text).toBe('# mine\nsteps: 2 # two\n');
  });

  test('nothing given is all defaults, also of an empty recipe', async () => {
    writeFileSync(recipe, '# only a comment\n');
    expect((await loadOptions(schema, { recipe })).options).toEqual((await loadOptions(schema)).options);
  });

  test('text options take their value as it stands', async () => {
    const { options } = await loadOptions(schema, { sets: ['out=2026', 'tags.x=null'] });
    expect([options.out, options.tags]).toEqual(['2026', { x: 'null' }]);
  });

  test('values of --set are YAML: numbers, booleans, lists, null', async () => {
    const { options } = await loadOptions(schema, {
      sets: ['model.bias=true', 'layers=3', 'learningRate.floor=1e-5'],
    });
    expect([options.model.bias, options.layers, options.learningRate.floor]).toEqual([true, 3, 1e-5]);
    expect((await loadOptions(schema, { sets: ['layers=null'] })).options.layers).toBe(null);
  });
});

describe('an unknown key names the nearest known one', () => {
  test.each<[OptionSources, string | undefined, string]>([
    [{}, 'stepz: 1', 'r.yaml: stepz: unknown option; did you mean steps?'],
    [
      {},
      'learningRate: { peek: 1 }',
      'r.yaml: learningRate.peek: unknown option; did you mean learningRate.peak?',
    ],
    [{}, 'learning_rate: { peak: 1 }', 'r.yaml: learning_rate: unknown option; did you mean learningRate?'],
    [{}, 'peak: 1', 'r.yaml: peak: unknown option; did you mean learningRate.peak?'],
    [
      {},
      'stages: [{ name: a, step: 1 }]',
      'r.yaml: stages.0.step: unknown option; did you mean stages.0.steps?',
    ],
    [{}, 'model: { zzzzzzz: 1 }', 'r.yaml: model.zzzzzzz: unknown option; known here: layers, width, bias'],
    [
      {},
      '<<: { steps: 1 }',
      'r.yaml: <<: unknown option; known here: out, steps, precision, model, learningRate, layers, tags, stages',
    ],
    [
      { sets: ['model.layrs=2'] },
      undefined,
      '--set model.layrs: unknown option; did you mean --set model.layers?',
    ],
    [
      { flags: { 'learning-rat': 1 } },
      undefined,
      '--learning-rat: unknown option; did you mean --learning-rate?',
    ],
  ])('%j %s', async (sources, yaml, message) => {
    expect(await problem(sources, yaml)).toBe(message);
  });
});

describe('a wrong value says where, what was expected and what was found', () => {
  test.each<[OptionSources, string | undefined, string]>([
    [{}, 'steps: many', 'r.yaml: steps: expected a number, found "many"'],
    [{}, 'steps: 1.5', 'r.yaml: steps: expected a whole number, found 1.5'],
    [{}, 'steps: 0', 'r.yaml: steps: expected more than 0, found 0'],
    [{}, 'steps:', 'r.yaml: steps: expected a number, found null'],
    [{}, 'learningRate: { peak: .inf }', 'r.yaml: learningRate.peak: expected a number, found Infinity'],
    [{}, 'learningRate: { floor: -1 }', 'r.yaml: learningRate.floor: expected at least 0, found -1'],
    [{}, 'learningRate: 3', 'r.yaml: learningRate: expected a map of options, found 3'],
    [{}, 'model: [1]', 'r.yaml: model: expected a map of options, found [1]'],
    [{}, 'out: 5', 'r.yaml: out: expected text, found 5'],
    [{}, 'out: ""', 'r.yaml: out: expected at least 1 characters, found ""'],
    [{}, 'model: { bias: no }', 'r.yaml: model.bias: expected true or false, found "no"'],
    [
      {},
      'precision: float64',
      'r.yaml: precision: expected one of float32, bfloat16, found "float64"; did you mean float32?',
    ],
    [{}, 'layers: x', 'r.yaml: layers: expected a number or a list or null, found "x"'],
    [{}, 'stages: [{ name: a }]', 'r.yaml: stages.0.steps: expected a number, found nothing; give it'],
    [{}, 'steps: 0\nout: 1', 'r.yaml: out: expected text, found 1 (and 1 more)'],
    [{}, 'steps: 2000000', 'r.yaml: steps: expected less than a million, found more'],
    [{ sets: ['steps=x'] }, 'steps: 1', '--set steps: expected a number, found "x"'],
    [{ flags: { steps: 'x' } }, 'steps: 1', '--steps: expected a number, found "x"'],
    [
      { flags: { 'learningRate.peak': '-1' } },
      undefined,
      '--learning-rate.peak: expected more than 0, found -1',
    ],
    [
      { sets: ['steps'] },
      undefined,
      '--set steps: expected key=value, for example --set learningRate.peak=1e-3',
    ],
    [{ sets: ['=1'] }, undefined, '--set =1: expected key=value, for example --set learningRate.peak=1e-3'],
    [{ sets: ['a..b=1'] }, undefined, "--set: a..b: expected an option's name"],
  ])('%j %s', async (sources, yaml, message) => {
    expect(await problem(sources, yaml)).toBe(message);
  });

  test('a required option that is not there', async () => {
    const required = z.strictObject({ tokens: z.string() });
    await expect(loadOptions(required)).rejects.toThrow('tokens: expected text, found nothing; give it');
  });
});

describe('hostile recipes', () => {
  test.each([
    ['an alias', 'a: &x [1]\nb: *x', 'r.yaml:2:4: aliases are not read; write the value again'],
    [
      'a bomb',
      'a: &a [1,1]\nb: &b [*a,*a]\nc: [*b,*b]',
      'r.yaml:2:8: aliases are not read; write the value again',
    ],
    ['a duplicate key', 'steps: 1\nsteps: 2', 'r.yaml:2:1: Map keys must be unique'],
    ['a tag', 'steps: !!js/function x', 'r.yaml:1:8: Unresolved tag: tag:yaml.org,2002:js/function'],
    ['a known tag', 'steps: !!str 1', 'r.yaml:1:14: tags (tag:yaml.org,2002:str) are not read'],
    ['a prototype', '__proto__: { steps: 1 }', 'r.yaml:1:1: __proto__ cannot be an option'],
    ['a nested prototype', 'tags: { __proto__: x }', 'r.yaml:1:9: __proto__ cannot be an option'],
    ['a quoted constructor', 'tags: { "constructor": x }', 'r.yaml:1:9: constructor cannot be an option'],
    [
      '65 levels',
      `tags: ${'['.repeat(65)}${']'.repeat(65)}`,
      'r.yaml:1:70: expected at most 64 levels, found more',
    ],
    ['100000 levels', '['.repeat(100_000), 'r.yaml: expected at most 64 levels, found more'],
    ['two documents', 'steps: 1\n---\nsteps: 2', /^r\.yaml:2:1: Source contains multiple documents/],
    ['a list', '- steps', 'r.yaml: expected `option: value` lines, found ["steps"]'],
    ['a word', 'steps', 'r.yaml: expected `option: value` lines, found "steps"'],
    ['an open quote', 'out: "x', /^r\.yaml:1:\d+: Missing closing "quote/],
    ['control characters', 'out: "\\e[31m', /^r\.yaml:1:\d+: /],
    ['2 MB', `# ${'x'.repeat(2e6)}`, 'r.yaml: expected a recipe of at most 1048576 bytes, found 2000002'],
  ])('%s', async (_, yaml, message) => {
    const before = performance.now();
    const found = await problem({}, yaml);
    if (typeof message === 'string') expect(found).toBe(message);
    else expect(found).toMatch(message);
    expect(performance.now() - before).toBeLessThan(2000);
    expect(({} as Record<string, unknown>).steps).toBe(undefined);
  });

  test.each(['__proto__.steps=1', 'constructor.prototype.x=1', 'tags.__proto__=x'])(
    '--set %s',
    async (set) => {
      expect(await problem({ sets: [set] })).toMatch(/^--set: .*: expected an option's name$/);
      expect(({} as Record<string, unknown>).x).toBe(undefined);
    },
  );

  test('a hidden prototype in a value of --set', async () => {
    expect(await problem({ sets: ['tags={__proto__: {x: 1}}'] })).toContain('__proto__ cannot be an option');
  });

  test('a recipe that is not there', async () => {
    expect(await problem({ recipe: join(folder, 'none.yaml') })).toMatch(
      /^none\.yaml: expected a recipe file: ENOENT/,
    );
    expect(await problem({ recipe: folder })).toContain('expected a recipe file: EISDIR');
  });
});

test('the JSON Schema closes its maps, so that editors mark unknown keys', () => {
  expect(optionsJsonSchema(schema)).toMatchObject({
    type: 'object',
    additionalProperties: false,
    properties: {
      steps: { type: 'integer', default: 100 },
      precision: { enum: ['float32', 'bfloat16'] },
      learningRate: { additionalProperties: false, properties: { peak: { type: 'number', default: 1e-3 } } },
    },
  });
});

test('options as YAML leave out what has no value, and can be read again', async () => {
  const { options } = await loadOptions(schema, { sets: ['layers=[0, 2]'] });
  writeFileSync(recipe, configText({ ...options, out: undefined }));
  expect(readFileSync(recipe, 'utf8')).not.toContain('out');
  expect((await loadOptions(schema, { recipe })).options).toEqual(options);
});
