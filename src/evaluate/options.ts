// Options of the evaluate job, and of the evaluation inside a training run.

import { z } from 'zod';
import { compats } from './task.ts';

const count = z.int().positive();
const limit = z.number().positive().optional();

export const evaluateOptions = z.strictObject({
  model: z.string().min(1).describe('A run, a checkpoint, a model folder, or a model of the hub'),
  tasks: z.array(z.string().min(1)).min(1).describe('Names of tasks, groups and sets'),
  out: z
    .string()
    .min(1)
    .optional()
    .describe('Folder to write; by default evaluation/ in the run or model folder'),
  dataDir: z
    .string()
    .min(1)
    .optional()
    .describe('Folder with the data sets’ files; by default they are the hub’s'),
  includePath: z.array(z.string().min(1)).default([]).describe('Task files of your own, or folders of them'),
  offline: z.boolean().default(false).describe('Never ask the network: what was fetched before is used'),
  compat: z
    .enum(compats)
    .default('lm-eval-0.4')
    .describe('lm-eval-2023: prompts, splits and metrics as they were when the paper was written'),
  shots: z.int().min(0).optional().describe('Examples before each document; by default as each task says'),
  shotSeed: z.int().min(0).default(1234).describe('Of the choice of examples'),
  limit: limit.describe('Documents of each task, the first ones; below 1 a share of them; by default all'),
  beginOfText: z
    .union([z.literal('auto'), z.boolean()])
    .default('auto')
    .describe('Whether texts begin with begin-of-text; auto: where the tokenizer’s makers do so'),
  context: z.int().min(2).optional().describe('Tokens the model sees at once; by default all it can'),
  precision: z.enum(['float32', 'bfloat16']).default('float32').describe('Of weights and products'),
  batchTokens: count.default(2048).describe('Tokens that go through the model at once'),
  bootstrap: z
    .int()
    .min(0)
    .default(100_000)
    .describe('Resamples for the error of a perplexity; 0 computes no errors'),
  logSamples: z.boolean().default(true).describe('Write what each item came to; against needs it'),
  against: z
    .string()
    .min(1)
    .optional()
    .describe('Results to compare with, item by item: a results file, or a folder whose newest is taken'),
  cache: z.boolean().default(true).describe('Keep each score in scores.jsonl, and use those that are there'),
  threads: count.optional().describe('Threads of one operator; by default all cores'),
  device: z.string().default('auto').describe('auto, cpu, cuda or cuda:N'),
});

export type EvaluateOptions = z.infer<typeof evaluateOptions>;
