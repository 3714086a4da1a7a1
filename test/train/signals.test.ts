// Signals, and a second process on the run, as a user meets them: the compiled command line in processes of its own.

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readRun } from '../../src/run/directory.ts';
import { train } from '../../src/train/train.ts';
import { checkLiveTensors } from '../live-tensors.ts';
import {
  checkpointHashes,
  listener,
  smallOptions,
  startTraining,
  temporaryFolder,
  timelessMetrics,
  writeTokens,
} from './rig.ts';

checkLiveTensors();
const folder = temporaryFolder();
const tokens = writeTokens(join(folder, 'tokens'));

/** Long enough to be always found at work; saves at the end only, and when asked. */
function endless(out: string) {
  const learningRate = { peak: 3e-3, floor: 1e-4, warmupSteps: 6, decaySteps: 100 };
  const evaluation = { every: 0, windows: 4 };
  return smallOptions({
    ...{ out: join(folder, out), tokens, steps: 1_000_000, learningRate, evaluation },
    checkpoint: { every: 0, keepLast: 100 },
  });
}

function lastLine(text: string): string | undefined {
  return text.trimEnd().split('\n').at(-1);
}

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  '%s: saves, ends with 75, and goes on exactly',
  async (signal) => {
    const options = endless(signal);
    const training = startTraining(options);
    await training.until(/step +5\//);
    const asked = performance.now();
    training.child.kill(signal);
    expect(await training.ended, training.said()).toBe(75);
    expect(performance.now() - asked).toBeLessThan(5000); // one micro-step and one save, on a busy machine
    expect(lastLine(training.said())).toMatch(
      new RegExp(`^error: .*: stopped by ${signal} after step \\d+; the same command goes on from there$`),
    );
    expect((await readRun(options.out))?.state).toBe('stopped');
    const step = Number(/after step (\d+);/.exec(training.said())?.[1]);
    expect(Object.keys(await checkpointHashes(options.out))).toEqual([
      `step-${String(step).padStart(8, '0')}`,
    ]);

    const steps = step + 3;
    const calm = { ...options, out: join(folder, `calm-${signal}`), steps };
    await train(calm, listener().context);
    const { context, lines } = listener();
    await train({ ...options, steps }, context);
    expect(lines.join('\n')).toContain(`going on after step ${step} from `);
    const last = `step-${String(steps).padStart(8, '0')}`;
    expect((await checkpointHashes(options.out))[last]).toEqual((await checkpointHashes(calm.out))[last]);
    expect(await timelessMetrics(options.out)).toEqual(await timelessMetrics(calm.out));
  },
);

test('a second signal leaves at once with 130 or 143; what was saved stays whole', async () => {
  const options = endless('second');
  const training = startTraining(options);
  await training.until(/step +3\//);
  training.child.kill('SIGUSR1');
  await training.until(/saved /);
  // Stopped, the process cannot serve the first signal before the second is there.
  training.child.kill('SIGSTOP');
  training.child.kill('SIGINT');
  training.child.kill('SIGTERM');
  training.child.kill('SIGCONT');
  expect([130, 143], training.said()).toContain(await training.ended); // of two that wait, either may come first
  const saved = Object.keys(await checkpointHashes(options.out)).filter((name) => name.startsWith('step-'));
  expect(saved.length).toBeGreaterThan(0);
  const { context, lines } = listener();
  await train({ ...options, steps: Number(/\d+$/.exec(saved.at(-1) ?? '')?.[0]) + 1 }, context);
  expect(lines.join('\n')).toContain('going on after step ');
});

test('SIGUSR1 saves and goes on; another process is refused with 73 and the pid of this one', async () => {
  const options = endless('in-use');
  const training = startTraining(options);
  await training.until(/step +3\//);
  training.child.kill('SIGUSR1');
  await training.until(/step \d+: saved .*step-\d+\n(.*\n)*step +\d+\//);

  const second = startTraining(options);
  expect(await second.ended).toBe(73);
  expect(second.said().trimEnd().split('\n')).toEqual([
    expect.stringMatching(
      new RegExp(
        `^error: .*in-use: expected a free run directory, found it in use by process ${training.child.pid} on `,
      ),
    ),
  ]);
  // Node's debugger says so when SIGUSR1 opens it.
  expect(training.said()).not.toContain('Debugger');
  training.child.kill('SIGTERM');
  expect(await training.ended).toBe(75);
  expect(Object.keys(await checkpointHashes(options.out)).length).toBe(2);
});

test('stopped within an accumulated step: the step is abandoned, and done again after the restart', async () => {
  const steps = 4;
  const given = { steps, microBatch: 1, tokensPerStep: 16 * 64, precision: 'bfloat16' };
  const options = smallOptions({ out: join(folder, 'abandoned'), tokens, ...given });
  const calm = { ...options, out: join(folder, 'calm-abandoned') };
  await train(calm, listener().context);
  const first = listener();
  let asked = 0;
  // The loop asks after each of the 64 micro-steps: say yes in the middle of the third step.
  const stop = { ...first.context.stop, requested: () => (++asked > 150 ? ('SIGTERM' as const) : null) };
  await expect(train(options, { ...first.context, stop })).rejects.toThrow(
    'stopped by SIGTERM after step 2;',
  );
  await train(options, listener().context);
  const [ended, expected] = [await checkpointHashes(options.out), await checkpointHashes(calm.out)];
  expect(ended['step-00000004']).toEqual(expected['step-00000004']);
  expect(await timelessMetrics(options.out)).toEqual(await timelessMetrics(calm.out));
});

test('a closed stderr does not end the run', async () => {
  const options = { ...endless('deaf'), steps: 12 };
  const training = startTraining(options);
  await training.until(/step +1\//);
  training.child.stderr?.destroy();
  expect(await training.ended).toBe(0);
  expect((await timelessMetrics(options.out)).filter(({ type }) => type === 'train')).toHaveLength(12);
  expect(execFileSync('ls', [join(options.out, 'checkpoints')], { encoding: 'utf8' }).trim()).toBe(
    'step-00000012',
  );
});
