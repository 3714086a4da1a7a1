// Which families have fused passes, and whether a training step takes them.

import type { Dtype } from '../../torch/index.ts';
import { hasBfloat16Products } from '../../torch/kernels.ts';
import type { ModelConfig, Weights } from '../family.ts';
import type { FusedFamily } from './family.ts';
import { fusedGpt2 } from './gpt2.ts';
import { fusedLlama } from './llama.ts';

const families: Readonly<Record<string, FusedFamily>> = { gpt2: fusedGpt2, llama: fusedLlama };

/** What decides between a family's fused passes and its plain ones. */
export interface KernelChoice {
  /** 'auto' takes fused passes where there are any. */
  kernels?: 'auto' | 'plain' | undefined;
  /** Of matrix products. */
  precision: Dtype;
}

/** The fused passes that a step with these weights takes, or null and why it takes libtorch's operators and autograd. */
export function chooseKernels(
  { kernels, precision }: KernelChoice,
  config: ModelConfig,
  { tokenEmbedding }: Weights,
): { fused: FusedFamily | null; reason: string } {
  const plain = (reason: string) => ({ fused: null, reason });
  const fused = families[config.family];
  const { device, dtype } = tokenEmbedding;
  if (kernels === 'plain') return plain('kernels is plain');
  if (!fused) return plain(`${config.family} has none that are fused`);
  if (device !== 'cpu') return plain(`those that are fused are for the CPU, weights are on ${device}`);
  if (precision !== 'bfloat16')
    return plain(`those that are fused are for bfloat16, precision is ${precision}`);
  if (dtype !== 'float32') return plain(`those that are fused are for float32 weights, these are ${dtype}`);
  if (config.dropout > 0)
    return plain(`those that are fused have no dropout, model.dropout is ${config.dropout}`);
  if (!fused.fits(config)) return plain('those that are fused take heads of an even width up to 256');
  if (!hasBfloat16Products()) return plain('this CPU has neither AVX-512 with bfloat16 nor AMX');
  return { fused, reason: 'forward and backward fused, in bfloat16' };
}
