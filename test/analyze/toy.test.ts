// The toy demo: its numbers against numpy, what it must show at small sizes, and the job around it.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attentionRanks, randomAttentionRanks } from '../../src/analyze/toy-logits.ts';
import { toyOptions } from '../../src/analyze/toy-options.ts';
import { toyRanks } from '../../src/analyze/toy-rank.ts';
import { readToyRecord } from '../../src/analyze/toy-record.ts';
import { trainAttention, trainedAttentionRanks } from '../../src/analyze/toy-training.ts';
import { attentionToy } from '../../src/analyze/toy.ts';
import { silentConsole } from '../../src/run/console.ts';
import { loadOptions } from '../../src/run/options.ts';
import { fromTypedArray, ops, scope, setThreads } from '../../src/torch/index.ts';
import type { Tensor } from '../../src/torch/index.ts';
import { readGoldenJson } from '../golden.ts';
import { checkLiveTensors } from '../live-tensors.ts';

checkLiveTensors();
beforeAll(() => setThreads(1));
const folder = mkdtempSync(join(tmpdir(), 'inheritune-toy-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type What = 'query' | 'key' | 'value' | 'output' | 'inputs' | 'targets' | 'fixed';
interface Golden {
  offsets: Record<What, number>;
  logits: {
    batch: number;
    tokens: number;
    hidden: number;
    heads: number;
    tau: number;
    cases: {
      scale: number;
      ranksBefore: number[];
      ranksAfter: number[];
      meanRanksAfter: number[];
      logitDeviation: number;
    }[];
  };
  training: {
    options: {
      batch: number;
      tokens: number;
      hidden: number;
      heads: number;
      steps: number;
      every: number;
      learningRate: number;
      tau: number;
    };
    measured: { step: number; loss: number; ranks: number[]; meanOfRanks: number; entropy: number }[];
  };
}
const golden = readGoldenJson('toy') as Golden;

/** tools/golden/toy.py's inputs. */
function waves(shape: number[], offset: number, scale = 1): Tensor {
  const count = shape.reduce((product, size) => product * size, 1);
  return fromTypedArray(
    Float32Array.from({ length: count }, (_, i) => scale * Math.sin((i + offset) ** 2)),
    shape,
  );
}

describe('demo 1', () => {
  test.each(golden.logits.cases)('ranks equal numpy’s at scale $scale', ({ scale, ...expected }) => {
    const { batch, tokens, hidden, heads, tau } = golden.logits;
    const found = scope(() => {
      const weight = (name: 'query' | 'key') =>
        waves([heads, hidden, hidden / heads], golden.offsets[name], scale);
      return attentionRanks(
        { x: waves([batch, tokens, hidden], 1), query: weight('query'), key: weight('key') },
        tau,
      );
    });
    const { logitDeviation, ...ranks } = expected;
    expect(found).toMatchObject({ batch, tokens, hidden, heads, tau, ...ranks });
    expect(found.logitDeviation).toBeCloseTo(logitDeviation, 5);
  });

  test('with random weights, logits have deviation 2 / D and attention is of rank 1', () => {
    const found = randomAttentionRanks(
      { batch: 2, tokens: 64, hidden: 64, heads: 2 },
      { tau: 0.9, seed: 42, device: 'cpu' },
    );
    expect(found.logitDeviation * 32).toBeGreaterThan(1.8);
    expect(found.logitDeviation * 32).toBeLessThan(2.2);
    expect(Math.min(...found.ranksBefore)).toBeGreaterThan(10);
    expect([...found.ranksAfter, ...found.meanRanksAfter]).toEqual([1, 1, 1, 1]);
  });
});

describe('demo 2', () => {
  test('losses, ranks and entropies of each step equal numpy’s', async () => {
    const { options, measured } = golden.training;
    const { batch, tokens, hidden } = options;
    const weight = (name: What) => waves([hidden, hidden], golden.offsets[name]);
    const weights = {
      query: weight('query'),
      key: weight('key'),
      value: weight('value'),
      output: weight('output'),
    };
    const found = await trainAttention(
      weights,
      (what, step) => waves([batch, tokens, hidden], golden.offsets[what] + 1000 * step),
      options,
    );
    for (const tensor of Object.values(weights)) tensor.release();
    expect(found.map(({ step, ranks, meanOfRanks }) => ({ step, ranks, meanOfRanks }))).toEqual(
      measured.map(({ step, ranks, meanOfRanks }) => ({ step, ranks, meanOfRanks })),
    );
    found.forEach(({ loss, entropy }, index) => {
      expect(loss).toBeCloseTo(measured[index]?.loss ?? NaN, 4);
      expect(entropy).toBeCloseTo(measured[index]?.entropy ?? NaN, 5);
    });
  });

  test('without any training, the mean of more sequences has less rank; their own stays', async () => {
    const untrained = async (batch: number) => {
      const sizes = { tokens: 32, hidden: 64, heads: 2, steps: 1, every: 1, learningRate: 1e-12 };
      return trainedAttentionRanks({ batch, ...sizes }, { tau: 0.9, seed: 42, device: 'cpu' });
    };
    const [few, many] = [await untrained(8), await untrained(256)];
    expect(few.meanRank[0]).toBeGreaterThan(8);
    expect(many.rankPerHead).toEqual([[1, 1]]);
    expect(Math.abs((few.meanOfRanks[0] ?? NaN) - (many.meanOfRanks[0] ?? NaN))).toBeLessThan(1);
    expect(many.meanOfRanks[0]).toBeGreaterThan(8);
  });
});

describe('ranks', () => {
  test('one vector proves rank 1 only where it is; a threshold that is not met needs one more', () => {
    const size = 16;
    const diagonal = (values: number[]) =>
      ops.diag(
        fromTypedArray(
          Float32Array.from({ length: size }, (_, i) => values[i] ?? 0),
          [size],
        ),
      );
    scope(() => {
      const matrices = ops.stack([
        diagonal([3, 1]), // 9 of 10 is 0.9 of the energy
        diagonal([3, 1.01]),
        diagonal(Array.from({ length: size }, () => 1)), // 15 of 16 is above 0.9, 14 of 16 is not
        ops.ones([size, size], { dtype: 'float32' }),
        // first singular value 3 along ones, 15 others of 0.2653: 0.895 of the energy, known exactly to the proof
        ops
          .ones([size, size], { dtype: 'float32' })
          .mul((3 - 0.2653) / size)
          .add(ops.eye(size).mul(0.2653)),
      ]);
      expect(toyRanks(matrices, 0.9)).toEqual([1, 2, 15, 1, 2]);
      expect(toyRanks(matrices, 0.89)).toEqual([1, 1, 15, 1, 1]);
    });
  });
});

describe('the job', () => {
  const small = (name: string, changes: object = {}) =>
    toyOptions.parse({
      out: join(folder, name),
      threads: 1,
      device: 'cpu',
      demo1: { batch: 2, tokens: 32, hidden: 32, heads: 2 },
      demo2: { batch: 16, tokens: 32, hidden: 64, heads: 2, steps: 121, every: 40, learningRate: 3e-3 },
      ...changes,
    });
  const run = async (name: string, changes: object = {}) => {
    const printed: string[] = [];
    const context = { console: { ...silentConsole, print: (text: string) => printed.push(text) } };
    const { file, record } = await attentionToy(small(name, changes), context);
    return { file, record, printed: printed.join('\n') };
  };

  test('shows what it is for, writes it and prints it', async () => {
    const { file, record, printed } = await run('first');
    expect(await readToyRecord(file)).toEqual(record);
    const { steps, meanRank, meanOfRanks, loss } = record.demo2;
    expect(steps).toEqual([0, 40, 80, 120]);
    expect(meanRank[0]).toBeGreaterThan(5);
    expect(meanRank.at(-1)).toBeLessThan(2); // the mean over sequences loses its rank
    expect(meanOfRanks.at(-1)).toBeGreaterThan(4); // while each sequence keeps most of its own
    expect(loss.at(-1)).toBeLessThan(1.1);
    expect(printed).toMatch(/attention, mean over sequences +1 +1\n/);
    expect(printed).toMatch(/\n +120 +1\.\d\d /);
  });

  test('same seed, same bits; another seed, others', async () => {
    const text = async (name: string, changes: object) =>
      readFileSync((await run(name, changes)).file, 'utf8');
    const short = { demo2: { batch: 2, tokens: 16, hidden: 16, heads: 2, steps: 3, every: 1 } };
    const first = await text('again', short);
    expect(await text('again', short)).toBe(first);
    expect((await text('again', { ...short, seed: 43 })).replace('43', '42')).not.toBe(first);
  });

  test('bad options are one line', async () => {
    await expect(run('bad', { demo2: { hidden: 30, heads: 4 } })).rejects.toThrow(
      'demo2.heads: must divide the width 30, got 4',
    );
    await expect(loadOptions(toyOptions, { flags: { out: 'x' }, sets: ['tau=1'] })).rejects.toThrow(
      '--set tau: expected less than 1, found 1',
    );
    await expect(run('bad', { device: 'cuda:99' })).rejects.toThrow(/^device: cuda:99 is not there/);
  });

  test('a damaged record is one line, a missing one is null', async () => {
    const file = join(folder, 'damaged.json');
    writeFileSync(file, '{"version":2}');
    await expect(readToyRecord(file)).rejects.toThrow(
      `${file}: version: Invalid input: expected 1; run \`inheritune toy\` again`,
    );
    expect(await readToyRecord(join(folder, 'nowhere', 'toy.json'))).toBeNull();
  });
});
