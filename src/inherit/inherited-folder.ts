// Writes a model that was inherited and not yet trained: a model folder that appears whole or not at all.

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { readTokenizerFiles } from '../tokenizers/tokenizer-files.ts';
import { familyOf } from '../model/families.ts';
import type { ModelConfig } from '../model/family.ts';
import { readSpecialTokens, writeModelParts } from '../model/folder.ts';
import { folderAround } from '../model/locate.ts';
import type { TensorSource } from '../model/shards.ts';
import { commitFolder, readIfThere, temporaryName } from '../run/atomic.ts';
import type { Inheritance } from './inheritance.ts';

/**
 * Writes `folder`, with `inheritance.json` that names the origin of every tensor.
 *
 * @param tokenizerFrom  model folder whose tokenizer goes along unchanged
 * @param origin         what was inherited, in words, for the model card
 */
export async function writeInheritedFolder(
  folder: string,
  config: ModelConfig,
  tensors: TensorSource,
  { tokenizerFrom, origin, map }: { tokenizerFrom: string; origin: string; map: readonly Inheritance[] },
): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const temporary = join(dirname(folder), temporaryName(basename(folder)));
  await mkdir(temporary);
  try {
    await writeModelParts(temporary, config, tensors, {
      tokenizerFiles: await readTokenizerFiles(folderAround(tokenizerFrom)),
      ...(await readSpecialTokens(folderAround(tokenizerFrom))),
      card: card(config, origin),
    });
    await writeFile(
      join(temporary, 'inheritance.json'),
      `${JSON.stringify({ origin, tensors: map }, null, 1)}\n`,
    );
    await commitFolder(temporary, folder);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
}

/** What writeInheritedFolder was told of a folder's origin; null when the folder is not its work. */
export async function inheritedOrigin(folder: string): Promise<string | null> {
  const text = await readIfThere(join(folder, 'inheritance.json'));
  if (text === null) return null;
  return z.looseObject({ origin: z.string() }).safeParse(JSON.parse(text.toString())).data?.origin ?? null;
}

function card(config: ModelConfig, origin: string): string {
  return `---
library_name: transformers
tags: [inheritune, ${config.family}]
---
# A ${familyOf(config).title} of ${config.layers} layers, inherited and not yet trained

${origin}. Made by Inheritune (arXiv:2404.08634); \`inheritance.json\` names the origin of every tensor.
Train it: \`inheritune train --set from=THIS_FOLDER --tokens tokens/NAME --out runs/NAME\`.
`;
}
