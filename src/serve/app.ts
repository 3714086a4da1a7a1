// The routes: /v1/completions as OpenAI has it, /v1/models, /health. Reads requests, writes answers; complete.ts does the work.

import { randomInt, randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { streamSSE } from 'hono/streaming';
import type { JobConsole } from '../run/console.ts';
import { errorLine } from '../run/failure.ts';
import { Cancelled, complete, readPrompt } from './complete.ts';
import type { Completion, Prompt, Served } from './complete.ts';
import { asRequestError, errorBody, RequestError } from './errors.ts';
import type { Queue } from './queue.ts';
import { parseRequest } from './request.ts';
import type { CompletionRequest } from './request.ts';

export interface AppContext {
  served: Served;
  queue: Queue;
  console: JobConsole;
  /** Largest body that is read. */
  requestBytes: number;
}

/** The server's routes. */
export function completionApp({ served, queue, console, requestBytes }: AppContext): Hono {
  const app = new Hono();
  const created = Math.floor(Date.now() / 1000);
  const answerError = (c: Context, error: unknown): Response => {
    const wrong = asRequestError(error, (unexpected) => console.warn(errorLine(unexpected)));
    return c.json(errorBody(wrong), wrong.status);
  };
  app.onError((error, c) => answerError(c, error));
  app.notFound((c) => answerError(c, new RequestError(404, `no such route: ${c.req.method} ${c.req.path}`)));
  app.get('/health', (c) => c.json({ status: 'ok', model: served.name, requests: queue.length }));
  app.get('/v1/models', (c) =>
    c.json({
      object: 'list',
      data: [{ id: served.name, object: 'model', created, owned_by: 'inheritune' }],
    }),
  );
  const tooLarge = (): never => {
    throw new RequestError(413, `the request has more than ${requestBytes} bytes`);
  };
  app.post('/v1/completions', bodyLimit({ maxSize: requestBytes, onError: tooLarge }), async (c) => {
    // A page in a browser cannot send this type to us unasked.
    if (!/^application\/json\b/i.test(c.req.header('content-type') ?? ''))
      throw new RequestError(400, 'content-type: expected application/json');
    const request = parseRequest(await c.req.text());
    const prompts = request.prompts.map((given) => readPrompt(served, given, request));
    const refused = queue.refusal();
    if (refused) throw refused;
    const began = performance.now();
    const answer = request.stream ? streamed : atOnce;
    return answer(c, { served, queue, request, prompts, console }, (made) =>
      console.info(
        `${prompts.length} prompts of ${sum(prompts.map(({ ids }) => ids.length))} tokens, ${made} more made in ` +
          `${((performance.now() - began) / 1000).toFixed(2)} s`,
      ),
    );
  });
  return app;
}

interface Job extends Pick<AppContext, 'served' | 'queue' | 'console'> {
  request: CompletionRequest;
  prompts: readonly Prompt[];
}

type Done = (made: number) => void;

/** One answer with all choices. */
async function atOnce(c: Context, job: Job, done: Done): Promise<Response> {
  const { signal } = c.req.raw;
  try {
    const choices: (Completion & { index: number })[] = [];
    await job.queue.run(async () => {
      for await (const choice of completeAll(job, {
        cancelled: () => signal.aborted,
        onText: () => Promise.resolve(),
      }))
        choices.push(choice);
    });
    const made = sum(choices.map((choice) => choice.made));
    done(made);
    return c.json({
      ...header(job.served),
      choices: choices.map(({ index, text, logprobs, finishReason }) => ({
        index,
        text,
        logprobs,
        finish_reason: finishReason,
      })),
      usage: usage(job.prompts, made),
    });
  } catch (error) {
    if (error instanceof Cancelled) return c.body(null, 499 as 400); // nobody is there to read it
    throw error;
  }
}

/** Server-sent events: the text in parts, then each choice's end with its log-probabilities, then [DONE]. */
function streamed(c: Context, job: Job, done: Done): Response {
  const { signal } = c.req.raw;
  return streamSSE(c, async (stream) => {
    const top = header(job.served);
    const send = async (body: object): Promise<void> => stream.writeSSE({ data: JSON.stringify(body) });
    const part = (index: number, text: string, rest: object): object => ({
      ...top,
      choices: [{ index, text, logprobs: null, finish_reason: null, ...rest }],
    });
    try {
      let made = 0;
      await job.queue.run(async () => {
        const all = completeAll(job, {
          cancelled: () => signal.aborted || stream.aborted || stream.closed,
          onText: (index, text) => send(part(index, text, {})),
        });
        for await (const choice of all) {
          made += choice.made;
          const { index, logprobs, finishReason } = choice;
          await send(part(index, '', { logprobs, finish_reason: finishReason }));
        }
      });
      done(made);
      if (job.request.includeUsage) await send({ ...top, choices: [], usage: usage(job.prompts, made) });
      await stream.writeSSE({ data: '[DONE]' });
    } catch (error) {
      if (error instanceof Cancelled) return;
      await send(errorBody(asRequestError(error, (unexpected) => job.console.warn(errorLine(unexpected)))));
    }
  });
}

/** All choices of all prompts, one after another. */
async function* completeAll(
  { served, request, prompts }: Job,
  { cancelled, onText }: { cancelled: () => boolean; onText: (index: number, text: string) => Promise<void> },
): AsyncGenerator<Completion & { index: number }> {
  const seed = request.seed ?? randomInt(2 ** 32);
  let index = 0;
  for (const prompt of prompts)
    for (let choice = 0; choice < request.n; choice++, index++) {
      const place = index;
      const completion = await complete(served, prompt, request, {
        seed: seed + choice,
        onText: (text) => onText(place, text),
        cancelled,
      });
      yield { ...completion, index: place };
    }
}

function header({ name }: Served): { id: string; object: string; created: number; model: string } {
  return {
    id: `cmpl-${randomUUID()}`,
    object: 'text_completion',
    created: Math.floor(Date.now() / 1000),
    model: name,
  };
}

function usage(prompts: readonly Prompt[], made: number): object {
  const given = sum(prompts.map(({ ids }) => ids.length));
  return { prompt_tokens: given, completion_tokens: made, total_tokens: given + made };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
