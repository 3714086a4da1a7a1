// What a client asks of /v1/completions: read strictly, for an option that is dropped in silence is a wrong answer.

import { z } from 'zod';
import { RequestError } from './errors.ts';

/** A prompt as it was given. */
export type GivenPrompt = string | readonly number[];

export interface CompletionRequest {
  prompts: GivenPrompt[];
  /** Null: as many as fit, at most 16. */
  maxTokens: number | null;
  temperature: number;
  topP: number;
  topK: number;
  seed: number | null;
  stops: string[];
  /** Choices for each prompt. */
  n: number;
  echo: boolean;
  /** Likeliest tokens to tell at each place; null tells no log-probabilities. */
  logprobs: number | null;
  stream: boolean;
  includeUsage: boolean;
}

const mostPrompts = 1024;

// What the API has and we do not: only as it is by default.
const off = z.union([z.literal(0), z.null()]).optional();

const schema = z.strictObject({
  model: z.string().nullish(), // there is one model; lm-eval sends what it likes
  prompt: z.unknown().optional(),
  max_tokens: z.int().min(0).max(1_000_000).nullish(),
  temperature: z.number().min(0).max(100).nullish(),
  top_p: z.number().gt(0).max(1).nullish(),
  top_k: z.int().min(0).nullish(),
  seed: z.int().nullish(),
  stop: z.union([z.string(), z.array(z.string()).max(16)]).nullish(),
  n: z.int().min(1).max(16).nullish(),
  best_of: z.int().nullish(),
  echo: z.boolean().nullish(),
  logprobs: z.int().min(0).max(5).nullish(),
  stream: z.boolean().nullish(),
  stream_options: z.strictObject({ include_usage: z.boolean().optional() }).nullish(),
  user: z.string().nullish(),
  suffix: z.union([z.literal(''), z.null()]).optional(),
  presence_penalty: off,
  frequency_penalty: off,
  logit_bias: z.union([z.strictObject({}), z.null()]).optional(),
});

/** Reads the body of a request. @throws RequestError  400, naming the field */
export function parseRequest(body: string): CompletionRequest {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw new RequestError(400, 'the body is not JSON');
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    if (issue?.code === 'unrecognized_keys')
      throw new RequestError(400, `unrecognized argument: ${issue.keys.join(', ')}`, issue.keys[0]);
    const field = issue?.path.join('.') ?? '';
    throw new RequestError(400, `${field === '' ? 'the request' : field}: ${issue?.message}`, field || null);
  }
  const given = parsed.data;
  const n = given.n ?? 1;
  if ((given.best_of ?? n) !== n)
    throw new RequestError(400, `best_of: expected n, ${n}, got ${given.best_of}`, 'best_of');
  const stops = typeof given.stop === 'string' ? [given.stop] : (given.stop ?? []);
  return {
    prompts: promptsOf(given.prompt),
    maxTokens: given.max_tokens ?? null,
    temperature: given.temperature ?? 1,
    topP: given.top_p ?? 1,
    topK: given.top_k ?? 0,
    seed: given.seed ?? null,
    stops: stops.filter((stop) => stop !== ''),
    n,
    echo: given.echo ?? false,
    logprobs: given.logprobs ?? null,
    stream: given.stream ?? false,
    includeUsage: given.stream_options?.include_usage ?? false,
  };
}

/** One prompt or several: a string, ids, or an array of either. An empty string stands for none. */
function promptsOf(prompt: unknown): GivenPrompt[] {
  const wrong = (found: string): RequestError =>
    new RequestError(
      400,
      `prompt: expected a string, token ids, or an array of strings or of token ids, got ${found}`,
      'prompt',
    );
  if (prompt === undefined || prompt === null) return [''];
  if (typeof prompt === 'string') return [prompt];
  if (!Array.isArray(prompt)) throw wrong(typeof prompt);
  const items: unknown[] = prompt;
  if (items.length === 0) throw wrong('an empty array');
  if (isIds(items)) return [items];
  if (items.length > mostPrompts) throw wrong(`${items.length} of them; at most ${mostPrompts} at once`);
  if (items.every((item) => typeof item === 'string')) return items;
  return items.map((item) => {
    if (!Array.isArray(item) || item.length === 0 || !isIds(item)) throw wrong('an array of something else');
    return item;
  });
}

function isIds(items: unknown[]): items is number[] {
  return items.every((item) => Number.isSafeInteger(item));
}
