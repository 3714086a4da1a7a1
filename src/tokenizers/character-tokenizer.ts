// A token a character (a Unicode code point) of a fixed alphabet, and end-of-text. After nanoGPT's shakespeare_char.

import { endOfTextPiece, tokenizerFiles, wellFormed } from './tokenizer.ts';
import type { TokenArray, Tokenizer } from './tokenizer.ts';

/**
 * Ids are places in the alphabet; the last id is end-of-text.
 *
 * @param alphabet  the characters, each once; `sortedAlphabet` makes one
 * @throws RangeError  when a character comes twice or is half a surrogate pair
 */
export function characterTokenizer(alphabet: string): Tokenizer {
  const characters = Array.from(alphabet);
  const ids = new Map(characters.map((character, id) => [character, id]));
  if (characters.length === 0 || ids.size !== characters.length || wellFormed(alphabet) !== alphabet)
    throw new RangeError('character tokenizer: expected an alphabet of whole characters, each once');

  const info = { name: 'characters', alphabet } as const;
  const tokenizer = {
    name: 'characters',
    info,
    vocab: characters.length + 1,
    beginOfText: characters.length,
    endOfText: characters.length,
  } as const;
  return {
    ...tokenizer,
    promptStart: [],
    encode: (text) => encode(wellFormed(text), ids, tokenizer.vocab),
    decode: (list) =>
      Array.from({ length: list.length }, (_, i) => characterOf(list[i], characters)).join(''),
    files: () => files(tokenizer, ids),
  };
}

/** Adds a text's characters to a set; `sortedAlphabet` makes an alphabet of it. */
export function collectCharacters(text: string, into: Set<string>): void {
  for (const character of wellFormed(text)) into.add(character);
}

/** The characters in order of code point. */
export function sortedAlphabet(characters: ReadonlySet<string>): string {
  return [...characters].sort((a, b) => (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0)).join('');
}

function encode(text: string, ids: ReadonlyMap<string, number>, vocab: number): TokenArray {
  const result = vocab > 0x10000 ? new Uint32Array(text.length) : new Uint16Array(text.length);
  let length = 0;
  for (const character of text) {
    const id = ids.get(character);
    if (id === undefined)
      throw new RangeError(
        `${JSON.stringify(character)} (${codePoint(character)}) is not among the tokenizer's ${ids.size} characters`,
      );
    result[length++] = id;
  }
  return result.slice(0, length);
}

function characterOf(id: number | undefined, characters: readonly string[]): string {
  const character = id === characters.length ? endOfTextPiece : characters[id ?? -1];
  if (character === undefined)
    throw new RangeError(`character tokenizer: ids are 0 to ${characters.length}, got ${id}`);
  return character;
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** A word-level model whose words are the characters. Without an unknown piece, so transformers throws on one as we do. */
function files(
  tokenizer: Pick<Tokenizer, 'info' | 'vocab'>,
  ids: ReadonlyMap<string, number>,
): Map<string, string> {
  const model = { type: 'WordLevel', vocab: Object.fromEntries(ids), unk_token: endOfTextPiece };
  const split = { type: 'Split', pattern: { Regex: '[\\s\\S]' }, behavior: 'Isolated', invert: false };
  return tokenizerFiles(tokenizer, model, { pre_tokenizer: split, decoder: { type: 'Fuse' } });
}
