// A model whose blocks are at hand one at a time: held in memory, or read from a folder that memory could not hold.

import { openModelFolder } from './folder.ts';
import { familyOf } from './families.ts';
import type { Block, Model, ModelConfig, Weights } from './family.ts';
import { readHubBlock, readHubEmbeddings } from './huggingface.ts';
import { releaseWeights } from './weights.ts';
import { keep, noGrad, scope } from '../torch/index.ts';
import type { Tensor } from '../torch/index.ts';

export interface BlockSource {
  config: ModelConfig;
  /** Embeddings: tokens [B, T] int64 -> [B, T, C], without gradients. The caller releases it. */
  embed(tokens: Tensor): Promise<Tensor>;
  /** Runs `use` with the weights of one block; they are gone when it has resolved. */
  withBlock(layer: number, use: (weights: Block) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** Blocks of a model in memory, which stays the caller's. */
export function blocksInMemory({ config, weights }: Model): BlockSource {
  return {
    config,
    embed: async (tokens) => embedded(tokens, weights, config),
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
      const embeddings = await readHubEmbeddings(config, read);
      try {
        return embedded(tokens, embeddings, config);
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

function embedded(tokens: Tensor, weights: Weights, config: ModelConfig): Tensor {
  return scope(() => keep(noGrad(() => familyOf(config).embed(tokens, weights, config)))); // [B, T, C]
}
