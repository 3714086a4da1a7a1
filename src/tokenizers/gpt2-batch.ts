// Many texts to GPT-2's ids at a time, for workers that prepare a corpus: bytes in, 16-bit ids out. The work is native/host's.

import { gpt2Addon } from './gpt2-vocabulary.ts';
import type { TokenArray } from './tokenizer.ts';

/** Ids of several texts, one after another. */
export interface EncodedBatch {
  ids: TokenArray;
  /** Where each text ends in `ids`, its separators included. */
  ends: Uint32Array;
}

export interface BatchEncoder {
  /**
   * Ids equal to tiktoken's `encode_ordinary`; U+FFFD for what is no UTF-8. A few megabytes a call are best.
   *
   * @param text  UTF-8 of all texts, one after another
   * @param ends  where each ends in `text`, ascending
   * @throws TypeError   when an array is of another kind, detached, or on shared memory
   * @throws RangeError  when the ends descend or lie outside the text
   */
  encode(text: Uint8Array, ends: Uint32Array): EncodedBatch;
}

/** An id to put before, or after, every text: end-of-text as a rule. */
export interface BatchSeparators {
  before?: number;
  after?: number;
}

/**
 * GPT-2's encoder for batches. Works in any thread, with 45 MB in each; the vocabulary is loaded once a process.
 *
 * @throws Error  with exit code 70 when set-up was not run
 */
export async function gpt2BatchEncoder({
  before = -1,
  after = -1,
}: BatchSeparators = {}): Promise<BatchEncoder> {
  const addon = await gpt2Addon();
  return { encode: (text, ends) => addon.gpt2Encode(text, ends, before, after, 0) };
}
