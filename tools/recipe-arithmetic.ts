// The arithmetic at the top of each recipe: sizes, tokens, FLOPs, memory, time, computed by the code that trains.
//
//   node --import ./tools/typescript.mjs tools/recipe-arithmetic.ts      rewrites the tables in recipes/

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { toyOptions } from '../src/analyze/toy-options.ts';
import type { ToyOptions } from '../src/analyze/toy-options.ts';
import { growOptions } from '../src/inherit/grow-options.ts';
import type { GrowOptions } from '../src/inherit/grow-options.ts';
import { layersOfRound, roundCount } from '../src/inherit/plan.ts';
import { parameterCount, trainingFlopsPerToken } from '../src/model/families.ts';
import type { ModelConfig } from '../src/model/family.ts';
import { formatBytes, formatCount, formatDuration, table } from '../src/run/format.ts';
import { loadOptions } from '../src/run/options.ts';
import { packageRoot } from '../src/run/store.ts';
import { trainOptions } from '../src/train/options.ts';
import type { TrainOptions } from '../src/train/options.ts';
import { stepBytes } from '../src/train/out-of-memory.ts';
import { modelConfig } from '../src/train/start.ts';
import { microStepsOf } from '../src/train/train.ts';

/** What a recipe is for, and the options it comes to. */
export type Recipe = ModelRecipe | { job: 'toy'; options: ToyOptions };

/** One that trains models. */
export type ModelRecipe = { job: 'train'; options: TrainOptions } | { job: 'grow'; options: GrowOptions };

/** One model that a recipe trains. */
export interface PlannedModel {
  name: string;
  config: ModelConfig;
  options: TrainOptions;
  tokens: number;
  flops: number;
}

/** A round also has what the whole job costs when growth stops there, with the reference and the controls. */
export interface PlannedRow extends PlannedModel {
  inAll: number | null;
}

const folder = join(packageRoot(), 'recipes');
const firstLine = '# Arithmetic by tools/recipe-arithmetic.ts';

/** Names of the recipes that have a table: all but the demo's, which `npm run demo` runs as it stands. */
export function recipeNames(): string[] {
  return readdirSync(folder).filter((name) => name.endsWith('.yaml'));
}

/** Text of a recipe. */
export function recipeText(name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}

/** Reads a recipe with the schema of its job; its `# Run:` line names the job, and the demo's is grow. */
export async function readRecipe(name: string): Promise<Recipe> {
  const job = /^# Run: +npx inheritune (train|grow|toy) --recipe (\S+)/m.exec(recipeText(name));
  if (name !== 'demo.yaml' && job?.[2] !== `recipes/${name}`)
    throw new Error(
      `${name}: expected a line "# Run: npx inheritune train|grow|toy --recipe recipes/${name}"`,
    );
  const from = { recipe: join(folder, name), flags: { out: 'runs/x' } };
  if (job?.[1] === 'train') return { job: 'train', options: (await loadOptions(trainOptions, from)).options };
  if (job?.[1] === 'toy') return { job: 'toy', options: (await loadOptions(toyOptions, from)).options };
  const flags = { ...from.flags, ...(name === 'demo.yaml' ? { tokens: 'runs/x/tokens' } : {}) };
  return { job: 'grow', options: (await loadOptions(growOptions, { ...from, flags })).options };
}

/** Every model that a recipe may train, with its costs. `vocab` is the tokenizer's. */
export async function plannedModels(recipe: ModelRecipe, vocab: number): Promise<PlannedRow[]> {
  if (recipe.job === 'train') {
    const { options } = recipe;
    return [
      { ...plan('model', await modelConfig({ ...options, from: 'random' }, vocab), options), inAll: null },
    ];
  }
  const { referenceTraining, training, controls, ...grow } = recipe.options;
  const complete = { out: grow.out, tokens: grow.tokens, from: 'random', resume: 'auto' };
  const config = await modelConfig({ ...referenceTraining, ...complete }, vocab);
  const reference = plan('reference', config, { ...referenceTraining, ...complete });
  const rows: PlannedRow[] = [{ ...reference, inAll: null }];
  let spent = reference.flops;
  for (let round = 1; round <= roundCount(config.layers, recipe.options); round++) {
    const layers = layersOfRound(round, config.layers, recipe.options);
    const target = plan(`round ${round}`, { ...config, layers }, { ...training, ...complete });
    spent += target.flops;
    const control = { 'same-steps': target.flops, 'same-flops': spent };
    rows.push({ ...target, inAll: controls.reduce((sum, kind) => sum + control[kind], spent) });
  }
  return rows;
}

function plan(name: string, config: ModelConfig, options: TrainOptions): PlannedModel {
  microStepsOf(options, config.context); // throws where the numbers do not divide
  const tokens = options.steps * options.tokensPerStep;
  return { name, config, options, tokens, flops: tokens * trainingFlopsPerToken(config) };
}

/** Ids of a recipe's tokenizer and TFLOP/s its times are for, as the text above the options says. */
export function assumptions(text: string): { vocab: number; teraflops: number } {
  const vocab = /\(([\d,]+) ids/.exec(text)?.[1]?.replaceAll(',', '');
  const teraflops = /at ([\d.]+) TFLOP\/s/.exec(text)?.[1];
  return { vocab: Number(vocab), teraflops: Number(teraflops) };
}

/** The table of a recipe, as comment lines. */
export async function arithmetic(name: string): Promise<string[]> {
  const { vocab, teraflops } = assumptions(recipeText(name));
  const recipe = await readRecipe(name);
  const duration = (flops: number): string => formatDuration(flops / teraflops / 1e9);
  if (recipe.job === 'toy') return commentTable(toyRows(recipe.options, duration));
  const grows = recipe.job === 'grow';
  const rows = (await plannedModels(recipe, vocab)).map(
    ({ name: label, config, options, tokens, flops, inAll }) => [
      label,
      String(config.layers),
      formatCount(parameterCount(config)),
      formatCount(options.steps),
      formatCount(tokens),
      flops.toExponential(2),
      formatBytes(stepBytes(options, config)),
      duration(flops),
      ...(grows ? [inAll === null ? '' : inAll.toExponential(2), inAll === null ? '' : duration(inAll)] : []),
    ],
  );
  const head = ['model', 'layers', 'parameters', 'steps', 'tokens', 'FLOPs', 'memory', 'time'];
  return commentTable([[...head, ...(grows ? ['FLOPs in all', 'time in all'] : [])], ...rows]);
}

/**
 * FLOPs of both demos. Demo 1 is query, key and their product; demo 2 is four products with a weight and two with
 * attention, three times each for a step, less the three gradients of its inputs, which nobody asks for.
 */
function toyRows({ demo1, demo2 }: ToyOptions, duration: (flops: number) => string): string[][] {
  const product = ({ batch: B, tokens: T, hidden: C }: ToyOptions['demo1']) => ({
    weight: 2 * B * T * C * C,
    attention: 2 * B * T * T * C,
  });
  const [one, two] = [product(demo1), product(demo2)];
  const flops = [2 * one.weight + one.attention, demo2.steps * (9 * two.weight + 6 * two.attention)];
  return [
    ['demo', 'heads', 'tokens', 'width', 'sequences', 'steps', 'FLOPs', 'time'],
    ...[demo1, demo2].map(({ heads, tokens, hidden, batch }, index) => [
      `demo ${index + 1}`,
      ...[heads, tokens, hidden, batch].map(String),
      String(index === 0 ? 0 : demo2.steps),
      (flops[index] ?? NaN).toExponential(2),
      duration(flops[index] ?? NaN),
    ]),
  ];
}

function commentTable(rows: readonly (readonly string[])[]): string[] {
  return table(rows)
    .split('\n')
    .map((line) => `#   ${line}`);
}

/** A recipe's text with its table computed anew; without such a table, the text as it is. */
export async function withArithmetic(name: string): Promise<string> {
  const lines = recipeText(name).split('\n');
  const start = lines.findIndex((line) => line.startsWith(firstLine)) + 1;
  if (start === 0) return lines.join('\n');
  let end = start;
  while (lines[end]?.startsWith('#   ')) end++;
  return [...lines.slice(0, start), ...(await arithmetic(name)), ...lines.slice(end)].join('\n');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  for (const name of recipeNames()) writeFileSync(join(folder, name), await withArithmetic(name));
