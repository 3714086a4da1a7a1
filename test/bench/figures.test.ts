// Figures of benchmarks: quantiles, the table of a comparison, the products of a model, and refused arguments.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { comparisonTable, quantile } from '../../bench/figures.ts';
import { benchModel, linearLayers, modelNames, peerModel } from '../../bench/models.ts';
import { familyOf, parameterCount, trainingFlopsPerToken } from '../../src/model/families.ts';

const root = join(import.meta.dirname, '..', '..');

test('quantiles lie between the values, whatever their order', () => {
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
  expect(quantile([5, 1, 3], 0.5)).toBe(3);
  expect(quantile([4, 1, 3, 2, 0], 0.25)).toBe(1);
  expect(quantile([7], 0.75)).toBe(7);
  expect(quantile([], 0.5)).toBeNaN();
});

test('the table has ours as the measure, the share of the products’ rate, and the limit', () => {
  const side = (name: string, ms: number, peakBytes: number) => ({
    name,
    ms: [ms, ms, ms],
    losses: [9, 8],
    peakBytes,
  });
  const about = {
    model: 'gpt2',
    size: 'small',
    precision: 'bfloat16',
    kernels: '',
    threads: 2,
    parameters: 1,
  };
  const sides = [side('ours', 100, 1e9), side('eager', 250, 2e9)];
  const text = comparisonTable({ ...about, tokensPerStep: 1, flops: 4e10, sides, productRate: 1e12 });
  const rows = text.split('\n').map((line) => line.split(/ {2,}/).map((cell) => cell.trim()));
  expect(rows[2]).toEqual(
    ['ours', '100.0 ms', '100.0-100.0', '1.00x', '0.400 TFLOP/s', '40 %', '1.00 GB'].concat([
      '1.00x',
      '9.0000',
      '8.0000',
    ]),
  );
  expect(rows[3]?.slice(3, 8)).toEqual(['2.50x', '0.160 TFLOP/s', '16 %', '2.00 GB', '0.50x']);
  expect(rows[4]?.slice(0, 3)).toEqual(['limit: torch.mm', '40.0 ms', '0.40x']);
});

describe.each(modelNames)('%s', (name) => {
  test('the linear layers are the FLOPs of the convention, but for norms and attention', () => {
    const { config } = benchModel(name, 'small');
    const rows = 7;
    const products = linearLayers(config, rows)
      .map((layer) => 6 * layer.rows * layer.in * layer.out * layer.count)
      .reduce((sum, flops) => sum + flops, 0);
    const norms = familyOf(config)
      .parameters(config)
      .filter(({ path, shape }) => /norm/i.test(path) && path.endsWith('weight') && shape.length === 1)
      .reduce((sum, { shape }) => sum + (shape[0] ?? NaN), 0);
    const attention = 12 * config.layers * config.width * config.context;
    expect(products).toBe(rows * (trainingFlopsPerToken(config) - attention - 6 * norms));
  });

  test('has the sizes that docs/performance.md says', () => {
    const counts = { gpt2: { small: 5.31e6, '124m': 124.4e6 }, llama: { small: 7.1e6, '124m': 134e6 } };
    for (const size of ['small', '124m'] as const) {
      const ratio = parameterCount(benchModel(name, size).config) / counts[name][size];
      expect(Math.abs(ratio - 1)).toBeLessThan(0.01);
    }
  });
});

test('the peer has GPT-2 and Llama only', () => {
  const { config } = benchModel('gpt2', 'small');
  expect(() => peerModel({ ...config, family: 'opt' })).toThrow('family: the peer has gpt2, llama, got opt');
});

test.each([
  [['--size', 'smal'], '--size: expected small, 124m, got smal'],
  [['--rounds', '2.5'], '--rounds: expected a whole number above 0, got 2.5'],
])('bench:train %j is refused with one line', (args, line) => {
  const loader = pathToFileURL(join(root, 'tools', 'typescript.mjs')).href;
  const command = ['--import', loader, join(root, 'bench', 'train.ts'), ...args];
  const { status, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
  expect([status, stderr]).toEqual([64, `error: ${line}\n`]);
});
