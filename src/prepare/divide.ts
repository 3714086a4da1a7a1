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
 */
export function divide(texts: Texts, rule: SplitRule): Record<Split, Texts> {
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
        const row = texts.rows[index] ?? 0;
        while (next < rule.val.length && (rule.val[next] ?? 0) < row) next++;
        return rule.val[next] === row;
      });
    }
  }
}

const nothing: Texts = { bytes: new Uint8Array(), ends: new Uint32Array(), rows: new Uint32Array() };

interface Document {
  bytes: Uint8Array;
  row: number;
}

function parted(texts: Texts, isVal: (document: Uint8Array, index: number) => boolean): Record<Split, Texts> {
  const parts: Record<Split, Document[]> = { train: [], val: [] };
  for (const [index, document] of documentsOf(texts).entries())
    parts[isVal(document.bytes, index) ? 'val' : 'train'].push(document);
  if (parts.val.length === 0) return { train: texts, val: nothing };
  return { train: joined(parts.train), val: joined(parts.val) };
}

function cutTails(texts: Texts, fraction: number): Record<Split, Texts> {
  const parts: Record<Split, Document[]> = { train: [], val: [] };
  for (const { bytes, row } of documentsOf(texts)) {
    const cut = bytesBefore(bytes, 1 - fraction);
    if (cut > 0) parts.train.push({ bytes: bytes.subarray(0, cut), row });
    if (cut < bytes.length) parts.val.push({ bytes: bytes.subarray(cut), row });
  }
  return { train: joined(parts.train), val: joined(parts.val) };
}

function documentsOf({ bytes, ends, rows }: Texts): Document[] {
  return Array.from(ends, (end, index) => ({
    bytes: bytes.subarray(index === 0 ? 0 : ends[index - 1], end),
    row: rows[index] ?? 0,
  }));
}

function joined(documents: readonly Document[]): Texts {
  const length = documents.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const texts = {
    bytes: new Uint8Array(length),
    ends: new Uint32Array(documents.length),
    rows: Uint32Array.from(documents, ({ row }) => row),
  };
  let end = 0;
  for (const [index, { bytes }] of documents.entries()) {
    texts.bytes.set(bytes, end);
    texts.ends[index] = end += bytes.length;
  }
  return texts;
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
