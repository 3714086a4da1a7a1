// Token folders that others made, without tokens.json: nanoGPT's, llm.c's, lit-gpt's, upstream's .npy. Says what it assumes.

import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { failure, systemCode } from '../run/failure.ts';
import { loadTokenizer, tokenizerFolder } from '../tokenizers/tokenizers.ts';
import type { Tokenizer } from '../tokenizers/tokenizer.ts';
import { describeTokens } from './token-formats.ts';
import type { TokenLayout } from './token-formats.ts';
import { openShards } from './token-shards.ts';
import type { TokensInfo } from './tokens.ts';

/** A file of ids by its name: what comes before says nothing. */
const tokenFile = /\.(bin|npy)$/;
/** llm.c's fineweb_val_000000.bin, upstream's edufineweb_val_000000.npy, lit-gpt's validation_... */
const validationFile = /(^|[_.-])val(id|idation)?([_.-]|$)/i;

/** Our own prepare leaves it, and writes tokens.json last: without that the files beside it may be half of what was asked for. */
const prepareLock = '.prepare.lock';

/**
 * What such a folder holds, by the names of its files and their headers.
 *
 * The ids are GPT-2's unless the folder has a tokenizer's files in tokenizer/; ids of other sizes need them.
 *
 * @param warn  told what was assumed
 * @throws Error  with exit code 65 when it holds no token files, or files that are not of one kind
 */
export async function foreignInfo(folder: string, warn: (line: string) => void): Promise<TokensInfo> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw failure(
      'data',
      `${folder}: expected tokens.json, or train.bin and val.bin, found ${systemCode(cause) === 'ENOENT' ? 'nothing' : 'no folder'}; run \`inheritune prepare\``,
      { cause },
    );
  });
  if (names.includes(prepareLock))
    throw failure(
      'data',
      `${folder}: expected tokens.json, found what an unfinished \`inheritune prepare\` left; run it again`,
    );
  const { train, val, how } = divideFiles(folder, names.filter((name) => tokenFile.test(name)).sort());
  const layouts = new Map<string, TokenLayout>();
  for (const name of [...val, ...train]) layouts.set(name, await describeTokens(join(folder, name)));
  const layout = commonLayout(folder, layouts);
  const tokenizer = await tokenizerOf(folder, layout);
  const documentSeparator = await separatorOf(folder, [val[0], train[0]], layout, tokenizer);
  const splitOf = (files: readonly string[]): TokensInfo['splits']['train'] => {
    const shards = files.map((file) => ({ file, tokens: layouts.get(file)?.tokens ?? 0, sha256: null }));
    return { tokens: shards.reduce((sum, { tokens }) => sum + tokens, 0), documents: null, shards };
  };
  const ids = `${tokenizer.name === 'gpt2' ? 'GPT-2' : tokenizer.name} ids of ${8 * layout.bytesPerToken} bits`;
  const separator =
    documentSeparator === null
      ? 'nothing between documents'
      : `id ${documentSeparator.id} ${documentSeparator.place} each document`;
  warn(`${folder}: no tokens.json; ${how}, ${ids}, ${separator}`);
  return {
    version: 2,
    tokenizer: tokenizer.info,
    vocab: tokenizer.vocab,
    layout: layout.format,
    dtype: layout.dtype,
    documentSeparator,
    splits: { train: splitOf(train), val: splitOf(val) },
    source: [],
  };
}

/** Which files are for training and which for validation, and how that was decided. */
function divideFiles(
  folder: string,
  names: readonly string[],
): { train: readonly string[]; val: readonly string[]; how: string } {
  for (const [here, other] of [
    ['train.bin', 'val.bin'],
    ['val.bin', 'train.bin'],
  ] as const)
    if (names.includes(here)) {
      if (names.includes(other))
        return {
          train: ['train.bin'],
          val: ['val.bin'],
          how: `train.bin and val.bin are read as nanoGPT's`,
        };
      throw failure(
        'data',
        `${folder}: expected tokens.json, or train.bin and val.bin, found no ${other}; run \`inheritune prepare\``,
      );
    }
  const named = names.filter((name) => validationFile.test(name));
  const [first] = names;
  const val = named.length > 0 ? named : first === undefined ? [] : [first];
  const train = names.filter((name) => !val.includes(name));
  if (train.length === 0 || val.length === 0)
    throw failure(
      'data',
      `${folder}: expected tokens.json, or files of token ids (.bin, .npy) for training and validation, found ${names.length} such files; run \`inheritune prepare\``,
    );
  const which = named.length > 0 ? val.join(', ') : `the first file, ${val.join()},`;
  return { train, val, how: `${which} is read as validation, ${train.length} other files as training` };
}

/** @throws Error  with exit code 65 when two files differ in format or dtype */
function commonLayout(folder: string, layouts: ReadonlyMap<string, TokenLayout>): TokenLayout {
  const [first, ...others] = [...layouts];
  if (!first) throw new Error('expected a file');
  const [name, layout] = first;
  for (const [otherName, other] of others)
    if (other.format !== layout.format || other.dtype !== layout.dtype)
      throw failure(
        'data',
        `${folder}: expected files of one kind, found ${name} (${layout.format}, ${layout.dtype}) and ${otherName} (${other.format}, ${other.dtype}); put them in folders of their own`,
      );
  return layout;
}

/** The tokenizer in tokenizer/, else GPT-2's where the files may be its: ids of 16 bits that are not lit-gpt's. */
async function tokenizerOf(folder: string, { format, dtype }: TokenLayout): Promise<Tokenizer> {
  const own = join(folder, tokenizerFolder);
  if ((await stat(own).catch(() => null))?.isDirectory()) return loadTokenizer(own);
  if (format !== 'lit-gpt' && dtype === 'uint16') return loadTokenizer({ name: 'gpt2' });
  throw failure(
    'data',
    `${folder}: expected tokens.json or tokenizer/, found ${format} files of ${dtype} that do not say their tokenizer; put the model's tokenizer files in ${own}`,
  );
}

/**
 * The id between documents: end-of-text, of lit-gpt's files begin-of-text. Where a split begins with it, it lies before each
 * document (llm.c's and upstream's FineWeb), else after (nanoGPT).
 */
async function separatorOf(
  folder: string,
  firstFiles: readonly (string | undefined)[],
  { format, dtype }: TokenLayout,
  { beginOfText, endOfText }: Tokenizer,
): Promise<TokensInfo['documentSeparator']> {
  const id = format === 'lit-gpt' ? beginOfText : endOfText;
  if (id === null) return null;
  for (const name of firstFiles) {
    if (name === undefined) continue;
    const path = join(folder, name);
    const file = await openShards([{ path, format, dtype }], { path });
    const [first] = await file.read(0, 1).finally(() => file.close());
    if (first === id) return { id, place: 'before' };
  }
  return { id, place: 'after' };
}
