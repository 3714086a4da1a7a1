// The models of a tokenizer.json: byte-pair encoding and word level. A word in, ids out. After the Rust library tokenizers.

import type { Bpe, WordLevel } from './huggingface-json.ts';
import { inert, merged, mergeLimit, packMerge, pairMerger } from './merge-pairs.ts';

/** Ids of one word. */
export type WordEncoder = (word: string) => readonly number[];

/** Words as they are: each its id, or the unknown word's. @throws Error  when the unknown word has no id */
export function wordLevelEncoder({ vocab, unk_token }: WordLevel): WordEncoder {
  const ids = new Map(Object.entries(vocab));
  const unknown = ids.get(unk_token);
  return (word) => {
    const id = ids.get(word) ?? unknown;
    if (id === undefined)
      throw new RangeError(`${JSON.stringify(word)} is not among the tokenizer's ${ids.size} words`);
    return [id];
  };
}

/** Characters of a word merged by the table of merges. @throws Error  when a merge names what is not in the vocabulary */
export function bpeWordEncoder(model: Bpe): WordEncoder {
  const ids = new Map(Object.entries(model.vocab));
  const { merges, idOfRank } = mergeTable(model, ids);
  const merge = pairMerger(merges, { idOfRank });
  const unknown = ids.get(model.unk_token ?? '');
  const bytes = model.byte_fallback ? byteIds(ids) : null;
  return (word) => {
    const whole = model.ignore_merges ? ids.get(word) : undefined;
    if (whole !== undefined) return [whole];
    const symbols = Int32Array.from(symbolsOf(word, model, { ids, unknown, bytes }));
    merge(symbols);
    return Array.from(symbols.filter((id) => id !== merged && id !== inert));
  };
}

/** Ids of a word's characters before any merge. A character that is unknown where nothing stands for the unknown is left out. */
function symbolsOf(
  word: string,
  model: Bpe,
  {
    ids,
    unknown,
    bytes,
  }: { ids: ReadonlyMap<string, number>; unknown?: number; bytes: readonly number[] | null },
): number[] {
  const symbols: number[] = [];
  const characters = [...word];
  const [prefix, suffix] = [model.continuing_subword_prefix ?? '', model.end_of_word_suffix ?? ''];
  let unknownBefore = false;
  characters.forEach((character, i) => {
    const text = (i > 0 ? prefix : '') + character + (i === characters.length - 1 ? suffix : '');
    const id = ids.get(text);
    if (id === undefined && bytes !== null) {
      for (const byte of Buffer.from(text)) symbols.push(bytes[byte] ?? inert);
      return;
    }
    if (id !== undefined) symbols.push(id);
    else if (unknown !== undefined && !(unknownBefore && model.fuse_unk)) symbols.push(unknown);
    unknownBefore = id === undefined;
  });
  return symbols;
}

/** Ids of `<0x00>` to `<0xFF>`; null unless all are there. */
function byteIds(ids: ReadonlyMap<string, number>): number[] | null {
  const name = (byte: number): string => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`;
  const found = Array.from({ length: 256 }, (_, byte) => ids.get(name(byte)));
  const all = found.filter((id) => id !== undefined);
  return all.length === 256 ? all : null;
}

function mergeTable(
  model: Bpe,
  ids: ReadonlyMap<string, number>,
): { merges: ReadonlyMap<number, number>; idOfRank: Uint32Array } {
  if (model.merges.length >= mergeLimit) throw new Error(`${model.merges.length} merges`);
  const prefix = model.continuing_subword_prefix ?? '';
  const merges = new Map<number, number>();
  const idOfRank = new Uint32Array(model.merges.length);
  const idOf = (text: string): number => {
    const id = ids.get(text);
    if (id === undefined)
      throw new Error(`a merge with ${JSON.stringify(text)}, which is not in the vocabulary`);
    return id;
  };
  model.merges.forEach((pair, rank) => {
    const [left = '', right = '', more] = typeof pair === 'string' ? pair.split(' ') : pair;
    if (more !== undefined) throw new Error(`the merge ${JSON.stringify(pair)}`);
    const id = idOf(left + (right.startsWith(prefix) ? right.slice(prefix.length) : right));
    idOfRank[rank] = id;
    merges.set(idOf(left) * mergeLimit + idOf(right), packMerge(rank, id));
  });
  return { merges, idOfRank };
}
