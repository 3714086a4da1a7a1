// Splitting a text at the places a pattern finds, in the ways that tokenizer.json knows. Knows no tokenizer.

export type SplitBehavior = 'Removed' | 'Isolated' | 'MergedWithPrevious' | 'MergedWithNext' | 'Contiguous';

/** A part of a text, and whether it begins where the text began. */
export interface Part {
  text: string;
  first: boolean;
}

/**
 * The parts of `part` that `pattern` (global) makes; none is empty.
 *
 * @param invert  what the pattern does not match counts as matched
 */
export function splitPart(
  part: Part,
  pattern: RegExp,
  behavior: SplitBehavior,
  { invert = false }: { invert?: boolean } = {},
): Part[] {
  const { text } = part;
  const result: Part[] = [];
  const add = (start: number, end: number): void => {
    if (end > start) result.push({ text: text.slice(start, end), first: part.first && start === 0 });
  };
  let open = 0; // where the part that is not yet added begins
  let matchedBefore = false;
  const take = (start: number, end: number, matched: boolean): void => {
    if (end === start) return;
    switch (behavior) {
      case 'Removed':
        if (!matched) add(start, end);
        break;
      case 'Isolated':
        add(start, end);
        break;
      case 'Contiguous':
        if (matched !== matchedBefore) {
          add(open, start);
          open = start;
        }
        break;
      case 'MergedWithPrevious': // a match closes the part, unless another match came right before
        if (matched) {
          if (matchedBefore) add(start, end);
          else add(open, end);
          open = end;
        } else open = start;
        break;
      case 'MergedWithNext': // a match begins a part
        if (matched) {
          add(open, start);
          open = start;
        }
        break;
    }
    matchedBefore = matched;
  };
  let done = 0;
  for (const { 0: match, index } of text.matchAll(pattern)) {
    take(done, index, invert);
    take(index, index + match.length, !invert);
    done = index + match.length;
  }
  take(done, text.length, invert);
  if (behavior === 'Contiguous' || behavior === 'MergedWithNext') add(open, text.length);
  else if (behavior === 'MergedWithPrevious' && !matchedBefore) add(open, text.length);
  return result;
}

/** The texts of `splitPart` with behavior Isolated: quicker where the pattern matches all of a text, as those for words do. */
export function isolatedTexts(text: string, pattern: RegExp): string[] {
  const matches: string[] = text.match(pattern) ?? [];
  const covered = matches.reduce((length, match) => length + match.length, 0);
  if (covered === text.length)
    return matches.includes('') ? matches.filter((match) => match !== '') : matches;
  return splitPart({ text, first: false }, pattern, 'Isolated').map((part) => part.text);
}
