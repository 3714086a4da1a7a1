// What the options of prepare decide: how text is read, marked and split, and what two jobs must have in common.

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { failure } from '../run/failure.ts';
import type { Tokenizer } from '../tokenizers/tokenizer.ts';
import { tokenizerIdentity } from '../tokenizers/tokenizers.ts';
import type { Marks } from './batch-encoders.ts';
import { workFolder } from './job.ts';
import type { PrepareJob } from './job.ts';
import type { PrepareOptions } from './options.ts';
import type { SplitRule, WorkSettings } from './work.ts';

/** Tokens in one file of the output; 0 for one file. */
export function shardTokensOf({ shardTokens, layout, validationSplit }: PrepareOptions): number {
  return shardTokens ?? (layout === 'llm.c' || validationSplit === 'first-shard' ? 100_000_000 : 0);
}

/** The options that decide the tokens; kept in tokens.json. */
export function decidingOptions(
  options: PrepareOptions,
  chosen: Tokenizer | null,
): Record<string, string | number> {
  const { column, separator, mark, validationSplit, validationFraction, splitSeed, trainOrder, layout } =
    options;
  return {
    tokenizer: chosen === null ? 'characters' : tokenizerIdentity(chosen.info),
    column,
    separator,
    mark,
    validationSplit,
    validationFraction,
    splitSeed,
    trainOrder,
    layout,
    shardTokens: shardTokensOf(options),
  };
}

/** What a half-done job must have in common with this one to be gone on with. */
export function keyOf({ options, chosen, units, groupBytes }: PrepareJob, tokenizer: Tokenizer): string {
  const decides = { options: decidingOptions(options, chosen), tokenizer: tokenizer.info, units, groupBytes };
  return createHash('sha256').update(JSON.stringify(decides)).digest('hex');
}

/**
 * What every worker must know.
 *
 * @param valRows  rows of validation documents, for the split by datasets
 */
export function settingsOf(
  { options, chosen }: Pick<PrepareJob, 'options' | 'chosen'>,
  tokenizer: Tokenizer,
  valRows: Uint32Array | null,
): WorkSettings {
  return {
    folder: join(options.out, workFolder),
    read: { column: options.column, separator: options.separator, download: options.download },
    tokenizer:
      chosen !== null && 'files' in chosen.info
        ? { option: options.tokenizer, identity: tokenizerIdentity(chosen.info) }
        : { info: tokenizer.info },
    marks: marksOf(options.mark, tokenizer),
    bytesPerToken: tokenizer.vocab > 0x10000 ? 4 : 2,
    split: splitRule(options, valRows),
    keepRows: options.validationSplit === 'datasets',
  };
}

function splitRule(
  { validationSplit, validationFraction }: PrepareOptions,
  valRows: Uint32Array | null,
): SplitRule {
  switch (validationSplit) {
    case 'documents':
      return { by: 'hash', fraction: validationFraction };
    case 'tail':
      return { by: 'tail', fraction: validationFraction };
    case 'first-shard':
      return { by: 'shard' };
    case 'datasets':
      return { by: 'rows', val: (valRows ?? new Uint32Array()).slice().sort() };
  }
}

function marksOf(mark: PrepareOptions['mark'], { endOfText, beginOfText, name }: Tokenizer): Marks {
  if (mark.startsWith('bos') && beginOfText === null)
    throw failure(
      'usage',
      `mark: expected a tokenizer with a begin-of-text for ${mark}, the ${name} tokenizer has none`,
    );
  switch (mark) {
    case 'after':
      return { before: null, after: endOfText };
    case 'before':
      return { before: endOfText, after: null };
    case 'bos':
      return { before: beginOfText, after: null };
    case 'bos-and-after':
      return { before: beginOfText, after: endOfText };
  }
}
