// The sequences that are measured: windows of the validation split side by side, in an order that the seed decides.

import { permutationSampler } from '../data/sampler.ts';
import type { TokenFile } from '../data/tokens.ts';
import { failure } from '../run/failure.ts';
import { streamSeed } from '../run/seed.ts';

/**
 * Token ids of `sequences` windows of `length` tokens that do not overlap. Equal seeds give equal windows whatever the model.
 *
 * @returns ids [N, T], row-major
 * @throws Error  with exit code 65 when the split holds fewer windows
 */
export async function readSequences(
  file: TokenFile,
  { sequences, length, seed }: { sequences: number; length: number; seed: number },
): Promise<BigInt64Array> {
  const room = Math.floor(file.length / length) - 1;
  if (room < sequences)
    throw failure(
      'data',
      `${file.path}: expected ${sequences} sequences of ${length} tokens, found room for ${Math.max(0, room)} in ${file.length} tokens; lower --sequences or --length, or prepare more text`,
    );
  const sampler = permutationSampler({
    tokens: file.length,
    context: length,
    seed: streamSeed(seed, 'analysis'),
  });
  const ids = new BigInt64Array(sequences * length);
  for (let n = 0; n < sequences; n++) {
    const row = await file.read(sampler.window(n), length);
    for (let t = 0; t < length; t++) ids[n * length + t] = BigInt(row[t] ?? 0);
  }
  return ids;
}
