// Random models and the cases that go between us and transformers. Wide weights: attention is far from uniform.

import { mkdir } from 'node:fs/promises';
import { writeModelFolder } from '../../src/model/folder.ts';
import type { Model, ModelConfig } from '../../src/model/family.ts';
import { forward, initModel } from '../../src/model/families.ts';
import type { Gpt2Config } from '../../src/model/gpt2.ts';
import { flattenWeights } from '../../src/model/weights.ts';
import { manualSeed, noGrad, ops, scope, writeSafetensors } from '../../src/torch/index.ts';
import type { Tensor } from '../../src/torch/index.ts';

export const tiny: Gpt2Config = {
  family: 'gpt2',
  layers: 3,
  heads: 2,
  width: 16,
  context: 12,
  vocab: 61,
  paddedVocab: 61,
  bias: true,
  dropout: 0,
  scaleAttentionByInverseLayer: false,
  layerNormEpsilon: 1e-5,
};

/** A model whose every weight is noise of this deviation more than at the start of training. Release its weights. */
export function randomModel<C extends ModelConfig>(config: C, deviation = 0.25): Model {
  const weights = initModel(config, 1);
  manualSeed(7n);
  noGrad(() =>
    scope(() => {
      for (const leaf of flattenWeights(weights).values()) leaf.add_(ops.randnLike(leaf).mul(deviation));
    }),
  );
  return { config, weights };
}

/** Tokens [rows, context] int64. */
export function randomTokens({ vocab, context }: ModelConfig, rows: number): Tensor {
  manualSeed(8n);
  return ops.randint(vocab, [rows, context], { dtype: 'int64' });
}

/**
 * Writes FOLDER and, beside it, FOLDER.case.safetensors with tokens and our logits, as from_ours.py wants them.
 *
 * @returns the prompt that from_ours.py continues: the first four tokens
 */
export async function writeCase(folder: string, model: Model): Promise<{ prompt: number[] }> {
  await mkdir(folder);
  await writeModelFolder(folder, model, {
    tokenizerFiles: new Map(),
    endOfText: model.config.vocab - 1,
    card: '',
  });
  return writeLogits(folder, model);
}

/** The same for a folder that is there already. */
export async function writeLogits(folder: string, { config, weights }: Model): Promise<{ prompt: number[] }> {
  const tokens = scope(() => randomTokens(config, config.context > 100 ? 1 : 2)); // [B, T]
  const logits = noGrad(() => scope(() => forward(tokens, { config, weights }))); // [B, T, V]
  await writeSafetensors(`${folder}.case.safetensors`, new Map(Object.entries({ tokens, logits })));
  const prompt = Array.from(tokens.data() as BigInt64Array, Number).slice(0, 4);
  tokens.release();
  logits.release();
  return { prompt };
}
