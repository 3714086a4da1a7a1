// Any tokenizer.json whose parts we know (GPT-NeoX, Llama 3, Qwen, Gemma ...): ids equal to those of the Rust library tokenizers.
// Its own binding for Node encodes in promises only, cannot leave special-token text alone, and a file's bad regular expression
// ends the process. What is not known is refused by name: see huggingface-json.ts.

import { z } from 'zod';
import { failure } from '../run/failure.ts';
import { spellBytes } from './byte-alphabet.ts';
import { addedTokenCutter } from './huggingface-added.ts';
import { decoderOf } from './huggingface-decoders.ts';
import { idsBeforeText, tokenizerJsonSchema } from './huggingface-json.ts';
import type { TokenizerJson } from './huggingface-json.ts';
import { bpeWordEncoder, wordLevelEncoder } from './huggingface-models.ts';
import { checkLength, normalizerOf, wordsOf } from './huggingface-text.ts';
import type { Part } from './text-splits.ts';
import { TokenList } from './token-list.ts';
import { wellFormed } from './tokenizer.ts';
import type { Tokenizer } from './tokenizer.ts';
import { fileHashes, jsonOf } from './tokenizer-files.ts';
import type { TokenizerFiles } from './tokenizer-files.ts';
import { wordCache } from './word-cache.ts';

/**
 * The tokenizer of a folder with tokenizer.json.
 *
 * @param files    the folder's tokenizer files; tokenizer_config.json names the tokens that begin and end a text
 * @param content  the tokenizer.json, where it is not the folder's own
 * @throws Error  with exit code 65 when tokenizer.json is damaged, or has a part that we do not know
 */
export function huggingFaceTokenizer(
  files: TokenizerFiles,
  folder: string,
  content: Record<string, unknown> = jsonOf(files, 'tokenizer.json', folder),
): Tokenizer {
  const path = `${folder}/tokenizer.json`;
  const json = parse(content, path);
  try {
    return build(json, files, folder);
  } catch (error) {
    if (error instanceof Error && 'exitCode' in error) throw error;
    const found = error instanceof Error ? error.message : String(error);
    throw failure(
      'data',
      `${path}: ${found} is not supported; prepare the text with another tool, or say so in an issue`,
    );
  }
}

function build(json: TokenizerJson, files: TokenizerFiles, folder: string): Tokenizer {
  const normalize = json.normalizer ? normalizerOf(json.normalizer) : (text: string): string => text;
  const words = wordsOf(json.pre_tokenizer ?? null);
  const encodeWord = json.model.type === 'BPE' ? bpeWordEncoder(json.model) : wordLevelEncoder(json.model);
  const cutBefore = addedTokenCutter(
    json.added_tokens.filter(({ normalized }) => !normalized),
    (text) => text,
  );
  const cutAfter = addedTokenCutter(
    json.added_tokens.filter(({ normalized }) => normalized),
    normalize,
  );
  const tokens = tokenTexts(json);
  const decodeTokens = json.decoder ? decoderOf(json.decoder) : (list: readonly string[]) => [list.join(' ')];
  const known = wordCache();
  const begins = ends(json, files, folder);
  const whole = withConfiguration(files, begins, tokens);

  const encodePart = ({ text, first }: Part, into: TokenList): void => {
    for (const word of words.split(text, first)) {
      let ids = known.get(word);
      if (ids === undefined) {
        ids = encodeWord(words.bytes ? spellBytes(Buffer.from(word)) : word);
        known.set(word, ids);
      }
      for (const id of ids) into.push(id);
    }
  };
  return {
    name: 'huggingface',
    info: { name: 'huggingface', files: fileHashes(whole) },
    vocab: tokens.length,
    ...begins,
    encode(text) {
      const all = { text: wellFormed(checkLength(text)), first: true };
      const ids = new TokenList(tokens.length, text.length / 3);
      for (const part of cutBefore ? cutBefore(all) : [all]) {
        if (typeof part === 'number') {
          ids.push(part);
          continue;
        }
        const normalized = { text: normalize(part.text), first: part.first };
        for (const piece of cutAfter ? cutAfter(normalized) : [normalized])
          if (typeof piece === 'number') ids.push(piece);
          else encodePart(piece, ids);
      }
      return ids.take();
    },
    decode: (ids) =>
      decodeTokens(
        Array.from({ length: ids.length }, (_, i) => {
          const id = ids[i] ?? -1;
          if (!(id >= 0 && id < tokens.length))
            throw new RangeError(`huggingface tokenizer: ids are 0 to ${tokens.length - 1}, got ${id}`);
          return tokens[id] ?? ''; // an id that the file skips is no text
        }),
      ).join(''),
    files: () => new Map(whole),
  };
}

/** Texts by id, of the model's vocabulary and the added tokens. */
function tokenTexts({ model, added_tokens }: TokenizerJson): (string | undefined)[] {
  const texts: (string | undefined)[] = [];
  for (const [text, id] of Object.entries(model.vocab)) texts[id] = text;
  for (const { id, content } of added_tokens) texts[id] = content;
  return texts;
}

/**
 * The files, and a tokenizer_config.json where there is none: without it transformers takes the tokenizer that it knows for the type of
 * the model, which for a GPT-2 leaves out the normalizer.
 */
function withConfiguration(
  files: TokenizerFiles,
  { beginOfText, endOfText }: Pick<Tokenizer, 'beginOfText' | 'endOfText'>,
  tokens: readonly (string | undefined)[],
): TokenizerFiles {
  if (files.has('tokenizer_config.json')) return files;
  const config = {
    tokenizer_class: 'PreTrainedTokenizerFast',
    bos_token: tokens[beginOfText ?? -1] ?? null,
    eos_token: tokens[endOfText ?? -1] ?? null,
    clean_up_tokenization_spaces: false,
  };
  return new Map([...files, ['tokenizer_config.json', Buffer.from(`${JSON.stringify(config, null, 2)}\n`)]]);
}

const tokenName = z.union([
  z.string(),
  z.looseObject({ content: z.string() }).transform(({ content }) => content),
]);

/** The ids that begin and end a text: those the configuration names, else the special tokens of the usual names. */
function ends(
  { model, added_tokens, post_processor }: TokenizerJson,
  files: TokenizerFiles,
  folder: string,
): Pick<Tokenizer, 'beginOfText' | 'endOfText' | 'promptStart'> {
  const added = new Map(added_tokens.map(({ content, id }) => [content, id]));
  const known = new Map(Object.entries(model.vocab));
  const config = jsonOf(files, 'tokenizer_config.json', folder);
  const special = jsonOf(files, 'special_tokens_map.json', folder);
  const idOf = (key: string, usual: readonly string[]): number | null => {
    if (key in config && config[key] === null) return null;
    const named = tokenName.safeParse(config[key] ?? special[key]);
    const name = named.success ? named.data : usual.find((text) => added.has(text));
    return name === undefined ? null : (added.get(name) ?? known.get(name) ?? null);
  };
  const beginOfText = idOf('bos_token', ['<|begin_of_text|>', '<s>', '<bos>', '<|endoftext|>']);
  const endOfText = idOf('eos_token', ['<|endoftext|>', '</s>', '<|end_of_text|>', '<eos>']);
  const asked = config.add_bos_token;
  const before = idsBeforeText(post_processor);
  const promptStart = asked === true && beginOfText !== null ? [beginOfText] : asked === false ? [] : before;
  return { beginOfText, endOfText, promptStart };
}

function parse(content: Record<string, unknown>, path: string): TokenizerJson {
  let parsed: z.ZodSafeParseResult<TokenizerJson>;
  try {
    parsed = tokenizerJsonSchema.safeParse(content);
  } catch (cause) {
    // Sequences of sequences of sequences, until the stack is full.
    throw failure('data', `${path}: expected a tokenizer, found steps within steps without end`, { cause });
  }
  if (parsed.success) return parsed.data;
  throw failure('data', `${path}: ${issueText(parsed.error.issues, content)}`);
}

/** The first issue in words; for a part of an unknown kind, the kind. */
function issueText(issues: readonly z.core.$ZodIssue[], content: unknown): string {
  const [issue] = issues;
  const at = issue?.path ?? [];
  const owner = at.at(-1) === 'type' ? at.slice(0, -1) : at;
  const kind = z.looseObject({ type: z.string() }).safeParse(valueAt(content, owner));
  if (kind.success) return `${owner.join('.')} ${kind.data.type} is not supported`;
  return `${at.join('.')}: ${issue?.message ?? 'wrong'}; expected a tokenizer of Hugging Face's`;
}

function valueAt(content: unknown, path: readonly PropertyKey[]): unknown {
  let value = content;
  for (const key of path)
    value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  return value;
}
