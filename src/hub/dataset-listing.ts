// The files of a dataset on the hub, folder by folder and page by page. Nothing that the hub sends is believed.

import { z } from 'zod';
import { failure } from '../run/failure.ts';
import { troubleOfStatus } from './http.ts';
import type { HubAnswer, HubConnection } from './http.ts';
import { readText, refusal } from './listing.ts';
import type { HubFile, HubListing } from './listing.ts';
import { isCommit, isSafeFileName } from './names.ts';
import type { HubModel } from './names.ts';
import { patiently } from './patience.ts';

const revisionAnswer = z.object({ sha: z.string() });
const treeAnswer = z.array(
  z.object({
    type: z.string(),
    path: z.string(),
    oid: z.string().optional(),
    size: z.int().min(0).optional(),
    lfs: z.object({ oid: z.string(), size: z.int().min(0) }).nullish(),
  }),
);

const mostPages = 10_000;
const mostFiles = 2_000_000;

/**
 * Asks the hub for the files below a folder.
 *
 * @param dataset  its repo is datasets/ORG/NAME
 * @param folder  '' for all
 * @returns files by name
 * @throws Error  with exit code 65 when there is no such dataset or folder, or its listing is not to be trusted, 69 for the network
 */
export async function listDataset(
  hub: HubConnection,
  dataset: HubModel,
  folder: string,
): Promise<HubListing> {
  const api = `${hub.settings.endpoint}/api/${dataset.repo}`;
  const { repo } = dataset;
  const revision = await ask(hub, dataset, `${api}/revision/${encodeURIComponent(dataset.revision)}`);
  const { sha: commit } = parsed(revisionAnswer, revision.text, repo);
  if (!isCommit(commit)) throw bad(repo, `sha ${JSON.stringify(commit.slice(0, 80))} is no commit`);

  const files = new Map<string, HubFile>();
  const below = folder === '' ? '' : `/${folder.split('/').map(encodeURIComponent).join('/')}`;
  let url: string | null = `${api}/tree/${commit}${below}?recursive=true&limit=1000`;
  const asked = new Set<string>();
  while (url !== null) {
    if (asked.has(url) || asked.size >= mostPages) throw bad(repo, 'does not end');
    asked.add(url);
    const page = await ask(hub, dataset, url, folder);
    for (const entry of parsed(treeAnswer, page.text, repo)) {
      if (entry.type !== 'file') continue;
      const file = checkedFile(entry, repo);
      if (files.has(file.name)) throw bad(repo, `${JSON.stringify(file.name)} is there twice`);
      files.set(file.name, file);
    }
    if (files.size > mostFiles) throw bad(repo, `has more than ${mostFiles} files`);
    url = nextPage(page.answer, api, repo);
  }
  return { commit, files: [...files.values()].sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

async function ask(
  hub: HubConnection,
  dataset: HubModel,
  url: string,
  folder = '',
): Promise<{ answer: HubAnswer; text: string }> {
  return patiently(hub.settings.timing, dataset.repo, async () => {
    const answer = await hub.get(url);
    if (answer.status === 200) return { answer, text: await readText(answer, dataset.repo) };
    answer.discard();
    if (answer.headers['x-error-code'] === 'EntryNotFound')
      throw failure('data', `${dataset.repo}: has no folder ${folder} at revision ${dataset.revision}`);
    throw troubleOfStatus(answer) ?? refusal(answer, dataset, hub);
  });
}

function parsed<T>(schema: z.ZodType<T>, text: string, repo: string): T {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw bad(repo, 'is not JSON; is HF_ENDPOINT a hub?');
  }
  const result = schema.safeParse(json);
  if (!result.success) throw bad(repo, `${result.error.issues[0]?.path.join('.') ?? ''} is not as expected`);
  return result.data;
}

function checkedFile(
  { path: name, oid, size, lfs }: z.infer<typeof treeAnswer>[number],
  repo: string,
): HubFile {
  const shown = JSON.stringify(name.slice(0, 120));
  if (!isSafeFileName(name)) throw bad(repo, `refuses a file called ${shown}`);
  const hash = lfs ? lfs.oid.replace(/^sha256:/, '') : oid;
  const bytes = lfs ? lfs.size : size;
  if (hash === undefined || !(lfs ? /^[0-9a-f]{64}$/ : /^[0-9a-f]{40}$/).test(hash))
    throw bad(repo, `${shown} has no hash`);
  if (bytes === undefined) throw bad(repo, `${shown} has no size`);
  return { name, bytes, hash, kind: lfs ? 'sha256' : 'git' };
}

/** The address of the next page, as the Link header has it: of this hub and this dataset, or none. */
function nextPage({ headers: { link }, url }: HubAnswer, api: string, repo: string): string | null {
  const [, target] = /<([^>]*)>\s*;[^,]*\brel="?next"?/.exec(typeof link === 'string' ? link : '') ?? [];
  if (target === undefined) return null;
  const next = URL.canParse(target, url) ? new URL(target, url) : null;
  if (next === null || !next.href.startsWith(`${new URL(api).href}/`))
    throw bad(repo, `goes on at ${JSON.stringify(target.slice(0, 120))}, which is not of it`);
  return next.href;
}

function bad(repo: string, problem: string): Error {
  return failure('data', `${repo}: the hub's listing: ${problem}`);
}
