// A SentencePiece tokenizer.model (Llama, OpenLLaMA ...): ids equal to the C++ library's, which has no binding that refuses a damaged file.
// Control pieces never come out of text: the characters `</s>` in a document are characters.

import { failure } from '../run/failure.ts';
import { bpeEncoder, unigramEncoder } from './sentencepiece-encoders.ts';
import { byteOf, readSentencePieceModel } from './sentencepiece-model.ts';
import type { SentencePieceModel } from './sentencepiece-model.ts';
import { sentencePieceNormalizer, spaceSymbol } from './sentencepiece-normalizer.ts';
import { decodeUtf8, wellFormed } from './tokenizer.ts';
import type { Tokenizer } from './tokenizer.ts';
import { fileHashes, jsonOf } from './tokenizer-files.ts';
import type { TokenizerFiles } from './tokenizer-files.ts';
import { TokenList } from './token-list.ts';

/**
 * The tokenizer of a folder with tokenizer.model.
 *
 * @param files  the folder's tokenizer files; tokenizer_config.json says whether a prompt begins with begin-of-text
 * @throws Error  with exit code 65 when tokenizer.model is damaged or of a kind that we do not encode
 */
export function sentencePieceTokenizer(files: TokenizerFiles, folder: string): Tokenizer {
  const path = `${folder}/tokenizer.model`;
  const bytes = files.get('tokenizer.model');
  if (bytes === undefined) throw failure('data', `${path}: expected a SentencePiece model, found no file`);
  const model = readSentencePieceModel(bytes, path);
  const pieces = model.pieces.length;
  const normalize = guarded(path, () => sentencePieceNormalizer(model));
  const encodePieces = guarded(path, () =>
    model.type === 'bpe' ? bpeEncoder(model) : unigramEncoder(model),
  );
  const byteIds = model.byteFallback ? idsOfBytes(model) : null;
  const { add_bos_token: startsText } = jsonOf(files, 'tokenizer_config.json', folder);
  return {
    name: 'sentencepiece',
    info: { name: 'sentencepiece', files: fileHashes(files) },
    vocab: pieces,
    beginOfText: model.beginOfText,
    endOfText: model.endOfText,
    promptStart: model.beginOfText === null || startsText === false ? [] : [model.beginOfText],
    encode(text) {
      const normalized = guarded(path, () => normalize(wellFormed(text)));
      const ids = new TokenList(pieces, normalized.length / 3);
      let unknownBefore = false;
      encodePieces(normalized, (id, surface) => {
        const unknown = id === model.unknown;
        if (unknown && byteIds !== null)
          for (const byte of Buffer.from(surface)) ids.push(byteIds[byte] ?? 0);
        else if (!unknown || !unknownBefore) ids.push(id); // a run of unknown characters is one token
        unknownBefore = unknown;
      });
      return ids.take();
    },
    decode: (ids) => decode(ids, model),
    files: () => new Map(files),
  };
}

function idsOfBytes({ pieces }: SentencePieceModel): Uint32Array {
  const ids = new Uint32Array(256);
  pieces.forEach((piece, id) => {
    const byte = byteOf(piece);
    if (byte !== null) ids[byte] = id;
  });
  return ids;
}

/** Text of ids as the C++ library gives it, but for control pieces, which are written out. */
function decode(ids: ArrayLike<number>, model: SentencePieceModel): string {
  const { addDummyPrefix, removeExtraWhitespaces } = model.normalizer;
  let text = '';
  let bytes: number[] = [];
  let atStart = addDummyPrefix || removeExtraWhitespaces; // where a piece's first space is the one put in front of the text
  const flush = (): void => {
    if (bytes.length > 0) text += eachByteUtf8(bytes);
    bytes = [];
  };
  for (let i = 0; i < ids.length; i++) {
    const piece = model.pieces[ids[i] ?? -1];
    if (piece === undefined)
      throw new RangeError(`sentencepiece tokenizer: ids are 0 to ${model.pieces.length - 1}, got ${ids[i]}`);
    const byte = byteOf(piece);
    if (byte !== null) {
      bytes.push(byte);
      continue;
    }
    flush();
    if (text !== '') atStart = false;
    if (piece.type === 'control') text += piece.text;
    else if (piece.type === 'unknown') text += model.unknownSurface;
    else {
      const spaced = atStart && piece.text.startsWith(spaceSymbol);
      text += (spaced ? piece.text.slice(1) : piece.text).replaceAll(spaceSymbol, ' ');
      if (spaced && !removeExtraWhitespaces) atStart = false;
    }
  }
  flush();
  return text;
}

/** Text of bytes; each byte that is part of no character is U+FFFD, as in the C++ library (and unlike in TextDecoder). */
function eachByteUtf8(bytes: readonly number[]): string {
  const all = Uint8Array.from(bytes);
  let text = '';
  for (let at = 0; at < all.length; ) {
    const first = all[at] ?? 0;
    const length =
      first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
    const character = length > 0 ? decodeUtf8(all.subarray(at, at + length)) : '\ufffd';
    const valid = length > 0 && Buffer.byteLength(character) === length && [...character].length === 1;
    text += valid ? character : '\ufffd';
    at += valid ? length : 1;
  }
  return text;
}

/** Runs `body`; damaged rules of normalizing are found out only when a text needs them. */
function guarded<T>(path: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    throw failure('data', `${path}: expected a SentencePiece model, found ${found}; fetch the file again`);
  }
}
