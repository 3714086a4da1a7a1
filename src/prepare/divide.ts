// Which text is for training and which for validation. A pure function of the documents, in bytes.

import { createHash } from 'node:crypto';
import type { Split } from '../data/tokens.ts';
import type { Texts } from './batch-encoders.ts';
import type { SplitRule } from './work.ts';

/**
 * The documents of a batch, by split, in their order.
 *
 * hash: a document goes to validation whole when its SHA-256 lies in the lowest `fraction` of all hashes, so the same document
 * goes the same way whatever else is prepared with it, and copies are never on both sides.
 * tail: the last `fraction` of each document's characters, as in nanoGPT's Shakespeare.
 * rows: the documents named by their rows.  shard: none here.
 *
 * @param rows  row of each document in the corpus
 */
export function divide(texts: Texts, rows: ArrayLike<number>, rule: SplitRule): Record<Split, Texts> {
  switch (rule.by) {
    case 'shard':
      return { train: texts, val: nothing };
    case 'tail':
      return cutTails(texts, rule.fraction);
    case 'hash':
      return parted(texts, (document) => hashFraction(document) < rule.fraction);
    case 'rows': {
      let next = 0; // rows ascend, and so do those of validation
      return parted(texts, (_, index) => {
        const row = rows[index] ?? 0;
        while (next < rule.val.length && (rule.val[next] ?? 0) < row) next++;
        return rule.val[next] === row;
      });
    }
  }
}

const nothing: Texts = { bytes: new Uint8Array(), ends: new Uint32Array() };

function parted(texts: Texts, isVal: (document: Uint8Array, index: number) => boolean): Record<Split, Texts> {
  const parts: Record<Split, Uint8Array[]> = { train: [], val: [] };
  for (const [index, document] of documentsOf(texts).entries())
    parts[isVal(document, index) ? 'val' : 'train'].push(document);
  if (parts.val.length === 0) return { train: texts, val: nothing };
  return { train: joined(parts.train), val: joined(parts.val) };
}

function cutTails(texts: Texts, fraction: number): Record<Split, Texts> {
  const parts: Record<Split, Uint8Array[]> = { train: [], val: [] };
  for (const document of documentsOf(texts)) {
    const cut = bytesBefore(document, 1 - fraction);
    if (cut > 0) parts.train.push(document.subarray(0, cut));
    if (cut < document.length) parts.val.push(document.subarray(cut));
  }
  return { train: joined(parts.train), val: joined(parts.val) };
}

function documentsOf({ bytes, ends }: Texts): Uint8Array[] {
  return Array.from(ends, (end, index) => bytes.subarray(index === 0 ? 0 : ends[index - 1], end));
}

function joined(documents: readonly Uint8Array[]): Texts {
  const ends = new Uint32Array(documents.length);
  let length = 0;
  for (const [index, document] of documents.entries()) ends[index] = length += document.length;
  const bytes = new Uint8Array(length);
  for (const [index, document] of documents.entries())
    bytes.set(document, (ends[index] ?? 0) - document.length);
  return { bytes, ends };
}

/** The first 48 bits of a text's SHA-256 as a number from 0 to 1. */
function hashFraction(document: Uint8Array): number {
  return createHash('sha256').update(document).digest().readUIntBE(0, 6) / 2 ** 48;
}

/** Length in bytes of the first `fraction` of a text's characters. */
function bytesBefore(document: Uint8Array, fraction: number): number {
  const begins = (byte: number): boolean => (byte & 0xc0) !== 0x80;
  let characters = 0;
  for (const byte of document) if (begins(byte)) characters++;
  let left = Math.floor(characters * fraction);
  for (const [place, byte] of document.entries()) if (begins(byte) && left-- === 0) return place;
  return document.length;
}
