// Token folders for reading: tokens.json and the files of ids that it names, in one split or many shards.
// How files are read is in token-shards.ts, what folders without tokens.json are in foreign-tokens.ts.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { failure, systemCode } from '../run/failure.ts';
import type { TokenArray } from '../tokenizers/tokenizer.ts';
import { tokenizerInfoSchema } from '../tokenizers/tokenizers.ts';
import { foreignInfo } from './foreign-tokens.ts';
import { tokenDtypes, tokenFormats } from './token-formats.ts';
import { openShards } from './token-shards.ts';
import type { ShardSource } from './token-shards.ts';

const fileName = z.string().regex(/^[^/\\]+$/);
const sha256 = z.string().length(64).nullable();
const count = z.int().nonnegative();

const shardSchema = z.object({
  file: fileName,
  tokens: count,
  /** Hash of the file, hexadecimal; null where nobody hashed. */
  sha256,
});

const splitSchema = z
  .object({
    tokens: count,
    /** Documents, each with its separator; null where nobody counted. */
    documents: count.nullable(),
    /** Files whose ids follow each other. */
    shards: z.array(shardSchema).min(1),
  })
  .refine(({ tokens, shards }) => shards.reduce((sum, shard) => sum + shard.tokens, 0) === tokens, {
    message: 'expected as many tokens as in its shards together',
    path: ['tokens'],
  })
  .refine(({ shards }) => new Set(shards.map(({ file }) => file)).size === shards.length, {
    message: 'expected every file once',
    path: ['shards'],
  });

const whatever = {
  tokenizer: tokenizerInfoSchema,
  vocab: z.int().positive(),
  /** Where the text came from, one entry a file or a corpus; what they hold is prepare's affair. */
  source: z.array(z.record(z.string(), z.union([z.string(), z.number()]))),
  /** Options of prepare that decide the tokens; absent in files that others made. */
  options: z.record(z.string(), z.unknown()).optional(),
};

/** The schema of tokens.json. Our own files are raw or llm.c's, of uint16 or uint32; the rest is for files of others. */
export const tokensInfoSchema = z.object({
  version: z.literal(2),
  ...whatever,
  layout: z.enum(tokenFormats),
  dtype: z.enum(tokenDtypes),
  /** The id between documents, and on which side of a document it lies; null where there is none. */
  documentSeparator: z.object({ id: count, place: z.enum(['after', 'before']) }).nullable(),
  splits: z.object({ train: splitSchema, val: splitSchema }),
});

/** tokens.json as version 0.1.0 wrote it: one raw file a split, end-of-text after each document. */
const version1Schema = z.object({
  version: z.literal(1),
  ...whatever,
  dtype: z.enum(['uint16', 'uint32']),
  splits: z.object({ train: version1Split(), val: version1Split() }),
});

function version1Split() {
  return z.object({ file: fileName, tokens: count, documents: count.nullable(), sha256 });
}

export type TokensInfo = z.infer<typeof tokensInfoSchema>;
export type Split = keyof TokensInfo['splits'];

/** The splits every token folder has. */
export const splitNames: readonly Split[] = ['train', 'val'];

export interface TokenFile {
  /** The file; of several shards, their folder and split. */
  readonly path: string;
  /** Tokens in the file. */
  readonly length: number;
  /**
   * `count` tokens from `start`.
   *
   * @throws RangeError  when they are not all in the file
   * @throws Error       with exit code 65 when the file has changed since it was opened, or an id is not below vocab
   */
  read(start: number, count: number): Promise<TokenArray>;
  close(): Promise<void>;
}

/**
 * Opens one file of raw ids.
 *
 * @param vocab  every id read must be below it; by default any id passes
 * @throws Error  with exit code 65 when it is not there, empty, or no whole number of tokens long
 */
export async function openTokens(
  path: string,
  { bytesPerToken = 2, vocab = Infinity }: { bytesPerToken?: 2 | 4; vocab?: number } = {},
): Promise<TokenFile> {
  return openShards([{ path, dtype: bytesPerToken === 2 ? 'uint16' : 'uint32', vocab }], { path });
}

/** Opens one split of a token folder, ids checked against its vocabulary, every shard's header and length against tokens.json. */
export async function openSplit(folder: string, info: TokensInfo, split: Split): Promise<TokenFile> {
  const shards = shardsOf(folder, info, split);
  const [first, ...others] = shards;
  const path = first && others.length === 0 ? first.path : `${join(folder, split)} (${shards.length} shards)`;
  return openShards(shards, { path });
}

/** The files of a split, and what each must be. */
export function shardsOf(folder: string, info: TokensInfo, split: Split): ShardSource[] {
  const { layout: format, dtype, vocab } = info;
  return info.splits[split].shards.map(({ file, tokens }) => ({
    path: join(folder, file),
    tokens,
    format,
    dtype,
    vocab,
  }));
}

/**
 * What a token folder holds. A folder without tokens.json, as nanoGPT, llm.c, lit-gpt and upstream leave it, is read by what
 * its files are, and `warn` is told what was assumed.
 *
 * @throws Error  with exit code 65 when it is no token folder, or of a version we do not know
 */
export async function readTokensInfo(
  folder: string,
  { warn }: { warn: (line: string) => void },
): Promise<TokensInfo> {
  const path = join(folder, 'tokens.json');
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    if (systemCode(cause) === 'ENOENT' || systemCode(cause) === 'ENOTDIR') return null;
    throw cause;
  });
  if (text === null) return foreignInfo(folder, warn);
  return parseTokensInfo(text, path);
}

/** Reads the text of a tokens.json. @throws Error  with exit code 65, naming the first wrong field */
export function parseTokensInfo(text: string, path: string): TokensInfo {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw failure('data', `${path}: expected JSON, found something else; run \`inheritune prepare\` again`, {
      cause,
    });
  }
  const isVersion1 = z.object({ version: z.literal(1) }).safeParse(json).success;
  const parsed = isVersion1
    ? version1Schema.transform(asVersion2).safeParse(json)
    : tokensInfoSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw failure(
    'data',
    `${path}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'wrong'}; run \`inheritune prepare\` again`,
  );
}

/** Version 1 wrote end-of-text, the last id of every tokenizer of ours, after each document. */
function asVersion2({ splits, ...rest }: z.infer<typeof version1Schema>): TokensInfo {
  const split = ({ file, tokens, documents, sha256 }: typeof splits.train) => ({
    tokens,
    documents,
    shards: [{ file, tokens, sha256 }],
  });
  return {
    ...rest,
    version: 2,
    layout: 'raw',
    documentSeparator: 'files' in rest.tokenizer ? null : { id: rest.vocab - 1, place: 'after' },
    splits: { train: split(splits.train), val: split(splits.val) },
  };
}
