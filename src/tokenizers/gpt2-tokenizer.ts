// GPT-2's byte-pair tokenizer: 50,256 pieces from gpt-tokenizer's rank table and end-of-text.
// The encoder is ours because gpt-tokenizer 4.0's gives other ids than tiktoken around U+0085 and U+FEFF (JavaScript's \s is not
// Unicode's White_Space), carries cut-off UTF-8 from one decode to the next, and takes minutes for a megabyte without a space.

import { spellBytes } from './byte-alphabet.ts';
import { mergeBytes, pairOf, pairRanks, singleByteIds } from './byte-pairs.ts';
import { decodeUtf8, endOfTextPiece, tokenizerFiles, wellFormed } from './tokenizer.ts';
import type { Tokenizer } from './tokenizer.ts';

const endOfText = 50256;

// GPT-2's pattern; \s is spelled out as Unicode's White_Space, as Rust and Python read it.
const space = '\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const pieces = new RegExp(
  `'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^${space}\\p{L}\\p{N}]+|[${space}]+(?![^${space}])|[${space}]+`,
  'gu',
);

const cachedPieces = 100_000; // pieces whose ids are remembered: some 10 MB, nearly every word of a text
const cachedLength = 12; // V8 keeps a longer slice as a pointer into its text, which would never be freed

interface Vocabulary {
  tokens: readonly Uint8Array[];
  byteIds: Uint32Array;
  ranks: ReadonlyMap<number, number>;
}

/**
 * The tokenizer of GPT-2, ids equal to tiktoken's `encode_ordinary`. `<|endoftext|>` in a text is text like any other.
 * The first call loads the ranks (about 0.3 s).
 */
export async function gpt2Tokenizer(): Promise<Tokenizer> {
  const vocabulary = await (loading ??= loadVocabulary());
  const known = new Map<string, readonly number[]>();
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
    encode: (text) => encode(wellFormed(text), vocabulary, known),
    decode: (ids) =>
      decodeUtf8(Buffer.concat(Array.from({ length: ids.length }, (_, i) => bytesOf(ids[i], vocabulary)))),
    files: () => files(tokenizer, vocabulary),
  };
}

let loading: Promise<Vocabulary> | undefined; // a cache: the table is the same for all

async function loadVocabulary(): Promise<Vocabulary> {
  const { default: ranked } = await import('gpt-tokenizer/bpeRanks/r50k_base');
  const tokens = ranked.map((piece) =>
    typeof piece === 'string' ? Buffer.from(piece) : Uint8Array.from(piece),
  );
  return { tokens, byteIds: singleByteIds(tokens), ranks: pairRanks(tokens) };
}

function encode(
  text: string,
  { byteIds, ranks }: Vocabulary,
  known: Map<string, readonly number[]>,
): Uint16Array {
  let result = new Uint16Array(Math.ceil(text.length / 3) + 16);
  let length = 0;
  for (const [piece] of text.matchAll(pieces)) {
    let ids = known.get(piece);
    if (ids === undefined) {
      ids = mergeBytes(Buffer.from(piece), byteIds, ranks);
      if (known.size >= cachedPieces) known.clear();
      if (piece.length <= cachedLength) known.set(piece, ids);
    }
    if (length + ids.length > result.length) result = grown(result, length + ids.length);
    for (const id of ids) result[length++] = id;
  }
  return result.slice(0, length);
}

function grown(array: Uint16Array, needed: number): Uint16Array<ArrayBuffer> {
  const larger = new Uint16Array(Math.max(needed, array.length * 2));
  larger.set(array);
  return larger;
}

function bytesOf(id: number | undefined, { tokens }: Vocabulary): Uint8Array {
  const bytes = id === endOfText ? Buffer.from(endOfTextPiece) : tokens[id ?? -1];
  if (bytes === undefined) throw new RangeError(`gpt2 tokenizer: ids are 0 to ${endOfText}, got ${id}`);
  return bytes;
}

/** tokenizer.json, and the older pair of vocab.json and merges.txt. */
function files(
  tokenizer: Pick<Tokenizer, 'info' | 'vocab'>,
  { tokens, ranks }: Vocabulary,
): Map<string, string> {
  const spelled = tokens.map(spellBytes);
  const vocab = Object.fromEntries([...spelled, endOfTextPiece].map((piece, id) => [piece, id]));
  const merges = Array.from(ranks.keys(), (key) =>
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
