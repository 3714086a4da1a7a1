// A hub on loopback that can misbehave: one model, one dataset, a second server that large files are redirected to, and a log.

import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HubSettings } from '../../src/hub/settings.ts';

/** One request that was answered. */
export interface Asked {
  server: 'hub' | 'store';
  path: string;
  range: string | undefined;
  authorization: string | undefined;
}

/** How a request is answered otherwise than well: takes the answer over, or changes what is sent. */
export interface Fault {
  status?: number;
  headers?: Record<string, string>;
  /** Sent instead of the right bytes. */
  body?: Buffer;
  /** The connection is closed after so many bytes. */
  cutAfter?: number;
  /** A byte each so many milliseconds. */
  trickleMs?: number;
  /** Answers with the whole file, whatever was asked. */
  noRanges?: boolean;
  location?: string;
  changeByte?: boolean;
}

export interface FakeHub {
  asked: Asked[];
  files: Map<string, Buffer>;
  /** Of the dataset org/data; none at first. */
  datasetFiles: Map<string, Buffer>;
  /** Files in a page of the dataset's listing. */
  pageSize: number;
  commit: string;
  /** Looked at for each request; null is well behaved. */
  fault: (asked: Asked, count: number) => Fault | null;
  /** Changes the listing before it is sent. */
  edit: (listing: Listing) => unknown;
  settings: HubSettings;
  storeUrl: string;
  close(): Promise<void>;
}

export interface Listing {
  sha: string;
  siblings: { rfilename: string; size?: number; blobId?: string; lfs?: { sha256: string; size: number } }[];
}

/** Numbers that repeat nowhere near, so that a piece in a wrong place shows. */
export function noise(bytes: number): Buffer {
  const numbers = new Uint32Array(Math.ceil(bytes / 4));
  for (let i = 0; i < numbers.length; i += 1) numbers[i] = Math.imul(i + 1, 2654435761);
  return Buffer.from(numbers.buffer).subarray(0, bytes);
}

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
export const gitId = (bytes: Buffer): string =>
  createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');

/** Starts it, with the model org/name: config.json, tokenizer.json and a model.safetensors of a million bytes. */
export async function startFakeHub(cache: string): Promise<FakeHub> {
  const files = new Map([
    ['config.json', Buffer.from('{"model_type":"gpt2"}')],
    ['tokenizer.json', Buffer.from('{}')],
    ['README.md', Buffer.from('# A model')],
    ['model.safetensors', noise(1_000_003)],
    ['pytorch_model.bin', noise(50_000)],
  ]);
  const hub: FakeHub = {
    asked: [],
    files,
    datasetFiles: new Map(),
    pageSize: 1000,
    commit: 'c'.repeat(40),
    fault: () => null,
    edit: (listing) => listing,
    settings: {
      endpoint: '',
      cache,
      token: 'hf_secret',
      offline: false,
      timing: {
        ...{ connectMs: 1000, stallMs: 300, stallBytes: 1000, firstWaitMs: 1, longestWaitMs: 2500, tries: 4 },
        ...{ pieceBytes: 100_000, connections: 4 },
      },
    },
    storeUrl: '',
    close: async () => {
      for (const server of servers) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
  const servers = [await listen(hub, 'hub'), await listen(hub, 'store')];
  const [endpoint = '', store = ''] = servers.map(
    (server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  );
  hub.settings.endpoint = endpoint;
  hub.storeUrl = store;
  return hub;
}

async function listen(hub: FakeHub, name: 'hub' | 'store'): Promise<Server> {
  const server = createServer((request, response) => void answer(hub, name, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

async function answer(
  hub: FakeHub,
  server: 'hub' | 'store',
  { url = '', headers }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const asked: Asked = {
    server,
    path: decodeURIComponent(url),
    range: headers.range,
    authorization: headers.authorization,
  };
  hub.asked.push(asked);
  const count = hub.asked.filter((other) => other.server === server && other.path === asked.path).length;
  const fault = hub.fault(asked, count) ?? {};
  if (fault.location !== undefined) return void response.writeHead(302, { location: fault.location }).end();
  if (fault.status !== undefined)
    return void response.writeHead(fault.status, fault.headers).end(fault.body ?? 'an error');
  if (asked.path.startsWith('/api/models/org/name/revision/'))
    return void response.end(JSON.stringify(listed(hub)));
  if (asked.path.startsWith('/api/datasets/org/data/')) return void answerDataset(hub, asked.path, response);
  const path = asked.path.replace(/^\/datasets\/org\/data\//, '/org/data/');
  const [, kind, name = ''] =
    (server === 'hub' ? /^\/org\/(name|data)\/resolve\/c{40}\/(.*)$/ : /^\/(?:(data):)?(.*)$/).exec(path) ??
    [];
  const bytes = (kind === 'data' ? hub.datasetFiles : hub.files).get(name);
  if (bytes === undefined) return void response.writeHead(404).end();
  if (server === 'hub' && isLarge(bytes)) {
    const location = `${hub.storeUrl}/${kind === 'data' ? 'data:' : ''}${name.split('/').map(encodeURIComponent).join('/')}`;
    return void response.writeHead(302, { location }).end();
  }
  await sendFile(bytes, asked.range, fault, response);
}

/** The commit of a revision, or a page of the files below a folder, with a link to the next. */
function answerDataset(hub: FakeHub, path: string, response: ServerResponse): void {
  const url = new URL(path, hub.settings.endpoint);
  const [, question, rest = ''] =
    /^\/api\/datasets\/org\/data\/(revision|tree)\/(.*)$/.exec(url.pathname) ?? [];
  if (question === 'revision') {
    if (rest !== 'main' && rest !== hub.commit)
      return void response.writeHead(404, { 'x-error-code': 'RevisionNotFound' }).end();
    return void response.end(JSON.stringify({ sha: hub.commit }));
  }
  const folder = decodeURIComponent(rest.slice(hub.commit.length + 1));
  const names = [...hub.datasetFiles.keys()]
    .filter((name) => folder === '' || name.startsWith(`${folder}/`))
    .sort();
  if (names.length === 0) return void response.writeHead(404, { 'x-error-code': 'EntryNotFound' }).end();
  const from = Number(url.searchParams.get('cursor') ?? 0);
  const page = names.slice(from, from + hub.pageSize).map((name) => {
    const bytes = hub.datasetFiles.get(name) ?? Buffer.alloc(0);
    const lfs = isLarge(bytes) ? { lfs: { oid: sha256(bytes), size: bytes.length } } : {};
    return { type: 'file', path: name, oid: gitId(bytes), size: bytes.length, ...lfs };
  });
  url.searchParams.set('cursor', String(from + hub.pageSize));
  if (from + hub.pageSize < names.length) response.setHeader('link', `<${url.href}>; rel="next"`);
  response.end(JSON.stringify(page));
}

async function sendFile(
  bytes: Buffer,
  range: string | undefined,
  fault: Fault,
  response: ServerResponse,
): Promise<void> {
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
  const isPart = from !== undefined && to !== undefined && !fault.noRanges;
  const [begin, end] = isPart ? [Number(from), Number(to) + 1] : [0, bytes.length];
  const part = Buffer.from(fault.body ?? bytes.subarray(begin, end));
  if (fault.changeByte) part[part.length - 1] ^= 1;
  response.writeHead(isPart ? 206 : 200, {
    'content-length': part.length,
    ...(isPart ? { 'content-range': `bytes ${begin}-${end - 1}/${bytes.length}` } : {}),
    ...fault.headers,
  });
  if (fault.trickleMs !== undefined) {
    for (const byte of part) {
      if (response.destroyed) return;
      response.write(Buffer.from([byte]));
      await new Promise((resolve) => setTimeout(resolve, fault.trickleMs));
    }
  } else if (fault.cutAfter !== undefined) {
    response.write(part.subarray(0, fault.cutAfter), () => response.destroy());
    return;
  } else response.write(part);
  response.end();
}

function isLarge(bytes: Buffer): boolean {
  return bytes.length > 10_000;
}

function listed(hub: FakeHub): unknown {
  const siblings = Array.from(hub.files, ([rfilename, bytes]) => ({
    rfilename,
    size: bytes.length,
    blobId: gitId(bytes),
    ...(isLarge(bytes) ? { lfs: { sha256: sha256(bytes), size: bytes.length } } : {}),
  }));
  return hub.edit({ sha: hub.commit, siblings });
}
