// What the train job refuses, and what it falls back from: one line each, with its exit code.

import { cpSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readRun } from '../../src/run/directory.ts';
import { train } from '../../src/train/train.ts';
import { checkLiveTensors } from '../live-tensors.ts';
import { checkpointHashes, failureOf, listener, smallOptions, temporaryFolder, writeTokens } from './rig.ts';

checkLiveTensors();
const folder = temporaryFolder();
const tokens = writeTokens(join(folder, 'tokens'));
const done = smallOptions({ out: join(folder, 'done'), tokens, steps: 12 });

beforeAll(async () => {
  await train(done, listener().context);
});

/** A copy of the finished run, to damage. */
function copy(name: string): string {
  const out = join(folder, name);
  cpSync(done.out, out, { recursive: true });
  return out;
}

function flip(path: string): void {
  const bytes = readFileSync(path);
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}

describe('options', () => {
  test.each([
    [
      { tokensPerStep: 100 },
      64,
      /^tokensPerStep: must be a multiple of microBatch x context = 4 x 16 = 64, got 100$/,
    ],
    [
      { model: { layers: 2, heads: 3, width: 16, context: 16 } },
      64,
      /^model\.heads: must divide the width 16, got 3/,
    ],
    [{ model: {} }, 64, /expected a preset, or layers, heads, width and context/],
    [{ from: '/nowhere' }, 65, /^\/nowhere: expected a model folder, a checkpoint or a run; there is none$/],
    [{ tokens: '/nowhere' }, 65, /^\/nowhere: expected tokens\.json, or train\.bin and val\.bin/],
    [
      { model: { layers: 2, heads: 2, width: 16, context: 500 }, tokensPerStep: 2000 },
      64,
      /need 501 tokens at least, got 400/,
    ],
  ])('%j: code %i', async (given, expected, pattern) => {
    const { message, code } = await failureOf(
      train(smallOptions({ out: join(folder, 'refused'), tokens, ...given }), listener().context),
    );
    expect([code, message]).toEqual([expected, expect.stringMatching(pattern)]);
    expect(message).not.toContain('\n');
  });

  test('a model and data of other vocabularies, both numbers named', async () => {
    const other = writeTokens(join(folder, 'other'), { vocab: 260 });
    const given = { out: join(folder, 'vocab'), tokens: other, from: done.out };
    const { message, code } = await failureOf(train(smallOptions(given), listener().context));
    expect([code, message]).toEqual([
      64,
      expect.stringMatching(/the model knows 257 tokens, .*other has 260;/),
    ]);
  });

  test('going on with data of another vocabulary, though the embedding has as many rows', async () => {
    const other = writeTokens(join(folder, 'other-resumed'), { vocab: 260 });
    const out = copy('vocab-resumed');
    const { message, code } = await failureOf(train({ ...done, out, tokens: other }, listener().context));
    expect([code, message]).toEqual([
      64,
      expect.stringMatching(/its model has vocab 257, not 260 as asked for/),
    ]);
  });

  test('a model that differs from the one asked for', async () => {
    const given = { out: join(folder, 'layers'), tokens, from: done.out, model: { layers: 3 } };
    const { message, code } = await failureOf(train(smallOptions(given), listener().context));
    expect([code, message]).toEqual([64, expect.stringMatching(/^model\.layers: asked for 3, .* has 2;/)]);
  });

  test('resume=none where there are checkpoints', async () => {
    const out = copy('none');
    const { message, code } = await failureOf(train({ ...done, out, resume: 'none' }, listener().context));
    expect([code, message]).toEqual([
      64,
      expect.stringMatching(/resume is none, but the run has 3 checkpoints/),
    ]);
  });

  test('out of memory: micro-batch, estimate, and what to lower', async () => {
    const given = {
      out: join(folder, 'memory'),
      tokens,
      microBatch: 4096,
      tokensPerStep: 4096 * 64,
      evaluation: { windows: 1, train: false },
      model: { layers: 1, heads: 1, width: 2, context: 64, padVocabTo: 1_000_000 },
      kernels: 'plain' as const, // fused passes hold 64 MB of logits at once
    };
    const { message, code } = await failureOf(train(smallOptions(given), listener().context)); // 1 TB of logits
    expect(code).toBe(70);
    expect(message).toMatch(
      /^out of memory with microBatch 4096: a step needs about 2\.\d+ TB; lower microBatch .*recompute=true and lossRows=1024/,
    );
    expect(message).not.toContain('\n');
  });
});

describe('checkpoints', () => {
  test('a damaged newest one: one warning, the one before is taken, and the end is the same', async () => {
    const out = copy('damaged');
    flip(join(out, 'checkpoints', 'step-00000012', 'model', 'model.safetensors'));
    const { context, lines, warnings } = listener();
    await train({ ...done, out }, context);
    expect(warnings).toEqual([
      expect.stringMatching(
        /step-00000012: not used: model\/model\.safetensors: expected sha256 .*; looking for an older one$/,
      ),
    ]);
    expect(lines.join('\n')).toContain('going on after step 8 from ');
    expect(await checkpointHashes(out)).toEqual(await checkpointHashes(done.out));
  });

  test('a truncated newest one, too', async () => {
    const out = copy('truncated');
    truncateSync(join(out, 'checkpoints', 'step-00000012', 'trainer', 'optimizer.safetensors'), 100);
    const { context, warnings } = listener();
    await train({ ...done, out }, context);
    expect(warnings).toHaveLength(1);
    expect(await checkpointHashes(out)).toEqual(await checkpointHashes(done.out));
  });

  test('all of them damaged: refused, and nothing is changed', async () => {
    const out = copy('all-damaged');
    for (const name of readdirSync(join(out, 'checkpoints')))
      rmSync(join(out, 'checkpoints', name, 'MANIFEST.json'));
    const metrics = readFileSync(join(out, 'metrics.jsonl'), 'utf8');
    const { message, code } = await failureOf(train({ ...done, out }, listener().context));
    expect([code, message]).toEqual([
      65,
      expect.stringMatching(/none of its 3 checkpoints is whole; move them away/),
    ]);
    expect(readFileSync(join(out, 'metrics.jsonl'), 'utf8')).toBe(metrics);
    expect((await readRun(out))?.state).toBe('failed');
  });

  test('one that is named must be whole', async () => {
    const out = copy('named');
    const resume = join(out, 'checkpoints', 'step-00000008');
    await train({ ...done, out: join(folder, 'from-named'), resume }, listener().context);
    const [ended, expected] = [
      await checkpointHashes(join(folder, 'from-named')),
      await checkpointHashes(done.out),
    ];
    expect(ended['step-00000012']).toEqual(expected['step-00000012']);
    flip(join(resume, 'trainer', 'optimizer.safetensors'));
    const { message, code } = await failureOf(train({ ...done, out, resume }, listener().context));
    expect([code, message]).toEqual([
      65,
      expect.stringMatching(/step-00000008: expected a whole checkpoint, found trainer/),
    ]);
  });

  test('options that changed since the last start are told; a seed cannot change any more', async () => {
    const out = copy('changed');
    const { context, lines, warnings } = listener();
    const learningRate = { ...done.learningRate, peak: 5e-4 };
    await train({ ...done, out, steps: 14, learningRate, seed: 8 }, context);
    const told = lines.filter((line) => line.includes('changed since the last start'));
    expect(told).toEqual([
      expect.stringContaining('out: '),
      expect.stringContaining('steps: 12 -> 14'),
      expect.stringContaining('learningRate.peak: 0.003 -> 0.0005'),
      expect.stringContaining('seed: 7 -> 8'),
    ]);
    expect(warnings).toEqual([expect.stringMatching(/^seed: expected 7 as in .*step-00000012, got 8;/)]);
    expect((await readRun(out))?.state).toBe('done');
  });
});

test('a run in use is refused also within one process, and given back after a failure', async () => {
  const out = join(folder, 'lock');
  const options = smallOptions({ out, tokens, steps: 2, checkpoint: { every: 0 } });
  let second = Promise.resolve({ message: '', code: 0 });
  const hook = {
    every: 1,
    run: async ({ step }: { step: number }) => {
      if (step === 1) {
        second = failureOf(train(options, listener().context));
        await second;
        throw new Error('the hook fails');
      }
      return {};
    },
  };
  expect((await failureOf(train(options, listener().context, [hook]))).message).toBe('the hook fails');
  const { message, code } = await second;
  expect([code, message]).toEqual([73, expect.stringContaining(`process ${process.pid}`)]);
  await train(options, listener().context);
  expect(Object.keys(await checkpointHashes(out))).toEqual(['step-00000002']);
});
