// Real text as token files for bench:curves: GPT-2's ids, of which the rare ones become one, so that a small model's head stays small.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { planUnits } from '../src/sources/plan.ts';
import { readUnit } from '../src/sources/read.ts';
import { gpt2BatchEncoder } from '../src/tokenizers/gpt2-batch.ts';
import type { TokenArray } from '../src/tokenizers/tokenizer.ts';

const endOfText = 50256; // GPT-2's

/** First ids of the documents of `sources`, end-of-text after each. @throws Error  when there are fewer */
export async function readIds(sources: readonly string[], count: number): Promise<Uint16Array> {
  const encoder = await gpt2BatchEncoder({ after: endOfText });
  const ids = new Uint16Array(count);
  let filled = 0;
  for (const unit of (await planUnits(sources)).units)
    for await (const { text, ends } of readUnit(unit)) {
      const part = encoder.encode(text, Uint32Array.from(ends)).ids.subarray(0, count - filled);
      ids.set(part, filled);
      filled += part.length;
      if (filled === count) return ids;
    }
  throw new Error(`${sources.join(', ')}: expected ${count} tokens, found ${filled}`);
}

/**
 * A table from GPT-2's ids to ids below `vocab`: the `vocab` - 1 that are most frequent in `ids`, by frequency, and one for all
 * others. The smaller id goes first among equally frequent ones.
 */
export function foldRareIds(ids: TokenArray, vocab: number): Uint16Array {
  const counts = new Uint32Array(endOfText + 1);
  for (const id of ids) counts[id] = (counts[id] ?? 0) + 1;
  const byFrequency = Array.from(counts.keys()).sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b);
  const folded = new Uint16Array(counts.length).fill(vocab - 1);
  for (const [rank, id] of byFrequency.slice(0, vocab - 1).entries()) folded[id] = rank;
  return folded;
}

/** Writes train.bin and val.bin into `folder`, folded by what is frequent in training. */
export async function writeCurveTokens(
  folder: string,
  { train, validation }: Record<'train' | 'validation', { sources: readonly string[]; tokens: number }>,
  vocab: number,
): Promise<{ train: string; validation: string }> {
  const ids = await readIds(train.sources, train.tokens);
  const fold = foldRareIds(ids, vocab);
  const write = async (name: string, plain: Uint16Array) => {
    await writeFile(
      join(folder, name),
      plain.map((id) => fold[id] ?? 0),
    );
    return join(folder, name);
  };
  return {
    train: await write('train.bin', ids),
    validation: await write('val.bin', await readIds(validation.sources, validation.tokens)),
  };
}
