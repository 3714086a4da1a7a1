// The server over real HTTP on the loopback: every form of prompt, scores against a forward pass, streams, refusals, cancelling.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { byteTokenizer } from '../../src/tokenizers/byte-tokenizer.ts';
import { characterTokenizer } from '../../src/tokenizers/character-tokenizer.ts';
import { forward } from '../../src/model/families.ts';
import { writeModelFolder } from '../../src/model/folder.ts';
import { generate } from '../../src/model/sample.ts';
import { releaseWeights } from '../../src/model/weights.ts';
import { silentConsole } from '../../src/run/console.ts';
import { exitCodeOf } from '../../src/run/failure.ts';
import { serveOptions } from '../../src/serve/options.ts';
import { startServer } from '../../src/serve/serve.ts';
import type { RunningServer } from '../../src/serve/serve.ts';
import { fromTypedArray, noGrad, scope } from '../../src/torch/index.ts';
import { floats, smallModel } from '../inherit/models.ts';
import { checkLiveTensors } from '../live-tensors.ts';

checkLiveTensors();

const context = 48;
const model = smallModel(3, { layers: 2, vocab: 257, paddedVocab: 320, context });
const root = mkdtempSync(join(tmpdir(), 'inheritune-serve-'));
const folder = join(root, 'model');
let server: RunningServer;
const options = (changes: object = {}) =>
  serveOptions.parse({ model: folder, port: 0, threads: 1, device: 'cpu', requestBytes: 20_000, ...changes });

beforeAll(async () => {
  mkdirSync(folder);
  const tokenizerFiles = byteTokenizer().files();
  await writeModelFolder(folder, model, { tokenizerFiles, endOfText: 256, card: '# A model\n' });
  server = await startServer(options(), { console: silentConsole });
});
afterAll(async () => {
  await server.close();
  releaseWeights(model.weights);
  rmSync(root, { recursive: true });
});

interface Choice {
  index: number;
  text: string;
  finish_reason: string | null;
  logprobs: {
    tokens: string[];
    token_logprobs: (number | null)[];
    top_logprobs: (Record<string, number> | null)[] | null;
    text_offset: number[];
  } | null;
}
interface Answer {
  object: string;
  model: string;
  choices: Choice[];
  usage: Record<string, number>;
}

async function post(body: object | string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${server.url}/v1/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...init,
  });
}

async function completion(body: object): Promise<Answer> {
  const response = await post(body);
  const text = await response.text();
  expect(response.status, text).toBe(200);
  return JSON.parse(text) as Answer;
}

async function texts(body: object): Promise<string[]> {
  return (await completion(body)).choices.map(({ text }) => text);
}

const idsOf = (text: string): number[] => [...byteTokenizer().encode(text)];

/** Log-probabilities [T - 1][vocab] by a forward pass of the model that was written. */
function directly(ids: readonly number[]): Float32Array[] {
  const inputs = ids.slice(0, -1);
  return noGrad(() =>
    scope(() => {
      const tokens = fromTypedArray(BigInt64Array.from(inputs, BigInt), [1, inputs.length]);
      const logits = forward(tokens, model).narrow(2, 0, 257); // [1, T, 257]
      const all = floats(logits.logSoftmax(-1).contiguous());
      return inputs.map((_, t) => all.slice(t * 257, (t + 1) * 257));
    }),
  );
}

describe('prompts', () => {
  test('a string, ids, and arrays of both are completed alike, in order', async () => {
    const settings = { max_tokens: 6, temperature: 0 };
    const [one = '', two = ''] = await texts({ ...settings, prompt: ['the quick', 'brown'] });
    const expected = byteTokenizer().decode(generate(model, idsOf('the quick'), 6, { temperature: 0 }));
    expect(one).toBe(expected.replace(/<\|endoftext\|>.*/s, ''));
    expect(await texts({ ...settings, prompt: 'the quick' })).toEqual([one]);
    expect(await texts({ ...settings, prompt: idsOf('the quick') })).toEqual([one]);
    expect(await texts({ ...settings, prompt: [idsOf('brown'), idsOf('the quick')] })).toEqual([two, one]);
    const {
      choices,
      usage,
      object,
      model: name,
    } = await completion({ ...settings, prompt: ['a', 'b'], n: 2 });
    expect(choices.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
    expect(choices[0]?.text).toBe(choices[1]?.text); // greedy
    expect(usage.prompt_tokens).toBe(2);
    expect([object, name]).toEqual(['text_completion', folder]);
  });

  test('no prompt stands for end-of-text, and a seed for its draws', async () => {
    const settings = { max_tokens: 8, seed: 11, top_p: 0.9 };
    const [first] = await texts(settings);
    expect(await texts({ ...settings, prompt: '' })).toEqual([first]);
    expect(await texts({ ...settings, prompt: [256] })).toEqual([first]);
    expect(await texts({ ...settings, n: 3 })).toHaveLength(3);
    expect(new Set(await texts({ ...settings, n: 3 })).size).toBe(3);
  });

  test('max_tokens 0 makes nothing; a full context takes one more token, and not two', async () => {
    const { choices, usage } = await completion({ prompt: 'abc', max_tokens: 0, echo: true });
    expect(choices).toEqual([{ index: 0, text: 'abc', logprobs: null, finish_reason: 'length' }]);
    expect(usage.completion_tokens).toBe(0);
    const full = 'x'.repeat(context);
    expect((await completion({ prompt: full, max_tokens: 1 })).usage.completion_tokens).toBe(1);
    expect((await post({ prompt: full, max_tokens: 2 })).status).toBe(400);
    expect((await completion({ prompt: `${full}x`, max_tokens: 0 })).usage.prompt_tokens).toBe(context + 1);
  });
});

describe('log-probabilities', () => {
  test.each([0, 1])('echo with max_tokens %i gives those of a forward pass', async (max_tokens) => {
    const text = 'Naïve fox \u4f60';
    const ids = idsOf(text);
    const [choice] = (await completion({ prompt: ids, max_tokens, temperature: 0, echo: true, logprobs: 1 }))
      .choices;
    const logprobs = choice?.logprobs;
    expect(logprobs?.token_logprobs).toHaveLength(ids.length + max_tokens);
    expect(logprobs?.token_logprobs[0]).toBeNull();
    expect(logprobs?.top_logprobs?.[0]).toBeNull();
    directly(ids).forEach((row, t) => {
      const own = row[ids[t + 1] ?? 0] ?? NaN;
      const best = Math.max(...row);
      expect(logprobs?.token_logprobs[t + 1]).toBeCloseTo(own, 5);
      const top = Math.max(...Object.values(logprobs?.top_logprobs?.[t + 1] ?? {}));
      expect(top).toBeCloseTo(best, 5);
      expect(logprobs?.token_logprobs[t + 1] === top).toBe(own === best); // as lm-eval finds out what is greedy
    });
    expect(logprobs?.tokens.slice(0, 2)).toEqual(['N', 'a']);
    expect(logprobs?.text_offset.slice(0, 6)).toEqual([0, 1, 2, 2, 3, 4]); // ï has two bytes
  });

  test('of the completion alone, with the likeliest beside the chosen', async () => {
    const { choices } = await completion({ prompt: 'abc', max_tokens: 4, seed: 5, logprobs: 3 });
    const { text = '', logprobs } = choices[0] ?? {};
    expect(logprobs?.tokens.length).toBeGreaterThan(0);
    expect(logprobs?.text_offset[0]).toBe(3);
    expect(logprobs?.tokens.join('').replace('<|endoftext|>', '').length).toBeGreaterThanOrEqual(text.length);
    for (const best of logprobs?.top_logprobs ?? []) {
      expect(Object.keys(best ?? {}).length).toBeGreaterThan(0);
      expect(Object.keys(best ?? {}).length).toBeLessThanOrEqual(4);
    }
    const { choices: plain } = await completion({ prompt: 'abc', max_tokens: 4, seed: 5, logprobs: 0 });
    expect(plain[0]?.logprobs?.top_logprobs).toBeNull();
    expect(plain[0]?.logprobs?.token_logprobs).toEqual(logprobs?.token_logprobs);
  });
});

test('a stop sequence ends the text before it, wherever tokens part it', async () => {
  const settings = { prompt: 'the quick', max_tokens: 30, temperature: 0 };
  const [whole = ''] = await texts(settings);
  expect(whole.length).toBeGreaterThan(3);
  for (const stop of [whole.slice(2, 4), ['never', whole.slice(1, 3)]]) {
    const { choices } = await completion({ ...settings, stop, logprobs: 1 });
    const at = whole.indexOf(typeof stop === 'string' ? stop : (stop[1] ?? ''));
    expect(choices[0]).toMatchObject({ text: whole.slice(0, at), finish_reason: 'stop' });
  }
});

/** The data of every server-sent event. */
async function events(body: object): Promise<string[]> {
  const response = await post({ ...body, stream: true });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  return (await response.text())
    .split('\n\n')
    .filter((event) => event !== '')
    .map((event) => event.replace(/^data: /, ''));
}

test('a stream has the same text in parts, then the log-probabilities, then [DONE]', async () => {
  const body = { prompt: ['ab', 'cd'], max_tokens: 12, seed: 9, logprobs: 1, echo: true };
  const whole = await completion(body);
  const data = await events({ ...body, stream_options: { include_usage: true } });
  expect(data.pop()).toBe('[DONE]');
  const parts = data.map((text) => JSON.parse(text) as Answer);
  expect(parts.pop()?.usage).toEqual(whole.usage);
  for (const { index, text, logprobs, finish_reason } of whole.choices) {
    const own = parts.flatMap(({ choices }) => choices).filter((choice) => choice.index === index);
    expect(own.length).toBeGreaterThan(3);
    expect(own.map((choice) => choice.text).join('')).toBe(text);
    expect(own.at(-1)).toMatchObject({ logprobs, finish_reason });
    expect(own.slice(0, -1).every((choice) => choice.finish_reason === null)).toBe(true);
  }
});

test('models and health', async () => {
  const get = async (path: string): Promise<unknown> => (await fetch(`${server.url}${path}`)).json();
  expect(await get('/v1/models')).toMatchObject({ object: 'list', data: [{ id: folder, object: 'model' }] });
  expect(await get('/health')).toEqual({ status: 'ok', model: folder, requests: 0 });
});

describe('what is wrong is said in OpenAI’s form', () => {
  test.each<[object | string, number, string]>([
    ['not json', 400, 'the body is not JSON'],
    ['[]', 400, 'the request: '],
    [{ prompt: [] }, 400, 'prompt: expected a string, token ids'],
    [{ prompt: [[]] }, 400, 'prompt: expected a string, token ids'],
    [{ prompt: ['a', 1] }, 400, 'prompt: expected a string, token ids'],
    [{ prompt: { a: 1 } }, 400, 'prompt: expected a string, token ids'],
    [{ prompt: [257] }, 400, 'token ids are 0 to 256, got 257'],
    [{ prompt: [[1, -2]] }, 400, 'token ids are 0 to 256, got -2'],
    [{ prompt: [1.5] }, 400, 'prompt: expected a string, token ids'],
    [{ prompt: 'x'.repeat(100) }, 400, `the model's context is ${context} tokens; the prompt has 100`],
    [{ prompt: 'x', max_tokens: 60 }, 400, 'and max_tokens 60 do not fit'],
    [{ prompt: 'x', max_tokens: -1 }, 400, 'max_tokens: '],
    [{ prompt: 'x', temperature: -1 }, 400, 'temperature: '],
    [{ prompt: 'x', top_p: 0 }, 400, 'top_p: '],
    [{ prompt: 'x', logprobs: 6 }, 400, 'logprobs: '],
    [{ prompt: 'x', presence_penalty: 1 }, 400, 'presence_penalty: '],
    [{ prompt: 'x', best_of: 3 }, 400, 'best_of: expected n, 1, got 3'],
    [{ prompt: 'x', min_p: 0.1 }, 400, 'unrecognized argument: min_p'],
    [{ prompt: 'x'.repeat(30_000) }, 413, 'more than 20000 bytes'],
    ['['.repeat(19_000), 400, 'the body is not JSON'],
  ])('%j', async (body, status, message) => {
    const response = await post(body);
    const { error } = (await response.json()) as { error: { message: string; type: string } };
    expect([response.status, error.type]).toEqual([status, 'invalid_request_error']);
    expect(error.message).toContain(message);
  });

  test('a body without a length is read only so far, another type and another route are refused', async () => {
    const body = new ReadableStream({
      pull(controller) {
        controller.enqueue(Buffer.alloc(5000, ' '));
      },
    });
    const endless = await post('', { body, duplex: 'half' }).catch((error: unknown) => error);
    if (endless instanceof Response) expect(endless.status).toBe(413);
    else expect(endless).toBeInstanceOf(TypeError); // the connection was closed while we wrote
    expect((await post('{}', { headers: { 'content-type': 'text/plain' } })).status).toBe(400);
    for (const path of ['/', '/v1/chat/completions', '/v1/completions']) {
      const response = await fetch(server.url + path);
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ error: { code: 'not_found' } });
    }
  });

  test('a port that is taken, and a tokenizer that is not the model’s', async () => {
    const port = Number(new URL(server.url).port);
    const taken = await startServer(options({ port }), { console: silentConsole }).catch(
      (error: unknown) => error,
    );
    expect(String(taken)).toContain(`127.0.0.1:${port}: another process listens there`);
    expect(exitCodeOf(taken)).toBe(73);
    const foreign = join(root, 'foreign');
    mkdirSync(foreign);
    const tokenizer = characterTokenizer(
      String.fromCharCode(...Array.from({ length: 300 }, (_, i) => 256 + i)),
    );
    await writeModelFolder(foreign, model, { tokenizerFiles: tokenizer.files(), endOfText: 0, card: '' });
    const other = await startServer(options({ model: foreign }), { console: silentConsole }).catch(
      (error: unknown) => error,
    );
    expect(String(other)).toContain('the tokenizer knows 301 tokens, the model 257');
    expect(exitCodeOf(other)).toBe(65);
  });
});

test('whoever leaves is not worked for; the next in line is', async () => {
  const slow = { prompt: Array.from({ length: 200 }, () => 'go on'), max_tokens: 40, stop: '\0never' };
  for (const stream of [false, true]) {
    const leaving = new AbortController();
    const left = post({ ...slow, stream }, { signal: leaving.signal })
      .then((response) => response.text())
      .catch(() => 'aborted');
    await until(async () => (await health()) === 1);
    const next = completion({ prompt: 'a', max_tokens: 1 });
    await until(async () => (await health()) === 2); // and the event loop turns meanwhile
    leaving.abort();
    const began = performance.now();
    await next;
    expect(performance.now() - began).toBeLessThan(2000); // all of the first would take ten times as long
    expect(await left).toBe('aborted');
    await until(async () => (await health()) === 0);
  }
}, 30_000);

test('closing lets the running request end, and refuses what waits and what comes', async () => {
  const other = await startServer(options({ waiting: 2 }), { console: silentConsole });
  const ask = async (body: object): Promise<Response> =>
    fetch(`${other.url}/v1/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const running = ask({ prompt: Array.from({ length: 120 }, () => 'go'), max_tokens: 30 });
  await until(async () => (await health(other.url)) === 1);
  const waiting = [ask({ prompt: 'a' }), ask({ prompt: 'b' })];
  await until(async () => (await health(other.url)) === 3);
  expect((await ask({ prompt: 'c' })).status).toBe(503); // two wait already
  const closed = other.close();
  expect((await running).status).toBe(200);
  expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([503, 503]);
  await closed;
  await expect(ask({ prompt: 'd' })).rejects.toThrow('fetch failed');
});

test('bytes that are no HTTP end their connection only', async () => {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  socket.write('\0\xff garbage\r\n\r\n');
  const answer = await new Promise<string>((resolve) => {
    let text = '';
    socket.on('data', (data) => (text += data.toString()));
    socket.on('close', () => resolve(text));
    socket.on('error', () => resolve(text));
  });
  expect(answer === '' || answer.startsWith('HTTP/1.1 400')).toBe(true);
  expect(await health()).toBe(0);
});

async function health(url = server.url): Promise<number> {
  return ((await (await fetch(`${url}/health`)).json()) as { requests: number }).requests;
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error('it never came to be');
}
