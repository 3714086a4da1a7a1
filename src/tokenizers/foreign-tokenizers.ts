// Which tokenizer a model folder that is not ours has. The rule is written down in docs/tokenizers.md.

import { z } from 'zod';
import { gpt2Tokenizer } from './gpt2-tokenizer.ts';
import { huggingFaceTokenizer } from './huggingface-tokenizer.ts';
import { looksLikeSentencePiece } from './sentencepiece-model.ts';
import { sentencePieceTokenizer } from './sentencepiece-tokenizer.ts';
import type { Tokenizer } from './tokenizer.ts';
import { jsonOf } from './tokenizer-files.ts';
import type { TokenizerFiles } from './tokenizer-files.ts';
import { jsonOfVocabAndMerges } from './vocab-merges.ts';

/**
 * The tokenizer of a folder's files: GPT-2's own where they are GPT-2's; else tokenizer.model, unless the tokenizer.json beside it
 * has ids that the model has not; else tokenizer.json; else vocab.json and merges.txt.
 *
 * @returns null where there is none of these
 * @throws Error  with exit code 65 when a file is damaged, or has a part that we do not know
 */
export async function foreignTokenizer(files: TokenizerFiles, folder: string): Promise<Tokenizer | null> {
  if (await isGpt2(files, folder)) return gpt2Tokenizer();
  const model = files.get('tokenizer.model');
  if (model !== undefined && (looksLikeSentencePiece(model) || !files.has('tokenizer.json'))) {
    const tokenizer = sentencePieceTokenizer(files, folder);
    if (largestId(files, folder) < tokenizer.vocab) return tokenizer;
  }
  if (files.has('tokenizer.json')) return huggingFaceTokenizer(files, folder);
  if (files.has('vocab.json') && files.has('merges.txt'))
    return huggingFaceTokenizer(files, folder, jsonOfVocabAndMerges(files, folder));
  return null;
}

const ids = z.record(z.string(), z.number());
const added = z.array(z.looseObject({ id: z.number(), content: z.string() }));

/** The largest id in tokenizer.json, -1 where there is no such file. */
function largestId(files: TokenizerFiles, folder: string): number {
  const whole = z
    .looseObject({ added_tokens: added.default([]), model: z.looseObject({ vocab: ids }) })
    .safeParse(jsonOf(files, 'tokenizer.json', folder));
  if (!whole.success) return -1;
  const all = [...Object.values(whole.data.model.vocab), ...whole.data.added_tokens.map(({ id }) => id)];
  return all.reduce((largest, id) => Math.max(largest, id), -1);
}

/** Whether the folder's vocabulary is GPT-2's, and nothing in it says that text is treated otherwise than by GPT-2. */
async function isGpt2(files: TokenizerFiles, folder: string): Promise<boolean> {
  const byteLevel = z.looseObject({
    type: z.literal('ByteLevel'),
    add_prefix_space: z.literal(false),
    use_regex: z.literal(true).default(true),
  });
  const plain = z.looseObject({
    normalizer: z.null().optional(),
    pre_tokenizer: byteLevel,
    added_tokens: z.array(z.looseObject({ content: z.literal('<|endoftext|>') })).max(1),
    model: z.looseObject({ vocab: ids }),
  });
  if (jsonOf(files, 'tokenizer_config.json', folder).add_prefix_space === true) return false;
  if (files.has('tokenizer.model')) return false;
  const json = jsonOf(files, 'tokenizer.json', folder);
  const whole = plain.safeParse(json);
  if (files.has('tokenizer.json') && !whole.success) return false;
  const found = whole.success
    ? whole.data.model.vocab
    : ids.safeParse(jsonOf(files, 'vocab.json', folder)).data;
  if (found === undefined || Object.keys(found).length !== 50257) return false;
  const ours = ids.parse(JSON.parse(String((await gpt2Tokenizer()).files().get('vocab.json'))));
  return Object.entries(ours).every(([piece, id]) => found[piece] === id);
}
