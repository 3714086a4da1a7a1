// Every figure against its snapshot, and the numbers in its rows against the records they come from.

import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { drawFigures } from '../../src/report/figures/all.ts';
import { chanceOf } from '../../src/report/figures/downstream.ts';
import type { Figure } from '../../src/report/figures/figure.ts';
import { countTick } from '../../src/report/figures/loss.ts';
import { readMaterial } from '../../src/report/read-runs.ts';
import { standaloneSvg } from '../../src/report/svg.ts';
import { chosenCurves } from '../../src/report/upstream.ts';
import {
  evaluation,
  plausibleAttention,
  temporaryFolder,
  toyRecord,
  write,
  writeAnalysis,
  writeGrow,
  writeRun,
} from './rig.ts';

const folder = temporaryFolder();
const grown = join(folder, 'grown');
const figures = new Map<string, Figure>();

beforeAll(async () => {
  writeGrow(grown, { steps: 40, hasMaps: false });
  writeAnalysis(
    join(grown, 'same-steps-8-layers'),
    plausibleAttention({ layers: 3, heads: 4, seed: 2, hasMaps: true }),
  );
  write(join(grown, 'analysis', 'toy.json'), toyRecord());
  write(join(grown, 'reference', 'evaluation', 'results.json'), evaluation());
  write(join(grown, 'round-2', 'evaluation', 'results.json'), evaluation(0.012));
  const drawn = drawFigures(await readMaterial([grown]), {
    smoothing: 'none',
    upstream: await chosenCurves(['M6']),
  });
  for (const figure of Object.values(drawn).flat()) figures.set(figure.name, figure);
});

test('there is a figure for everything that was recorded', () => {
  expect([...figures.keys()]).toEqual([
    'loss-steps',
    'loss-share',
    'loss-tokens',
    'loss-flops',
    'growth',
    'inheritance',
    'max-rank',
    'mass',
    'heads',
    'maps-random-same-steps',
    'tau-sweep',
    'collapse-reference-12-layers',
    'downstream-average',
    'downstream-tasks',
    'toy-grown',
    'health',
  ]);
});

test.each([
  'loss-steps',
  'loss-share',
  'loss-tokens',
  'loss-flops',
  'growth',
  'inheritance',
  'max-rank',
  'mass',
  'heads',
  'maps-random-same-steps',
  'tau-sweep',
  'collapse-reference-12-layers',
  'downstream-average',
  'downstream-tasks',
  'toy-grown',
  'health',
])('%s equals its snapshot', async (name) => {
  const { title, caption, svg } = figureNamed(name);
  await expect(`<!-- ${title}. ${caption} -->\n${standaloneSvg(svg)}`).toMatchFileSnapshot(
    `snapshots/${name}.svg`,
  );
});

test('loss: raw validation losses; targets begin where the reference and earlier rounds ended', () => {
  const rows = figureNamed('loss-flops').rows.filter(({ run }) => run === 'target, round 2, 8 layers');
  // grow.json: 819,200 tokens of 12 and 6 layers at 5e5 FLOPs a layer and token; then 4096 tokens a step at 6e6 FLOPs
  const before = 819_200 * (12 + 6) * 5e5;
  expect(rows.map(({ totalFlops }) => totalFlops)).toEqual(
    Array.from({ length: 11 }, (_, index) => before + 4 * index * 4096 * 6e6),
  );
  const tokens = figureNamed('loss-tokens').rows.filter(({ run }) => run === 'reference, 12 layers');
  expect(tokens.at(-1)).toMatchObject({ step: 40, tokens: 163_840 });
  expect(tokens.map(({ validationLoss }) => validationLoss)).toEqual(
    figureNamed('loss-steps')
      .rows.filter(({ run }) => run === 'reference, 12 layers')
      .map((row) => row.validationLoss),
  );
});

test('smoothing as upstream: trailing mean of ten, at the last one’s step; the caption says so', async () => {
  const [figure] = drawFigures(await readMaterial([grown]), { smoothing: 'upstream', upstream: [] }).loss;
  const rows = figure?.rows.filter(({ run }) => run === 'reference, 12 layers') ?? [];
  const raw = rows.map(({ validationLoss }) => Number(validationLoss));
  expect(rows.at(-1)?.drawn).toBeCloseTo(raw.slice(1).reduce((sum, loss) => sum + loss, 0) / 10, 12);
  expect(rows[0]?.drawn).toBe(raw[0]);
  expect(figure?.caption).toContain('trailing mean of 10 evaluations');
});

test('max rank and mass: layers from 1, values of the records, all models', () => {
  const record = plausibleAttention({ seed: 5 });
  const rows = figureNamed('max-rank').rows.filter(({ model }) => model === 'reference');
  expect(rows.map(({ layer, maxRank, lazy }) => [layer, maxRank, lazy])).toEqual(
    record.layers.map(({ layer, maxRank }) => [layer + 1, maxRank.value, maxRank.value === 1]),
  );
  const models = new Set(figureNamed('mass').rows.map(({ model }) => model));
  expect([...models]).toEqual([
    'reference',
    'target, round 1, before training',
    'target, round 1',
    'target, round 2, before training',
    'target, round 2',
    'random, same-steps',
  ]);
  expect(figureNamed('max-rank').caption).toContain(
    'Not drawn, but in the CSV: target, round 1, before training; target, round 1.',
  );
});

test('heads: the share of collapsed ones is told, and each is in the rows', () => {
  const { rows, caption } = figureNamed('heads');
  const reference = rows.filter(({ model }) => model === 'reference');
  expect(reference).toHaveLength(144);
  const share = reference.filter(({ collapsed }) => collapsed === true).length / 144;
  expect(caption).toContain(`reference: ${Math.round(100 * share)} %`);
});

test('inheritance: sources of every tensor; the final norm is random', () => {
  const { rows } = figureNamed('inheritance');
  expect(rows.filter(({ model }) => model === 'round 1')).toHaveLength(2 + 2 * 6 + 1);
  expect(rows.find(({ target }) => target === 'finalNorm.weight')).toMatchObject({
    from: 'random',
    source: null,
  });
  expect(rows.find(({ target }) => target === 'blocks.5.mlp.up.weight')).toMatchObject({
    from: 'reference',
    source: 'blocks.5.mlp.up.weight',
  });
});

test('downstream: hellaswag by acc_norm, perplexities left out, chance and errors beside', () => {
  const { rows } = figureNamed('downstream-tasks');
  const reference = rows.filter(({ model }) => model === 'reference');
  expect(
    reference.map(({ task, metric, score, chance, samples }) => [task, metric, score, chance, samples]),
  ).toEqual([
    ['arc_easy', 'acc', 0.5038, 0.25, 2376],
    ['piqa', 'acc', 0.667, 0.5, null],
    ['hellaswag', 'acc_norm', 0.3365, 0.25, null],
    ['lambada_openai', 'acc', 0.399, 0, null],
    ['wsc', 'acc', 0.3654, 0.5, 104],
  ]);
  const [mean] = figureNamed('downstream-average').rows;
  expect(mean?.meanScore).toBeCloseTo((100 * (0.5038 + 0.667 + 0.3365 + 0.399 + 0.3654)) / 5, 10);
  expect(mean?.chance).toBeCloseTo(30, 10);
  expect(mean?.standardError).toBeCloseTo(
    20 * Math.sqrt(0.0103 ** 2 + 0.011 ** 2 + 0.0047 ** 2 + 0.0068 ** 2 + 0.0474 ** 2),
    10,
  );
  expect(chanceOf('mmlu_anatomy')).toBe(0.25);
  expect(chanceOf('constructor')).toBeNull();
});

test('growth, collapse, toy and health rows', () => {
  expect(figureNamed('growth').rows.filter(({ model }) => model === 'round 2')).toHaveLength(8);
  expect(figureNamed('growth').rows.at(-1)).toMatchObject({
    loss: 2.8108,
    difference: -0.0079,
    matched: true,
  });
  const collapse = figureNamed('collapse-reference-12-layers').rows;
  expect(collapse).toHaveLength(6 * 12);
  expect(collapse.at(-1)).toMatchObject({ step: 40, layer: 12, collapsedShare: 0.1 });
  expect(figureNamed('toy-grown').rows).toHaveLength(21 * 8);
  expect(figureNamed('toy-grown').caption).toContain('97.8 % less');
  expect(figureNamed('health').rows).toHaveLength(4 * 40);
});

test('nothing recorded, nothing drawn', async () => {
  const empty = join(folder, 'empty');
  writeRun(empty, { steps: 0 });
  const drawn = drawFigures(await readMaterial([empty]), { smoothing: 'none', upstream: [] });
  expect(Object.values(drawn).flat()).toEqual([]);
});

test('ticks of counts', () => {
  expect([0, 12, 1500, 100_000, 2.5e6, 3e9, 2e18].map(countTick)).toEqual([
    '0',
    '12',
    '1.5K',
    '100K',
    '2.5M',
    '3B',
    '2e18',
  ]);
});

function figureNamed(name: string): Figure {
  const figure = figures.get(name);
  if (!figure) throw new Error(`no figure ${name}`);
  return figure;
}
