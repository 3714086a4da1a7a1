// The files of an evaluation: results in lm-eval's shape, and samples. Each is there whole or not at all.

import { join } from 'node:path';
import { makeFolder, writeFileAtomic } from '../run/atomic.ts';
import { packageVersion } from '../run/version.ts';
import { results2023, resultsText } from './results.ts';
import type { Results, TaskScores } from './results.ts';
import { samplesOf } from './samples.ts';
import type { Compat, PreparedTasks } from './task.ts';

/** What results say of the run beside their numbers. */
export interface About {
  model: string;
  parameters: number;
  precision: string;
  device: string;
  batchTokens: number;
  limit: number | null;
  bootstrap: number;
  shotSeed: number;
  compat: Compat;
  context: number;
  seconds: number;
  /** SHA-256 of weights, configuration and tokenizer. */
  identity: string;
  cutRequests: number;
  cutTokens: number;
}

export interface WrittenResults {
  resultsPath: string;
  /** The lines of each task's samples. */
  samples: Map<string, string[]>;
}

/** Writes results_DATE.json, and samples_TASK_DATE.jsonl where they are wanted. */
export async function writeResults(
  out: string,
  results: Results,
  { prepared, scores }: { prepared: PreparedTasks; scores: TaskScores },
  about: About,
  { logSamples, date = new Date() }: { logSamples: boolean; date?: Date },
): Promise<WrittenResults> {
  await makeFolder(out);
  const stamp = date.toISOString().replaceAll(':', '-').replace(/Z$/, '');
  const samples = new Map<string, string[]>();
  const hashes: Record<string, string> = {};
  for (const task of prepared.tasks) {
    const { lines, taskHash } = samplesOf(task, scores);
    samples.set(task.name, lines);
    hashes[task.name] = taskHash;
    if (logSamples)
      await writeFileAtomic(
        join(out, `samples_${task.name}_${stamp}.jsonl`),
        lines.map((line) => `${line}\n`).join(''),
      );
  }
  const resultsPath = join(out, `results_${stamp}.json`);
  await writeFileAtomic(resultsPath, `${resultsText(document(results, about, hashes, date))}\n`);
  return { resultsPath, samples };
}

function document(results: Results, about: About, hashes: Record<string, string>, date: Date): object {
  const rest = {
    config: {
      model: 'inheritune',
      model_args: { pretrained: about.model, dtype: about.precision },
      model_num_parameters: about.parameters,
      model_dtype: `torch.${about.precision}`,
      model_revision: '',
      model_sha: about.identity,
      batch_size: 'tokens',
      batch_sizes: [about.batchTokens],
      device: about.device,
      use_cache: null,
      limit: about.limit,
      bootstrap_iters: about.bootstrap,
      gen_kwargs: {},
      random_seed: 0,
      numpy_seed: 1234,
      torch_seed: 1234,
      fewshot_seed: about.shotSeed,
    },
    git_hash: null,
    date: date.getTime() / 1000,
    max_length: about.context,
    task_hashes: hashes,
    model_source: 'inheritune',
    model_name: about.model,
    model_name_sanitized: about.model.replace(/[^\w.-]+/g, '__'),
    total_evaluation_time_seconds: String(about.seconds),
    inheritune: {
      version: packageVersion(),
      compat: about.compat,
      cut_requests: about.cutRequests,
      cut_tokens: about.cutTokens,
    },
  };
  return about.compat === 'lm-eval-2023' ? { ...results2023(results), ...rest } : { ...results, ...rest };
}
