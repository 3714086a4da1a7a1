// Options of the sample job.

import { z } from 'zod';

export const sampleOptions = z.strictObject({
  model: z.string().min(1).describe('A run, a checkpoint or a model folder'),
  prompt: z.string().optional().describe('Text to continue; by default an empty document'),
  promptFile: z.string().optional().describe('File whose text is to be continued'),
  tokens: z
    .int()
    .positive()
    .default(200)
    .describe('Most tokens to make; an end of text ends a sample before'),
  samples: z.int().positive().default(1),
  temperature: z.number().min(0).default(0.8).describe('0 takes the likeliest token each time'),
  topK: z.int().min(0).default(200).describe('Only so many of the likeliest tokens; 0 all'),
  topP: z.number().positive().max(1).default(1).describe('Only the likeliest that hold this share; 1 all'),
  seed: z.int().min(0).default(1337).describe('Of the first sample; the next ones count on from it'),
  ignoreEndOfText: z.boolean().default(false),
  cache: z
    .boolean()
    .default(true)
    .describe('Keep keys and values of the text so far; without, the same tokens come slower'),
  precision: z.enum(['float32', 'bfloat16']).default('float32').describe('Of weights and products'),
  threads: z.int().positive().optional().describe('Threads of one operator; by default all cores'),
  device: z.string().default('auto').describe('auto, cpu, cuda or cuda:N'),
});

export type SampleOptions = z.infer<typeof sampleOptions>;
