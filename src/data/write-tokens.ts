// Encodes documents into a token folder: two files and tokens.json, all of them or none. Decides nothing.

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, syncPath, writeFileAtomic } from '../run/atomic.ts';
import type { JobContext } from '../run/context.ts';
import { failure } from '../run/failure.ts';
import { formatCount } from '../run/format.ts';
import { characterTokenizer, collectCharacters, sortedAlphabet } from '../tokenizers/character-tokenizer.ts';
import type { PrepareOptions } from './options.ts';
import { sameOrigins } from './sources.ts';
import type { Document, Origin, Source } from './sources.ts';
import { divide } from './splits.ts';
import { createTokens } from './token-writer.ts';
import type { TokenWriter } from './token-writer.ts';
import type { Tokenizer } from '../tokenizers/tokenizer.ts';
import { tokenizerFolder, tokenizerIdentity } from '../tokenizers/tokenizers.ts';
import { splitNames } from './tokens.ts';
import type { Split, TokensInfo } from './tokens.ts';

/** What writing needs of the process around it. */
export type WriteContext = Pick<JobContext, 'console'> & Partial<Pick<JobContext, 'stop'>>;

/**
 * Writes the token folder `options.out`.
 *
 * @param chosen   the tokenizer; null for the characters of the text
 * @param origins  where the text comes from, as it was before the first document is read
 * @throws Error  with an exit code; the folder is then as it was
 */
export async function writeTokens(
  source: Source,
  options: PrepareOptions,
  chosen: Tokenizer | null,
  origins: Origin[],
  context: WriteContext,
): Promise<TokensInfo> {
  const tokenizer = chosen ?? (await charactersOf(source, context));
  const dtype = tokenizer.vocab > 0x10000 ? 'uint32' : 'uint16';
  const writers = new Map<Split, TokenWriter>();
  try {
    for (const split of splitNames)
      writers.set(
        split,
        await createTokens(join(options.out, `${split}.bin`), { bytesPerToken: dtype === 'uint16' ? 2 : 4 }),
      );
    const documents = await encodeAll(source, tokenizer, writers, options, context);
    const written = async (split: Split): Promise<TokensInfo['splits']['train']> => {
      const end = await writers.get(split)?.finish();
      return {
        file: `${split}.bin`,
        tokens: end?.tokens ?? 0,
        documents: documents[split],
        sha256: end?.sha256 ?? null,
      };
    };
    const splits = { train: await written('train'), val: await written('val') };
    if (!sameOrigins(await source.origins(origins), origins))
      throw failure('data', `${options.out}: the text changed while it was read; run it again`);
    const info: TokensInfo = {
      version: 1,
      tokenizer: tokenizer.info,
      vocab: tokenizer.vocab,
      dtype,
      splits,
      source: origins,
      options: decidingOptions(options, chosen),
    };
    // Without tokens.json the folder does not count: a kill among these lines leaves nothing that could be mistaken.
    await rm(join(options.out, 'tokens.json'), { force: true });
    await writeTokenizer(options.out, tokenizer);
    for (const writer of writers.values()) await writer.rename();
    await syncPath(options.out);
    await writeFileAtomic(join(options.out, 'tokens.json'), `${JSON.stringify(info, null, 2)}\n`);
    return info;
  } finally {
    for (const writer of writers.values()) await writer.discard();
  }
}

/** The options that decide the tokens; kept in tokens.json. */
export function decidingOptions(
  { separator, validationSplit, validationFraction }: PrepareOptions,
  chosen: Tokenizer | null,
): Record<string, string | number> {
  const tokenizer = chosen === null ? 'characters' : tokenizerIdentity(chosen.info);
  return { tokenizer, separator, validationSplit, validationFraction };
}

/** Puts the files of a tokenizer that somebody else made into the folder, so that it is complete on its own. */
async function writeTokenizer(out: string, tokenizer: Tokenizer): Promise<void> {
  const folder = join(out, tokenizerFolder);
  await rm(folder, { recursive: true, force: true });
  if (!('files' in tokenizer.info)) return;
  await makeFolder(folder);
  for (const [name, content] of tokenizer.files()) await writeFileAtomic(join(folder, name), content);
}

async function charactersOf(source: Source, context: WriteContext): Promise<Tokenizer> {
  const characters = new Set<string>();
  for await (const { text } of watched(source, context)) collectCharacters(text, characters);
  if (characters.size === 0) throw failure('usage', 'prepare: expected text, found none');
  return characterTokenizer(sortedAlphabet(characters));
}

/** Encodes every document into its split's file; empty ones are left out and counted. */
async function encodeAll(
  source: Source,
  tokenizer: Tokenizer,
  writers: ReadonlyMap<Split, TokenWriter>,
  options: PrepareOptions,
  context: WriteContext,
): Promise<Record<Split, number>> {
  const endOfText = Uint32Array.of(...(tokenizer.endOfText === null ? [] : [tokenizer.endOfText]));
  const documents: Record<Split, number> = { train: 0, val: 0 };
  let empty = 0;
  for await (const { title, text } of watched(source, context)) {
    if (text.trim() === '') empty++;
    else {
      context.console.status(`${title}: ${formatCount(documents.train + documents.val)} documents so far`);
      for (const [split, part] of divide(text, options)) {
        const writer = writers.get(split);
        await writer?.append(tokenizer.encode(part));
        await writer?.append(endOfText);
        documents[split]++;
      }
    }
  }
  context.console.status('');
  if (empty > 0) context.console.warn(`${options.out}: ${empty} documents without text were left out`);
  if (documents.train === 0 || documents.val === 0)
    throw failure(
      'usage',
      `${options.out}: expected text for training and validation, found ${documents.train} and ${documents.val} documents; ` +
        `part them by separator blank-line, or set validationSplit tail`,
    );
  return documents;
}

/** The documents, until a signal asks to stop. */
async function* watched(source: Source, { stop }: WriteContext): AsyncIterable<Document> {
  for await (const document of source.documents()) {
    const signal = stop?.requested() ?? null;
    if (signal !== null)
      throw failure('stopped', `prepare: stopped by ${signal}; nothing was written, run it again`);
    yield document;
  }
}
