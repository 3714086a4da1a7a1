// Options of the analyze job: which model, which text, what is measured and from where on it counts as collapsed.

import { z } from 'zod';

const share = z.number().gt(0).max(1);
const count = z.int().positive();

/** What is measured, apart from where: the same in the job and during training. */
export const measureOptions = z.strictObject({
  tau: share.default(0.9).describe('Share of the squared singular values that the approximate rank holds'),
  taus: z
    .array(share)
    .min(1)
    .default([0.8, 0.85, 0.9, 0.95])
    .describe('The same for a sweep, in ascending order'),
  eta: share.default(0.9).describe('Share of the squared column norms that the columns of mass hold'),
  columnOrder: z
    .enum(['sorted', 'index'])
    .default('sorted')
    .describe('index: columns are summed from the first token on, as the paper’s formula reads'),
  causal: z
    .boolean()
    .default(true)
    .describe('false: attention over all tokens, which the paper draws but no model computes'),
  collapsedBelow: z.number().gt(1).default(1.5).describe('A head whose mean rank is below this is collapsed'),
  nearLazyBelow: z.number().gt(1).default(1.5).describe('A layer whose MaxRank is below this is nearly lazy'),
});

export const mapOptions = z.strictObject({
  length: z.int().min(0).default(40).describe('Tokens along a side of the maps; 0 draws none'),
  sequences: count.default(3).describe('Strings that a map is the mean of'),
});

export const analyzeOptions = z.strictObject({
  model: z.string().min(1).describe('A run, a checkpoint or a model folder'),
  tokens: z
    .string()
    .min(1)
    .optional()
    .describe('Folder made by prepare; by default the one the run was trained on'),
  out: z
    .string()
    .min(1)
    .optional()
    .describe('Folder to write; by default analysis/ in the run or model folder'),
  sequences: count.default(100),
  length: count
    .optional()
    .describe('Tokens in a sequence; by default 100, or the model’s context where that is shorter'),
  seed: z.int().min(0).default(1337).describe('Of the choice of sequences'),
  ...measureOptions.shape,
  maps: mapOptions.default(mapOptions.parse({})),
  device: z.string().default('auto').describe('auto, cpu, cuda or cuda:N'),
  threads: count.optional().describe('Threads of one operator; by default all cores'),
});

export type AnalyzeOptions = z.infer<typeof analyzeOptions>;
export type MeasureOptions = z.infer<typeof measureOptions>;
