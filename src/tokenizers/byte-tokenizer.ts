// A token a UTF-8 byte, and end-of-text. No vocabulary to learn or load; good for small models and any language.

import { byteCharacters } from './byte-alphabet.ts';
import { decodeUtf8, endOfTextPiece, tokenizerFiles, wellFormed } from './tokenizer.ts';
import type { Tokenizer } from './tokenizer.ts';

const endOfText = 256;

/** Ids 0 to 255 are the bytes themselves, 256 is end-of-text. */
export function byteTokenizer(): Tokenizer {
  const tokenizer = {
    name: 'bytes',
    info: { name: 'bytes' },
    vocab: 257,
    beginOfText: endOfText,
    endOfText,
  } as const;
  return {
    ...tokenizer,
    promptStart: [],
    encode: (text) => Uint16Array.from(Buffer.from(wellFormed(text))),
    decode: (ids) => decodeUtf8(Buffer.concat(Array.from({ length: ids.length }, (_, i) => bytesOf(ids[i])))),
    files: () => files(tokenizer),
  };
}

function bytesOf(id: number | undefined): Uint8Array {
  if (id === endOfText) return Buffer.from(endOfTextPiece);
  if (id === undefined || !(id >= 0 && id < 256))
    throw new RangeError(`byte tokenizer: ids are 0 to 256, got ${id}`);
  return Uint8Array.of(id);
}

/** Byte-level byte pairs without a single pair: each byte is its own piece. */
function files(tokenizer: Pick<Tokenizer, 'info' | 'vocab'>): Map<string, string> {
  const vocab = Object.fromEntries(byteCharacters.map((character, byte) => [character, byte]));
  const model = {
    type: 'BPE',
    dropout: null,
    unk_token: null,
    continuing_subword_prefix: null,
    end_of_word_suffix: null,
    fuse_unk: false,
    vocab,
    merges: [],
  };
  const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: false, use_regex: false };
  return tokenizerFiles(tokenizer, model, { pre_tokenizer: byteLevel, decoder: byteLevel });
}
