// Completes one prompt: tokens from the model, text of them, log-probabilities. Knows nothing of HTTP.

import { setImmediate as nextTurn } from 'node:timers/promises';
import { stopFinder, textStream, tokenText } from '../tokenizers/text-stream.ts';
import type { Tokenizer } from '../tokenizers/tokenizer.ts';
import type { Model } from '../model/family.ts';
import { sampleTokens, scoreTokens } from '../model/sample.ts';
import { RequestError } from './errors.ts';
import type { CompletionRequest, GivenPrompt } from './request.ts';

/** The model that is served. */
export interface Served {
  /** How clients call it. */
  name: string;
  model: Model;
  tokenizer: Tokenizer;
}

export interface Prompt {
  ids: readonly number[];
  text: string;
  /** Ids in front that are not of the text: begin-of-text. */
  start: number;
  /** Tokens to make, so that all fits. */
  maxTokens: number;
}

/** OpenAI's legacy shape: one entry a token, of the prompt too where it is echoed. */
export interface LogProbabilities {
  tokens: string[];
  /** Null for the first token of all, which nothing is known of. */
  token_logprobs: (number | null)[];
  /** Null where none were asked for. */
  top_logprobs: (Record<string, number> | null)[] | null;
  /** Where each token begins in prompt and completion together, in UTF-16 units. */
  text_offset: number[];
}

export interface Completion {
  text: string;
  finishReason: 'stop' | 'length';
  logprobs: LogProbabilities | null;
  /** Tokens made, end-of-text included. */
  made: number;
}

/** Whoever asked has gone. */
export class Cancelled extends Error {}

/**
 * A prompt as ids. A text gets in front what the tokenizer's makers put there; ids stay as they are.
 *
 * @throws RequestError  400, for ids outside the vocabulary and prompts that do not fit the context
 */
export function readPrompt(
  { model: { config }, tokenizer }: Served,
  given: GivenPrompt,
  { maxTokens }: Pick<CompletionRequest, 'maxTokens'>,
): Prompt {
  const ids = typeof given === 'string' ? idsOfText(given, tokenizer) : given;
  const bad = ids.find((id) => !(id >= 0 && id < config.vocab));
  if (bad !== undefined)
    throw new RequestError(400, `prompt: token ids are 0 to ${config.vocab - 1}, got ${bad}`, 'prompt');
  // The last token of all is not fed to the model, so that one more than the context fits.
  const room = config.context + 1 - ids.length;
  if (room < (maxTokens ?? 1))
    throw new RequestError(
      400,
      `the model's context is ${config.context} tokens; the prompt has ${ids.length}` +
        `${maxTokens === null ? '' : `, and max_tokens ${maxTokens}`} do not fit`,
      maxTokens !== null && room > 0 ? 'max_tokens' : 'prompt',
    );
  return {
    ids,
    text: typeof given === 'string' ? given : decodeKnown(tokenizer)(ids),
    start: typeof given === 'string' ? ids.length - tokenizer.encode(given).length : 0,
    maxTokens: maxTokens ?? Math.min(16, room),
  };
}

function idsOfText(text: string, { encode, promptStart, beginOfText, endOfText }: Tokenizer): number[] {
  let encoded: ArrayLike<number>;
  try {
    encoded = encode(text);
  } catch (error) {
    if (error instanceof RangeError) throw new RequestError(400, `prompt: ${error.message}`, 'prompt');
    throw error;
  }
  const ids = [...promptStart];
  for (let i = 0; i < encoded.length; i++) ids.push(encoded[i] ?? 0);
  if (ids.length > 0) return ids;
  const begin = beginOfText ?? endOfText;
  if (begin === null) throw new RequestError(400, 'prompt: expected text or token ids, got none', 'prompt');
  return [begin]; // what a text goes on from where there is none
}

/** Text of ids, without those that a padded vocabulary has and no tokenizer knows. */
function decodeKnown({ decode, vocab }: Tokenizer): (ids: readonly number[]) => string {
  return (ids) => decode(ids.every((id) => id < vocab) ? ids : ids.filter((id) => id < vocab));
}

/**
 * Completes a prompt. Other work gets its turn between tokens.
 *
 * @param seed       of this choice
 * @param onText     gets the text in parts, as soon as it is known
 * @param cancelled  asked between tokens
 * @throws Cancelled
 */
export async function complete(
  served: Served,
  prompt: Prompt,
  request: Pick<CompletionRequest, 'temperature' | 'topP' | 'topK' | 'stops' | 'echo' | 'logprobs'>,
  {
    seed,
    onText,
    cancelled,
  }: { seed: number; onText: (text: string) => Promise<void>; cancelled: () => boolean },
): Promise<Completion> {
  const { model, tokenizer } = served;
  const { temperature, topP, topK, echo } = request;
  const stream = textStream(decodeKnown(tokenizer), prompt.ids.slice(prompt.start));
  const stop = stopFinder(request.stops);
  const made: number[] = [];
  let text = '';
  let finishReason: Completion['finishReason'] = 'length';
  const show = async (part: string): Promise<void> => {
    if (part === '') return;
    text += part;
    await onText(part);
  };

  if (echo) await onText(prompt.text);
  const turn = async (): Promise<void> => {
    await nextTurn();
    if (cancelled()) throw new Cancelled();
  };
  await turn();
  for (const id of sampleTokens(model, prompt.ids, prompt.maxTokens, { temperature, topP, topK, seed })) {
    made.push(id);
    if (id === tokenizer.endOfText) {
      finishReason = 'stop';
      break;
    }
    await show(stop.add(stream.push(id)));
    if (stop.found) break;
    await turn();
  }
  if (!stop.found) await show(stop.add(stream.end()));
  if (stop.found) finishReason = 'stop';
  else await show(stop.end());

  const whole = `${echo ? prompt.text : ''}${text}`;
  const logprobs =
    request.logprobs === null
      ? null
      : logProbabilities(served, prompt, made, { echo, top: request.logprobs, stopped: stop.found, text });
  return { text: whole, finishReason, logprobs, made: made.length };
}

/** Log-probabilities in one pass over prompt and completion. */
function logProbabilities(
  { model, tokenizer }: Served,
  prompt: Prompt,
  made: readonly number[],
  { echo, top, stopped, text }: { echo: boolean; top: number; stopped: boolean; text: string },
): LogProbabilities {
  const ids = [...prompt.ids, ...made];
  const decode = decodeKnown(tokenizer);
  const names = new Map<number, string>();
  const nameOf = (id: number): string => {
    const name = names.get(id) ?? tokenText(decode, id);
    names.set(id, name);
    return name;
  };
  const scores = ids.length > 1 ? scoreTokens(model, ids, top) : null;
  const offsets = offsetsOf(ids, prompt, decode);
  const end = prompt.text.length + text.length;
  const result: LogProbabilities = {
    tokens: [],
    token_logprobs: [],
    top_logprobs: top > 0 ? [] : null,
    text_offset: [],
  };
  ids.forEach((id, i) => {
    if (i < prompt.ids.length && !echo) return;
    const offset = Math.min(offsets[i] ?? end, end);
    if (stopped && i >= prompt.ids.length && offset >= end) return; // of the stop sequence
    const own = i === 0 ? null : (scores?.logProbabilities[i - 1] ?? null);
    result.tokens.push(nameOf(id));
    result.token_logprobs.push(own);
    result.text_offset.push(offset);
    if (own === null) result.top_logprobs?.push(null);
    else {
      // Several ids may be written alike (parts of characters): the likelier one is told.
      const best: Record<string, number> = {};
      for (const likely of [...(scores?.top[i - 1] ?? []), { id, logProbability: own }]) {
        const name = nameOf(likely.id);
        best[name] = Math.max(best[name] ?? -Infinity, likely.logProbability);
      }
      result.top_logprobs?.push(best);
    }
  });
  return result;
}

/** Where each token's text begins in prompt and completion. */
function offsetsOf(
  ids: readonly number[],
  prompt: Prompt,
  decode: (ids: readonly number[]) => string,
): number[] {
  const stream = textStream(decode);
  let offset = 0;
  return ids.map((id, i) => {
    if (i === prompt.ids.length) offset = prompt.text.length; // exactly, whatever normalizing has done to the prompt
    const begins = offset;
    if (i >= prompt.start) offset += stream.push(id).length;
    return begins;
  });
}
