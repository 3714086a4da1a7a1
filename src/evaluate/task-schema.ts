// The subset of lm-eval's task format that is read here: every field, its type, and why others are not.

import { z } from 'zod';
import { documentBuiltins, fieldBuiltins, scoringBuiltins } from './builtins.ts';
import { compats } from './task.ts';
import type { MetricName, TaskMetric } from './task.ts';

/** What metrics are when a task file only names them. */
export const usualMetrics: Readonly<Record<MetricName, Omit<TaskMetric, 'name'>>> = {
  acc: { aggregation: 'mean', higherIsBetter: true },
  acc_norm: { aggregation: 'mean', higherIsBetter: true },
  acc_bytes: { aggregation: 'mean', higherIsBetter: true },
  mc1: { aggregation: 'mean', higherIsBetter: true },
  mc2: { aggregation: 'mean', higherIsBetter: true },
  perplexity: { aggregation: 'perplexity', higherIsBetter: false },
  word_perplexity: { aggregation: 'weighted_perplexity', higherIsBetter: false },
  byte_perplexity: { aggregation: 'weighted_perplexity', higherIsBetter: false },
  token_perplexity: { aggregation: 'weighted_perplexity', higherIsBetter: false },
  bits_per_byte: { aggregation: 'bits_per_byte', higherIsBetter: false },
};

const metricName = z.enum(Object.keys(usualMetrics) as [MetricName, ...MetricName[]]);
const name = z.string().regex(/^[\w.+-]{1,200}$/, 'expected a name of letters, digits and _ . + -');
const split = z.string().min(1).nullish();
const builtin = z.strictObject({ builtin: z.enum(Object.keys(fieldBuiltins)) });
const version = z.union([z.number(), z.string()]);
const metadata = z.looseObject({ version: version.optional() });

const taskFields = {
  task: name,
  task_alias: z.string().optional(),
  tag: z.union([z.string(), z.array(z.string())]).optional(),
  include: z.string().optional(),
  dataset_path: z.string().min(1),
  dataset_name: z.string().nullish(),
  dataset_kwargs: z.strictObject({ trust_remote_code: z.boolean().optional() }).nullish(), // has no meaning here
  output_type: z.enum(['multiple_choice', 'loglikelihood', 'loglikelihood_rolling']),
  training_split: split,
  validation_split: split,
  test_split: split,
  fewshot_split: split,
  fewshot_config: z.strictObject({ sampler: z.enum(['default', 'first_n']).optional(), split }).nullish(),
  process_docs: z.enum(Object.keys(documentBuiltins)).optional(),
  process_results: z.enum(scoringBuiltins).optional(),
  doc_to_text: z.union([z.string(), z.int(), builtin]),
  doc_to_target: z.union([z.string(), z.int(), builtin, z.array(z.int())]),
  doc_to_choice: z.union([z.string(), z.array(z.string()).min(1), builtin]).optional(),
  description: z.string().optional(),
  target_delimiter: z.string().default(' '),
  fewshot_delimiter: z.string().default('\n\n'),
  num_fewshot: z.int().min(0).max(1000).nullish(),
  metric_list: z
    .array(
      z.strictObject({
        metric: metricName,
        aggregation: z.enum(['mean', 'perplexity', 'weighted_perplexity', 'bits_per_byte']).optional(),
        higher_is_better: z.boolean().optional(),
      }),
    )
    .min(1),
  repeats: z.literal(1).optional(),
  should_decontaminate: z.boolean().optional(), // these two change no score
  doc_to_decontamination_query: z.string().optional(),
  metadata: metadata.optional(),
};

const groupFields = {
  group: name,
  group_alias: z.string().nullish(),
  task: z
    .array(
      z.union([
        name,
        z.strictObject({
          task: name,
          num_fewshot: z.int().min(0).max(1000).optional(),
          metric: z.union([metricName, z.literal('acc_plain')]).optional(),
        }),
      ]),
    )
    .min(1),
  aggregate_metric_list: z
    .array(
      z.strictObject({
        metric: metricName,
        aggregation: z.literal('mean').optional(),
        weight_by_size: z.boolean().default(true),
        filter_list: z.union([z.literal('none'), z.tuple([z.literal('none')])]).optional(),
      }),
    )
    .nullish(),
  metadata: metadata.optional(),
};

/** Fields of ours: what is other in one version of lm-eval. */
const compat = z.partialRecord(z.enum(compats), z.record(z.string(), z.unknown())).optional();

export const taskSchema = z.strictObject({ ...taskFields, compat });
export const groupSchema = z.strictObject({ ...groupFields, compat });

/** A task file's content. */
export type TaskDefinition = z.output<typeof taskSchema>;
/** A group file's content. */
export type GroupDefinition = z.output<typeof groupSchema>;
