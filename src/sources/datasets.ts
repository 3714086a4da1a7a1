// Names of datasets on the hub: the corpora of the papers by short names, any other as hf://datasets/ORG/NAME.

import { failure } from '../run/failure.ts';

/** A dataset, and which of its files. */
export interface DatasetName {
  repo: string;
  revision: string;
  /** A file, a folder, or a glob over the files' names; null for all that can be read. */
  files: string | null;
}

interface KnownDataset {
  repo: string;
  /** Files of a part, by the part's name; '' where none is named. */
  parts: Readonly<Record<string, string>>;
  /** Parts that are folders of their own, as Common Crawl's. */
  otherParts?: { name: RegExp; files: (part: string) => string };
}

const fineweb = {
  parts: {
    '': 'data/*/*.parquet',
    'sample-10BT': 'sample/10BT/*.parquet',
    'sample-100BT': 'sample/100BT/*.parquet',
    'sample-350BT': 'sample/350BT/*.parquet',
  },
  otherParts: { name: /^CC-MAIN-\d{4}-\d{2}$/, files: (part: string) => `data/${part}/*.parquet` },
};

const known: Readonly<Record<string, KnownDataset>> = {
  openwebtext: { repo: 'Skylion007/openwebtext', parts: { '': 'plain_text/*.parquet' } },
  'fineweb-edu': { repo: 'HuggingFaceFW/fineweb-edu', ...fineweb },
  fineweb: { repo: 'HuggingFaceFW/fineweb', ...fineweb },
  'redpajama-1t-sample': {
    repo: 'togethercomputer/RedPajama-Data-1T-Sample',
    parts: {
      '': '*_sample.jsonl',
      arxiv: 'arxiv_sample.jsonl',
      book: 'book_sample.jsonl',
      c4: 'c4_sample.jsonl',
      common_crawl: 'cc_*_sample.jsonl',
      github: 'github_sample.jsonl',
      stackexchange: 'stackexchange_sample.jsonl',
      wikipedia: 'wikipedia_sample.jsonl',
    },
  },
  slimpajama: {
    repo: 'cerebras/SlimPajama-627B',
    parts: {
      '': 'train/**/*.jsonl.zst',
      validation: 'validation/**/*.jsonl.zst',
      test: 'test/**/*.jsonl.zst',
    },
  },
  c4: {
    repo: 'allenai/c4',
    parts: {
      '': 'en/c4-train.*.json.gz',
      en: 'en/c4-train.*.json.gz',
      'en.noblocklist': 'en.noblocklist/c4-train.*.json.gz',
      realnewslike: 'realnewslike/c4-train.*.json.gz',
    },
  },
};

/** The short names. */
export const datasetNames: readonly string[] = Object.keys(known);

/**
 * The dataset that a source names: `openwebtext`, `fineweb-edu:sample-10BT`, `hf://datasets/ORG/NAME[@REVISION][/FILES]`
 * or `dataset:ORG/NAME[@REVISION][/FILES]`.
 *
 * @returns null where it names none
 * @throws Error  with exit code 64 for an unknown part, or a name that is cut
 */
export function parseDatasetName(source: string): DatasetName | null {
  const [, path] = /^(?:hf:\/\/datasets\/|dataset:)(.*)$/.exec(source) ?? [];
  if (path !== undefined) return parsePath(source, path);
  const [, name = '', part = ''] = /^([^:/]+)(?::(.+))?$/.exec(source) ?? [];
  const dataset = Object.hasOwn(known, name) ? known[name] : undefined;
  if (dataset === undefined) return null;
  const { repo, parts, otherParts } = dataset;
  const files = Object.hasOwn(parts, part)
    ? parts[part]
    : otherParts?.name.test(part)
      ? otherParts.files(part)
      : undefined;
  if (files === undefined) {
    const names = Object.keys(parts).filter((key) => key !== '');
    throw failure(
      'usage',
      `${source}: ${name} has no part ${part}; it has ${names.join(', ') || 'none'}${otherParts ? ', and snapshots as CC-MAIN-2024-10' : ''}`,
    );
  }
  return { repo, revision: 'main', files };
}

function parsePath(source: string, path: string): DatasetName {
  // A revision may be the hub's own branch of parquet files, whose name has slashes.
  const match =
    /^([^/@]+\/[^/@]+)(?:@(refs\/(?:convert|pr)\/[^/]+|[^/]+))?(?:\/(.*))?$/.exec(path) ?? undefined;
  if (match === undefined)
    throw failure('usage', `${source}: expected hf://datasets/ORG/NAME[@REVISION][/FILES]`);
  const [, repo = '', revision = 'main', files = ''] = match;
  const clean = files.replace(/\/+$/, '');
  return { repo, revision: revision.replaceAll('%2F', '/'), files: clean === '' ? null : clean };
}
