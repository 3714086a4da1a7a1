// Training with weights in bfloat16: what is stored, how it goes on, and what is refused.

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSafetensors } from '../../src/torch/index.ts';
import { readMetrics } from '../../src/run/metrics.ts';
import { train } from '../../src/train/train.ts';
import { checkLiveTensors } from '../live-tensors.ts';
import { failureOf, listener, smallOptions, temporaryFolder, writeTokens } from './rig.ts';

const folder = temporaryFolder();
const tokens = writeTokens(join(folder, 'tokens'));
const learningRate = { peak: 1e-2, floor: 1e-3, warmupSteps: 2 };
const narrow = { tokens, learningRate, weights: 'bfloat16', precision: 'bfloat16' } as const;

checkLiveTensors();

async function trainLosses(run: string): Promise<number[]> {
  const records = await readMetrics(join(run, 'metrics.jsonl'));
  return records.flatMap((record) => (record.type === 'train' ? [Number(record.loss)] : []));
}

test('weights and moments are bfloat16 in the files, the loss falls, and a second start goes on to the same losses', async () => {
  const whole = join(folder, 'whole');
  await train(smallOptions({ ...narrow, out: whole, steps: 24 }), listener().context);
  const checkpoint = join(whole, 'checkpoints', 'step-00000024');
  for (const name of [join('model', 'model.safetensors'), join('trainer', 'optimizer.safetensors')]) {
    const file = await openSafetensors(join(checkpoint, name));
    expect([...new Set([...file.entries.values()].map(({ dtype }) => dtype))], name).toEqual(['bfloat16']);
    await file.close();
  }
  const losses = await trainLosses(whole);
  expect(losses.at(-1)).toBeLessThan(losses[0] ?? 0);
  const parts = join(folder, 'parts');
  const stopping = listener();
  stopping.context.console.metrics = (line) => {
    if (/^step +12\//.test(line)) stopping.asked.stop = 'SIGTERM';
  };
  await failureOf(train(smallOptions({ ...narrow, out: parts, steps: 24 }), stopping.context));
  await train(smallOptions({ ...narrow, out: parts, steps: 24 }), listener().context);
  expect(await trainLosses(parts)).toEqual(losses);
});

test('going on with weights of another dtype is refused', async () => {
  const out = join(folder, 'whole');
  const asked = smallOptions({ tokens, learningRate, precision: 'bfloat16', out, steps: 30 });
  expect(await failureOf(train(asked, listener().context))).toMatchObject({
    code: 64,
    message: expect.stringContaining(
      'optimizer state is bfloat16, the options ask for weights float32',
    ) as string,
  });
});

test('bfloat16 weights with float32 products are refused', async () => {
  const asked = smallOptions({ ...narrow, precision: 'float32', out: join(folder, 'no') });
  expect(await failureOf(train(asked, listener().context))).toMatchObject({
    code: 64,
    message: expect.stringContaining('weights: bfloat16 needs precision bfloat16') as string,
  });
});
