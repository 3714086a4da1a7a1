// Which of a model's files are fetched. Pure.

import { failure } from '../run/failure.ts';
import type { HubFile } from './listing.ts';

/** Configuration and tokenizer, where there are any. */
const companions =
  /^(config|generation_config|tokenizer|tokenizer_config|special_tokens_map|added_tokens|vocab)\.json$|^(vocab|merges)\.txt$|^(tokenizer|spiece|sentencepiece\.bpe)\.model$/;
const safetensors = /^model(-\d+-of-\d+)?\.safetensors$|^model\.safetensors\.index\.json$/;
const torchFiles = /^pytorch_model(-\d+-of-\d+)?\.bin$|^pytorch_model\.bin\.index\.json$/;

/**
 * The files to fetch: those that a glob of `include` fits, or what a model needs: configuration, tokenizer, weights
 * (safetensors, or else those of torch.save). Small ones first, so that whoever has the weights has all.
 *
 * @param include  globs as Python's: `*` goes over slashes too
 * @throws Error  with exit code 65 when there is nothing to fetch
 */
export function chooseFiles(
  files: readonly HubFile[],
  repo: string,
  include: readonly string[] = [],
): HubFile[] {
  const matching = (pattern: RegExp) => files.filter(({ name }) => pattern.test(name));
  const weights = [safetensors, torchFiles].map(matching).find(({ length }) => length > 0) ?? [];
  const chosen = include.length > 0 ? matching(anyOf(include)) : [...matching(companions), ...weights];
  if (chosen.length === 0)
    throw failure('data', `${repo}: none of its ${files.length} files is called ${include.join(' or ')}`);
  if (include.length === 0 && weights.length === 0)
    throw failure(
      'data',
      `${repo}: has no weights that we read (model.safetensors, pytorch_model.bin); its files: ${some(files)}`,
    );
  return chosen.sort((a, b) => a.bytes - b.bytes || (a.name < b.name ? -1 : 1));
}

function anyOf(globs: readonly string[]): RegExp {
  const one = (glob: string) =>
    glob
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*+/g, '.*')
      .replace(/\?/g, '.');
  return new RegExp(`^(${globs.map(one).join('|')})$`, 's');
}

function some(files: readonly HubFile[]): string {
  const names = files.slice(0, 8).map(({ name }) => name);
  return `${names.join(', ') || 'none'}${files.length > 8 ? ', ...' : ''}`;
}
