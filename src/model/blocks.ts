// A model whose blocks are at hand one at a time: held in memory, or read from a folder that memory could not hold.

import { openModelFolder } from './folder.ts';
import type { Model } from './folder.ts';
import type { Gpt2Block, Gpt2Config } from './gpt2.ts';
import { embed } from './gpt2.ts';
import { readHubBlock, readHubEmbeddings } from './huggingface.ts';
import { releaseWeights } from './weights.ts';
import { keep, noGrad, scope } from '../torch/index.ts';
import type { Tensor } from '../torch/index.ts';

export interface BlockSource {
  config: Gpt2Config;
  /** Token and position embeddings: tokens [B, T] int64 -> [B, T, C], without gradients. The caller releases it. */
  embed(tokens: Tensor): Promise<Tensor>;
  /** Runs `use` with the weights of one block; they are gone when it has resolved. */
  withBlock(layer: number, use: (weights: Gpt2Block) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** Blocks of a model in memory, which stays the caller's. */
export function blocksInMemory({ config, weights }: Model): BlockSource {
  return {
    config,
    embed: async (tokens) => embedded(tokens, weights),
    withBlock: (layer, use) => use(weights.blocks[layer]),
    close: async () => undefined,
  };
}

/**
 * Blocks of a model folder, each read from safetensors when it is used: memory holds one block, or the embeddings.
 *
 * @throws Error  with exit code 65 when there is no model of a known family
 */
export async function blocksOfFolder(
  folder: string,
  { device = 'cpu' }: { device?: string } = {},
): Promise<BlockSource> {
  const { config, read, close } = await openModelFolder(folder, { device });
  return {
    config,
    async embed(tokens) {
      const embeddings = await readHubEmbeddings(read);
      try {
        return embedded(tokens, embeddings);
      } finally {
        releaseWeights(embeddings);
      }
    },
    async withBlock(layer, use) {
      const weights = await readHubBlock(config, layer, read);
      try {
        await use(weights);
      } finally {
        releaseWeights(weights);
      }
    },
    close,
  };
}

function embedded(tokens: Tensor, weights: Parameters<typeof embed>[1]): Tensor {
  return scope(() => keep(noGrad(() => embed(tokens, weights)))); // [B, T, C]
}
