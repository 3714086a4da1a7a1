// Added tokens of a tokenizer.json: text that is cut out before the model sees the rest. Special ones are never cut out:
// special-token text inside data stays text, as with encode_special_tokens in the Rust library.

import type { AddedToken } from './huggingface-json.ts';
import { space, word } from './huggingface-patterns.ts';
import type { Part } from './text-splits.ts';
import { findAll, textTrie } from './text-trie.ts';

/** An id, or a part of the text that is not an added token. */
export type AddedOrPart = number | Part;

/** A function that cuts a text at the given added tokens; null when none of them is ever cut out. */
export function addedTokenCutter(
  tokens: readonly AddedToken[],
  normalize: (text: string) => string,
): ((part: Part) => AddedOrPart[]) | null {
  const byText = new Map(tokens.map((token) => [normalize(token.content), token]));
  byText.delete('');
  if (![...byText.values()].some(({ special }) => !special)) return null;
  // Special ones are looked for as well: a text that is one is not searched for others inside it.
  const listed = [...byText.values()];
  const trie = textTrie(Array.from(byText.keys(), (text, i) => [text, i] as const));
  const wordBefore = new RegExp(`[${word}]$`, 'u');
  const wordAfter = new RegExp(`^[${word}]`, 'u');
  const spacesAfter = new RegExp(`[${space}]*`, 'uy');
  const isSpace = new RegExp(`[${space}]`, 'u');

  return (part) => {
    const { text } = part;
    const result: AddedOrPart[] = [];
    let done = 0;
    const rest = (end: number): void => {
      if (end > done) result.push({ text: text.slice(done, end), first: part.first && done === 0 });
    };
    findAll(trie, text, (from, to, place) => {
      const token = listed[place];
      if (token === undefined || token.special) return;
      let [start, end] = [from, to];
      if (
        token.single_word &&
        (wordBefore.test(text.slice(Math.max(0, start - 2), start)) ||
          wordAfter.test(text.slice(end, end + 2)))
      )
        return;
      if (token.lstrip) while (start > done && isSpace.test(text.charAt(start - 1))) start--;
      if (token.rstrip) {
        spacesAfter.lastIndex = end;
        end += spacesAfter.exec(text)?.[0].length ?? 0;
      }
      rest(start);
      result.push(token.id);
      done = end;
    });
    rest(text.length);
    return result;
  };
}
