// Text of tokens that come one by one: whole characters only, and nothing from a stop sequence on.

/** Text of ids. */
export type Decode = (ids: readonly number[]) => string;

export interface TextStream {
  /** Text that is new with this id; empty while a character is not whole. */
  push(id: number): string;
  /** What was held back. */
  end(): string;
}

const context = 8; // ids before that decide how the next is written: a space in front, a character in parts
const longestCharacter = 4; // bytes, and so ids; what is no character by then never will be one

/** @param before  ids that the text goes on from */
export function textStream(decode: Decode, before: readonly number[] = []): TextStream {
  let known = before.slice(-context);
  let held: number[] = [];
  const rest = (): string => decode([...known, ...held]).slice(decode(known).length);
  const take = (text: string): string => {
    known = [...known, ...held].slice(-context);
    held = [];
    return text;
  };
  return {
    push(id) {
      held.push(id);
      const text = rest();
      return text.endsWith('\ufffd') && held.length < longestCharacter ? '' : take(text);
    },
    end: () => (held.length === 0 ? '' : take(rest())),
  };
}

/** How a token is written in the middle of a text, where SentencePiece's space in front is not swallowed. */
export function tokenText(decode: Decode, id: number): string {
  return decode([id, id]).slice(decode([id]).length);
}

export interface StopFinder {
  /** Adds text; gives what may be shown by now. */
  add(text: string): string;
  /** Whether a stop sequence was found: then nothing more is shown. */
  readonly found: boolean;
  /** What was held back because it could have begun a stop sequence. */
  end(): string;
}

/** @param stops  none of them empty */
export function stopFinder(stops: readonly string[]): StopFinder {
  const longest = stops.reduce((length, stop) => Math.max(length, stop.length), 0);
  let held = '';
  let found = false;
  return {
    get found() {
      return found;
    },
    add(text) {
      if (found) return '';
      held += text;
      const places = stops.map((stop) => held.indexOf(stop)).filter((place) => place >= 0);
      found = places.length > 0;
      const shown = found ? Math.min(...places) : beginningOfStop(held, stops, longest);
      const result = held.slice(0, shown);
      held = found ? '' : held.slice(shown);
      return result;
    },
    end() {
      const result = held;
      held = '';
      return result;
    },
  };
}

/** Where the end of `text` begins that a stop sequence begins with too. */
function beginningOfStop(text: string, stops: readonly string[], longest: number): number {
  for (let place = Math.max(0, text.length - longest + 1); place < text.length; place++) {
    const end = text.slice(place);
    if (stops.some((stop) => stop.startsWith(end))) return place;
  }
  return text.length;
}
