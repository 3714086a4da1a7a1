// The small measure inside a run: its records, that it changes nothing of the run, and that it goes on after a resume.

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { analyze } from '../../src/analyze/analyze.ts';
import { attentionHooks } from '../../src/analyze/during-training.ts';
import { analyzeOptions } from '../../src/analyze/options.ts';
import { readMetrics } from '../../src/run/metrics.ts';
import { train } from '../../src/train/train.ts';
import { checkLiveTensors } from '../live-tensors.ts';
import {
  checkpointHashes,
  listener,
  smallOptions,
  temporaryFolder,
  timelessMetrics,
  writeTokens,
} from '../train/rig.ts';

checkLiveTensors();

const folder = temporaryFolder();
const tokens = writeTokens(join(folder, 'tokens'));
const optionsOf = (name: string, changes: object) =>
  smallOptions({ out: join(folder, name), tokens, ...changes });
const attentionOf = async (run: string) =>
  (await readMetrics(join(run, 'metrics.jsonl'))).filter(({ type }) => type === 'attention');

test('measures at the start, each so many steps and at the end, and changes no bit of the run', async () => {
  const plain = optionsOf('plain', { steps: 8 });
  const measured = optionsOf('measured', { steps: 8, analysis: { every: 3, sequences: 4, length: 16 } });
  await train(plain, listener().context, attentionHooks(plain));
  await train(measured, listener().context, attentionHooks(measured));

  const records = await attentionOf(measured.out);
  expect(records.map(({ step }) => step)).toEqual([0, 3, 6, 8]);
  expect(await attentionOf(plain.out)).toEqual([]);
  const weights = async (run: string) =>
    Object.values(await checkpointHashes(run)).map((files) => files['model/model.safetensors']);
  expect(await weights(measured.out)).toEqual(await weights(plain.out));

  const { record } = await analyze(
    analyzeOptions.parse({
      model: measured.out,
      sequences: 4,
      seed: measured.seed,
      threads: 1,
      device: 'cpu',
    }),
    listener().context,
  );
  expect(records.at(-1)).toEqual({
    type: 'attention',
    step: 8,
    maxRank: record.layers.map(({ maxRank }) => maxRank.value),
    mass: record.layers.map(({ mass }) => mass.mean),
    sink: record.layers.map(({ sink }) => sink.mean),
    collapsedShare: record.lazy.collapsedShare.find(({ below }) => below === 1.5)?.share,
  });
});

test('a resumed run measures what one that never stopped does', async () => {
  const analysis = { every: 3, sequences: 4 };
  const whole = optionsOf('whole', { steps: 9, analysis });
  const parts = optionsOf('parts', { steps: 9, analysis });
  await train(whole, listener().context, attentionHooks(whole));
  await train({ ...parts, steps: 4 }, listener().context, attentionHooks({ ...parts }));
  await train(parts, listener().context, attentionHooks(parts));
  const withoutEnd = (records: unknown[]) =>
    records.filter((record) => !JSON.stringify(record).includes('"step":4'));
  expect(withoutEnd(await attentionOf(parts.out))).toEqual(await attentionOf(whole.out));
  expect((await timelessMetrics(whole.out)).length).toBeGreaterThan(9);
});

test('train refuses to be asked for a measure that nobody passed', async () => {
  const options = optionsOf('refused', { analysis: { every: 2 } });
  await expect(train(options, listener().context)).rejects.toThrow(/analysis\.every: .*attentionHooks/);
});
