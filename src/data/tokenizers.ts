// The tokenizers by name, and what they have in common. How each works is in its own file.

import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { failure } from '../run/failure.ts';
import { byteTokenizer } from './byte-tokenizer.ts';
import { characterTokenizer } from './character-tokenizer.ts';
import { gpt2Tokenizer } from './gpt2-tokenizer.ts';
import type { Tokenizer, TokenizerInfo } from './tokenizer.ts';

export const tokenizerNames = ['gpt2', 'bytes', 'characters'] as const;

/** What tokens.json and tokenizer_config.json say of a tokenizer. */
export const tokenizerInfoSchema = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('gpt2') }),
  z.strictObject({ name: z.literal('bytes') }),
  z.strictObject({ name: z.literal('characters'), alphabet: z.string().min(1) }),
]) satisfies z.ZodType<TokenizerInfo>;

/**
 * The tokenizer that a token folder or a model folder was made with.
 *
 * @param source  its description, or a folder with tokens.json, or with the files that `Tokenizer.files()` gave
 * @throws Error  with exit code 65 when the folder holds none of ours
 */
export async function loadTokenizer(source: TokenizerInfo | string): Promise<Tokenizer> {
  const info = typeof source === 'string' ? await readTokenizerInfo(source) : source;
  switch (info.name) {
    case 'gpt2':
      return gpt2Tokenizer();
    case 'bytes':
      return byteTokenizer();
    case 'characters':
      return characterTokenizer(info.alphabet);
  }
}

async function readTokenizerInfo(folder: string): Promise<TokenizerInfo> {
  const tokens = await readJson(join(folder, 'tokens.json'));
  const config = await readJson(join(folder, 'tokenizer_config.json'));
  const described = z.object({ tokenizer: tokenizerInfoSchema }).safeParse(tokens);
  if (described.success) return described.data.tokenizer;
  const written = z.object({ inheritune: tokenizerInfoSchema }).safeParse(config);
  if (written.success) return written.data.inheritune;
  if (await isGpt2Folder(folder)) return { name: 'gpt2' };
  throw failure(
    'data',
    `${folder}: expected tokens.json or the files of a gpt2, bytes or characters tokenizer, found ` +
      `${config === null ? 'no tokenizer' : 'another tokenizer'}; name one with --tokenizer`,
  );
}

/** Whether the folder's vocab.json (or tokenizer.json) is GPT-2's, as in folders from the Hugging Face hub. */
async function isGpt2Folder(folder: string): Promise<boolean> {
  const vocabulary = z.record(z.string(), z.number());
  const fromVocab = vocabulary.safeParse(await readJson(join(folder, 'vocab.json')));
  const whole = z
    .object({ model: z.object({ vocab: vocabulary }) })
    .safeParse(await readJson(join(folder, 'tokenizer.json')));
  const found = fromVocab.success ? fromVocab.data : whole.success ? whole.data.model.vocab : null;
  if (found === null) return false;
  const ours = vocabulary.parse(JSON.parse((await gpt2Tokenizer()).files().get('vocab.json') ?? ''));
  return (
    Object.keys(ours).length === Object.keys(found).length &&
    Object.entries(ours).every(([piece, id]) => found[piece] === id)
  );
}

/** The parsed file, or null where there is none. */
async function readJson(path: string): Promise<unknown> {
  if ((await stat(path).catch(() => null)) === null) return null;
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw failure('data', `${path}: expected JSON, found something else; write it again`, { cause });
  }
}
