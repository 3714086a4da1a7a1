// One or several token folders to train on, each with its weight, and one split of all of them as one stream of tokens.
// Which window comes when is in mixture-sampler.ts.

import { basename } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { failure } from '../run/failure.ts';
import { formatCount } from '../run/format.ts';
import { openShards } from './token-shards.ts';
import { readTokensInfo, shardsOf } from './tokens.ts';
import type { Split, TokenFile, TokensInfo } from './tokens.ts';

const folder = z.string().min(1);

/** The option of jobs that read tokens: a folder, or folders with weights. */
export const tokensOption = z.union([
  folder,
  z.array(z.strictObject({ folder, weight: z.number().positive() })).min(1),
]);

export type TokensOption = z.infer<typeof tokensOption>;

/** A token folder and its share of the samples: weight over the sum of weights. */
export interface TokenSource {
  folder: string;
  weight: number;
  info: TokensInfo;
}

/** Where one source lies in the joined stream of a split. */
export interface SourcePart {
  /** Short name, for tables and progress. */
  name: string;
  weight: number;
  /** Its first token in the stream. */
  start: number;
  tokens: number;
  /** Tokens of each of its shards. */
  shards: readonly number[];
}

/** A split of all sources, one after the other; no window may run from one source into the next. */
export interface MixedFile extends TokenFile {
  readonly parts: readonly SourcePart[];
}

/**
 * Reads what the folders hold.
 *
 * @throws Error  with exit code 65 when one is no token folder; 64 when two have other tokenizers, or one is named twice
 */
export async function readSources(
  option: TokensOption,
  console: { warn: (line: string) => void },
): Promise<TokenSource[]> {
  const asked = typeof option === 'string' ? [{ folder: option, weight: 1 }] : option;
  const sources: TokenSource[] = [];
  for (const { folder: path, weight } of asked)
    sources.push({ folder: path, weight, info: await readTokensInfo(path, console) });
  const [first, ...others] = sources;
  for (const { folder: path, info } of others) {
    if (!isDeepStrictEqual(info.tokenizer, first?.info.tokenizer) || info.vocab !== first?.info.vocab)
      throw failure(
        'usage',
        `tokens: expected folders of one tokenizer, found ${first?.info.tokenizer.name} of ${first?.info.vocab} ids in ${first?.folder} and ${info.tokenizer.name} of ${info.vocab} in ${path}; prepare them with the same`,
      );
  }
  const twice = asked.find(
    ({ folder: path }, index) => asked.findIndex((each) => each.folder === path) !== index,
  );
  if (twice)
    throw failure(
      'usage',
      `tokens: expected every folder once, found ${twice.folder} twice; add its weights up`,
    );
  return sources;
}

/** The tokenizer and the vocabulary of the sources: all have the same. */
export function commonInfo(
  sources: readonly TokenSource[],
): Pick<TokensInfo, 'tokenizer' | 'vocab'> & { folder: string } {
  const [first] = sources;
  if (!first) throw new RangeError('tokens: expected a folder, got none');
  return { tokenizer: first.info.tokenizer, vocab: first.info.vocab, folder: first.folder };
}

/** Where each source lies in the stream of a split. Opens nothing. */
export function sourceParts(sources: readonly TokenSource[], split: Split): SourcePart[] {
  const names = sources.map((source) => basename(source.folder));
  const isUnique = new Set(names).size === names.length;
  let start = 0;
  return sources.map(({ folder: path, weight, info }, index) => {
    const { tokens, shards } = info.splits[split];
    const name = (isUnique ? names[index] : undefined) ?? path;
    const part = { name, weight, start, tokens, shards: shards.map((shard) => shard.tokens) };
    start += tokens;
    return part;
  });
}

/** Opens a split of all sources as one stream. @throws Error  with exit code 65 when a file is not as tokens.json says */
export async function openSources(sources: readonly TokenSource[], split: Split): Promise<MixedFile> {
  const shards = sources.flatMap(({ folder: path, info }) => shardsOf(path, info, split));
  const [first, ...others] = shards;
  const path =
    first && others.length === 0
      ? first.path
      : `${sources.map((source) => source.folder).join(', ')}: ${split} (${shards.length} shards)`;
  return { ...(await openShards(shards, { path })), parts: sourceParts(sources, split) };
}

/** A line for each of several sources: its share of the samples, and how often a run reads it. @param epochs  of the whole run */
export function sourceLines(parts: readonly SourcePart[], epochs: readonly number[]): string[] {
  if (parts.length === 1) return [];
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  return parts.map(
    ({ name, weight, tokens }, source) =>
      `${name}: ${((100 * weight) / total).toFixed(1)} % of the samples, ${formatCount(tokens)} tokens, ${(epochs[source] ?? 0).toFixed(2)} epochs in this run`,
  );
}

/** The option in words: `tokens/cc`, or `67 tokens/cc, 15 tokens/c4`. */
export function tokensText(option: TokensOption): string {
  if (typeof option === 'string') return option;
  return option.map(({ folder: path, weight }) => `${weight} ${path}`).join(', ');
}

/** The folder of the largest weight, for what is measured on one source only; of equals the first. */
export function heaviestFolder(option: TokensOption): string {
  if (typeof option === 'string') return option;
  const [first, ...others] = option;
  return (
    others.reduce((best, each) => (each.weight > (best?.weight ?? 0) ? each : best), first)?.folder ?? ''
  );
}
