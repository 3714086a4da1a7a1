// Options of the toy job: sizes of its two demos, with upstream's values as defaults. Reads nothing.

import { z } from 'zod';
import { failure } from '../run/failure.ts';

const count = z.int().positive();

const logitsOptions = z.strictObject({
  tokens: count.default(1024),
  hidden: count.default(2048).describe('Width of the input, a multiple of heads'),
  heads: count.default(32),
  batch: count.default(8).describe('Sequences'),
});

const trainingOptions = z.strictObject({
  tokens: count.default(128),
  hidden: count.default(512).describe('Width of the layer, a multiple of heads'),
  heads: count.default(8),
  batch: count.default(16).describe('Sequences of a step, and of the fixed batch that ranks are measured on'),
  steps: count.default(1000),
  every: count.default(50).describe('Steps between measurements; the last step is measured too'),
  learningRate: z.number().positive().default(1e-3),
});

export const toyOptions = z.strictObject({
  out: z.string().min(1).describe('Folder to write analysis/toy.json in'),
  tau: z.number().gt(0).lt(1).default(0.9).describe('Share of the squared singular values a rank holds'),
  demo1: logitsOptions.default(logitsOptions.parse({})),
  demo2: trainingOptions.default(trainingOptions.parse({})),
  seed: z.int().min(0).default(42),
  threads: count.optional().describe('Threads of one operator; by default all cores'),
  device: z.string().default('auto').describe('auto, cpu, cuda or cuda:N'),
});

export type ToyOptions = z.infer<typeof toyOptions>;
export type LogitsOptions = z.infer<typeof logitsOptions>;
export type TrainingOptions = z.infer<typeof trainingOptions>;

/** @throws Error  with exit code 64 when a demo's heads do not share its width evenly */
export function checkToyOptions({ demo1, demo2 }: ToyOptions): void {
  for (const [name, { hidden, heads }] of Object.entries({ demo1, demo2 }))
    if (hidden % heads !== 0)
      throw failure('usage', `${name}.heads: must divide the width ${hidden}, got ${heads}`);
}
