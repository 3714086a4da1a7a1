// Documents of token files that somebody else made: what lies between the ids that part them. Files that follow each other are one
// stream, for shards cut documents. There is no text here: ids stay as they are.

import { describeTokens } from '../data/token-formats.ts';
import { openShards } from '../data/token-shards.ts';
import type { Unit } from '../sources/units.ts';
import { failure } from '../run/failure.ts';
import type { TokenArray, Tokenizer } from '../tokenizers/tokenizer.ts';
import type { EncodeTexts, Marks, Texts } from './batch-encoders.ts';

const chunkTokens = 1 << 20;
const longestDocument = 1 << 27;

/**
 * The documents of token files as bytes of little-endian ids, about a million ids at a time. What parts them is in none of
 * them, and nothing between two marks is no document.
 *
 * @throws Error  with exit code 65 for a damaged file, an id outside the vocabulary, or a document that does not end
 */
export async function* tokenDocuments(
  units: readonly Unit[],
  { vocab, endOfText, beginOfText }: Tokenizer,
): AsyncGenerator<Omit<Texts, 'rows'>> {
  const paths = units.map(({ place, source }) => {
    if ('path' in place) return place.path;
    throw failure('usage', `${source}: expected token files of this machine; fetch them first`);
  });
  const [path = ''] = paths;
  const Ids = vocab > 0x10000 ? Uint32Array : Uint16Array;
  const { format, dtype } = await describeTokens(path, { rawDtype: vocab > 0x10000 ? 'uint32' : 'uint16' });
  const file = await openShards(
    paths.map((path) => ({ path, format, dtype, vocab })),
    { path },
  );
  try {
    let held: TokenArray[] = []; // of the document that is not at its end
    let heldTokens = 0;
    for (let start = 0; start < file.length; start += chunkTokens) {
      const ids = await file.read(start, Math.min(chunkTokens, file.length - start));
      const documents = new Ids(heldTokens + ids.length);
      const ends: number[] = [];
      let filled = 0;
      let from = 0;
      for (let index = 0; index < ids.length; index++) {
        if (ids[index] !== endOfText && ids[index] !== beginOfText) continue;
        for (const part of [...held, ids.subarray(from, index)]) {
          documents.set(part, filled);
          filled += part.length;
        }
        held = [];
        heldTokens = 0;
        from = index + 1;
        if (filled > (ends.at(-1) ?? 0)) ends.push(filled);
      }
      if (from < ids.length) {
        held.push(ids.subarray(from));
        heldTokens += ids.length - from;
      }
      if (heldTokens > longestDocument)
        throw failure(
          'data',
          `${path}: expected id ${endOfText ?? beginOfText} between documents, found none in ${heldTokens} ids`,
        );
      yield batch(documents.subarray(0, filled), ends);
    }
    if (heldTokens > 0) yield batch(joined(held, new Ids(heldTokens)), [heldTokens]);
  } finally {
    await file.close();
  }
}

function joined(parts: readonly TokenArray[], into: TokenArray): TokenArray {
  let filled = 0;
  for (const part of parts) {
    into.set(part, filled);
    filled += part.length;
  }
  return into;
}

function batch(ids: TokenArray, ends: readonly number[]): Omit<Texts, 'rows'> {
  return {
    bytes: new Uint8Array(ids.buffer, ids.byteOffset, ids.byteLength),
    ends: Uint32Array.from(ends, (end) => end * ids.BYTES_PER_ELEMENT),
  };
}

/** Puts marks around documents that are ids already. */
export function markIds(bytesPerToken: 2 | 4, { before, after }: Marks): EncodeTexts {
  return ({ bytes, ends }) => {
    const given =
      bytesPerToken === 2
        ? new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2)
        : new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
    const marks = Number(before !== null) + Number(after !== null);
    const count = given.length + marks * ends.length;
    const ids = bytesPerToken === 2 ? new Uint16Array(count) : new Uint32Array(count);
    let filled = 0;
    let start = 0;
    const idEnds = ends.map((end) => {
      if (before !== null) ids[filled++] = before;
      ids.set(given.subarray(start, end / bytesPerToken), filled);
      filled += end / bytesPerToken - start;
      start = end / bytesPerToken;
      if (after !== null) ids[filled++] = after;
      return filled;
    });
    return { ids, ends: idEnds };
  };
}
