// GPT-2's byte-pair tokenizer: 50,256 pieces from gpt-tokenizer's rank table and end-of-text.
// The encoder is native/host's: gpt-tokenizer 4.0's gives other ids than tiktoken around U+0085 and U+FEFF (JavaScript's \s is not
// Unicode's White_Space), carries cut-off UTF-8 from one decode to the next, and takes minutes for a megabyte without a space.

import { spellBytes } from './byte-alphabet.ts';
import { pairOf, pairRanks } from './byte-pairs.ts';
import { gpt2BatchEncoder } from './gpt2-batch.ts';
import { gpt2EndOfText as endOfText, gpt2Tokens } from './gpt2-vocabulary.ts';
import { decodeUtf8, endOfTextPiece, tokenizerFiles } from './tokenizer.ts';
import type { Tokenizer } from './tokenizer.ts';

/**
 * The tokenizer of GPT-2, ids equal to tiktoken's `encode_ordinary`. `<|endoftext|>` in a text is text like any other.
 * The first call loads the ranks (about 0.3 s).
 */
export async function gpt2Tokenizer(): Promise<Tokenizer> {
  const [tokens, encoder] = await Promise.all([gpt2Tokens(), gpt2BatchEncoder()]);
  const tokenizer = {
    name: 'gpt2',
    info: { name: 'gpt2' },
    vocab: endOfText + 1,
    beginOfText: endOfText,
    endOfText,
  } as const;
  return {
    ...tokenizer,
    promptStart: [],
    encode: (text) => {
      const bytes = Buffer.from(text); // a surrogate without its partner becomes U+FFFD here
      return encoder.encode(bytes, Uint32Array.of(bytes.length)).ids;
    },
    decode: (ids) =>
      decodeUtf8(Buffer.concat(Array.from({ length: ids.length }, (_, i) => bytesOf(ids[i], tokens)))),
    files: () => files(tokenizer, tokens),
  };
}

function bytesOf(id: number | undefined, tokens: readonly Uint8Array[]): Uint8Array {
  const bytes = id === endOfText ? Buffer.from(endOfTextPiece) : tokens[id ?? -1];
  if (bytes === undefined) throw new RangeError(`gpt2 tokenizer: ids are 0 to ${endOfText}, got ${id}`);
  return bytes;
}

/** tokenizer.json, and the older pair of vocab.json and merges.txt. */
function files(
  tokenizer: Pick<Tokenizer, 'info' | 'vocab'>,
  tokens: readonly Uint8Array[],
): Map<string, string> {
  const spelled = tokens.map(spellBytes);
  const vocab = Object.fromEntries([...spelled, endOfTextPiece].map((piece, id) => [piece, id]));
  const merges = Array.from(pairRanks(tokens).keys(), (key) =>
    pairOf(key)
      .map((id) => spelled[id])
      .join(' '),
  );
  const model = {
    type: 'BPE',
    dropout: null,
    unk_token: null,
    continuing_subword_prefix: '',
    end_of_word_suffix: '',
    fuse_unk: false,
    vocab,
    merges,
  };
  const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true };
  return new Map([
    ...tokenizerFiles(tokenizer, model, { pre_tokenizer: byteLevel, decoder: byteLevel }),
    ['vocab.json', `${JSON.stringify(vocab)}\n`],
    ['merges.txt', `#version: 0.2\n${merges.join('\n')}\n`],
  ]);
}
