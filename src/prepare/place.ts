// The end of the job: what is finished in the work folder takes its place in the token folder. Killed among its steps, it goes on.
// finished.json in the work folder is the turning point: before it the old token folder counts, from it on the new one will.

import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { splitNames, tokensInfoSchema } from '../data/tokens.ts';
import type { TokensInfo } from '../data/tokens.ts';
import { exists, makeFolder, syncPath, writeFileAtomic } from '../run/atomic.ts';
import { tokenizerFolder } from '../tokenizers/tokenizers.ts';
import type { Tokenizer } from '../tokenizers/tokenizer.ts';
import { workFolder } from './job.ts';

const finishedFile = 'finished.json';

/** Puts everything into its place. The shards of `info` lie in the work folder, synced. */
export async function placeTokens(out: string, info: TokensInfo, tokenizer: Tokenizer): Promise<void> {
  const folder = join(out, workFolder);
  await writeTokenizer(folder, tokenizer);
  await syncPath(folder);
  await writeFileAtomic(join(folder, finishedFile), `${JSON.stringify(info, null, 2)}\n`);
  await finishPlacing(out);
}

/** Goes on with a `placeTokens` that was killed; does nothing where there is none. Whoever calls it holds the lock. */
export async function finishPlacing(out: string): Promise<void> {
  const folder = join(out, workFolder);
  if (!(await exists(join(folder, finishedFile)))) return;
  const text = await readFile(join(folder, finishedFile), 'utf8');
  const { splits, tokenizer } = tokensInfoSchema.parse(JSON.parse(text));
  const files = splitNames.flatMap((split) => splits[split].shards.map(({ file }) => file));

  // Without tokens.json the folder does not count, until its own is there.
  await rm(join(out, 'tokens.json'), { force: true });
  for (const name of await readdir(out))
    if (/^(train|val)(_\d{6})?\.bin$/.test(name) && !files.includes(name)) await rm(join(out, name));
  for (const file of files)
    if (await exists(join(folder, file))) await rename(join(folder, file), join(out, file));
  const hasTokenizer = await exists(join(folder, tokenizerFolder)); // not yet moved
  if (hasTokenizer || !('files' in tokenizer))
    await rm(join(out, tokenizerFolder), { recursive: true, force: true });
  if (hasTokenizer) {
    await rename(join(folder, tokenizerFolder), join(out, tokenizerFolder));
  }
  await syncPath(out);
  await writeFileAtomic(join(out, 'tokens.json'), text);
  await rm(folder, { recursive: true, force: true });
}

/** Puts the files of a tokenizer that somebody else made beside the tokens, so that the folder is complete on its own. */
async function writeTokenizer(out: string, tokenizer: Tokenizer): Promise<void> {
  const folder = join(out, tokenizerFolder);
  await rm(folder, { recursive: true, force: true });
  if (!('files' in tokenizer.info)) return;
  await makeFolder(folder);
  for (const [name, content] of tokenizer.files()) await writeFileAtomic(join(folder, name), content);
}
