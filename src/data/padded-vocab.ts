// Models of the hub whose embedding has more rows than their tokenizer has tokens, as Pythia's: which those are.

import { isDeepStrictEqual } from 'node:util';
import type { TokenizerInfo } from '../tokenizers/tokenizer.ts';
import { loadTokenizer } from '../tokenizers/tokenizers.ts';

/**
 * Whether a model's rows beyond `vocab` are padding: its own folder's tokenizer is the one the data was made with. A folder
 * of ours says how many tokens it knows, and has no such doubt.
 *
 * @param folder  model folder, with its tokenizer
 * @param config  tokens and rows that it says it has
 * @param vocab   tokens of the data's tokenizer
 */
export async function isPadded(
  folder: string,
  config: { vocab: number; paddedVocab: number },
  vocab: number,
  tokenizer: TokenizerInfo | null,
): Promise<boolean> {
  if (tokenizer === null || config.vocab !== config.paddedVocab || vocab > config.vocab) return false;
  const own = await loadTokenizer(folder).catch(() => null);
  return own !== null && isDeepStrictEqual(own.info, tokenizer);
}
