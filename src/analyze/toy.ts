// JOB toy: both of upstream's demos that attention alone loses rank, as OUT/analysis/toy.json. Measures no model.

import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { makeFolder, writeFileAtomic } from '../run/atomic.ts';
import type { JobContext } from '../run/context.ts';
import { formatDuration, table } from '../run/format.ts';
import { resolveDevice, setThreads } from '../torch/index.ts';
import { randomAttentionRanks } from './toy-logits.ts';
import { checkToyOptions } from './toy-options.ts';
import type { ToyOptions } from './toy-options.ts';
import type { ToyRecord } from './toy-record.ts';
import { trainedAttentionRanks } from './toy-training.ts';

/**
 * Runs both demos, writes the record and prints it as two small tables.
 *
 * @returns the path of the record, and the record
 * @throws Error  with exit code 64 for sizes that do not divide or a device that is not there
 */
export async function attentionToy(
  options: ToyOptions,
  { console }: Pick<JobContext, 'console'>,
): Promise<{ file: string; record: ToyRecord }> {
  checkToyOptions(options);
  const { out, tau, seed } = options;
  const device = resolveDevice(options.device);
  setThreads(options.threads ?? availableParallelism());
  const folder = join(out, 'analysis');
  await makeFolder(folder);

  const began = performance.now();
  const demo1 = randomAttentionRanks(options.demo1, { tau, seed, device });
  const between = performance.now();
  console.info(`demo 1: ${demo1.heads} heads measured in ${formatDuration(between - began)}`);
  const demo2 = await trainedAttentionRanks(options.demo2, { tau, seed, device }, ({ step, ranks, loss }) =>
    console.status(`demo 2: step ${step}, largest rank ${Math.max(...ranks)}, loss ${loss.toFixed(4)}`),
  );
  console.status('');
  console.info(`demo 2: ${options.demo2.steps} steps in ${formatDuration(performance.now() - between)}`);

  const record: ToyRecord = { version: 1, seed, demo1, demo2 };
  const file = join(folder, 'toy.json');
  await writeFileAtomic(file, `${JSON.stringify(record, null, 2)}\n`);
  console.print(describeToy(record));
  console.info(`wrote ${file}`);
  return { file, record };
}

/** Both demos as tables. */
function describeToy({ demo1, demo2 }: ToyRecord): string {
  const uniform = Math.log(demo2.tokens);
  const chosen = demo2.steps
    .map((step, index) => ({ step, index }))
    .filter(({ index }) => index < 4 || index % 5 === 0 || index === demo2.steps.length - 1);
  return [
    `demo 1: random attention, ${demo1.heads} heads, ${demo1.tokens} tokens, standard deviation of logits ${demo1.logitDeviation.toFixed(4)}`,
    table([
      ['rank of a head', 'smallest', 'largest'],
      ['logits, mean over sequences', ...range(demo1.ranksBefore, 0)],
      ['attention, mean over sequences', ...range(demo1.ranksAfter, 0)],
      ['attention, mean of each sequence’s rank', ...range(demo1.meanRanksAfter, 2)],
    ]),
    '',
    `demo 2: one layer trained on noise, ${demo2.heads} heads, ${demo2.tokens} tokens; uniform attention has entropy ${uniform.toFixed(3)}`,
    table([
      ['step', 'mean rank', 'heads', 'mean of ranks', 'entropy', 'loss'],
      ...chosen.map(({ step, index }) => [
        String(step),
        (demo2.meanRank[index] ?? NaN).toFixed(2),
        range(demo2.rankPerHead[index] ?? [], 0).join('-'),
        (demo2.meanOfRanks[index] ?? NaN).toFixed(2),
        (demo2.entropy[index] ?? NaN).toFixed(3),
        (demo2.loss[index] ?? NaN).toFixed(4),
      ]),
    ]),
  ].join('\n');
}

function range(values: readonly number[], digits: number): [string, string] {
  return [Math.min(...values).toFixed(digits), Math.max(...values).toFixed(digits)];
}
