// What a tokenizer.json does to tokens to make a text of them again. After the decoders of the Rust library tokenizers.

import { byteCharacters } from './byte-alphabet.ts';
import type { Decoder } from './huggingface-json.ts';
import { patternOf } from './huggingface-patterns.ts';
import { decodeUtf8 } from './tokenizer.ts';

/** Tokens to tokens; what is left in the end is put together. @throws Error  naming what is not supported */
export function decoderOf(decoder: Decoder): (tokens: readonly string[]) => readonly string[] {
  switch (decoder.type) {
    case 'ByteLevel':
      return (tokens) => [decodeUtf8(Buffer.concat(tokens.map(bytesOf)))];
    case 'ByteFallback':
      return fallBack;
    case 'Fuse':
      return (tokens) => [tokens.join('')];
    case 'Replace': {
      const pattern = patternOf(decoder.pattern);
      return (tokens) => tokens.map((token) => token.replace(pattern, () => decoder.content));
    }
    case 'Strip':
      return (tokens) => tokens.map((token) => strip(token, decoder));
    case 'Metaspace': {
      const { replacement, add_prefix_space = true } = decoder;
      const scheme = decoder.prepend_scheme ?? (add_prefix_space ? 'always' : 'never');
      return (tokens) =>
        tokens.map((token, i) => token.replaceAll(replacement, i === 0 && scheme !== 'never' ? '' : ' '));
    }
    case 'Sequence': {
      const all = decoder.decoders.map(decoderOf);
      return (tokens) => all.reduce((result, decode) => decode(result), tokens);
    }
  }
}

const byteOfCharacter: ReadonlyMap<string, number> = new Map(
  byteCharacters.map((character, byte) => [character, byte]),
);

/** A token's bytes; one that is not spelled in byte characters, as an added token, is its own text. */
function bytesOf(token: string): Uint8Array {
  const bytes = Array.from(token, (character) => byteOfCharacter.get(character));
  const spelled = bytes.filter((byte) => byte !== undefined);
  return spelled.length === bytes.length ? Uint8Array.from(spelled) : Buffer.from(token);
}

/** Runs of `<0x41>` become the text of those bytes, or U+FFFD for each byte where they are no UTF-8. */
function fallBack(tokens: readonly string[]): string[] {
  const result: string[] = [];
  let bytes: number[] = [];
  const flush = (): void => {
    if (bytes.length === 0) return;
    const text = decodeUtf8(Uint8Array.from(bytes));
    const valid = Buffer.from(text).equals(Uint8Array.from(bytes));
    if (valid) result.push(text);
    else for (const _ of bytes) result.push('\ufffd');
    bytes = [];
  };
  for (const token of tokens) {
    const [, hex] = /^<0x([0-9A-Fa-f]{2})>$/.exec(token) ?? [];
    if (hex !== undefined) bytes.push(Number.parseInt(hex, 16));
    else {
      flush();
      result.push(token);
    }
  }
  flush();
  return result;
}

function strip(token: string, { content, start, stop }: Extract<Decoder, { type: 'Strip' }>): string {
  const characters = [...token];
  let [from, to] = [0, characters.length];
  while (from < start && characters[from] === content) from++;
  while (characters.length - to < stop && to > from && characters[to - 1] === content) to--;
  return characters.slice(from, to).join('');
}
