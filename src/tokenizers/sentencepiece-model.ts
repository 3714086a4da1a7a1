// Reads SentencePiece's tokenizer.model: the few fields of its protocol buffer that encoding needs. Encodes nothing.
// Field numbers are those of sentencepiece_model.proto.

import { failure } from '../run/failure.ts';

export type PieceType = 'normal' | 'unknown' | 'control' | 'user-defined' | 'unused' | 'byte';

export interface Piece {
  text: string;
  /** Log-probability (unigram) or minus the rank (BPE), a float32. */
  score: number;
  type: PieceType;
}

export interface SentencePieceModel {
  type: 'unigram' | 'bpe';
  pieces: readonly Piece[];
  unknown: number;
  beginOfText: number | null;
  endOfText: number | null;
  byteFallback: boolean;
  unknownSurface: string;
  whitespaceAsSuffix: boolean;
  normalizer: {
    /** Compiled rules of nmt_nfkc and the like; empty for identity. */
    charsmap: Uint8Array;
    addDummyPrefix: boolean;
    removeExtraWhitespaces: boolean;
    escapeWhitespaces: boolean;
  };
}

/** Whether bytes look like a SentencePiece model at all; Llama 3's tokenizer.model, for one, is a table in base64. */
export function looksLikeSentencePiece(bytes: Uint8Array): boolean {
  return bytes[0] === 0x0a; // field 1, a piece, comes first
}

/** Reads a model. @throws Error  with exit code 65 when it is damaged, or of a kind that we do not encode */
export function readSentencePieceModel(bytes: Uint8Array, path: string): SentencePieceModel {
  const refuse = (found: string): Error =>
    failure('data', `${path}: expected a SentencePiece model, found ${found}; fetch the file again`);
  let top: Fields;
  let trainer: Fields;
  let normalizer: Fields;
  let pieces: Piece[];
  try {
    top = readFields(bytes);
    trainer = readFields(lastBytes(top, 2));
    normalizer = readFields(lastBytes(top, 3));
    pieces = (top.get(1) ?? []).map((field) => readPiece(bytesOf(field)));
    if (lastBytes(top, 5).length > 0 && lastBytes(readFields(lastBytes(top, 5)), 2).length > 0)
      throw new Error('rules of denormalizing, which are not supported');
  } catch (error) {
    throw refuse(error instanceof Error ? error.message : String(error));
  }

  const type = modelTypes[lastNumber(trainer, 3, 1)];
  if (type !== 'unigram' && type !== 'bpe')
    throw refuse(`a model of type ${type ?? lastNumber(trainer, 3, 1)}; only unigram and BPE are supported`);
  const problem = problemOf(pieces, { type, byteFallback: lastNumber(trainer, 35, 0) !== 0 });
  if (problem !== null) throw refuse(problem);
  const control = (field: number, fallback: string): number | null => {
    const id = pieces.findIndex(
      (piece) => piece.type === 'control' && piece.text === lastText(trainer, field, fallback),
    );
    return id < 0 ? null : id;
  };
  return {
    type,
    pieces,
    unknown: pieces.findIndex((piece) => piece.type === 'unknown'),
    beginOfText: control(46, '<s>'),
    endOfText: control(47, '</s>'),
    byteFallback: lastNumber(trainer, 35, 0) !== 0,
    unknownSurface: lastText(trainer, 44, ' \u2047 '),
    whitespaceAsSuffix: lastNumber(trainer, 24, 0) !== 0,
    normalizer: {
      charsmap: lastBytes(normalizer, 2),
      addDummyPrefix: lastNumber(normalizer, 3, 1) !== 0,
      removeExtraWhitespaces: lastNumber(normalizer, 4, 1) !== 0,
      escapeWhitespaces: lastNumber(normalizer, 5, 1) !== 0,
    },
  };
}

const modelTypes: Readonly<Record<number, string>> = { 1: 'unigram', 2: 'bpe', 3: 'word', 4: 'char' };
const pieceTypes: Readonly<Record<number, PieceType>> = {
  1: 'normal',
  2: 'unknown',
  3: 'control',
  4: 'user-defined',
  5: 'unused',
  6: 'byte',
};
const mostPieces = 0x80000; // characters that are no pieces get ids above the pieces', all below merge-pairs' limit

/** What the C++ library refuses too, and what we would encode wrongly. */
function problemOf(
  pieces: readonly Piece[],
  { type, byteFallback }: { type: string; byteFallback: boolean },
): string | null {
  const count = (wanted: PieceType): number => pieces.filter((piece) => piece.type === wanted).length;
  if (pieces.length === 0) return 'no pieces';
  if (pieces.length > mostPieces) return `${pieces.length} pieces, more than ${mostPieces}`;
  if (count('unknown') !== 1) return `${count('unknown')} unknown pieces instead of 1`;
  if (byteFallback ? count('byte') !== 256 : count('byte') > 0) return `${count('byte')} byte pieces`;
  if (type === 'bpe' && count('unused') > 0) return 'unused pieces in a BPE model, which are not supported';
  if (new Set(pieces.map((piece) => piece.text)).size !== pieces.length) return 'a piece twice';
  for (const piece of pieces) {
    if (piece.text === '' || piece.text.includes('\0')) return 'a piece that is empty or has a NUL';
    // All ways to part a BPE piece are looked at; the longest in use have some 30 characters.
    const most = type === 'bpe' && piece.type === 'normal' ? 256 : 8000;
    if (piece.text.length > most) return `a piece of ${piece.text.length} characters, more than ${most}`;
    if (!Number.isFinite(piece.score)) return `a piece whose score is ${piece.score}`;
    if (piece.type === 'byte' && byteOf(piece) === null)
      return `${JSON.stringify(piece.text)} as a byte piece`;
  }
  if (new Set(pieces.map(byteOf)).size !== (byteFallback ? 257 : 1)) return 'a byte without a piece';
  return null;
}

/** The byte that a byte piece `<0x41>` stands for; null for another piece. */
export function byteOf(piece: Piece): number | null {
  const [, hex] = (piece.type === 'byte' && /^<0x([0-9A-F]{2})>$/.exec(piece.text)) || [];
  return hex === undefined ? null : Number.parseInt(hex, 16);
}

function readPiece(bytes: Uint8Array): Piece {
  const fields = readFields(bytes);
  const type = pieceTypes[lastNumber(fields, 3, 1)];
  if (type === undefined) throw new Error(`a piece of type ${lastNumber(fields, 3, 1)}`);
  const score = fields.get(2)?.at(-1);
  if (score !== undefined && !(score instanceof Uint8Array && score.length === 4))
    throw new Error('a piece whose score is no number');
  return {
    text: lastText(fields, 1, ''),
    score: score === undefined ? 0 : new DataView(score.buffer, score.byteOffset, 4).getFloat32(0, true),
    type,
  };
}

// The wire format: a key (field number and kind), then a varint, 8 bytes, a length and bytes, or 4 bytes.

/** All values of a message by field number: numbers, or bytes (of strings, messages, floats). */
type Fields = ReadonlyMap<number, readonly (number | Uint8Array)[]>;

function readFields(bytes: Uint8Array): Fields {
  const fields = new Map<number, (number | Uint8Array)[]>();
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let factor = 1; factor < 2 ** 70; factor *= 128) {
      const byte = bytes[at++];
      if (byte === undefined) throw new Error('an end in the middle of a field');
      value += (byte & 0x7f) * factor; // negative numbers come out huge, and are wanted nowhere
      if (byte < 0x80) return value;
    }
    throw new Error('a number that is too long');
  };
  const take = (length: number): Uint8Array => {
    if (length > bytes.length - at) throw new Error('an end in the middle of a field');
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const key = varint();
    const [field, kind] = [Math.floor(key / 8), key % 8];
    const values = fields.get(field) ?? [];
    if (values.length === 0) fields.set(field, values);
    if (kind === 0) values.push(varint());
    else if (kind === 1) values.push(take(8));
    else if (kind === 2) values.push(take(varint()));
    else if (kind === 5) values.push(take(4));
    else throw new Error(`a field of kind ${kind} at byte ${at}`);
  }
  return fields;
}

function bytesOf(value: number | Uint8Array | undefined): Uint8Array {
  if (typeof value === 'number') throw new Error('a number where bytes belong');
  return value ?? new Uint8Array();
}

function lastBytes(fields: Fields, field: number): Uint8Array {
  return bytesOf(fields.get(field)?.at(-1));
}

function lastText(fields: Fields, field: number, fallback: string): string {
  if (!fields.has(field)) return fallback;
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(lastBytes(fields, field));
}

function lastNumber(fields: Fields, field: number, fallback: number): number {
  const value = fields.get(field)?.at(-1) ?? fallback;
  if (typeof value !== 'number') throw new Error('bytes where a number belongs');
  return value;
}
