// One document of a token folder, for `data show`: found by scanning for the separator, a bounded piece at a time.

import type { JobContext } from '../run/context.ts';
import { failure } from '../run/failure.ts';
import { loadTokenizer } from '../tokenizers/tokenizers.ts';
import { openSplit, readTokensInfo } from './tokens.ts';
import type { Split, TokenFile } from './tokens.ts';

export interface ShownDocument {
  split: Split;
  /** Its number, from 0. */
  document: number;
  /** Place of its first token in the split; the separator is no part of it. */
  start: number;
  /** Tokens it has. */
  tokens: number;
  /** Its ids: at most the first million. */
  ids: number[];
  /** Text of `ids`. */
  text: string;
}

/** Ids read at once. */
const chunk = 1 << 20;

/** Most ids of a document that are kept. */
const mostIds = 1_000_000;

/**
 * Finds document number `document` of a split.
 *
 * Documents are what lies between separators: in files of others the first of a shard may be the end of one that was cut.
 *
 * @throws Error  with exit code 64 when there are not so many, 65 when the folder has no separator
 */
export async function showDocument(
  { folder, document, split = 'val' }: { folder: string; document: number; split?: Split },
  { console }: Pick<JobContext, 'console'>,
): Promise<ShownDocument> {
  const info = await readTokensInfo(folder, console);
  const { documentSeparator: separator, tokenizer } = info;
  if (separator === null)
    throw failure(
      'data',
      `${folder}: expected an id between documents, found none in tokens.json; documents cannot be told apart, read the ids by place`,
    );
  const file = await openSplit(folder, info, split);
  try {
    const found = await scan(file, document, separator, (share) =>
      console.status(`${folder}: ${Math.floor(100 * share)} % looked through`),
    );
    if ('documents' in found)
      throw failure(
        'usage',
        found.documents === 0
          ? `--document: expected a number, found no document in ${split} of ${folder}`
          : `--document: expected 0 to ${found.documents - 1} (${split} of ${folder}), got ${document}`,
      );
    const text = (await loadTokenizer(tokenizer, { tokens: folder })).decode(found.ids);
    return { split, document, ...found, text };
  } finally {
    console.status('');
    await file.close();
  }
}

type Scanned = Pick<ShownDocument, 'start' | 'tokens' | 'ids'> | { documents: number };

/** The document, or how many there are. */
async function scan(
  file: TokenFile,
  wanted: number,
  { id, place }: { id: number; place: 'after' | 'before' },
  onProgress: (share: number) => void,
): Promise<Scanned> {
  let document = 0;
  let start = 0; // of the document that is being looked through
  const ids: number[] = [];
  for (let at = 0; at < file.length; at += chunk) {
    const piece = await file.read(at, Math.min(chunk, file.length - at));
    for (let from = 0; from <= piece.length; ) {
      const found = piece.indexOf(id, from);
      const end = found === -1 ? piece.length : found;
      if (document === wanted)
        for (const each of piece.subarray(from, Math.min(end, from + mostIds - ids.length))) ids.push(each);
      if (found === -1) break;
      // A separator that lies before documents ends none where it is the very first id.
      if (place === 'after' || at + end > 0) {
        if (document === wanted) return { start, tokens: at + end - start, ids };
        document++;
      }
      start = at + end + 1;
      from = end + 1;
    }
    onProgress((at + piece.length) / file.length);
  }
  const isOpen = place === 'before' ? file.length > 0 : start < file.length; // the last has no separator after it
  if (isOpen && document === wanted) return { start, tokens: file.length - start, ids };
  return { documents: document + (isOpen ? 1 : 0) };
}

/** The document as lines for a terminal, what would steer it taken out. */
export function documentText({ split, document, start, tokens, ids, text }: ShownDocument): string {
  const cut = ids.length < tokens ? `, the first ${ids.length.toLocaleString('en')} of them here` : '';
  const shown = text
    .replace(/\r\n/g, '\n')
    .replace(/(?![\n\t])\p{Cc}|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
  return `document ${document} of ${split}: ${tokens.toLocaleString('en')} tokens, the first at ${start.toLocaleString('en')}${cut}\nids: ${ids.join(' ')}\n\n${shown}`;
}
