// Requests to the hub: proxies of the environment, redirects by hand, the token to the hub's own host only, patience.

import { Agent, EnvHttpProxyAgent, request } from 'undici';
import type { Dispatcher } from 'undici';
import { errorLine, failure, systemCode } from '../run/failure.ts';
import type { HubSettings } from './settings.ts';

/** An answer whose body is still to be read. */
export interface HubAnswer {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Where it came from after redirects. */
  url: string;
  /** Ends with a `HubTrouble` when bytes stop coming. */
  body: AsyncIterable<Buffer>;
  /** Reads no further. */
  discard(): void;
}

/** Connections to one hub. */
export interface HubConnection {
  settings: HubSettings;
  /** One request, redirects followed. @throws HubTrouble  for what another try may mend */
  get(url: string, options?: { headers?: Record<string, string>; signal?: AbortSignal }): Promise<HubAnswer>;
  close(): Promise<void>;
}

/** What another try may mend: a cut, a busy server. */
export class HubTrouble extends Error {
  /** What the server asks to wait. */
  readonly waitMs: number | null;
  /** The host was never reached: more than another try is of no use. */
  readonly isUnreachable: boolean;

  constructor(
    message: string,
    { waitMs = null, isUnreachable = false }: { waitMs?: number | null; isUnreachable?: boolean } = {},
  ) {
    super(message);
    this.waitMs = waitMs;
    this.isUnreachable = isUnreachable;
  }
}

const maximalRedirects = 5;

/** Opens nothing yet. HTTP_PROXY, HTTPS_PROXY and NO_PROXY are obeyed. */
export function connectHub(settings: HubSettings): HubConnection {
  const { connectMs, stallMs } = settings.timing;
  const patience = { connect: { timeout: connectMs }, headersTimeout: stallMs, bodyTimeout: 0 }; // the body: watched()
  const hasProxy = Object.entries(process.env).some(([name, url]) => /^https?_proxy$/i.test(name) && url);
  // undici 6 warns that its proxies are new: said only to those who have one.
  const agent = hasProxy ? new EnvHttpProxyAgent(patience) : new Agent(patience);
  return {
    settings,
    get: (url, options = {}) => follow(agent, settings, url, options),
    close: () => agent.destroy(),
  };
}

async function follow(
  dispatcher: Dispatcher,
  settings: HubSettings,
  first: string,
  { headers = {}, signal }: { headers?: Record<string, string>; signal?: AbortSignal },
): Promise<HubAnswer> {
  const home = new URL(settings.endpoint);
  let url: URL = new URL(first);
  let isTrusted = settings.token !== null;
  for (let hops = 0; hops <= maximalRedirects; hops += 1) {
    isTrusted &&= url.origin === home.origin; // once away, never again
    const own: Record<string, string> = isTrusted ? { authorization: `Bearer ${settings.token}` } : {};
    const stop = new AbortController();
    const answer = await send(dispatcher, url, {
      headers: { 'user-agent': 'inheritune', 'accept-encoding': 'identity', ...headers, ...own },
      signal: signal ? AbortSignal.any([signal, stop.signal]) : stop.signal,
    });
    const { statusCode: status, headers: found, body } = answer;
    body.on('error', () => undefined); // told where the body is read, or of no interest
    if (![301, 302, 303, 307, 308].includes(status))
      return {
        status,
        headers: found,
        url: url.href,
        body: watched(body, settings, url, signal),
        discard: () => stop.abort(),
      };
    stop.abort();
    url = redirected(url, found.location, home);
  }
  throw failure('network', `${home.host}: more than ${maximalRedirects} redirects, the last to ${url.host}`);
}

async function send(
  dispatcher: Dispatcher,
  url: URL,
  options: { headers: Record<string, string>; signal: AbortSignal },
): Promise<Dispatcher.ResponseData> {
  try {
    return await request(url, { dispatcher, ...options });
  } catch (error) {
    throw troubleOf(error, url, options.signal);
  }
}

function redirected(from: URL, location: string | string[] | undefined, home: URL): URL {
  const target =
    typeof location === 'string' && URL.canParse(location, from.href) ? new URL(location, from) : null;
  if (target === null) throw failure('network', `${from.host}: redirects to nowhere`);
  if (target.protocol === 'https:' || (target.protocol === 'http:' && home.protocol === 'http:'))
    return target;
  throw failure(
    'network',
    `${from.host}: redirects to ${target.protocol}//${target.host}, which is not https; refused`,
  );
}

/** The body, given up when it brings less than `stallBytes` in `stallMs`: silence, or a trickle. */
async function* watched(
  body: Dispatcher.ResponseData['body'],
  { timing: { stallMs, stallBytes } }: HubSettings,
  url: URL,
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer> {
  let bytes = 0;
  let idleMs = 0; // while the reader was busy with what it had
  let idleSince: number | null = null;
  const endIdle = (): void => {
    if (idleSince !== null) idleMs += performance.now() - idleSince;
    idleSince = null;
  };
  const watch = setInterval(() => {
    const isIdle = idleSince !== null;
    endIdle();
    if (bytes < stallBytes && idleMs < stallMs / 2)
      body.destroy(new HubTrouble(`${url.host}: ${bytes} bytes in ${stallMs / 1000} s`));
    bytes = 0;
    idleMs = 0;
    if (isIdle) idleSince = performance.now();
  }, stallMs);
  try {
    for await (const chunk of body) {
      const part = chunk as Buffer;
      bytes += part.length;
      idleSince = performance.now();
      yield part;
      endIdle();
    }
  } catch (error) {
    throw troubleOf(error, url, signal);
  } finally {
    clearInterval(watch);
    body.destroy();
  }
}

function troubleOf(error: unknown, url: URL, signal: AbortSignal | undefined): unknown {
  if (error instanceof HubTrouble || signal?.aborted) return error;
  if (error instanceof Error && 'exitCode' in error) return error;
  const code = systemCode(error) ?? '';
  const isUnreachable = [
    'ENOTFOUND',
    'EAI_AGAIN',
    'ECONNREFUSED',
    'ENETUNREACH',
    'EHOSTUNREACH',
    'UND_ERR_CONNECT_TIMEOUT',
  ].includes(code);
  return new HubTrouble(`${url.host}: ${errorLine(error) || code}`, { isUnreachable });
}

/** A `HubTrouble` for a status that may be another one soon; null for others. */
export function troubleOfStatus({ status, headers, url }: HubAnswer): HubTrouble | null {
  if (status !== 429 && status !== 408 && status < 500) return null;
  const asked = headers['retry-after'];
  return new HubTrouble(`${new URL(url).host}: status ${status}`, {
    waitMs: typeof asked === 'string' ? waitOf(asked) : null,
  });
}

/** Milliseconds of a Retry-After: seconds, or a date. */
function waitOf(text: string): number | null {
  if (/^\d+$/.test(text.trim())) return 1000 * Number(text);
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - Date.now());
}
