// Tasks as the rest of an evaluation sees them: documents read, requests built, metrics named. No files, no templates.

import type { JobConsole } from '../run/console.ts';
import type { Request } from './request.ts';

/** A value of a document, as JSON has them. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };

/** A document: fields by name, in the data set's order. */
export type Row = { readonly [field: string]: Value };

/** Which version of lm-evaluation-harness the prompts and metrics are those of. */
export type Compat = 'lm-eval-0.4' | 'lm-eval-2023';

export const compats: readonly Compat[] = ['lm-eval-0.4', 'lm-eval-2023'];

export type MetricName =
  | 'acc'
  | 'acc_norm'
  | 'acc_bytes'
  | 'mc1'
  | 'mc2'
  | 'perplexity'
  | 'word_perplexity'
  | 'byte_perplexity'
  | 'bits_per_byte'
  | 'token_perplexity';

/** A metric of a task. */
export interface TaskMetric {
  name: MetricName;
  /** What turns the values of all items into one number. */
  aggregation: 'mean' | 'perplexity' | 'weighted_perplexity' | 'bits_per_byte';
  higherIsBetter: boolean;
}

/** A document with the requests that score it. */
export interface Item {
  /** Its place in the data set's split. */
  docId: number;
  doc: Row;
  /** One for each choice, in order; one only for tasks without choices. */
  requests: readonly Request[];
  /** What the harness calls the target, as text: the gold choice's number, a label, or the text itself. */
  target: string;
  /** The choices without the delimiter; empty for tasks without choices. */
  choices: readonly string[];
  /** Indices of the right choices; empty where there are none. */
  gold: readonly number[];
}

/** A task whose documents are read and whose requests are built. */
export interface PreparedTask {
  name: string;
  /** The name in tables. */
  alias: string;
  version: string | number;
  /** Examples before each document. */
  shots: number;
  kind: 'multiple_choice' | 'loglikelihood' | 'loglikelihood_rolling';
  metrics: readonly TaskMetric[];
  /** How the values of an item come about, where it is not the usual way for `kind`. */
  scoring: 'usual' | 'mc2' | 'mc2-first-zero' | 'wikitext' | 'tie-means-last';
  items: readonly Item[];
  /** Documents of the split; `items` may be fewer. */
  originalCount: number;
  /** The accuracy of guessing, averaged over the items; null for tasks without choices. */
  chance: number | null;
  compat: Compat;
  /** The task's definition, as results tell it. */
  config: Row;
}

/** Tasks reported together. */
export interface TaskGroup {
  name: string;
  alias: string;
  version: string | number;
  /** Names of tasks and groups, in order. */
  members: readonly string[];
  /** Metrics that the group has of its own: over items, or the plain mean over tasks. */
  aggregate: readonly { metric: MetricName; weightBySize: boolean }[];
  /** Metric that each member of a named set counts with, for the set's mean; empty for usual groups. */
  counts: readonly { task: string; metric: MetricName | 'acc_plain' }[];
}

/** Seeds as lm-eval's --seed has them; only the last one is used for zero-shot and few-shot tasks. */
export interface EvaluationSeeds {
  python: number;
  numpy: number;
  torch: number;
  fewshot: number;
}

/** What to prepare, and from where. */
export interface PrepareOptions {
  /** Folder with data files in their published forms; null: the hub's. */
  dataDir: string | null;
  /** Folders or files with task definitions of one's own. */
  includePaths: readonly string[];
  compat: Compat;
  /** Examples before each document; null: as each task says. */
  shots: number | null;
  /** At 1 or more a number of documents, below 1 a share of them; null: all. */
  limit: number | null;
  /** Documents by task, instead of a limit. */
  samples: Readonly<Record<string, readonly number[]>> | null;
  seeds: EvaluationSeeds;
  /** Never ask the network. */
  offline: boolean;
  /** Told what is fetched. */
  console?: JobConsole;
}

/** What `prepareTasks` gives. */
export interface PreparedTasks {
  tasks: readonly PreparedTask[];
  groups: readonly TaskGroup[];
}
