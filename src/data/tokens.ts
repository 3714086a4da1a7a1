// Token files for reading: raw little-endian ids as in nanoGPT's train.bin, and tokens.json that says what they are.
// Read by position, never mapped: a mapped file that somebody truncates kills the process.

import { open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { failure, systemCode } from '../run/failure.ts';
import type { TokenArray } from '../tokenizers/tokenizer.ts';
import { tokenizerInfoSchema } from '../tokenizers/tokenizers.ts';

const splitSchema = z.object({
  file: z.string().regex(/^[^/\\]+$/),
  tokens: z.int().nonnegative(),
  /** Documents, each ended by end-of-text; null where nobody counted. */
  documents: z.int().nonnegative().nullable(),
  /** Hash of the file, hexadecimal; null where nobody hashed. */
  sha256: z.string().length(64).nullable(),
});

/** The schema of tokens.json. */
export const tokensInfoSchema = z.object({
  version: z.literal(1),
  tokenizer: tokenizerInfoSchema,
  vocab: z.int().positive(),
  dtype: z.enum(['uint16', 'uint32']),
  splits: z.object({ train: splitSchema, val: splitSchema }),
  /** Where the text came from, one entry a file or a corpus; what they hold is prepare's affair. */
  source: z.array(z.record(z.string(), z.union([z.string(), z.number()]))),
  /** Options of prepare that decide the tokens; absent in files that others made. */
  options: z.record(z.string(), z.unknown()).optional(),
});

export type TokensInfo = z.infer<typeof tokensInfoSchema>;
export type Split = keyof TokensInfo['splits'];

/** The splits every token folder has. */
export const splitNames: readonly Split[] = ['train', 'val'];

export interface TokenFile {
  readonly path: string;
  /** Tokens in the file. */
  readonly length: number;
  /**
   * `count` tokens from `start`.
   *
   * @throws RangeError  when they are not all in the file
   * @throws Error       with exit code 65 when the file has changed since it was opened, or an id is not below vocab
   */
  read(start: number, count: number): Promise<TokenArray>;
  close(): Promise<void>;
}

/**
 * Opens a file of raw ids.
 *
 * @param vocab  every id read must be below it; by default any id passes
 * @throws Error  with exit code 65 when it is not there, empty, or no whole number of tokens long
 */
export async function openTokens(
  path: string,
  { bytesPerToken = 2, vocab = Infinity }: { bytesPerToken?: 2 | 4; vocab?: number } = {},
): Promise<TokenFile> {
  const handle = await open(path, 'r').catch((cause: unknown) => {
    throw failure(
      'data',
      `${path}: expected token ids, found ${systemCode(cause) === 'ENOENT' ? 'no file' : 'a file that cannot be read'}; run \`inheritune prepare\``,
      { cause },
    );
  });
  const opened = await handle.stat({ bigint: true });
  const bytes = Number(opened.size);
  if (bytes === 0 || bytes % bytesPerToken !== 0) {
    await handle.close();
    throw failure(
      'data',
      `${path}: expected ids of ${bytesPerToken} bytes, found ${bytes} bytes; run \`inheritune prepare\` again`,
    );
  }
  const length = bytes / bytesPerToken;

  const checkUnchanged = async (start: number): Promise<void> => {
    const now = await handle.stat({ bigint: true });
    if (now.size !== opened.size || now.mtimeNs !== opened.mtimeNs)
      throw failure(
        'data',
        `${path}: changed while it was being read, at token ${start} (${opened.size} bytes when opened, ${now.size} now); start again`,
      );
  };

  return {
    path,
    length,
    async read(start, count) {
      if (
        !Number.isSafeInteger(start) ||
        !Number.isSafeInteger(count) ||
        start < 0 ||
        count < 0 ||
        start + count > length
      )
        throw new RangeError(
          `${path}: tokens ${start} to ${start + count} asked for, the file has ${length}`,
        );
      const ids = bytesPerToken === 2 ? new Uint16Array(count) : new Uint32Array(count);
      const target = new Uint8Array(ids.buffer);
      for (let done = 0; done < target.length; ) {
        const { bytesRead } = await handle.read(
          target,
          done,
          target.length - done,
          start * bytesPerToken + done,
        );
        if (bytesRead === 0) break; // shorter than when opened: checkUnchanged says so
        done += bytesRead;
      }
      await checkUnchanged(start);
      checkIds(ids, { path, start, vocab });
      return ids;
    },
    close: () => handle.close(),
  };
}

function checkIds(
  ids: TokenArray,
  { path, start, vocab }: { path: string; start: number; vocab: number },
): void {
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i] ?? 0;
    if (id >= vocab)
      throw failure(
        'data',
        `${path}: expected ids below ${vocab}, found ${id} at token ${start + i}; the file is damaged or of another tokenizer`,
      );
  }
}

/** Opens one split of a token folder, ids checked against its vocabulary and the length against tokens.json. */
export async function openSplit(folder: string, info: TokensInfo, split: Split): Promise<TokenFile> {
  const { file, tokens } = info.splits[split];
  const bytesPerToken = info.dtype === 'uint16' ? 2 : 4;
  const opened = await openTokens(join(folder, file), { bytesPerToken, vocab: info.vocab });
  if (opened.length === tokens) return opened;
  await opened.close();
  throw failure(
    'data',
    `${opened.path}: expected ${tokens} tokens as tokens.json says, found ${opened.length}; run \`inheritune prepare\` again`,
  );
}

/**
 * What a token folder holds. A folder with train.bin and val.bin but no tokens.json is read as nanoGPT leaves it, GPT-2 ids
 * in 16 bits, and `warn` is told.
 *
 * @throws Error  with exit code 65 when it is no token folder, or of a version we do not know
 */
export async function readTokensInfo(
  folder: string,
  { warn }: { warn: (line: string) => void },
): Promise<TokensInfo> {
  const path = join(folder, 'tokens.json');
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    if (systemCode(cause) === 'ENOENT' || systemCode(cause) === 'ENOTDIR') return null;
    throw cause;
  });
  if (text === null) return nanogptInfo(folder, warn);
  return parseTokensInfo(text, path);
}

/** Reads the text of a tokens.json. @throws Error  with exit code 65, naming the first wrong field */
export function parseTokensInfo(text: string, path: string): TokensInfo {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw failure('data', `${path}: expected JSON, found something else; run \`inheritune prepare\` again`, {
      cause,
    });
  }
  const parsed = tokensInfoSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw failure(
    'data',
    `${path}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'wrong'}; run \`inheritune prepare\` again`,
  );
}

async function nanogptInfo(folder: string, warn: (line: string) => void): Promise<TokensInfo> {
  const describe = async (file: string): Promise<TokensInfo['splits']['train']> => {
    const found = await stat(join(folder, file)).catch((cause: unknown) => {
      throw failure(
        'data',
        `${folder}: expected tokens.json, or train.bin and val.bin, found no ${file}; run \`inheritune prepare\``,
        { cause },
      );
    });
    return { file, tokens: found.size / 2, documents: null, sha256: null };
  };
  const splits = { train: await describe('train.bin'), val: await describe('val.bin') };
  warn(`${folder}: no tokens.json; train.bin and val.bin are read as nanoGPT's, GPT-2 ids of 16 bits`);
  return { version: 1, tokenizer: { name: 'gpt2' }, vocab: 50257, dtype: 'uint16', splits, source: [] };
}
