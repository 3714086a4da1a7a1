// GPT-2's vocabulary: 50,256 tokens from gpt-tokenizer's rank table, whose places are the ids. Encodes nothing.

import { loadHostAddon } from '../run/host.ts';
import type { HostAddon } from '../run/host.ts';

/** Id of end-of-text, the last one; no text encodes to it. */
export const gpt2EndOfText = 50256;

/** The bytes of each token, end-of-text not among them. The first call in a thread takes about 0.1 s. */
export async function gpt2Tokens(): Promise<readonly Uint8Array[]> {
  return (loading ??= import('gpt-tokenizer/bpeRanks/r50k_base').then(({ default: ranked }) =>
    ranked.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : Uint8Array.from(piece))),
  ));
}

let loading: Promise<readonly Uint8Array[]> | undefined; // a cache: the table is the same for all

/** The host addon with the vocabulary in it. All threads of a process share one: only the first of them loads the table. */
export async function gpt2Addon(): Promise<HostAddon> {
  const addon = loadHostAddon();
  if (addon.gpt2Loaded()) return addon;
  const tokens = await gpt2Tokens();
  let end = 0;
  const ends = Uint32Array.from(tokens, ({ length }) => (end += length));
  addon.gpt2Load(Buffer.concat(tokens), ends);
  return addon;
}
