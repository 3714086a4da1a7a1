// Text of tokens that come one by one: what is certain is given at once, half a character waits for its other half.

import type { Tokenizer } from '../data/tokenizer.ts';

export interface TextStream {
  /** Text that is certain now that this token has come; often ''. */
  push(id: number): string;
  /** What was held back, when no more tokens come. */
  end(): string;
}

/** Decodes after a prompt, whose last tokens may be part of the first character. */
export function textStream(tokenizer: Pick<Tokenizer, 'decode'>, prompt: readonly number[]): TextStream {
  const ids = prompt.slice(-8);
  let given = tokenizer.decode(ids).length;
  const next = (isLast: boolean) => {
    const text = tokenizer.decode(ids);
    const certain = isLast ? text : text.replace(/\ufffd{1,3}$/, '');
    const part = certain.slice(given);
    given = Math.max(given, certain.length);
    if (ids.length > 64 && given === text.length) {
      ids.splice(0, ids.length - 8); // long texts cost no more a token than short ones
      given = tokenizer.decode(ids).length;
    }
    return part;
  };
  return {
    push(id) {
      ids.push(id);
      return next(false);
    },
    end: () => next(true),
  };
}
