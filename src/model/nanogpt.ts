// Checkpoints of nanoGPT (ckpt.pt): GPT-2's names, its linear weights [out, in], and the sizes in `model_args`.
// GELU is by the error function, as nanoGPT's since June 2023; by tanh in the forks with a layer scale, which are older.

import { z } from 'zod';
import { failure } from '../run/failure.ts';
import { entryOf, keep, noGrad, openTorchFile, scope } from '../torch/index.ts';
import type { Pickled, Tensor } from '../torch/index.ts';
import { gpt2 } from './gpt2.ts';
import type { Gpt2Config } from './gpt2.ts';
import { openModelFiles } from './open-model.ts';
import type { OpenModel, ReadOptions } from './open-model.ts';
import { openWeightFile } from './weight-files.ts';
import type { WeightFiles } from './weight-files.ts';

const modelArgs = z.object({
  n_layer: z.int().positive().max(10_000), // a table of that many blocks is made
  n_head: z.int().positive(),
  n_embd: z.int().positive(),
  block_size: z.int().positive(),
  bias: z.boolean().default(true),
  vocab_size: z.int().positive(),
  dropout: z.number().min(0).max(1).default(0),
  /** Of the forks that the paper's runs and Sophia's were made with. */
  scale_attn_by_inverse_layer_idx: z.boolean().optional(),
});

/** nanoGPT pads GPT-2's vocabulary to a multiple of 64. */
const gpt2Rows = { padded: 50304, known: 50257 };

/** Whether a path is that of a checkpoint file, and not of a folder. */
export function isNanogpt(path: string): boolean {
  return path.endsWith('.pt');
}

/** The configuration of a checkpoint. @throws Error  with exit code 65 when the file is none of nanoGPT's */
export async function readNanogptConfig(path: string): Promise<Gpt2Config> {
  const file = await openTorchFile(path);
  try {
    const parsed = modelArgs.safeParse(plainObject(entryOf(file.value, 'model_args')));
    if (!parsed.success)
      throw failure(
        'data',
        `${path}: expected a nanoGPT checkpoint with model_args, found ${parsed.error.issues[0]?.path.join('.') || 'none'}; for other files give their folder with config.json`,
      );
    const { n_layer: layers, n_head: heads, n_embd: width, block_size: context, ...args } = parsed.data;
    const { bias, dropout, vocab_size: vocab } = args;
    if (width % heads !== 0)
      throw failure('data', `${path}: n_head: expected a divisor of n_embd ${width}, found ${heads}`);
    return {
      family: 'gpt2',
      layers,
      heads,
      width,
      context,
      vocab: vocab === gpt2Rows.padded ? gpt2Rows.known : vocab,
      paddedVocab: vocab,
      bias,
      dropout,
      scaleAttentionByInverseLayer: args.scale_attn_by_inverse_layer_idx ?? false,
      layerNormEpsilon: 1e-5,
      ...(args.scale_attn_by_inverse_layer_idx === undefined ? { exactGelu: true } : {}),
    };
  } finally {
    await file.close();
  }
}

/**
 * Opens a checkpoint as if it were a model folder of GPT-2: linear weights are turned as they are read.
 *
 * @throws Error  with exit code 65 as `openModelFolder`
 */
export async function openNanogpt(path: string, options: ReadOptions = {}): Promise<OpenModel> {
  const config = await readNanogptConfig(path);
  const file = await openWeightFile(path);
  return openModelFiles(config, asHub(file, config), options);
}

/** The same tensors as transformers has them: Conv1D's [in, out], and zeros for the biases that are not there. */
function asHub(file: WeightFiles, config: Gpt2Config): WeightFiles {
  const table = new Map(gpt2.parameters(config).map((each) => [each.name, each]));
  const isTurned = (name: string) => table.get(name)?.transposed ?? false;
  const entries = new Map(
    Array.from(file.entries, ([name, { dtype, shape }]) => [
      name,
      { dtype, shape: isTurned(name) ? [...shape].reverse() : shape },
    ]),
  );
  for (const { name, shape, zeros } of table.values())
    if (name !== null && zeros && !entries.has(name)) entries.set(name, { dtype: 'float32', shape });
  return {
    ...file,
    entries,
    read: async (name, options) => {
      const tensor = await file.read(name, options);
      return isTurned(name) ? turned(tensor) : tensor;
    },
  };
}

function turned(tensor: Tensor): Tensor {
  const result = scope(() => keep(noGrad(() => tensor.t().clone({ memoryFormat: 'contiguous' }))));
  tensor.release();
  return result;
}

/** A dictionary's plain values by its names. */
function plainObject(value: Pickled | undefined): Record<string, unknown> {
  const plain: Record<string, unknown> = {};
  if (!(value instanceof Map)) return plain;
  for (const [key, each] of value)
    if (typeof key === 'string' && (typeof each !== 'object' || each === null)) plain[key] = each;
  return plain;
}
