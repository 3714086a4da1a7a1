// Requests as tokens, split and cut the way lm-evaluation-harness does it (0.4.12). Knows no model but the length of its context.

import { failure } from '../run/failure.ts';
import type { Tokenizer } from '../tokenizers/tokenizer.ts';
import { rightStripped } from './python-text.ts';
import type { Request } from './request.ts';

/** How text becomes tokens. */
export interface EncodeSettings {
  /** Tokens the model sees at once. */
  context: number;
  /** Whether texts begin with begin-of-text: 'auto' is what the tokenizer's makers do (Llama yes, GPT-2 no). */
  beginOfText: 'auto' | boolean;
  /** Stands for an empty context: begin-of-text where there is one, or end-of-text, as harnesses did in 2023. */
  prefix: 'begin' | 'end';
}

/** Tokens to run once: all but the last are fed, the last `scored` are scored. */
export interface Sequence {
  /** 2 to context + 1 of them. */
  tokens: Uint32Array;
  /** 1 or more, fewer than there are tokens. */
  scored: number;
}

/** What a request comes to. */
export interface EncodedRequest {
  /** One for a continuation; for a rolling text as many windows as it needs, none for an empty one. */
  sequences: readonly Sequence[];
  /** Tokens that were cut from the left, as the context is shorter. */
  cut: number;
}

/**
 * A function that encodes requests one after another; it remembers the last context, which choices share.
 *
 * @throws Error  with exit code 65 when a continuation is empty or longer than the model's context, and where a token is
 * needed to begin with that the tokenizer has not
 */
export function requestEncoder(
  tokenizer: Tokenizer,
  { context, beginOfText, prefix }: EncodeSettings,
): (request: Request) => EncodedRequest {
  const start = startOf(tokenizer, beginOfText);
  let last = { text: '', ids: encodeText('') };

  function encodeText(text: string): number[] {
    return [...start, ...tokenizer.encode(text)];
  }
  function prefixToken(): number {
    const token = prefix === 'end' ? tokenizer.endOfText : (tokenizer.beginOfText ?? tokenizer.endOfText);
    if (token !== null) return token;
    throw failure(
      'data',
      'tokenizer: expected a token that begins a text, for empty contexts and whole texts; it has neither begin- nor end-of-text',
    );
  }
  function contextIds(text: string): number[] {
    if (last.text !== text) last = { text, ids: encodeText(text) };
    return last.ids;
  }

  return (request) => {
    if (request.kind === 'rolling')
      return { sequences: windows(encodeText(request.text), prefixToken(), context), cut: 0 };
    const { ids, scored } = split(request, { contextIds, encodeText, encodePlain, prefixToken });
    if (scored === 0)
      throw failure(
        'data',
        `a continuation has no tokens of its own: ${quoted(request.continuation)} after ${quoted(request.context.slice(-40))}`,
      );
    if (scored > context)
      throw failure(
        'data',
        `a continuation has ${scored} tokens, the model’s context holds ${context}: ${quoted(request.continuation)}`,
      );
    const kept = ids.slice(-(context + 1));
    return { sequences: [{ tokens: Uint32Array.from(kept), scored }], cut: ids.length - kept.length };
  };

  function encodePlain(text: string): number[] {
    return Array.from(tokenizer.encode(text));
  }
}

interface Encoders {
  contextIds(text: string): number[];
  encodeText(text: string): number[];
  encodePlain(text: string): number[];
  prefixToken(): number;
}

/**
 * All ids, and how many at their end are the continuation's: those of both together, after as many as the context alone has.
 * Where a piece reaches over the border the context's own ids stay before it, as lm-eval feeds them.
 */
function split(
  request: { context: string; continuation: string },
  { contextIds, encodeText, encodePlain, prefixToken }: Encoders,
): { ids: number[]; scored: number } {
  if (request.context === '') {
    const [token, own] = [prefixToken(), encodePlain(request.continuation)];
    const ids = own[0] === token ? own : [token, ...own];
    return { ids, scored: ids.length - 1 };
  }
  const context = rightStripped(request.context); // its last spaces belong to the continuation
  const before = contextIds(context);
  const own = encodeText(request.context + request.continuation).slice(before.length);
  return { ids: [...before, ...own], scored: own.length };
}

/** Windows that score each token once, each with as much before it as fits. */
function windows(ids: readonly number[], prefix: number, context: number): Sequence[] {
  const sequences: Sequence[] = [];
  for (let done = 0; done < ids.length; ) {
    const scored = Math.min(context, ids.length - done);
    const end = done + scored;
    const tokens = done === 0 ? [prefix, ...ids.slice(0, end)] : ids.slice(end - context - 1, end);
    sequences.push({ tokens: Uint32Array.from(tokens), scored });
    done = end;
  }
  return sequences;
}

function startOf(
  { promptStart, beginOfText: token }: Tokenizer,
  wanted: 'auto' | boolean,
): readonly number[] {
  if (wanted === 'auto') return promptStart;
  if (!wanted) return [];
  if (token !== null) return [token];
  throw failure('usage', 'beginOfText: expected auto or false, as the tokenizer has no such token; got true');
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
