// What a model of the hub consists of: its commit, and each file with its size and hash. One request, nothing believed.

import { z } from 'zod';
import { failure } from '../run/failure.ts';
import { troubleOfStatus } from './http.ts';
import type { HubAnswer, HubConnection } from './http.ts';
import { isCommit, isDataset, isSafeFileName } from './names.ts';
import type { HubModel } from './names.ts';
import { patiently } from './patience.ts';

/** A file of a model. */
export interface HubFile {
  name: string;
  bytes: number;
  /** Its name among the blobs: the sha256 of a large file, git's sha1 of a small one. */
  hash: string;
  kind: 'sha256' | 'git';
}

export interface HubListing {
  commit: string;
  files: readonly HubFile[];
}

const listing = z.object({
  sha: z.string(),
  siblings: z.array(
    z.object({
      rfilename: z.string(),
      size: z.int().min(0).optional(),
      blobId: z.string().optional(),
      lfs: z.object({ sha256: z.string(), size: z.int().min(0) }).nullish(),
    }),
  ),
});

const maximalListingBytes = 64 << 20;

/**
 * Asks the hub for a revision.
 *
 * @throws Error  with exit code 65 when there is no such model or its listing is not to be trusted, 69 for the network
 */
export async function listModel(hub: HubConnection, model: HubModel): Promise<HubListing> {
  const { endpoint, timing } = hub.settings;
  const path = isDataset(model.repo) ? model.repo : `models/${model.repo}`;
  const url = `${endpoint}/api/${path}/revision/${encodeURIComponent(model.revision)}?blobs=true`;
  const text = await patiently(timing, model.repo, async () => {
    const answer = await hub.get(url);
    if (answer.status === 200) return readText(answer, model.repo);
    answer.discard();
    throw troubleOfStatus(answer) ?? refusal(answer, model, hub);
  });
  return checked(text, model);
}

/** A listing's body, whole. */
export async function readText(answer: HubAnswer, repo: string): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of answer.body) {
    bytes += part.length;
    if (bytes > maximalListingBytes)
      throw failure('data', `${repo}: its listing has more than ${maximalListingBytes} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** Why the hub will not: it says 401 both for a model that needs a token and for one that is not there. */
export function refusal(
  { status, headers }: HubAnswer,
  { repo, revision }: HubModel,
  hub: HubConnection,
): Error {
  const { endpoint, token } = hub.settings;
  const code = headers['x-error-code'];
  if (code === 'RevisionNotFound') return failure('data', `${repo}: has no revision ${revision}`);
  if (code === 'GatedRepo' || status === 403)
    return failure('data', `${repo}: is gated; accept its terms at ${endpoint}/${repo}, and set HF_TOKEN`);
  if (status === 401 || status === 404)
    return failure(
      'data',
      `${repo}: the hub at ${endpoint} has no such ${isDataset(repo) ? 'data set' : 'model'}, or ${token === null ? 'it needs a token: set HF_TOKEN' : 'the token may not read it'}`,
    );
  return failure('network', `${repo}: the hub at ${endpoint} answers with status ${status}`);
}

function checked(text: string, { repo }: HubModel): HubListing {
  const bad = (problem: string) => failure('data', `${repo}: the hub's listing: ${problem}`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw bad('is not JSON; is HF_ENDPOINT a hub?');
  }
  const parsed = listing.safeParse(json);
  if (!parsed.success) throw bad(`${parsed.error.issues[0]?.path.join('.') ?? ''} is not as expected`);
  const { sha, siblings } = parsed.data;
  if (!isCommit(sha)) throw bad(`sha ${JSON.stringify(sha.slice(0, 80))} is no commit`);
  const files = new Map<string, HubFile>();
  for (const { rfilename: name, size, blobId, lfs } of siblings) {
    const shown = JSON.stringify(name.slice(0, 120));
    if (!isSafeFileName(name)) throw bad(`refuses a file called ${shown}`);
    if (files.has(name)) throw bad(`${shown} is there twice`);
    const hash = lfs ? lfs.sha256 : blobId;
    const bytes = lfs ? lfs.size : size;
    if (hash === undefined || !(lfs ? /^[0-9a-f]{64}$/ : /^[0-9a-f]{40}$/).test(hash))
      throw bad(`${shown} has no hash`);
    if (bytes === undefined) throw bad(`${shown} has no size`);
    files.set(name, { name, bytes, hash, kind: lfs ? 'sha256' : 'git' });
  }
  return { commit: sha, files: [...files.values()] };
}
