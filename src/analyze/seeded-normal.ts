// Random tensors that are a pure function of a seed and a name. Drawn on the CPU, so that every device gets the same.

import { streamSeed } from '../run/seed.ts';
import { manualSeed, ops } from '../torch/index.ts';
import type { Tensor } from '../torch/index.ts';

/**
 * Independent normal numbers of mean 0, float32; on the scope around the call.
 *
 * @param stream  name of what they are for, then numbers that tell its draws apart: steps
 */
export function seededNormal(
  shape: readonly number[],
  { seed, deviation = 1, device = 'cpu' }: { seed: number; deviation?: number; device?: string },
  stream: string,
  ...place: number[]
): Tensor {
  manualSeed(streamSeed(seed, stream, ...place));
  const drawn = ops.empty(shape, { dtype: 'float32' }).normal_(0, deviation);
  return device === 'cpu' ? drawn : drawn.to({ device });
}
