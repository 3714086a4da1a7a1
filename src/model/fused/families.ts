// Which families have fused passes, and whether a training step takes them.

import type { Dtype } from '../../torch/index.ts';
import { hasBfloat16Products, hasFloat32Products } from '../../torch/kernels.ts';
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
  if (dtype !== 'float32') return plain(`those that are fused are for float32 weights, these are ${dtype}`);
  if (config.dropout > 0)
    return plain(`those that are fused have no dropout, model.dropout is ${config.dropout}`);
  if (!fused.fits(config)) return plain('those that are fused take heads of an even width up to 256');
  const missing = missingInstructions(precision);
  if (missing) return plain(missing);
  return { fused, reason: `forward and backward fused, in ${precision}` };
}

/** What this CPU lacks for fused passes in that precision, or null. */
function missingInstructions(precision: Dtype): string | null {
  if (precision === 'bfloat16')
    return hasBfloat16Products() ? null : 'this CPU has neither AVX-512 with bfloat16 nor AMX';
  if (precision === 'float32') return hasFloat32Products() ? null : 'this CPU has no AVX-512';
  return `those that are fused are for bfloat16 and float32, precision is ${precision}`;
}
