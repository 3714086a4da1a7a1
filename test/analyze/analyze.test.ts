// The analyze job on a small run: its files, that they are the same each time, and what it refuses.

import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { analyze } from '../../src/analyze/analyze.ts';
import { readAttentionRecord } from '../../src/analyze/attention-record.ts';
import { attentionText } from '../../src/analyze/attention-table.ts';
import { analyzeOptions } from '../../src/analyze/options.ts';
import { newestCheckpoint } from '../../src/run/checkpoints.ts';
import { exitCodeOf } from '../../src/run/failure.ts';
import { openSafetensors, writeSafetensors } from '../../src/torch/index.ts';
import type { Tensor } from '../../src/torch/index.ts';
import { train } from '../../src/train/train.ts';
import { checkLiveTensors } from '../live-tensors.ts';
import { hashes } from '../inherit/rig.ts';
import { listener, smallOptions, temporaryFolder, writeTokens } from '../train/rig.ts';

const folder = temporaryFolder();
const tokens = writeTokens(join(folder, 'tokens'));
const run = join(folder, 'run');
const { context } = listener();
const measure = (given: Record<string, unknown>) =>
  analyze(analyzeOptions.parse({ sequences: 6, threads: 1, device: 'cpu', ...given }), context);

beforeAll(async () => {
  await train(smallOptions({ out: run, tokens, steps: 8 }), context);
});

describe('a run', () => {
  checkLiveTensors();

  test('is measured at its newest checkpoint, with its own tokens, into analysis/', async () => {
    const { out, record } = await measure({ model: run });
    expect(out).toBe(join(run, 'analysis'));
    expect(readdirSync(out).sort()).toEqual(['attention.json', 'heads.csv', 'maps.csv', 'maps.png']);
    expect(record.model).toMatchObject({ layers: 2, heads: 2, step: 8, family: 'gpt2' });
    expect(record.data).toMatchObject({ tokens, sequences: 6, length: 16 }); // the context is shorter than 100
    expect(record.measure.taus).toEqual([0.8, 0.85, 0.9, 0.95]);
    expect(await readAttentionRecord(join(out, 'attention.json'))).toEqual(record);
    for (const { heads, maxRank } of record.layers) {
      expect(maxRank.value).toBe(Math.max(...heads.map(({ rank }) => rank.mean)));
      expect([...maxRank.atTaus].sort((a, b) => a - b)).toEqual(maxRank.atTaus);
    }
    expect(readFileSync(join(out, 'heads.csv'), 'utf8').trim().split('\n')).toHaveLength(1 + 4);
    expect(attentionText(record)).toContain('To inherit: ');
  });

  test('twice gives the same bytes', async () => {
    const before = hashes(join(run, 'analysis'));
    await measure({ model: run });
    expect(hashes(join(run, 'analysis'))).toEqual(before);
  });

  test('its checkpoint is left as it was: the analysis of a named one goes beside the run’s', async () => {
    const checkpoint = join(run, 'checkpoints', 'step-00000004');
    const { out, record } = await measure({ model: checkpoint });
    expect(out).toBe(join(run, 'analysis', 'step-00000004'));
    expect(record.model.step).toBe(4);
    const { record: again } = await measure({ model: join(checkpoint, 'model') });
    expect(again.layers).toEqual(record.layers);
    expect((await newestCheckpoint(join(run, 'checkpoints'), { warn: () => undefined }))?.step).toBe(8);
  });

  test('full attention, index order and another tau give other figures', async () => {
    const out = join(folder, 'other');
    const { record } = await measure({
      model: run,
      out,
      causal: false,
      columnOrder: 'index',
      tau: 0.5,
      taus: [0.9],
    });
    const { record: usual } = await measure({ model: run });
    expect(record.measure).toMatchObject({ causal: false, columnOrder: 'index', tau: 0.5, taus: [0.5, 0.9] });
    expect(record.layers[0].maxRank.value).toBe(record.layers[0].maxRank.atTaus[0]);
    expect(record.layers[0].maxRank.atTaus[1]).not.toBe(usual.layers[0].maxRank.value);
    expect(record.layers[1].sink.mean).not.toBeCloseTo(usual.layers[1].sink.mean, 6);
  });

  test('sequences are the same whatever the model, and more of them are measured in groups alike', async () => {
    const few = await measure({ model: run, out: join(folder, 'few'), sequences: 2, length: 8 });
    expect(few.record.layers[0].heads[0].rank.mean).toBeGreaterThanOrEqual(1);
    expect(few.record.nullValues.length).toBeGreaterThan(5);
  });
});

describe('bad input is one line and an exit code', () => {
  const model = join(folder, 'model');
  beforeAll(() => cpSync(join(run, 'checkpoints', 'step-00000008', 'model'), model, { recursive: true }));
  const failureOf = async (given: Record<string, unknown>) => {
    try {
      await measure({ tokens, out: join(folder, 'refused'), ...given });
    } catch (error) {
      return { code: exitCodeOf(error), message: error instanceof Error ? error.message : '' };
    }
    throw new Error('expected a failure');
  };

  test.each<[string, number, RegExp, () => Record<string, unknown>]>([
    [
      'no folder',
      65,
      /nowhere: expected a model folder, a checkpoint or a run/,
      () => ({ model: join(folder, 'nowhere') }),
    ],
    ['a folder without a model', 65, /tokens: expected a model folder/, () => ({ model: tokens })],
    [
      'a grow job',
      65,
      /grown: is a grow job; name one of its models, e\.g\. .*reference/,
      () => ({ model: growFolder() }),
    ],
    [
      'an unknown family',
      65,
      /config\.json: model_type: expected one of gpt2, .*, found 'mamba'/,
      () => ({ model: family('mamba') }),
    ],
    [
      'sequences longer than the context',
      64,
      /length: must be at most the context of .*, 16 tokens, got 17/,
      () => ({ model, length: 17 }),
    ],
    [
      'too little text',
      65,
      /val\.bin: expected 1000 sequences of 16 tokens, found room for 24/,
      () => ({ model, sequences: 1000 }),
    ],
    [
      'no token folder named',
      64,
      /tokens: expected a folder made by prepare/,
      () => ({ model, tokens: undefined }),
    ],
    [
      'another vocabulary',
      64,
      /the model knows 257 tokens, .* has 90/,
      () => ({ model, tokens: otherTokens() }),
    ],
    ['a truncated file', 65, /model\.safetensors/, () => ({ model: truncated() })],
  ])('%s', async (_, code, line, given) => {
    const found = await failureOf(given());
    expect(found.message).toMatch(line);
    expect(found.message).not.toContain('\n');
    expect(found.code).toBe(code);
  });

  test.each([NaN, Infinity])('a weight that is %d', async (value) => {
    const bad = join(folder, `bad-${value}`);
    cpSync(model, bad, { recursive: true });
    await poison(join(bad, 'model.safetensors'), 'transformer.h.1.mlp.c_fc.weight', value);
    const found = await failureOf({ model: bad });
    expect(found).toEqual({
      code: 65,
      message: 'blocks.1.mlp.up.weight: expected finite weights, found NaN or infinity',
    });
  });

  function family(name: string): string {
    const path = join(folder, 'family');
    cpSync(model, path, { recursive: true });
    const config = JSON.parse(readFileSync(join(path, 'config.json'), 'utf8')) as object;
    writeFileSync(join(path, 'config.json'), JSON.stringify({ ...config, model_type: name }));
    return path;
  }
  function growFolder(): string {
    const path = join(folder, 'grown');
    mkdirSync(path);
    writeFileSync(join(path, 'grow.json'), '{}');
    return path;
  }
  function truncated(): string {
    const path = join(folder, 'truncated');
    mkdirSync(path);
    writeFileSync(join(path, 'config.json'), readFileSync(join(model, 'config.json')));
    writeFileSync(
      join(path, 'model.safetensors'),
      readFileSync(join(model, 'model.safetensors')).subarray(0, -8),
    );
    return path;
  }
  function otherTokens(): string {
    return writeTokens(join(folder, 'tokens-90'), { vocab: 90 });
  }
});

/** Writes the file again with one element of one tensor replaced. */
async function poison(path: string, name: string, value: number): Promise<void> {
  const file = await openSafetensors(path);
  const tensors = new Map<string, Tensor>();
  for (const each of file.names) tensors.set(each, await file.read(each));
  await file.close();
  tensors.get(name)?.select(0, 0).narrow(0, 0, 1).fill_(value);
  rmSync(path);
  await writeSafetensors(path, tensors, { format: 'pt' });
  for (const tensor of tensors.values()) tensor.release();
}
