// What of a tokenizer.json we understand, as a schema. What the parts do is in the files named after them.

import { z } from 'zod';

const pattern = z.union([z.strictObject({ String: z.string() }), z.strictObject({ Regex: z.string() })]);
const behavior = z.enum(['Removed', 'Isolated', 'MergedWithPrevious', 'MergedWithNext', 'Contiguous']);
const prependScheme = z.enum(['always', 'first', 'never']);
const character = z.string().refine((text) => [...text].length === 1, 'expected one character');
const id = z.int().min(0).max(0x80000); // and so below merge-pairs' limit, whatever the file says

const metaspace = z.looseObject({
  type: z.literal('Metaspace'),
  replacement: character,
  prepend_scheme: prependScheme.optional(),
  add_prefix_space: z.boolean().optional(),
  split: z.boolean().default(true),
});

export type Normalizer =
  | { type: 'NFC' | 'NFD' | 'NFKC' | 'NFKD' | 'Lowercase' | 'StripAccents' }
  | { type: 'Strip'; strip_left: boolean; strip_right: boolean }
  | { type: 'Prepend'; prepend: string }
  | { type: 'Replace'; pattern: z.infer<typeof pattern>; content: string }
  | { type: 'Sequence'; normalizers: Normalizer[] };

export const normalizerSchema: z.ZodType<Normalizer> = z.lazy(() =>
  z.discriminatedUnion('type', [
    z.looseObject({ type: z.enum(['NFC', 'NFD', 'NFKC', 'NFKD', 'Lowercase', 'StripAccents']) }),
    z.looseObject({ type: z.literal('Strip'), strip_left: z.boolean(), strip_right: z.boolean() }),
    z.looseObject({ type: z.literal('Prepend'), prepend: z.string() }),
    z.looseObject({ type: z.literal('Replace'), pattern, content: z.string().max(256) }),
    z.looseObject({ type: z.literal('Sequence'), normalizers: z.array(normalizerSchema).max(32) }),
  ]),
);

export type PreTokenizer =
  | { type: 'ByteLevel'; add_prefix_space: boolean; use_regex: boolean }
  | { type: 'Split'; pattern: z.infer<typeof pattern>; behavior: z.infer<typeof behavior>; invert: boolean }
  | { type: 'Digits'; individual_digits: boolean }
  | { type: 'Punctuation'; behavior: z.infer<typeof behavior> }
  | z.infer<typeof metaspace>
  | { type: 'Whitespace' | 'WhitespaceSplit' }
  | { type: 'Sequence'; pretokenizers: PreTokenizer[] };

export const preTokenizerSchema: z.ZodType<PreTokenizer> = z.lazy(() =>
  z.discriminatedUnion('type', [
    z.looseObject({
      type: z.literal('ByteLevel'),
      add_prefix_space: z.boolean(),
      use_regex: z.boolean().default(true),
    }),
    z.looseObject({ type: z.literal('Split'), pattern, behavior, invert: z.boolean() }),
    z.looseObject({ type: z.literal('Digits'), individual_digits: z.boolean() }),
    z.looseObject({ type: z.literal('Punctuation'), behavior: behavior.default('Isolated') }),
    metaspace,
    z.looseObject({ type: z.enum(['Whitespace', 'WhitespaceSplit']) }),
    z.looseObject({ type: z.literal('Sequence'), pretokenizers: z.array(preTokenizerSchema).max(32) }),
  ]),
);

export type Decoder =
  | { type: 'ByteLevel' | 'ByteFallback' | 'Fuse' }
  | { type: 'Replace'; pattern: z.infer<typeof pattern>; content: string }
  | { type: 'Strip'; content: string; start: number; stop: number }
  | z.infer<typeof metaspace>
  | { type: 'Sequence'; decoders: Decoder[] };

export const decoderSchema: z.ZodType<Decoder> = z.lazy(() =>
  z.discriminatedUnion('type', [
    z.looseObject({ type: z.enum(['ByteLevel', 'ByteFallback', 'Fuse']) }),
    z.looseObject({ type: z.literal('Replace'), pattern, content: z.string().max(256) }),
    z.looseObject({
      type: z.literal('Strip'),
      content: character,
      start: z.int().min(0),
      stop: z.int().min(0),
    }),
    metaspace,
    z.looseObject({ type: z.literal('Sequence'), decoders: z.array(decoderSchema).max(32) }),
  ]),
);

const vocab = z.record(z.string(), id);

const bpe = z.looseObject({
  type: z.literal('BPE').default('BPE'), // older files leave it out
  vocab,
  merges: z.array(z.union([z.string(), z.tuple([z.string(), z.string()])])),
  unk_token: z.string().nullish(),
  continuing_subword_prefix: z.string().nullish(),
  end_of_word_suffix: z.string().nullish(),
  fuse_unk: z.boolean().default(false),
  byte_fallback: z.boolean().default(false),
  ignore_merges: z.boolean().default(false),
});
export type Bpe = z.infer<typeof bpe>;

const wordLevel = z.looseObject({ type: z.literal('WordLevel'), vocab, unk_token: z.string() });
export type WordLevel = z.infer<typeof wordLevel>;

const addedToken = z.looseObject({
  id,
  content: z.string(),
  single_word: z.boolean().default(false),
  lstrip: z.boolean().default(false),
  rstrip: z.boolean().default(false),
  normalized: z.boolean().default(true),
  special: z.boolean().default(false),
});
export type AddedToken = z.infer<typeof addedToken>;

/** The parts that a tokenizer is made of; kinds that are not in here are not supported. */
export const tokenizerJsonSchema = z.looseObject({
  added_tokens: z.array(addedToken).default([]),
  normalizer: normalizerSchema.nullish(),
  pre_tokenizer: preTokenizerSchema.nullish(),
  post_processor: z.unknown().optional(),
  decoder: decoderSchema.nullish(),
  model: z.union([bpe, wordLevel]),
});
export type TokenizerJson = z.infer<typeof tokenizerJsonSchema>;

const template = z.looseObject({
  type: z.literal('TemplateProcessing'),
  single: z.array(z.record(z.string(), z.looseObject({ id: z.string() }))),
  special_tokens: z.record(z.string(), z.looseObject({ ids: z.array(id) })),
});
const processors = z.looseObject({ type: z.literal('Sequence'), processors: z.array(z.unknown()).max(32) });

/** Ids that a post-processor puts before a text. */
export function idsBeforeText(postProcessor: unknown): number[] {
  const list = processors.safeParse(postProcessor);
  if (list.success) return list.data.processors.flatMap(idsBeforeText);
  const parsed = template.safeParse(postProcessor);
  if (!parsed.success) return [];
  const { single, special_tokens } = parsed.data;
  const before = single.slice(
    0,
    Math.max(
      0,
      single.findIndex((item) => 'Sequence' in item),
    ),
  );
  return before.flatMap(({ SpecialToken }) => special_tokens[SpecialToken?.id ?? '']?.ids ?? []);
}
