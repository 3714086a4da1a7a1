// Options of the job prepare. What they do is in prepare.ts.

import { z } from 'zod';

export const prepareOptionsSchema = z.strictObject({
  source: z
    .array(z.string().min(1))
    .min(1)
    .describe('files, folders, globs, data sets of the hub, or the embedded corpus: sotu'),
  out: z.string().min(1).describe('folder to write: train.bin, val.bin, tokens.json'),
  tokenizer: z
    .string()
    .min(1)
    .default('gpt2')
    .describe(
      "gpt2 (50,257 ids), bytes (257), characters (those of the text), or a folder with a model's tokenizer",
    ),
  column: z.string().min(1).default('text').describe('column or key with the text; dotted for nested ones'),
  separator: z
    .string()
    .min(1)
    .default('file')
    .describe('what parts documents in .txt files: file (each is one), blank-line, or a regular expression'),
  mark: z
    .enum(['after', 'before', 'bos', 'bos-and-after'])
    .default('after')
    .describe(
      'id at every document: end-of-text after it or before it, begin-of-text before it, or that and end-of-text after it',
    ),
  validationSplit: z
    .enum(['documents', 'tail', 'first-shard', 'datasets'])
    .default('documents')
    .describe(
      'documents: whole ones, by their hash; tail: the end of each; first-shard: the first shardTokens tokens; datasets: as train_test_split of that library',
    ),
  validationFraction: z
    .number()
    .min(0.00001)
    .max(0.5)
    .default(0.05)
    .describe('share of the text kept for validation'),
  splitSeed: z.int().min(0).default(2357).describe('seed of the split by datasets'),
  trainOrder: z
    .enum(['source', 'permuted'])
    .default('source')
    .describe('permuted: training documents in the order of the split by datasets'),
  layout: z
    .enum(['raw', 'llm.c'])
    .default('raw')
    .describe("raw: ids only, nanoGPT's; llm.c: shards with its header"),
  shardTokens: z
    .int()
    .min(0)
    .optional()
    .describe('most tokens in a file; by default one file for raw, 100,000,000 tokens for llm.c'),
  download: z
    .enum(['stream', 'cache'])
    .default('stream')
    .describe("files of the hub: read them from there, or fetch them into the hub's cache first"),
  faults: z
    .number()
    .min(0)
    .max(1)
    .default(0.01)
    .describe('share of documents that may be at fault before the job stops; ten may be in any case'),
  workers: z
    .int()
    .min(0)
    .optional()
    .describe('threads that read and encode; by default all cores, 0 for a small text'),
  overwrite: z
    .boolean()
    .default(false)
    .describe('replace a folder that was prepared from other text or with other options'),
});

/** Options of prepare with every default filled in. */
export type PrepareOptions = z.infer<typeof prepareOptionsSchema>;

/** Options of prepare as given. */
export type PrepareInput = z.input<typeof prepareOptionsSchema>;
