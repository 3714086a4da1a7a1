// Named model sizes: the paper's (PAPER: table 6 of arXiv:2404.08634v4) and small ones that fit a laptop.

import type { ModelConfig } from './family.ts';

/** Families by the names that options use: each is a file of this folder. */
export const familyNames = ['gpt2', 'llama', 'gpt-neox', 'opt', 'mpt'] as const;

type Size = Pick<ModelConfig, 'layers' | 'heads' | 'width' | 'context'>;

/** Layers, heads, width and context by name; vocab and the rest come from the data and the recipe. */
export const presets: Readonly<Record<string, Size>> = {
  nano: { layers: 2, heads: 2, width: 32, context: 64 },
  micro: { layers: 4, heads: 4, width: 64, context: 128 },
  tiny: { layers: 8, heads: 4, width: 128, context: 128 },
  mini: { layers: 8, heads: 6, width: 192, context: 256 },
  small: { layers: 12, heads: 12, width: 768, context: 1024 },
  medium: { layers: 24, heads: 16, width: 1024, context: 1024 },
  large: { layers: 36, heads: 20, width: 1280, context: 1024 },
  'large-dagger': { layers: 32, heads: 20, width: 1280, context: 1024 },
  xlarge: { layers: 48, heads: 25, width: 1600, context: 1024 },
};
