// SentencePiece's two ways to cut normalized text into pieces: byte-pair merging and the unigram's best path. Both equal the C++ library's.
// After bpe_model.cc and unigram_model.cc of SentencePiece.

import { inert, merged, mergeLimit, packMerge, pairMerger } from './merge-pairs.ts';
import { pieceCutter } from './piece-cuts.ts';
import type { SentencePieceModel } from './sentencepiece-model.ts';
import { findAll, textTrie } from './text-trie.ts';
import { wordCache } from './word-cache.ts';

/** Takes pieces one by one; `text` is what a piece stands for where it is unknown. */
export type Emit = (id: number, text: string) => void;

/** Merges the pair of the best score until none is left. */
export function bpeEncoder(model: SentencePieceModel): (text: string, emit: Emit) => void {
  const { idOf, merges, pieceOf } = bpeTables(model);
  const merge = pairMerger(merges);
  const frozen = model.pieces.flatMap(({ text, type }, id): [string, number][] =>
    type === 'user-defined' ? [[text, id]] : [],
  );
  const frozenTrie = textTrie(frozen);
  const cut = pieceCutter(model.pieces.flatMap(({ text, type }) => (type === 'normal' ? [text] : [])));
  const known = wordCache();

  const encodeWord = (word: string, emit: Emit): void => {
    const found = known.get(word);
    if (found !== undefined) {
      for (const id of found) emit(id, '');
      return;
    }
    const characters = [...word];
    const ids = Int32Array.from(characters, (character) => idOf.get(character) ?? inert);
    merge(ids);
    const result: number[] = [];
    let complete = true; // no unknown piece, whose text would be needed
    ids.forEach((id, i) => {
      if (id === merged) return;
      const piece = id === inert ? model.unknown : (pieceOf[id] ?? model.unknown);
      complete &&= piece !== model.unknown;
      result.push(piece);
      emit(piece, characters[i] ?? '');
    });
    if (complete) known.set(word, result);
  };
  const encodePlain = (text: string, emit: Emit): void => cut(text, (word) => encodeWord(word, emit));
  if (frozen.length === 0) return encodePlain;
  return (text, emit) => {
    let done = 0;
    findAll(frozenTrie, text, (start, end, id) => {
      encodePlain(text.slice(done, start), emit);
      emit(id, text.slice(start, end));
      done = end;
    });
    encodePlain(text.slice(done), emit);
  };
}

/** Ids of pieces and of the characters they are made of, and every way to put a piece together from two of those. */
function bpeTables({ pieces }: SentencePieceModel): {
  idOf: ReadonlyMap<string, number>;
  merges: ReadonlyMap<number, number>;
  /** Id of a piece by id of a symbol: characters that are no pieces have none. */
  pieceOf: readonly (number | undefined)[];
} {
  const idOf = new Map<string, number>();
  const pieceOf: (number | undefined)[] = [];
  pieces.forEach(({ text, type }, id) => {
    if (type !== 'normal' && type !== 'user-defined') return;
    idOf.set(text, id);
    pieceOf[id] = id;
  });
  const reserved = new Map(pieces.map(({ text }, id) => [text, id]));
  const texts = [...idOf.keys()];
  const characters = [...texts, ...[...reserved.keys()].filter((text) => [...text].length === 1)];
  for (const character of new Set(characters.flatMap((text) => [...text]))) {
    if (idOf.has(character)) continue;
    const id = pieces.length + idOf.size;
    idOf.set(character, id);
    pieceOf[id] = reserved.get(character);
  }
  const merges = new Map<number, number>();
  const ranks = ranksOf(pieces);
  for (const text of texts) {
    const id = idOf.get(text) ?? 0;
    for (let cut = 1; cut < text.length; cut++) {
      const [left, right] = [idOf.get(text.slice(0, cut)), idOf.get(text.slice(cut))];
      if (left === undefined || right === undefined) continue;
      merges.set(left * mergeLimit + right, packMerge(ranks.get(pieces[id]?.score ?? 0) ?? 0, id));
    }
  }
  return { idOf, merges, pieceOf };
}

/** Rank of each score: the highest is 0. */
function ranksOf(pieces: SentencePieceModel['pieces']): Map<number, number> {
  const scores = [...new Set(pieces.map(({ score }) => score))].sort((a, b) => b - a);
  return new Map(scores.map((score, rank) => [score, rank]));
}

/** The path of the highest sum of scores. Sums are rounded to float32 where C++ rounds them, so that ties fall alike. */
export function unigramEncoder(model: SentencePieceModel): (text: string, emit: Emit) => void {
  const trie = textTrie(
    model.pieces.flatMap(({ text, type }, id): [string, number][] =>
      type === 'normal' || type === 'user-defined' ? [[text, id]] : [],
    ),
  );
  const scores = Float64Array.from(model.pieces, ({ score }) => score);
  const normal = model.pieces.filter(({ type }) => type === 'normal').map(({ score }) => score);
  const least = normal.reduce((a, b) => Math.min(a, b), 3.4028234663852886e38);
  const most = normal.reduce((a, b) => Math.max(a, b), 1.1754943508222875e-38);
  const unknownScore = Math.fround(least - 10);
  model.pieces.forEach(({ text, type }, id) => {
    if (type === 'user-defined') scores[id] = Math.fround(Buffer.byteLength(text) * most) - 0.1;
  });

  return (text, emit) => {
    const n = text.length;
    const best = new Float32Array(n + 1);
    const from = new Int32Array(n + 1).fill(-1);
    const by = new Int32Array(n + 1);
    const offer = (start: number, end: number, id: number, candidate: number): void => {
      if (from[end] !== -1 && candidate <= (best[end] ?? 0)) return;
      best[end] = candidate;
      from[end] = start;
      by[end] = id;
    };
    for (let start = 0; start < n; ) {
      const width = (text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1;
      let single = false;
      let node = 0;
      for (let at = start; at < n; at++) {
        const child = trie.next(node, text.charCodeAt(at));
        if (child === undefined) break;
        node = child;
        const id = trie.valueAt(node);
        if (id < 0) continue;
        offer(start, at + 1, id, (scores[id] ?? 0) + (best[start] ?? 0)); // a double in C++ as well
        single ||= at + 1 - start === width;
      }
      if (!single) offer(start, start + width, model.unknown, Math.fround(unknownScore + (best[start] ?? 0)));
      start += width;
    }
    const path: number[] = [];
    for (let end = n; end > 0; end = from[end] ?? 0) path.push(end);
    for (let i = path.length - 1; i >= 0; i--) {
      const end = path[i] ?? 0;
      const id = by[end] ?? 0;
      emit(id, id === model.unknown ? text.slice(from[end], end) : '');
    }
  };
}
