// Names of the hub: models, revisions, files in them. What comes from outside is checked before it becomes a path.

import { failure } from '../run/failure.ts';

/** A model of the hub, or a data set. */
export interface HubModel {
  /** ORG/NAME; of a data set datasets/ORG/NAME, as the hub's own paths have it. */
  repo: string;
  /** A branch, a tag or a commit. */
  revision: string;
}

/** The model that `ORG/NAME` or `ORG/NAME@REVISION` stands for; null where the text is no such name. */
export function parseModelName(text: string): HubModel | null {
  const [, repo, revision = 'main'] = /^([^@]+)(?:@(.+))?$/.exec(text) ?? [];
  if (repo === undefined || !isRepo(repo) || !isRevision(revision)) return null;
  return { repo, revision };
}

/** The same for what must be one. @throws Error  with exit code 64 */
export function demandModelName(text: string, revision?: string): HubModel {
  const model = parseModelName(revision === undefined ? text : `${text}@${revision}`);
  if (model) return model;
  const given = revision === undefined ? text : `${text} at revision ${revision}`;
  throw failure(
    'usage',
    `${JSON.stringify(given)} is no name of a model; expected ORG/NAME or ORG/NAME@REVISION, as openlm-research/open_llama_3b`,
  );
}

/** Folder of a model in the cache. */
export function cacheFolderName({ repo }: HubModel): string {
  return (isDataset(repo) ? repo : `models/${repo}`).replaceAll('/', '--');
}

/** Whether a repository is one of data. */
export function isDataset(repo: string): boolean {
  return repo.startsWith('datasets/');
}

/** Whether a revision is a commit, which never changes. */
export function isCommit(revision: string): boolean {
  return /^[0-9a-f]{40}$/.test(revision);
}

/** Whether a file's name in a listing stays below its folder: no `..`, nothing absolute, no odd characters. */
export function isSafeFileName(name: string): boolean {
  if (name.length === 0 || name.length > 1000 || /[\\:\u0000-\u001f\u007f]/.test(name)) return false; // eslint-disable-line no-control-regex -- that is what is looked for
  return name.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && part.length <= 255);
}

function isRepo(text: string): boolean {
  const parts = text.split('/');
  const isPart = (part: string) =>
    /^[\w][\w.-]{0,95}$/.test(part) && !/--|\.\.|[.-]$/.test(part) && !part.endsWith('.git');
  return parts.length === 2 && parts.every(isPart);
}

function isRevision(text: string): boolean {
  return text.length <= 200 && /^[\w][\w./-]*$/.test(text) && isSafeFileName(text) && !text.includes('..');
}
