// What a tokenizer is, and the two files around tokenizer.json that every one of them writes for transformers.

/** Ids of a text: 16 bits a token where the vocabulary allows it. */
export type TokenArray = Uint16Array | Uint32Array;

/** What has to be known to make a tokenizer again; kept in tokens.json and in tokenizer_config.json. */
export type TokenizerInfo =
  | { name: 'gpt2' }
  | { name: 'bytes' }
  | { name: 'characters'; alphabet: string }
  /** Of files that somebody else made: their SHA-256 by name. A token folder keeps them in tokenizer/. */
  | { name: 'huggingface' | 'sentencepiece'; files: Record<string, string> };

export interface Tokenizer {
  readonly name: TokenizerInfo['name'];
  readonly info: TokenizerInfo;
  /** Number of ids, end-of-text included. */
  readonly vocab: number;
  /** Id that transformers calls bos: it begins a text, or stands for an empty one. Text never encodes to it. */
  readonly beginOfText: number | null;
  /** Id that ends a document. Text never encodes to it, not even the text `<|endoftext|>`. */
  readonly endOfText: number | null;
  /** Ids that the tokenizer's makers put before every prompt: begin-of-text for Llama, nothing for GPT-2. */
  readonly promptStart: readonly number[];
  /**
   * Ids of `text`. A surrogate without its partner counts as U+FFFD, as it does in UTF-8.
   *
   * @throws RangeError  when a character is outside a character tokenizer's alphabet
   */
  encode(text: string): TokenArray;
  /** Text of `ids`. Bytes that are no UTF-8 become U+FFFD; end-of-text is written out: `<|endoftext|>`, `</s>`. */
  decode(ids: ArrayLike<number>): string;
  /** Files by name that transformers' AutoTokenizer loads, with ids equal to these. Files that were given come back unchanged. */
  files(): Map<string, string | Uint8Array>;
}

/** How end-of-text is written in tokenizer files. */
export const endOfTextPiece = '<|endoftext|>';

/** `text` with U+FFFD for each surrogate without its partner. */
export function wellFormed(text: string): string {
  return /\p{Surrogate}/u.test(text) ? text.replace(/\p{Surrogate}/gu, '\ufffd') : text;
}

/** Text of UTF-8 bytes, a byte order mark kept, U+FFFD for what is no UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/**
 * tokenizer.json and tokenizer_config.json around a model.
 *
 * @param model     the "model" of tokenizer.json, end-of-text not in it
 * @param pipeline  its "pre_tokenizer" and "decoder"
 */
export function tokenizerFiles(
  { info, vocab }: Pick<Tokenizer, 'info' | 'vocab'>,
  model: object,
  pipeline: { pre_tokenizer: object; decoder: object },
): Map<string, string> {
  const endOfText = {
    id: vocab - 1,
    content: endOfTextPiece,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  };
  const tokenizer = {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [endOfText],
    normalizer: null,
    pre_tokenizer: pipeline.pre_tokenizer,
    post_processor: null,
    decoder: pipeline.decoder,
    model,
  };
  const config = {
    tokenizer_class: 'PreTrainedTokenizerFast',
    bos_token: endOfTextPiece,
    eos_token: endOfTextPiece,
    clean_up_tokenization_spaces: false,
    inheritune: info,
  };
  return new Map([
    ['tokenizer.json', `${JSON.stringify(tokenizer)}\n`],
    ['tokenizer_config.json', `${JSON.stringify(config, null, 2)}\n`],
  ]);
}
