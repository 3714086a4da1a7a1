// Out of memory in one line: how much a step needs, by estimate, and what to lower.

import { parameterCount } from '../model/families.ts';
import type { ModelConfig } from '../model/family.ts';
import { errorLine, failure } from '../run/failure.ts';
import { formatBytes } from '../run/format.ts';
import type { TrainOptions } from './options.ts';

/** A clear error when `error` is the allocator's, else null. */
export function outOfMemory(error: unknown, options: TrainOptions, config: ModelConfig): Error | null {
  const line = errorLine(error);
  if (!/can't allocate memory|out of memory|not enough memory|array buffer allocation failed/i.test(line))
    return null;
  return failure(
    'internal',
    `out of memory with microBatch ${options.microBatch}: a step needs about ${formatBytes(stepBytes(options, config))}; ` +
      `lower microBatch (gradients are accumulated, results stay), or set recompute=true and lossRows=1024 (${line.slice(0, 120)})`,
    { cause: error },
  );
}

/**
 * Estimated bytes of one training step: weights, gradients and two moments in their dtype, activations of the blocks (34
 * bytes a token, layer and channel in 16 bits: Korthikanti et al., arXiv:2205.05198, without the score matrices that
 * fused attention never stores), and logits in 16 and 32 bits with their gradients.
 */
export function stepBytes(
  { microBatch, recompute, lossRows, precision, weights }: TrainOptions,
  config: ModelConfig,
): number {
  const { layers, width, context, paddedVocab } = config;
  const tokens = microBatch * context;
  const wide = precision === 'float32' ? 2 : 1;
  const activations = tokens * width * (recompute ? 4 * layers + 34 * wide : 34 * wide * layers);
  const rows = lossRows > 0 ? Math.min(lossRows, tokens) : tokens;
  return (weights === 'bfloat16' ? 8 : 16) * parameterCount(config) + activations + rows * paddedVocab * 10;
}
