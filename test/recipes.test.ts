// Every recipe parses with its job's schema, and the figures written in it are those the code computes.

import { expect, test } from 'vitest';
import { toyOptions } from '../src/analyze/toy-options.ts';
import { blockQuotas } from '../src/data/mixture-sampler.ts';
import { parameterCount } from '../src/model/families.ts';
import { formatCount } from '../src/run/format.ts';
import {
  assumptions,
  plannedModels,
  readRecipe,
  recipeNames,
  recipeText,
  withArithmetic,
} from '../tools/recipe-arithmetic.ts';

const tabled = recipeNames().filter((name) => name !== 'demo.yaml');
const planned = async (name: string) => {
  const recipe = await readRecipe(name);
  if (recipe.job === 'toy') throw new Error(`${name} trains no model`);
  return plannedModels(recipe, assumptions(recipeText(name)).vocab);
};

test('the recipes that the docs name are there', () => {
  const paper = ['fineweb-large', 'fineweb-medium', 'gpt2-large', 'gpt2-medium', 'gpt2-xlarge'];
  expect(recipeNames().sort()).toEqual(
    [
      'context-1024',
      'demo',
      ...paper,
      'laptop',
      'layer-scale',
      'low-data',
      'low-data-mixture',
      'small',
      'tiny',
      'toy',
    ]
      .map((name) => `${name}.yaml`)
      .sort(),
  );
});

test.each(tabled.filter((name) => name !== 'toy.yaml'))(
  'recipes/%s parses, and its numbers divide',
  async (name) => {
    const rows = await planned(name);
    for (const { options } of rows) expect(options.steps * options.tokensPerStep).toBeGreaterThan(1e6);
  },
);

test.each(tabled)(
  'recipes/%s has the table that the code computes (else run tools/recipe-arithmetic.ts)',
  async (name) => {
    expect(recipeText(name)).toMatch(/\n# Arithmetic by tools\/recipe-arithmetic.ts\n# {3}(model|demo) /);
    expect(recipeText(name)).toBe(await withArithmetic(name));
  },
);

test("the toy's recipe parses, and says what its defaults are: upstream's sizes", async () => {
  const sizes = {
    demo1: { tokens: 1024, hidden: 2048, heads: 32, batch: 8 },
    demo2: { tokens: 128, hidden: 512, heads: 8, batch: 16, steps: 1000, every: 50, learningRate: 1e-3 },
  };
  const { options } = await readRecipe('toy.yaml');
  expect(options).toEqual({ out: 'runs/x', tau: 0.9, seed: 42, device: 'auto', ...sizes });
  expect(options).toEqual(toyOptions.parse({ out: 'runs/x' }));
});

test("the demo's recipe parses, and its comment has its parameters and tokens", async () => {
  const text = recipeText('demo.yaml');
  const rows = await planned('demo.yaml');
  for (const { config } of rows) expect(text).toContain(`${(parameterCount(config) / 1e6).toFixed(2)}M`);
  expect(text).toContain(`${formatCount(rows[0]?.tokens ?? 0)} tokens`);
});

test("the paper's models have the paper's sizes", async () => {
  const sizes = async (name: string) =>
    (await planned(name)).map(({ config }) => (parameterCount(config) / 1e6).toFixed(1));
  expect((await sizes('gpt2-medium.yaml')).slice(0, 4)).toEqual(['354.6', '203.6', '228.8', '253.9']);
  expect((await sizes('gpt2-large.yaml')).slice(0, 2)).toEqual(['773.6', '419.6']);
  expect((await sizes('gpt2-xlarge.yaml')).slice(0, 2)).toEqual(['1556.8', '819.5']);
  expect((await sizes('fineweb-large.yaml')).slice(0, 2)).toEqual(['694.9', '380.3']);
});

test("the mixture's weights are upstream's, and its order holds them to the sample", async () => {
  const { options } = await readRecipe('low-data-mixture.yaml');
  if (!('tokens' in options) || !Array.isArray(options.tokens)) throw new Error('expected a list of folders');
  const named = options.tokens.map(({ folder: name, weight }) => ({ name, weight }));
  expect(named.map(({ weight }) => weight)).toEqual([2.5, 4.5, 15, 67, 4.5, 2, 4.5]); // PAPER.md 2.3, row 8
  expect(blockQuotas(named)).toEqual([25, 45, 150, 670, 45, 20, 45]);
});

test("the laptop's recipe fits an hour when one round is enough, an hour and a half when two are", async () => {
  const { teraflops } = assumptions(recipeText('laptop.yaml'));
  const minutes = (await planned('laptop.yaml')).map(({ inAll }) => (inAll ?? NaN) / teraflops / 1e12 / 60);
  expect(minutes[1]).toBeCloseTo(50.0, 1);
  expect(minutes[2]).toBeCloseTo(75.0, 1);
});
