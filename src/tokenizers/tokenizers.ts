// The tokenizers by name and by folder, and what they have in common. How each works is in its own file.

import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { failure } from '../run/failure.ts';
import { nearestName } from '../run/nearest.ts';
import { byteTokenizer } from './byte-tokenizer.ts';
import { characterTokenizer } from './character-tokenizer.ts';
import { foreignTokenizer } from './foreign-tokenizers.ts';
import { gpt2Tokenizer } from './gpt2-tokenizer.ts';
import type { Tokenizer, TokenizerInfo } from './tokenizer.ts';
import { fileHashes, jsonOf, readTokenizerFiles } from './tokenizer-files.ts';

/** Tokenizers that need no folder. */
export const tokenizerNames = ['gpt2', 'bytes', 'characters'] as const;

/** Folder inside a token folder that has the files of a tokenizer that somebody else made. */
export const tokenizerFolder = 'tokenizer';

const ownInfo = [
  z.strictObject({ name: z.literal('gpt2') }),
  z.strictObject({ name: z.literal('bytes') }),
  z.strictObject({ name: z.literal('characters'), alphabet: z.string().min(1) }),
] as const;
const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** What tokens.json says of a tokenizer. */
export const tokenizerInfoSchema = z.discriminatedUnion('name', [
  ...ownInfo,
  z.strictObject({
    name: z.enum(['huggingface', 'sentencepiece']),
    files: z.record(z.string(), hash),
  }),
]) satisfies z.ZodType<TokenizerInfo>;

/**
 * The tokenizer that a token folder or a model folder was made with.
 *
 * @param source  its description, or a token folder, or a model folder
 * @param tokens  the token folder that the description is of: it has the files of a tokenizer that somebody else made
 * @throws Error  with exit code 65 when the folder holds none, or its files are damaged or not what the description says
 */
export async function loadTokenizer(
  source: TokenizerInfo | string,
  { tokens }: { tokens?: string } = {},
): Promise<Tokenizer> {
  if (typeof source === 'string') return fromFolder(source);
  switch (source.name) {
    case 'gpt2':
      return gpt2Tokenizer();
    case 'bytes':
      return byteTokenizer();
    case 'characters':
      return characterTokenizer(source.alphabet);
    case 'huggingface':
    case 'sentencepiece':
      if (tokens === undefined)
        throw new RangeError(
          `a ${source.name} tokenizer is made of files: loadTokenizer needs their token folder`,
        );
      return fromFiles(source, join(tokens, tokenizerFolder));
  }
}

/**
 * The tokenizer that an option names: gpt2, bytes, or a folder.
 *
 * @returns null for `characters`, which are those of a text
 * @throws Error  with exit code 64 when it is neither a name nor a folder
 */
export async function chooseTokenizer(option: string): Promise<Tokenizer | null> {
  if (option === 'characters') return null;
  if (option === 'gpt2' || option === 'bytes') return loadTokenizer({ name: option });
  if ((await stat(option).catch(() => null))?.isDirectory()) return fromFolder(option);
  const nearest = nearestName(option, tokenizerNames);
  throw failure(
    'usage',
    `tokenizer: expected ${tokenizerNames.join(', ')} or a folder with one, got ${option}${nearest ? `; did you mean ${nearest}?` : ''}`,
  );
}

/** What tells a tokenizer from others in one line: its name, and a hash of what it is made of. */
export function tokenizerIdentity(info: TokenizerInfo): string {
  const { name, ...made } = info;
  if (Object.keys(made).length === 0) return name;
  return `${name} ${createHash('sha256').update(JSON.stringify(made)).digest('hex').slice(0, 16)}`;
}

/** The rule is written down in docs/tokenizers.md: our own record first, then what the files are. */
async function fromFolder(folder: string): Promise<Tokenizer> {
  const described = z
    .object({ tokenizer: tokenizerInfoSchema })
    .safeParse(await readJson(join(folder, 'tokens.json')));
  if (described.success) return loadTokenizer(described.data.tokenizer, { tokens: folder });
  const files = await readTokenizerFiles(folder);
  const config = jsonOf(files, 'tokenizer_config.json', folder);
  const written = z.object({ inheritune: z.discriminatedUnion('name', ownInfo) }).safeParse(config);
  if (written.success) return loadTokenizer(written.data.inheritune);
  const foreign = await foreignTokenizer(files, folder);
  if (foreign !== null) return foreign;
  throw failure(
    'data',
    `${folder}: expected tokens.json, tokenizer.json, tokenizer.model, or vocab.json with merges.txt, ` +
      'found no tokenizer; name a folder with one, or put its files there',
  );
}

async function fromFiles(
  info: Extract<TokenizerInfo, { files: object }>,
  folder: string,
): Promise<Tokenizer> {
  const files = await readTokenizerFiles(folder);
  const found = fileHashes(files);
  for (const name of new Set([...Object.keys(info.files), ...Object.keys(found)]))
    if (info.files[name] !== found[name])
      throw failure(
        'data',
        `${join(folder, name)}: expected ${info.files[name] ? `SHA-256 ${info.files[name]}` : 'no such file'} as tokens.json says, ` +
          `found ${found[name] ?? 'no file'}; run \`inheritune prepare\` again`,
      );
  const tokenizer = await foreignTokenizer(files, folder);
  if (tokenizer?.name === info.name) return tokenizer;
  throw failure(
    'data',
    `${folder}: expected a ${info.name} tokenizer as tokens.json says, found ${tokenizer?.name ?? 'none'}; run \`inheritune prepare\` again`,
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
