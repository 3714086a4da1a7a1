// What a tokenizer.json does to a text before its model sees it: normalizers, and pre-tokenizers that part it into words.
// After the Rust library tokenizers, whose results these have.

import { spellBytes } from './byte-alphabet.ts';
import type { Normalizer, PreTokenizer } from './huggingface-json.ts';
import { gpt2Words, patternOf, space, word } from './huggingface-patterns.ts';
import { isolatedTexts, splitPart } from './text-splits.ts';
import type { Part } from './text-splits.ts';

/** Most UTF-16 units of a text that are encoded at once: V8 ends the process where some 100 million matches are asked for. */
export const longestText = 2 ** 25;

/** @throws RangeError  when a text, or what normalizing makes of it, is too long to be encoded at once */
export function checkLength(text: string, most = longestText): string {
  if (text.length <= most) return text;
  throw new RangeError(
    `a text of ${text.length} characters: at most ${most} are encoded at once; part it into documents`,
  );
}

/** Rules that double a text over and over are stopped; a character becomes 18 of them at most, by NFKC. */
function mostNormalized(text: string): number {
  return Math.min(2 * longestText, 64 * text.length + 4096);
}

/** @throws Error  naming what is not supported */
export function normalizerOf(normalizer: Normalizer): (text: string) => string {
  switch (normalizer.type) {
    case 'NFC':
    case 'NFD':
    case 'NFKC':
    case 'NFKD':
      return (text) => text.normalize(normalizer.type);
    case 'Lowercase': // a character at a time, so that a final sigma is like any other
      return (text) => Array.from(text, (character) => character.toLowerCase()).join('');
    case 'StripAccents':
      return (text) => text.replace(/\p{M}/gu, '');
    case 'Strip': {
      const { strip_left, strip_right } = normalizer;
      return (text) => stripped(text, strip_left, strip_right);
    }
    case 'Prepend':
      return (text) => (text === '' ? '' : normalizer.prepend + text);
    case 'Replace': {
      const pattern = patternOf(normalizer.pattern);
      const content = normalizer.content.replaceAll('$', '$$$$'); // as it is: a function would need a list of all matches
      return (text) => text.replace(pattern, content);
    }
    case 'Sequence': {
      const all = normalizer.normalizers.map(normalizerOf);
      return (text) =>
        all.reduce((result, normalize) => checkLength(normalize(result), mostNormalized(text)), text);
    }
  }
}

/** By hand: a regular expression would try every space of a long run. */
function stripped(text: string, left: boolean, right: boolean): string {
  const isSpace = new RegExp(`[${space}]`, 'u');
  let [start, end] = [0, text.length];
  while (left && start < end && isSpace.test(text.charAt(start))) start++;
  while (right && end > start && isSpace.test(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

/** One step: a part to parts; the last one may as well give their texts only, which is faster. */
type Step = ((part: Part) => Part[]) & { texts?: (text: string) => string[] };

export interface Words {
  /** Parts of a normalized text. */
  split: (text: string, first: boolean) => string[];
  /** Whether the model wants the bytes of each part spelled as characters (byte-alphabet.ts). */
  bytes: boolean;
}

/** @throws Error  naming what is not supported */
export function wordsOf(preTokenizer: PreTokenizer | null): Words {
  const all = preTokenizer === null ? [] : flatten(preTokenizer);
  const bytes = all.at(-1)?.type === 'ByteLevel';
  const steps = all.flatMap((each, i) => stepsOf(each, { spell: i < all.length - 1 }));
  return {
    bytes,
    split(text, first) {
      let parts: Part[] = text === '' ? [] : [{ text, first }];
      const texts = steps.at(-1)?.texts;
      for (const step of texts ? steps.slice(0, -1) : steps) parts = parts.flatMap(step);
      return texts ? parts.flatMap((part) => texts(part.text)) : parts.map((part) => part.text);
    },
  };
}

function flatten(preTokenizer: PreTokenizer): Exclude<PreTokenizer, { type: 'Sequence' }>[] {
  return preTokenizer.type === 'Sequence' ? preTokenizer.pretokenizers.flatMap(flatten) : [preTokenizer];
}

function stepsOf(
  preTokenizer: Exclude<PreTokenizer, { type: 'Sequence' }>,
  { spell }: { spell: boolean },
): Step[] {
  switch (preTokenizer.type) {
    case 'ByteLevel': {
      const { add_prefix_space, use_regex } = preTokenizer;
      const prefix: Step = (part) => [part.text.startsWith(' ') ? part : { ...part, text: ` ${part.text}` }];
      const pattern = new RegExp(gpt2Words, 'gu');
      const split = isolating(pattern);
      return [
        ...(add_prefix_space ? [prefix] : []),
        ...(use_regex ? [split] : []),
        ...(spell ? [(part: Part) => [{ ...part, text: spellBytes(Buffer.from(part.text)) }]] : []),
      ];
    }
    case 'Split': {
      const pattern = patternOf(preTokenizer.pattern);
      if (preTokenizer.behavior === 'Isolated') return [isolating(pattern)];
      return [(part) => splitPart(part, pattern, preTokenizer.behavior, { invert: preTokenizer.invert })];
    }
    case 'Digits':
      return [
        (part) => splitPart(part, /\p{N}/gu, preTokenizer.individual_digits ? 'Isolated' : 'Contiguous'),
      ];
    case 'Punctuation':
      return [(part) => splitPart(part, /[!-/:-@[-`{-~\p{P}]/gu, preTokenizer.behavior)];
    case 'Whitespace': {
      const pattern = new RegExp(`[${word}]+|[^${word}${space}]+`, 'gu');
      return [(part) => splitPart(part, pattern, 'Removed', { invert: true })];
    }
    case 'WhitespaceSplit': {
      const pattern = new RegExp(`[${space}]`, 'gu');
      return [(part) => splitPart(part, pattern, 'Removed')];
    }
    case 'Metaspace':
      return metaspaceSteps(preTokenizer);
  }
}

/** Parts that match and parts between them, each on its own. */
function isolating(pattern: RegExp): Step {
  const split = (part: Part): Part[] => splitPart(part, pattern, 'Isolated');
  return Object.assign(split, { texts: (text: string) => isolatedTexts(text, pattern) });
}

function metaspaceSteps(preTokenizer: Extract<PreTokenizer, { type: 'Metaspace' }>): Step[] {
  const { replacement, split, add_prefix_space = true } = preTokenizer;
  const scheme = preTokenizer.prepend_scheme ?? (add_prefix_space ? 'always' : 'never');
  const replace: Step = (part) => {
    const text = part.text.replaceAll(' ', replacement);
    const prepend = scheme === 'always' || (scheme === 'first' && part.first);
    return [{ ...part, text: prepend && !text.startsWith(replacement) ? replacement + text : text }];
  };
  const pattern = patternOf({ String: replacement });
  return split ? [replace, (part) => splitPart(part, pattern, 'MergedWithNext')] : [replace];
}
