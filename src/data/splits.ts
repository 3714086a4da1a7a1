// Which text is for training and which for validation. A pure function of the document.

import { createHash } from 'node:crypto';
import type { Split } from './tokens.ts';

export interface SplitOptions {
  validationSplit: 'documents' | 'tail';
  validationFraction: number;
}

/**
 * A document's parts and the split each belongs to.
 *
 * 'documents': the whole goes to validation when its SHA-256 lies in the lowest `validationFraction` of all hashes, so the
 * same document goes the same way whatever else is prepared with it, and copies are never on both sides.
 * 'tail': the last `validationFraction` of its characters is validation text, as in nanoGPT's Shakespeare.
 */
export function divide(
  text: string,
  { validationSplit, validationFraction }: SplitOptions,
): [Split, string][] {
  if (validationSplit === 'documents')
    return [[hashFraction(text) < validationFraction ? 'val' : 'train', text]];
  const cut = unitsBefore(text, 1 - validationFraction);
  const parts: [Split, string][] = [
    ['train', text.slice(0, cut)],
    ['val', text.slice(cut)],
  ];
  return parts.filter(([, part]) => part !== '');
}

/** The first 48 bits of a text's SHA-256 as a number from 0 to 1. */
function hashFraction(text: string): number {
  return createHash('sha256').update(text).digest().readUIntBE(0, 6) / 2 ** 48;
}

/** Length in UTF-16 units of the first `fraction` of a text's characters. */
function unitsBefore(text: string, fraction: number): number {
  let characters = 0;
  for (const _ of text) characters++;
  let left = Math.floor(characters * fraction);
  let units = 0;
  for (const character of text) {
    if (left-- === 0) break;
    units += character.length;
  }
  return units;
}
