// The older pair of vocab.json and merges.txt (OPT, and GPT-2's offspring), read as the tokenizer.json that transformers makes of it.

import { failure } from '../run/failure.ts';
import { jsonOf } from './tokenizer-files.ts';
import type { TokenizerFiles } from './tokenizer-files.ts';

/** The content of a tokenizer.json. @throws Error  with exit code 65 when merges.txt is damaged */
export function jsonOfVocabAndMerges(files: TokenizerFiles, folder: string): Record<string, unknown> {
  const config = jsonOf(files, 'tokenizer_config.json', folder);
  const lines = Buffer.from(files.get('merges.txt') ?? '')
    .toString()
    .split(/\r?\n/);
  const merges = lines.filter((line, i) => line !== '' && !(i === 0 && line.startsWith('#version')));
  const wrong = merges.find((line) => line.split(' ').length !== 2);
  if (wrong !== undefined)
    throw failure(
      'data',
      `${folder}/merges.txt: expected two pieces a line, found ${JSON.stringify(wrong.slice(0, 40))}; fetch the file again`,
    );
  const byteLevel = {
    type: 'ByteLevel',
    add_prefix_space: config.add_prefix_space === true,
    use_regex: true,
  };
  return {
    pre_tokenizer: byteLevel,
    decoder: byteLevel,
    model: { type: 'BPE', vocab: jsonOf(files, 'vocab.json', folder), merges },
  };
}
