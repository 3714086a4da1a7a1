// The job prepare: text in, a token folder out (train.bin, val.bin, tokens.json). Run again, it does what is missing.

import { readFile, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { hashFile, sameOrigins } from '../sources/origins.ts';
import type { Origin } from '../sources/origins.ts';
import { llmcHeaderBytes } from '../data/token-formats.ts';
import { parseTokensInfo, splitNames } from '../data/tokens.ts';
import type { TokensInfo } from '../data/tokens.ts';
import { exists, freeBytes, makeFolder, removeLeftovers, temporaryPrefix } from '../run/atomic.ts';
import { silentConsole } from '../run/console.ts';
import { errorLine, exitCodeOf, exitCodes, failure } from '../run/failure.ts';
import { formatBytes, formatCount } from '../run/format.ts';
import { lockFile } from '../run/host.ts';
import type { Plan, Unit } from '../sources/units.ts';
import type { Tokenizer } from '../tokenizers/tokenizer.ts';
import { chooseTokenizer, loadTokenizer } from '../tokenizers/tokenizers.ts';
import { decidingOptions } from './deciding.ts';
import { estimate, estimateLine } from './estimate.ts';
import type { PrepareContext, PrepareJob } from './job.ts';
import { prepareOptionsSchema } from './options.ts';
import type { PrepareInput, PrepareOptions } from './options.ts';
import { planUnits } from './plan.ts';
import { finishPlacing } from './place.ts';
import { writeTokens } from './write-tokens.ts';

export interface Prepared {
  folder: string;
  info: TokensInfo;
  /** False when everything was there already. */
  changed: boolean;
}

/** Text that one thread has done before others have started. */
const smallBytes = 16e6;
const usualGroupBytes = 8e6;

/**
 * Turns text into token files.
 *
 * Done before from the same text with the same options, and still whole: nothing is done. Begun before: it goes on. Which
 * documents are for validation is in divide.ts.
 *
 * @param groupBytes  input that becomes one part; other in tests
 * @throws Error  with an exit code: 64 options or too little text, 65 bad text, 69 network, 73 in use, 74 disk, 75 stopped
 */
export async function prepare(
  given: PrepareInput,
  process: Partial<PrepareContext> = {},
  { groupBytes = usualGroupBytes }: { groupBytes?: number } = {},
): Promise<Prepared> {
  const options = prepareOptionsSchema.parse(given);
  checkTogether(options);
  const context: PrepareContext = { console: silentConsole, ...process };
  const { console } = context;
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
    await finishPlacing(folder);
    const found = await readExisting(folder, console.warn);
    const plan = await planUnits(options.source, options);
    const origins = await withKnownHashes(plan.origins, found?.source ?? []);
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

    checkTokenFiles(plan.units, options, chosen);
    const workers = options.workers ?? (plan.bytes < smallBytes ? 0 : availableParallelism());
    const job: PrepareJob = { options, chosen, units: plan.units, origins, workers, groupBytes };
    await checkRoom(plan, job, context);
    const info = await writeTokens(job, context).catch((error: unknown) => {
      throw withFolder(error, folder);
    });
    console.info(`${folder}: ${summary(info)}`);
    return { folder, info, changed: true };
  } finally {
    lock.release();
  }
}

const lockName = '.prepare.lock';

/** Says of a disk's error which folder it is about, and that nothing is lost. */
function withFolder(error: unknown, folder: string): unknown {
  if (exitCodeOf(error) !== exitCodes.disk) return error;
  return failure('disk', `${folder}: ${errorLine(error)}; make room, and run it again to go on`, {
    cause: error,
  });
}

function checkTogether({ validationSplit, trainOrder }: PrepareOptions): void {
  if (trainOrder === 'permuted' && validationSplit !== 'datasets')
    throw failure(
      'usage',
      `trainOrder: expected validationSplit datasets for permuted, got ${validationSplit}; the order is that split's`,
    );
}

/** What makes sense of text only is refused for token files. */
function checkTokenFiles(
  units: readonly Unit[],
  { validationSplit, tokenizer }: PrepareOptions,
  chosen: Tokenizer | null,
): void {
  const file = units.find(({ format }) => format === 'tokens')?.source;
  if (file === undefined) return;
  if (chosen === null)
    throw failure('usage', `${file}: is ids, not text; expected the tokenizer they are of, got ${tokenizer}`);
  if (validationSplit === 'tail')
    throw failure(
      'usage',
      `${file}: is ids, not text; expected validationSplit documents, first-shard or datasets, got tail`,
    );
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

/** Files with the hash they had when they were read, where they are of the size and time they had; where only the time is new, the hash of now. */
async function withKnownHashes(origins: readonly Origin[], known: readonly Origin[]): Promise<Origin[]> {
  const result: Origin[] = [];
  for (const origin of origins) {
    const { path, bytes, mtimeMs } = origin;
    const before = known.find((one) => path !== undefined && one.path === path && one.bytes === bytes);
    if (before?.sha256 === undefined || typeof path !== 'string') result.push(origin);
    else
      result.push({ ...origin, sha256: before.mtimeMs === mtimeMs ? before.sha256 : await hashFile(path) });
  }
  return result;
}

function differencesOf(
  found: TokensInfo,
  deciding: ReturnType<typeof decidingOptions>,
  origins: readonly Origin[],
): string[] {
  // What a folder of an older version does not tell was as the defaults are now.
  const defaults = decidingOptions(prepareOptionsSchema.parse({ source: ['-'], out: '-' }), null);
  const before = (name: string): unknown => found.options?.[name] ?? defaults[name];
  const differences = Object.entries(deciding)
    .filter(([name, value]) => before(name) !== value)
    .map(([name, value]) => `${name} was ${JSON.stringify(before(name))}, is ${JSON.stringify(value)}`);
  if (!sameOrigins(found.source, origins)) differences.push('the text is another');
  return differences;
}

/** Whether the token files and the tokenizer are as written; of token files: their size, and their hash where they were touched after tokens.json. */
async function isIntact(folder: string, info: TokensInfo, warn: (line: string) => void): Promise<boolean> {
  const written = await stat(join(folder, 'tokens.json'));
  const bytesPerToken = info.dtype === 'uint16' ? 2 : 4;
  for (const { file, tokens, sha256 } of splitNames.flatMap((name) => info.splits[name].shards)) {
    const path = join(folder, file);
    const found = await stat(path).catch(() => null);
    const bytes = (info.layout === 'llm.c' ? llmcHeaderBytes : 0) + tokens * bytesPerToken;
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

/** Tells what is to be done, and refuses what the disk cannot hold even at best. */
async function checkRoom(
  plan: Plan,
  { options, chosen, workers }: PrepareJob,
  { console }: PrepareContext,
): Promise<void> {
  const isGpt2 = chosen?.info.name === 'gpt2';
  const isFine = chosen === null || chosen.info.name === 'bytes'; // an id for each character or byte
  const expected = estimate({
    textBytes: plan.textBytes,
    bytesPerId: isFine ? 1 : 4.4,
    bytesPerToken: (chosen?.vocab ?? 0) > 0x10000 ? 4 : 2,
    workers,
    isGpt2,
    copies: options.trainOrder === 'permuted' ? 2 : 1,
  });
  const free = await freeBytes(options.out);
  console.info(`${options.out}: ${estimateLine(expected, plan, { free, workers })}`);
  if (expected.leastWriteBytes > free)
    throw failure(
      'disk',
      `${options.out}: expected room for ${formatBytes(expected.leastWriteBytes)} at least, found ${formatBytes(free)}; make room, or choose another disk`,
    );
  if (expected.writeBytes > free)
    console.warn(
      `${options.out}: the disk may be too small; the job would end with 74, and go on when there is room`,
    );
}

function summary({ splits: { train, val }, tokenizer, vocab, dtype }: TokensInfo): string {
  const of = ({ tokens, documents }: TokensInfo['splits']['train']): string =>
    `${formatCount(tokens)} tokens${documents === null ? '' : ` in ${documents} documents`}`;
  const bytes = (train.tokens + val.tokens) * (dtype === 'uint16' ? 2 : 4);
  return `train ${of(train)}, val ${of(val)}, ${tokenizer.name} of ${vocab} ids, ${formatBytes(bytes)}`;
}
