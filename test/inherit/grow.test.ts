// JOB grow in this process: rounds, verdicts, costs, controls, every option once, and what is refused.

import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { grow } from '../../src/inherit/grow.ts';
import type { GrowResult } from '../../src/inherit/grow.ts';
import { finalTable, verdict } from '../../src/inherit/grow-table.ts';
import type { GrowOptions } from '../../src/inherit/grow-options.ts';
import { showGrown } from '../../src/inherit/show-grown.ts';
import { locateModel } from '../../src/model/locate.ts';
import { exitCodeOf } from '../../src/run/failure.ts';
import { readRun } from '../../src/run/directory.ts';
import { checkLiveTensors } from '../live-tensors.ts';
import { listen, makeTokens, runGrow, temporaryFolder, tinyGrow } from './rig.ts';

const folder = temporaryFolder();
const plain = join(folder, 'plain'); // a finished job that other tests copy and compare with
let first: { options: GrowOptions; result: GrowResult; lines: string[] };
beforeAll(async () => {
  await makeTokens(folder);
  const options = tinyGrow(folder, { out: plain, controls: ['same-steps', 'same-flops'] });
  const { context, lines } = listen();
  first = { options, result: await grow(options, context), lines };
});
afterAll(() => rmSync(folder, { recursive: true }));

checkLiveTensors();

const run = (changes: object) => runGrow(folder, changes);

describe('out of layers', () => {
  test('rounds of 2, 3 and 4 layers, then the verdict "not matched" and no error', async () => {
    const { result, options } = first;
    expect(result.rounds.map(({ layers }) => layers)).toEqual([2, 3, 4]);
    expect(result.rounds.map(({ matched }) => matched)).toEqual([false, false, false]);
    expect(result.matched).toBe(false);
    const { mean, standardError } = result.rounds[2]?.difference ?? fail();
    expect(mean).toBeGreaterThan(0); // a third of the reference's steps
    expect(verdict(result, options)).toBe(
      `not matched: 4 of 4 layers (100 % of the parameters) are +${mean.toFixed(4)} ± ${standardError.toFixed(4)} nats from the reference after 3 rounds (asked for: within 0 nats at 95 % confidence)`,
    );
    expect((await readRun(plain))?.state).toBe('done');
  });

  test('costs of every round and in all, the reference’s own training included', () => {
    const { result, lines } = first;
    // 6 N + 12 L C T without positions: N = 16 x 16 + L (12 x 16^2 + 2 x 16) + 16
    const perToken = (layers: number) => 6 * (256 + layers * 3104 + 16) + 12 * layers * 16 * 8;
    const flops = [perToken(4) * 768, perToken(2) * 256, perToken(3) * 256, perToken(4) * 256];
    expect([result.reference, ...result.rounds].map((each) => each.flops)).toEqual(flops);
    expect([result.reference, ...result.rounds].map((each) => each.tokens)).toEqual([768, 256, 256, 256]);
    const said = lines.filter((line) => / nats|^round \d: \d layers, loss/.test(line));
    const inAll = (rounds: number) => flops.slice(0, rounds + 1).reduce((sum, value) => sum + value, 0);
    expect(said.length).toBe(3);
    for (const [index, line] of said.entries())
      expect(line).toContain(
        `not matched; this round 256 tokens, ${flops[index + 1]?.toExponential(2)} FLOPs, ` +
          `in all ${['1.02k', '1.28k', '1.54k'][index]} tokens, ${inAll(index + 1).toExponential(2)} FLOPs with the reference`,
      );
    expect(finalTable(result)).toMatch(
      new RegExp(`reference and rounds +1.54k +${inAll(3).toExponential(2).replace('+', '\\+')}`),
    );
  });

  test('controls: random models of the target’s size, as many steps, and as many FLOPs as all of it', () => {
    const { result } = first;
    const [steps, flops] = result.controls;
    expect(result.controls.map(({ name }) => name)).toEqual(['same-steps-4-layers', 'same-flops-4-layers']);
    expect([steps?.layers, steps?.tokens]).toEqual([4, 256]);
    const inAll = [result.reference, ...result.rounds].reduce((sum, each) => sum + (each.flops ?? NaN), 0);
    const perStep = (steps?.flops ?? NaN) / 4;
    expect(Math.abs((flops?.flops ?? NaN) - inAll)).toBeLessThanOrEqual(perStep / 2); // to the nearest step
    expect(flops?.difference?.blocks).toBe(8);
  });

  test('the last words: table, verdict, what the smaller model buys, every folder', async () => {
    const { result, options } = first;
    const text = await showGrown(result, options);
    expect(text).toContain(verdict(result, options));
    for (const name of [
      'reference',
      'round-1',
      'round-2',
      'round-3',
      'same-steps-4-layers',
      'same-flops-4-layers',
    ])
      expect(text).toContain(join(plain, name));
    expect(text).toMatch(/samples \d+\.\d\dx as fast and its file is \d+ % as large/);
  });
});

describe('matched', () => {
  test('in the first round when the tolerance is large; no further round is made', async () => {
    const { result, options, lines } = await run({
      out: join(folder, 'easy'),
      stop: { windows: 64, block: 8, tolerance: 5 },
      controls: ['same-steps'],
    });
    expect(result?.matched).toBe(true);
    expect(result?.rounds.length).toBe(1);
    expect(result?.controls.map(({ name, layers }) => [name, layers])).toEqual([['same-steps-2-layers', 2]]);
    expect(verdict(result ?? fail(), options)).toMatch(
      /^matched: 2 of 4 layers \(52 % of the parameters\) reach the reference within 5 nats at 95 % confidence, after one round$/,
    );
    expect(lines.filter((line) => line.includes('against 5: matched;')).length).toBe(1);
  });

  test('the single rule asks the means alone', async () => {
    const out = copyOf('plain');
    const { result, options, lines } = await run({
      out,
      stop: { rule: 'single', tolerance: 0, windows: 64, block: 8 },
      controls: [],
    });
    expect(result?.rounds.map(({ matched, difference }) => matched === difference.mean <= 0)).toEqual([
      true,
      true,
      true,
    ]);
    expect(verdict(result ?? fail(), options)).toContain('(asked for: by one mean below the other)');
    expect(lines).toContain(`${out}: changed since the last start: stop.rule: "paired" -> "single"`);
    rmSync(out, { recursive: true });
  });
});

test.each(['reference-keep', 'copy-last', 'random', 'zero'] as const)('growth by %s', async (growth) => {
  const out = join(folder, growth);
  const { result } = await run({ out, growth, maxRounds: 2 });
  expect(result?.rounds.map(({ layers }) => layers)).toEqual([2, 3]);
  expect(result?.rounds[0]?.loss).toBe(first.result.rounds[0]?.loss); // the first round is the paper's
  expect(result?.rounds[1]?.loss).not.toBe(first.result.rounds[1]?.loss);
  const { origin } = JSON.parse(readFileSync(join(out, 'round-2-start', 'inheritance.json'), 'utf8')) as {
    origin: string;
  };
  expect(origin).toMatch(/^2 trained layers of round-1, then 1 more: /);
  rmSync(out, { recursive: true });
});

test('one schedule over all rounds: warm-up once, the floor at the end of the last', async () => {
  const out = join(folder, 'continued');
  await run({ out, schedule: 'continue' });
  const rates = ['round-1', 'round-2', 'round-3'].flatMap((name) =>
    readFileSync(join(out, name, 'metrics.jsonl'), 'utf8')
      .split('\n')
      .filter((line) => line.includes('"type":"train"'))
      .map((line) => (JSON.parse(line) as { learningRate: number }).learningRate),
  );
  const expected = Array.from({ length: 12 }, (_, step) =>
    step < 1 ? 0.005 : 0.001 + 0.5 * (1 + Math.cos((Math.PI * (step - 1)) / 11)) * 0.009,
  );
  expect(rates.length).toBe(12);
  for (const [step, rate] of rates.entries()) expect(rate).toBeCloseTo(expected[step] ?? NaN, 12);
  rmSync(out, { recursive: true });
});

describe('a reference that is given', () => {
  test('without its tokens, totals are unknown and the rest goes on', async () => {
    const reference = await locateModel(join(plain, 'reference'));
    const out = join(folder, 'given');
    const { result, lines } = await run({ out, reference, maxRounds: 1 });
    expect(result?.reference).toMatchObject({ run: reference, layers: 4, tokens: null, flops: null });
    expect(result?.reference.loss).toBe(first.result.reference.loss);
    expect(result?.rounds[0]?.loss).toBe(first.result.rounds[0]?.loss);
    expect(lines.at(-1)).toContain('in all unknown (set referenceTokens)');
    expect(finalTable(result ?? fail())).toMatch(/^reference and rounds +unknown +unknown$/m);
    const { result: told } = await run({ out, reference, maxRounds: 1, referenceTokens: 768 });
    expect(told?.reference.flops).toBe(first.result.reference.flops);
    const { error } = await run({ out, reference: join(plain, 'round-1') });
    expect(error).toEqual(
      new Error(
        `${out}: was begun with the reference ${reference}, got ${join(plain, 'round-1')}; use another out`,
      ),
    );
    rmSync(out, { recursive: true });
  });
});

describe('what cannot be done is said in one line before anything is trained', () => {
  test.each([
    [
      { stop: { windows: 1024, block: 80, tolerance: 0 } },
      64,
      /tokens: the validation split has 125 windows of 8 tokens, the comparison needs 160; lower stop.block or prepare more text$/,
    ],
    [
      { stop: { windows: 12, block: 8 } },
      64,
      /^stop.windows: must be at least two blocks of 8 windows, 16, got 12;/,
    ],
    [{ first: 6 }, 64, 'first: must be 1..4 (the reference has 4), got 6'],
    [
      { training: { model: { width: 32 } } },
      64,
      /^training.model.width: rounds have the sizes of the reference, got 32;/,
    ],
    [
      { training: { tokensPerStep: 100, microBatch: 4 } },
      64,
      'training.tokensPerStep: must be a multiple of microBatch x context = 4 x 8 = 32, got 100',
    ],
    [{ referenceTraining: {} }, 64, /^model: expected a preset, or layers/],
    [
      { reference: '/nowhere' },
      65,
      '/nowhere: expected a model folder, a checkpoint or a run; there is none',
    ],
    [{ tokens: '/nowhere' }, 65, /^\/nowhere: expected tokens.json/],
  ])('%j', async (changes, code, message) => {
    const before = readdirSync(folder);
    const { error, lines } = await run({ out: join(folder, 'refused'), ...changes });
    expect(error).toBeInstanceOf(Error);
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).not.toContain('\n');
    expect(exitCodeOf(error)).toBe(code);
    expect(lines).toEqual([]);
    expect(readdirSync(folder)).toEqual(before);
  });

  test('the FLOPs of a control that are not known', async () => {
    const { error } = await run({
      out: join(folder, 'refused'),
      reference: join(plain, 'reference'),
      controls: ['same-flops'],
    });
    expect(error).toEqual(
      new Error('controls: same-flops needs the FLOPs of the reference; set referenceTokens'),
    );
  });

  test('a folder in use', async () => {
    const out = join(folder, 'busy');
    const others: Promise<{ error: unknown }>[] = [];
    await runGrow(folder, { out, maxRounds: 1 }, () => {
      if (others.length === 0) others.push(run({ out }));
    });
    const [{ error }] = await Promise.all(others);
    expect(exitCodeOf(error)).toBe(73);
    expect(String(error)).toContain(`in use by process ${process.pid}`);
    rmSync(out, { recursive: true });
  });
});

function copyOf(name: string): string {
  const out = join(folder, `${name}-copy`);
  cpSync(join(folder, name), out, { recursive: true });
  return out;
}

function fail(): never {
  throw new Error('nothing there');
}
