// Documents to ids a batch at a time, with the marks that part documents. Knows no files.

import { gpt2BatchEncoder } from '../tokenizers/gpt2-batch.ts';
import type { TokenArray, Tokenizer } from '../tokenizers/tokenizer.ts';
import { decodeUtf8 } from '../tokenizers/tokenizer.ts';

/** Documents as UTF-8 bytes, one after the other. */
export interface Texts {
  bytes: Uint8Array;
  /** Where each ends in `bytes`. */
  ends: Uint32Array;
  /** Row of each in the corpus. */
  rows: Uint32Array;
}

/** Their ids, one after the other, marks included. */
export interface EncodedTexts {
  ids: TokenArray;
  /** Where each document ends in `ids`. */
  ends: Uint32Array;
}

/** Ids that are put around every document; null for none. */
export interface Marks {
  before: number | null;
  after: number | null;
}

export type EncodeTexts = (texts: Texts) => EncodedTexts;

/** The quickest way to encode many documents with a tokenizer. */
export async function batchEncoder(tokenizer: Tokenizer, marks: Marks): Promise<EncodeTexts> {
  if (tokenizer.name !== 'gpt2') return encodeOneByOne(tokenizer, marks);
  const { encode } = await gpt2BatchEncoder({
    before: marks.before ?? undefined,
    after: marks.after ?? undefined,
  });
  return ({ bytes, ends }) => encode(bytes, ends);
}

/** Encodes document by document with any tokenizer. */
function encodeOneByOne(tokenizer: Tokenizer, { before, after }: Marks): EncodeTexts {
  const isWide = tokenizer.vocab > 0x10000;
  return ({ bytes, ends }) => {
    const parts: TokenArray[] = [];
    const idEnds = new Uint32Array(ends.length);
    let count = 0;
    let start = 0;
    for (const [document, end] of ends.entries()) {
      const ids = tokenizer.encode(decodeUtf8(bytes.subarray(start, end)));
      parts.push(ids);
      count += ids.length + Number(before !== null) + Number(after !== null);
      idEnds[document] = count;
      start = end;
    }
    const ids = isWide ? new Uint32Array(count) : new Uint16Array(count);
    let place = 0;
    for (const part of parts) {
      if (before !== null) ids[place++] = before;
      ids.set(part, place);
      place += part.length;
      if (after !== null) ids[place++] = after;
    }
    return { ids, ends: idEnds };
  };
}
