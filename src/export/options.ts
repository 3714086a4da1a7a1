// Options of the export job.

import { z } from 'zod';

export const exportOptions = z.strictObject({
  model: z.string().min(1).describe('A run, a checkpoint, a model folder, or nanoGPT’s ckpt.pt'),
  out: z.string().min(1).describe('Folder to make'),
  dtype: z
    .enum(['bf16', 'f32', 'f16', 'stored'])
    .default('f32')
    .describe('Of the weights that are written; stored: as they are'),
  check: z
    .boolean()
    .default(true)
    .describe('Read it again, and compare logits of a few tokens with the original’s'),
});

export type ExportOptions = z.infer<typeof exportOptions>;
