// Tasks scored inside a training run, each so many steps and at its end. A hook for train; its figures go to metrics.jsonl as
// records of type `downstream`.

import { heaviestFolder } from '../data/mixture.ts';
import type { TokensOption } from '../data/mixture.ts';
import { readTokensInfo } from '../data/tokens.ts';
import type { Model } from '../model/family.ts';
import type { JobConsole } from '../run/console.ts';
import type { MetricRecord } from '../run/metrics.ts';
import { loadTokenizer } from '../tokenizers/tokenizers.ts';
import type { Dtype } from '../torch/index.ts';
import { requestsOf, scoresByTask } from './flat-requests.ts';
import { prepareTasks } from './prepare.ts';
import { metricsOf } from './results-table.ts';
import { summarize } from './results.ts';
import { scoreRequests } from './score.ts';

/** What a training run says of the tasks inside it. */
export interface DuringTraining {
  downstream: {
    tasks: readonly string[];
    every: number;
    limit?: number | undefined;
    shots?: number | undefined;
    dataDir?: string | undefined;
  };
  tokens: TokensOption;
  precision: Dtype;
}

/** The form of train's hooks. */
export interface DownstreamHook {
  name: 'downstream';
  every: number;
  atStart: boolean;
  run(at: { step: number; model: Model }): Promise<MetricRecord>;
}

/**
 * One hook where there are tasks, none elsewhere. The tasks' data are read now, so that what is missing is told before a step
 * is made.
 *
 * @throws Error  as prepareTasks does
 */
export async function downstreamHooks(
  { downstream, tokens, precision }: DuringTraining,
  { console }: { console: Pick<JobConsole, 'metrics' | 'warn'> },
): Promise<DownstreamHook[]> {
  const { tasks, every, limit = null, shots = null, dataDir = null } = downstream;
  if (tasks.length === 0) return [];
  const prepared = await prepareTasks(tasks, { limit, shots, dataDir });
  const requests = requestsOf(prepared);
  const folder = heaviestFolder(tokens); // all of a mixture have one tokenizer
  const { tokenizer: info } = await readTokensInfo(folder, console);
  const run: DownstreamHook['run'] = async ({ step, model }) => {
    const tokenizer = await loadTokenizer(info, { tokens: folder });
    const { scores } = await scoreRequests(model, tokenizer, requests, { autocast: precision });
    const { results } = await summarize(prepared, scoresByTask(prepared, scores), { bootstrapIterations: 0 });
    const values = Object.entries(results).flatMap(([name, row]) =>
      metricsOf(row).map(({ metric, value }) => [`${name}/${metric}`, value] as const),
    );
    const shown = values.filter(([name]) => !name.startsWith('mmlu_')).slice(0, 8);
    console.metrics(
      `step ${step}: ${shown.map(([name, value]) => `${name} ${value.toFixed(4)}`).join(', ')}`,
    );
    return { type: 'downstream', step, ...Object.fromEntries(values) };
  };
  return [{ name: 'downstream', every, atStart: every > 0, run }];
}
