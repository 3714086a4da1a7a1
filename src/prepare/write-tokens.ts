// Encodes all units into a token folder: shards and tokens.json, all of them or none; a killed job goes on. Decides nothing.

import { rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Origin } from '../sources/origins.ts';
import { splitNames } from '../data/tokens.ts';
import type { Split, TokensInfo } from '../data/tokens.ts';
import { makeFolder } from '../run/atomic.ts';
import { failure } from '../run/failure.ts';
import { characterTokenizer } from '../tokenizers/character-tokenizer.ts';
import { decidingOptions, keyOf, settingsOf, shardTokensOf } from './deciding.ts';
import { encodeAll } from './encode-all.ts';
import { faultCount, faultLine, faultWords } from './faults.ts';
import { groupsOf } from './groups.ts';
import { workFolder } from './job.ts';
import type { PrepareContext, PrepareJob } from './job.ts';
import { openJoiner } from './join.ts';
import type { Joiner } from './join.ts';
import { charactersOf, datasetsOrder } from './passes.ts';
import { placeTokens } from './place.ts';
import { reorderDocuments } from './reorder.ts';
import { openShardWriter } from './shard-writer.ts';
import type { Shard, ShardLayout } from './shard-writer.ts';
import type { Marks } from './batch-encoders.ts';

/**
 * Writes the token folder `options.out`.
 *
 * @throws Error  with an exit code; what is finished in `options.out` is then as it was, and the same call goes on
 */
export async function writeTokens(job: PrepareJob, context: PrepareContext): Promise<TokensInfo> {
  const { options, chosen } = job;
  const groups = groupsOf(job.units, job.groupBytes);
  const folder = join(options.out, workFolder);
  await makeFolder(folder);
  const tokenizer = chosen ?? characterTokenizer(await charactersOf(groups, job, context));
  const order = options.validationSplit === 'datasets' ? await datasetsOrder(groups, job, context) : null;

  const settings = settingsOf(job, tokenizer, order?.val ?? null);
  const { bytesPerToken } = settings;
  const layout: ShardLayout = { layout: options.layout, bytesPerToken, shardTokens: shardTokensOf(options) };
  const isReordered = { val: order !== null, train: order !== null && options.trainOrder === 'permuted' };
  const layoutOf = (split: Split): ShardLayout =>
    isReordered[split] ? { layout: 'raw', bytesPerToken, shardTokens: 0 } : layout;
  const joiner = await openJoiner({
    folder,
    key: keyOf(job, tokenizer),
    layouts: { train: layoutOf('train'), val: layoutOf('val') },
    keepRows: order !== null,
    valTokens: options.validationSplit === 'first-shard' ? layout.shardTokens : 0,
  });
  try {
    const hashes = await encodeAll(groups, filesToHash(job), joiner, settings, job, context);
    tellFaults(joiner, options.out, context);
    checkSplits(joiner, options.out);
    await joiner.checkpoint();
    const finish = async (split: Split): Promise<readonly Shard[]> => {
      if (order !== null && isReordered[split]) return reorder(folder, split, order[split], layout, context);
      await joiner.writers[split].finish();
      return joiner.writers[split].shards;
    };
    const shards = { train: await finish('train'), val: await finish('val') };
    const told = (split: Split): TokensInfo['splits']['train'] => ({
      tokens: shards[split].reduce((sum, { tokens }) => sum + tokens, 0),
      documents: options.validationSplit === 'first-shard' ? null : joiner.joined.documents[split],
      shards: [...shards[split]],
    });
    const info: TokensInfo = {
      version: 2,
      tokenizer: tokenizer.info,
      vocab: tokenizer.vocab,
      dtype: bytesPerToken === 2 ? 'uint16' : 'uint32',
      layout: options.layout,
      documentSeparator: separatorOf(settings.marks),
      splits: { train: told('train'), val: told('val') },
      source: await hashedOrigins(job, hashes),
      options: decidingOptions(options, chosen),
    };
    await placeTokens(options.out, info, tokenizer);
    return info;
  } finally {
    await joiner.close();
  }
}

/** Local files whose hash is not known. */
function filesToHash({ origins }: PrepareJob): string[] {
  return origins.flatMap(({ path, sha256 }) =>
    typeof path === 'string' && sha256 === undefined ? [path] : [],
  );
}

/** Local files with their hashes. @throws Error  with exit code 65 when one has changed meanwhile */
async function hashedOrigins(job: PrepareJob, hashes: ReadonlyMap<string, string>): Promise<Origin[]> {
  return Promise.all(
    job.origins.map(async (origin) => {
      const { path, bytes, mtimeMs } = origin;
      const sha256 = hashes.get(String(path));
      if (sha256 === undefined || typeof path !== 'string') return origin;
      const now = await stat(path);
      if (now.size !== bytes || now.mtimeMs !== mtimeMs)
        throw failure('data', `${path}: changed while it was read; run prepare again`);
      return { ...origin, sha256 };
    }),
  );
}

/** The mark that tells documents apart: the one after them, where there are two. */
function separatorOf({ before, after }: Marks): TokensInfo['documentSeparator'] {
  if (after !== null) return { id: after, place: 'after' };
  return before === null ? null : { id: before, place: 'before' };
}

function tellFaults({ joined: { faults } }: Joiner, out: string, { console }: PrepareContext): void {
  if (faultCount(faults) === 0) return;
  console.warn(`${out}: ${faultCount(faults)} documents were left out (${faultWords(faults)}); the first:`);
  for (const fault of faults.shown) console.warn(faultLine(fault));
}

function checkSplits({ joined, writers }: Joiner, out: string): void {
  if (splitNames.every((split) => writers[split].tokens > 0)) return;
  const { train, val } = joined.documents;
  throw failure(
    'usage',
    `${out}: expected text for training and validation, found ${train} and ${val} documents; ` +
      `raise validationFraction, part text by separator blank-line, or set validationSplit tail`,
  );
}

/** Writes the documents of a split in the order of their permutation. */
async function reorder(
  folder: string,
  split: Split,
  rows: Uint32Array,
  layout: ShardLayout,
  { console }: PrepareContext,
): Promise<readonly Shard[]> {
  console.status(`${split}: putting ${rows.length} documents into their order`);
  const source = { ids: join(folder, `${split}.bin`), rows: join(folder, `${split}-rows.bin`) };
  const ordered = join(folder, 'ordered');
  await makeFolder(ordered);
  const writer = await openShardWriter(ordered, split, layout);
  try {
    await reorderDocuments(source, rows, writer, layout);
    await writer.finish();
  } finally {
    await writer.close();
    console.status('');
  }
  for (const { file } of writer.shards) await rename(join(ordered, file), join(folder, file));
  return writer.shards;
}
