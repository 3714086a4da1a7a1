// What is in a token folder, for `data info`: counts, files, tokenizer, sources; read again whole when asked to.

import { stat } from 'node:fs/promises';
import type { JobContext } from '../run/context.ts';
import { failure } from '../run/failure.ts';
import { formatBytes, formatCount, table } from '../run/format.ts';
import { openSplit, readTokensInfo, shardsOf, splitNames } from './tokens.ts';
import type { Split, TokensInfo } from './tokens.ts';
import { verifyTokens } from './verify.ts';
import type { Verified } from './verify.ts';

export interface DataInfo {
  folder: string;
  info: TokensInfo;
  /** Bytes of each split's files. */
  bytes: Record<Split, number>;
  /** What reading everything found; null where it was not asked for. */
  verified: Verified | null;
}

/**
 * Looks at a token folder: tokens.json, and the size and header of every file.
 *
 * @param verify  also read every byte: hashes, and ids below the vocabulary
 * @throws Error  with exit code 65 when a file is missing, of another size, damaged, or no token folder is there
 */
export async function dataInfo(
  { folder, verify = false }: { folder: string; verify?: boolean },
  { console }: Pick<JobContext, 'console'>,
): Promise<DataInfo> {
  const info = await readTokensInfo(folder, console);
  const bytes: Record<Split, number> = { train: 0, val: 0 };
  for (const split of splitNames) {
    await (await openSplit(folder, info, split)).close();
    for (const { path } of shardsOf(folder, info, split)) bytes[split] += (await stat(path)).size;
  }
  const total = bytes.train + bytes.val;
  const verified = verify
    ? await verifyTokens(folder, info, (done) => {
        console.status(`${folder}: ${formatBytes(done)} of ${formatBytes(total)} read`);
      }).finally(() => console.status(''))
    : null;
  if (verified && verified.problems.length > 0) {
    const [first = '', ...others] = verified.problems;
    if (others.length > 0) for (const problem of verified.problems) console.warn(problem);
    throw failure(
      'data',
      others.length === 0 ? first : `${folder}: ${verified.problems.length} files are wrong, told above`,
    );
  }
  return { folder, info, bytes, verified };
}

/** The information as lines for a terminal. */
export function dataInfoText({ folder, info, bytes, verified }: DataInfo): string {
  const { tokenizer, vocab, dtype, layout, documentSeparator: separator, splits, source, options } = info;
  const rows = splitNames.map((split) => {
    const { tokens, documents, shards } = splits[split];
    const count = documents === null ? 'not counted' : documents.toLocaleString('en');
    return [split, tokens.toLocaleString('en'), count, String(shards.length), formatBytes(bytes[split])];
  });
  const lines = [
    `${folder}: ${formatCount(splits.train.tokens + splits.val.tokens)} tokens, ${tokenizer.name} of ${vocab.toLocaleString('en')} ids, ` +
      `${layout === 'raw' ? '' : `${layout} files of `}${dtype}, ${separator === null ? 'no known document separator' : `id ${separator.id} ${separator.place} each document`}`,
    table([['split', 'tokens', 'documents', 'files', 'size'], ...rows]),
  ];
  const origins = source.map((origin) => `  ${describeOrigin(origin)}`);
  if (origins.length > 0) lines.push('sources:', ...origins.slice(0, shownSources));
  if (origins.length > shownSources) lines.push(`  and ${origins.length - shownSources} more`);
  if (options)
    lines.push(
      `prepared with: ${Object.entries(options)
        .map(([name, value]) => `${name} ${JSON.stringify(value)}`)
        .join(', ')}`,
    );
  lines.push(verified === null ? 'hashes not checked: --verify reads every file' : verifiedText(verified));
  return lines.join('\n');
}

const shownSources = 10;
const isHash = /^([0-9a-f]{64}|sha512-\S{80,})$/;

function describeOrigin(origin: Record<string, string | number>): string {
  return Object.entries(origin)
    .filter(([name]) => name !== 'mtimeMs')
    .map(([name, value]) => {
      if (name === 'bytes' && typeof value === 'number') return formatBytes(value);
      const text = String(value);
      return `${name} ${isHash.test(text) ? `${text.slice(0, 19)}...` : text}`;
    })
    .join(', ');
}

function verifiedText({ matching, unhashed }: Verified): string {
  const known = matching > 0 ? `${matching} files have the hashes that tokens.json gives` : '';
  const unknown = unhashed > 0 ? `no hash is known of ${unhashed} files` : '';
  return `verified: ${[known, unknown].filter((part) => part !== '').join(', ')}; every id is below the vocabulary`;
}
