// A hash of all that decides what a model says: its weights, its configuration and its tokenizer's files. Loads nothing.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { folderAround } from '../model/locate.ts';
import { tokenizerFileNames } from '../tokenizers/tokenizer-files.ts';

const weightFiles = /^(config\.json|lit_config\.json|model_config\.yaml|.*\.(safetensors|bin|pth|pt))$/;

/**
 * SHA-256 of a model's files, names and bytes, as hexadecimal: half a second a gigabyte.
 *
 * @param model  a model folder, or a checkpoint file of another program
 */
export async function modelIdentity(model: string): Promise<string> {
  const folder = folderAround(model);
  const isFile = (await stat(model)).isFile();
  const own = tokenizerFileNames as readonly string[];
  const names = (await readdir(folder)).filter(
    (name) => own.includes(name) || (isFile ? join(folder, name) === join(model) : weightFiles.test(name)),
  );
  const hash = createHash('sha256');
  for (const name of names.sort()) {
    const path = join(folder, name);
    const { size } = await stat(path);
    hash.update(`${name} ${size}\n`);
    await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash, { end: false });
  }
  return hash.digest('hex');
}
