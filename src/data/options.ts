// Options of the job prepare. What they do is in prepare.ts.

import { z } from 'zod';

export const prepareOptionsSchema = z.strictObject({
  source: z
    .array(z.string().min(1))
    .min(1)
    .describe('text files, folders of .txt files, or the name of the embedded corpus: sotu'),
  out: z.string().min(1).describe('folder to write: train.bin, val.bin, tokens.json'),
  tokenizer: z
    .string()
    .min(1)
    .default('gpt2')
    .describe(
      "gpt2 (50,257 ids), bytes (257), characters (those of the text), or a folder with a model's tokenizer",
    ),
  separator: z
    .string()
    .min(1)
    .default('file')
    .describe('what parts documents: file (each file is one), blank-line, or a regular expression'),
  validationSplit: z
    .enum(['documents', 'tail'])
    .default('documents')
    .describe('documents: whole documents, chosen by their hash; tail: the end of each document'),
  validationFraction: z
    .number()
    .min(0.0001)
    .max(0.5)
    .default(0.05)
    .describe('share of the text kept for validation'),
  overwrite: z
    .boolean()
    .default(false)
    .describe('replace a folder that was prepared from other text or with other options'),
});

/** Options of prepare with every default filled in. */
export type PrepareOptions = z.infer<typeof prepareOptionsSchema>;

/** Options of prepare as given. */
export type PrepareInput = z.input<typeof prepareOptionsSchema>;
