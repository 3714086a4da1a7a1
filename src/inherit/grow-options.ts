// Options of the grow job: the reference, what a round is, how layers are added, when it stops.

import { join } from 'node:path';
import { z } from 'zod';
import { tokensOption } from '../data/mixture.ts';
import { trainOptions } from '../train/options.ts';
import type { TrainOptions } from '../train/options.ts';

const share = z.number().gt(0).lt(1);

/** Options of training that grow sets itself. */
const ownedByGrow = { out: true, tokens: true, from: true, resume: true } as const;

/** Training of a round: model sizes come from the reference. */
export const roundOptions = trainOptions.omit({ ...ownedByGrow });

export const growOptions = z.strictObject({
  out: z
    .string()
    .min(1)
    .describe('Folder of the whole job; the reference, each round and each control are runs in it'),
  tokens: tokensOption.describe('Folder made by prepare, or several with weights, as train takes'),
  reference: z
    .string()
    .default('train')
    .describe('A run or model folder, or train: make one with referenceTraining'),
  referenceTraining: roundOptions.default(roundOptions.parse({})),
  referenceTokens: z
    .int()
    .min(0)
    .optional()
    .describe('Tokens a given reference was trained on, for the costs'),
  training: roundOptions
    .default(roundOptions.parse({}))
    .describe('Training of each round, and of the controls'),
  first: z
    .int()
    .positive()
    .optional()
    .describe('Layers of the first round; by default half of the reference'),
  add: z.int().positive().default(2).describe('Layers added in a round'),
  maxRounds: z.int().positive().optional().describe('By default as many as the reference has layers for'),
  growth: z
    .enum(['reference', 'reference-keep', 'copy-last', 'random', 'zero'])
    .default('reference')
    .describe(
      'New layers. reference: inherit all again, one more slice (the paper); reference-keep: the trained layers stay, the ' +
        'reference’s next are added; copy-last: its own last layers again; random; zero: random, but changing nothing at first',
    ),
  schedule: z
    .enum(['restart', 'continue'])
    .default('restart')
    .describe('continue: one schedule over maxRounds rounds'),
  parts: z
    .strictObject({
      embeddings: z.boolean().default(true),
      positions: z.boolean().default(true),
      finalNorm: z.boolean().default(true),
      head: z.boolean().default(true),
    })
    .default({ embeddings: true, positions: true, finalNorm: true, head: true }),
  keepScale: z.boolean().default(false),
  stop: z
    .strictObject({
      rule: z
        .enum(['paired', 'single'])
        .default('paired')
        .describe('single: the paper’s, target mean at or below the reference’s'),
      tolerance: z.number().min(0).default(0.01).describe('Nats the target may be worse'),
      confidence: share.default(0.95).describe('Of the one-sided bound'),
      windows: z.int().positive().default(1024).describe('Validation windows to compare on'),
      block: z.int().positive().default(16).describe('Neighbouring windows that count as one observation'),
    })
    .default({ rule: 'paired', tolerance: 0.01, confidence: 0.95, windows: 1024, block: 16 }),
  controls: z
    .array(z.enum(['same-steps', 'same-flops']))
    .default([])
    .describe(
      'Random models of the final size: with as many steps as a round, or as many FLOPs as the reference and all rounds',
    ),
});

export type GrowOptions = z.infer<typeof growOptions>;

/** Options of one of the job's runs. @param from  random, or a model folder */
export function runOptions(
  name: string,
  from: string,
  training: GrowOptions['training'],
  { out, tokens }: Pick<GrowOptions, 'out' | 'tokens'>,
): TrainOptions {
  return { ...training, out: join(out, name), tokens, from, resume: 'auto' };
}
