// The job prepare: text in, a token folder out (train.bin, val.bin, tokens.json). Can be run again: it does what is missing.

import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { exists, makeFolder, removeLeftovers, temporaryPrefix } from '../run/atomic.ts';
import { silentConsole } from '../run/console.ts';
import type { JobContext } from '../run/context.ts';
import { errorLine, failure } from '../run/failure.ts';
import { formatBytes, formatCount } from '../run/format.ts';
import { lockFile } from '../run/host.ts';
import { sotu, sotuCorpus } from './corpus.ts';
import { prepareOptionsSchema } from './options.ts';
import type { PrepareInput, PrepareOptions } from './options.ts';
import { hashFile, joinedSources, sameOrigins, textFiles } from './sources.ts';
import type { Origin, Source } from './sources.ts';
import { parseTokensInfo, splitNames } from './tokens.ts';
import type { TokensInfo } from './tokens.ts';
import { chooseTokenizer, loadTokenizer } from '../tokenizers/tokenizers.ts';
import { decidingOptions, writeTokens } from './write-tokens.ts';

export interface Prepared {
  folder: string;
  info: TokensInfo;
  /** False when everything was there already. */
  changed: boolean;
}

type Context = Partial<Pick<JobContext, 'console' | 'stop'>>;

/**
 * Turns text into token files. Every document ends with end-of-text.
 *
 * Done before from the same text with the same options, and still whole: nothing is done. Which documents are for validation
 * is in splits.ts.
 *
 * @param corpus  the embedded corpus, replaced in tests
 * @throws Error  with an exit code: 64 options or too little text, 65 bad text, 69 network, 73 in use, 74 disk, 75 stopped
 */
export async function prepare(
  given: PrepareInput,
  context: Context = {},
  { corpus }: { corpus?: Source } = {},
): Promise<Prepared> {
  const options = prepareOptionsSchema.parse(given);
  const console = context.console ?? silentConsole;
  const source = sourceOf(options, corpus ?? sotuCorpus({ warn: console.warn }));
  const folder = options.out;
  const chosen = await chooseTokenizer(options.tokenizer);

  if (!options.overwrite && (await isForeign(folder)))
    throw failure(
      'usage',
      `${folder}: expected a folder of ours, found train.bin without tokens.json; choose another folder, or set overwrite`,
    );
  await makeFolder(folder);
  const lock = lockFile(join(folder, lockName));
  if ('heldBy' in lock)
    throw failure(
      'locked',
      `${folder}: being prepared by process ${lock.heldBy?.pid ?? 'unknown'} on ${lock.heldBy?.host ?? 'this host'}; wait for it`,
    );
  try {
    await removeLeftovers(folder, [temporaryPrefix]);
    const found = await readExisting(folder, console.warn);
    const origins = await source.origins(found?.source);
    const differences = found === null ? [] : differencesOf(found, decidingOptions(options, chosen), origins);
    if (found !== null && differences.length === 0 && (await isIntact(folder, found, console.warn))) {
      console.info(`${folder}: nothing to do, ${summary(found)}`);
      return { folder, info: found, changed: false };
    }
    if (!options.overwrite && differences.length > 0)
      throw failure(
        'usage',
        `${folder}: was prepared otherwise (${differences.join('; ')}); choose another folder, or set overwrite`,
      );

    const info = await writeTokens(source, options, chosen, origins, { ...context, console });
    console.info(`${folder}: ${summary(info)}`);
    return { folder, info, changed: true };
  } finally {
    lock.release();
  }
}

const lockName = '.prepare.lock';

function sourceOf({ source, separator }: PrepareOptions, corpus: Source): Source {
  return joinedSources(source.map((name) => (name === sotu ? corpus : textFiles([name], { separator }))));
}

/** Whether token files are there that somebody else made; ours have tokens.json, or were cut short and have the lock's file. */
async function isForeign(folder: string): Promise<boolean> {
  const isThere = (name: string): Promise<boolean> => exists(join(folder, name));
  return (await isThere('train.bin')) && !(await isThere('tokens.json')) && !(await isThere(lockName));
}

/** tokens.json, or null where there is none that can be read. */
async function readExisting(folder: string, warn: (line: string) => void): Promise<TokensInfo | null> {
  const path = join(folder, 'tokens.json');
  if (!(await exists(path))) return null;
  try {
    return parseTokensInfo(await readFile(path, 'utf8'), path);
  } catch (error) {
    warn(errorLine(error));
    return null;
  }
}

function differencesOf(
  found: TokensInfo,
  deciding: ReturnType<typeof decidingOptions>,
  origins: readonly Origin[],
): string[] {
  const differences = Object.entries(deciding)
    .filter(([name, value]) => found.options?.[name] !== value)
    .map(
      ([name, value]) => `${name} was ${JSON.stringify(found.options?.[name])}, is ${JSON.stringify(value)}`,
    );
  if (!sameOrigins(found.source, origins)) differences.push('the text is another');
  return differences;
}

/** Whether the token files and the tokenizer are as written; of token files: their size, and their hash where they were touched after tokens.json. */
async function isIntact(folder: string, info: TokensInfo, warn: (line: string) => void): Promise<boolean> {
  const written = await stat(join(folder, 'tokens.json'));
  for (const name of splitNames) {
    const { file, tokens, sha256 } = info.splits[name];
    const path = join(folder, file);
    const found = await stat(path).catch(() => null);
    const bytes = tokens * (info.dtype === 'uint16' ? 2 : 4);
    const isWhole =
      found?.size === bytes && (found.mtimeMs <= written.mtimeMs || (await hashFile(path)) === sha256);
    if (isWhole) continue;
    warn(`${path}: ${found === null ? 'gone' : 'damaged'}; preparing it again`);
    return false;
  }
  if (!('files' in info.tokenizer)) return true;
  return loadTokenizer(info.tokenizer, { tokens: folder }).then(
    () => true,
    (error: unknown) => {
      warn(`${errorLine(error)}; preparing it again`);
      return false;
    },
  );
}

function summary({ splits: { train, val }, tokenizer, vocab, dtype }: TokensInfo): string {
  const of = ({ tokens, documents }: TokensInfo['splits']['train']): string =>
    `${formatCount(tokens)} tokens in ${documents ?? '?'} documents`;
  const bytes = (train.tokens + val.tokens) * (dtype === 'uint16' ? 2 : 4);
  return `train ${of(train)}, val ${of(val)}, ${tokenizer.name} of ${vocab} ids, ${formatBytes(bytes)}`;
}
