// Where the hub is, where its files are kept, and who we are: the environment variables of Python's huggingface_hub.

import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { failure } from '../run/failure.ts';

/** What a fetch needs to know of its surroundings. */
export interface HubSettings {
  /** URL without a slash at its end. */
  endpoint: string;
  /** Folder of models--ORG--NAME. */
  cache: string;
  token: string | null;
  /** No request is made. */
  offline: boolean;
  timing: HubTiming;
}

/** Patience, in milliseconds and bytes. Tests have less of it. */
export interface HubTiming {
  connectMs: number;
  /** Without `stallBytes` in this time a connection is given up and tried again. */
  stallMs: number;
  stallBytes: number;
  /** Before the second try; doubled before each further one. */
  firstWaitMs: number;
  longestWaitMs: number;
  /** Tries in a row that bring no byte. */
  tries: number;
  /** Parts that a file is fetched in, and how many at once. */
  pieceBytes: number;
  connections: number;
}

export const usualTiming: HubTiming = {
  connectMs: 8_000,
  stallMs: 20_000,
  stallBytes: 20_000,
  firstWaitMs: 500,
  longestWaitMs: 60_000,
  tries: 6,
  pieceBytes: 16 << 20,
  connections: 6,
};

/**
 * HF_ENDPOINT, HF_HOME, HF_HUB_CACHE, HF_TOKEN, HF_TOKEN_PATH and HF_HUB_OFFLINE, with Python's defaults.
 *
 * @throws Error  with exit code 64 for an endpoint that is no http URL
 */
export async function hubSettings(env: NodeJS.ProcessEnv = process.env): Promise<HubSettings> {
  const home =
    expanded(env.HF_HOME) ?? join(expanded(env.XDG_CACHE_HOME) ?? join(homedir(), '.cache'), 'huggingface');
  return {
    endpoint: endpointOf(env.HF_ENDPOINT || 'https://huggingface.co'),
    cache: expanded(env.HF_HUB_CACHE) ?? expanded(env.HUGGINGFACE_HUB_CACHE) ?? join(home, 'hub'),
    token: await tokenOf(env, home),
    offline: /^(1|on|yes|true)$/i.test(env.HF_HUB_OFFLINE ?? ''),
    timing: usualTiming,
  };
}

function endpointOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['https:', 'http:'].includes(url.protocol) || url.search || url.hash)
    throw failure(
      'usage',
      `HF_ENDPOINT: expected a URL as https://huggingface.co, got ${JSON.stringify(text)}`,
    );
  return text.replace(/\/+$/, '');
}

async function tokenOf(env: NodeJS.ProcessEnv, home: string): Promise<string | null> {
  const path = expanded(env.HF_TOKEN_PATH) ?? join(home, 'token');
  const text = env.HF_TOKEN || env.HUGGING_FACE_HUB_TOKEN || (await readFile(path, 'utf8').catch(() => '')); // no file: no token
  const token = text.replace(/[\r\n]/g, '').trim();
  if (token === '') return null;
  if (!/^[\x21-\x7e]+$/.test(token)) throw failure('usage', 'HF_TOKEN: holds a character that no token has'); // and the token is not printed
  return token;
}

/** A path with its ~ replaced; null where the variable is missing or empty. */
function expanded(path: string | undefined): string | null {
  if (!path) return null;
  return resolve(path.replace(/^~(?=$|\/)/, homedir()));
}
