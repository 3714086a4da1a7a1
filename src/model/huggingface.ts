// GPT-2 as Hugging Face stores it: names, Conv1D transposes, config.json. Pure mapping, no files.

import { z } from 'zod';
import { failure } from '../run/failure.ts';
import { keep, noGrad, ops, scope } from '../torch/index.ts';
import type { Tensor } from '../torch/index.ts';
import type { Gpt2Block, Gpt2Config, Gpt2Weights, Linear, Norm } from './gpt2.ts';

/** What we read of a GPT-2 config.json; other keys are ignored. */
const hubConfig = z.object({
  model_type: z.string(),
  n_layer: z.int().positive(),
  n_head: z.int().positive(),
  n_embd: z.int().positive(),
  n_positions: z.int().positive(),
  vocab_size: z.int().positive(),
  n_inner: z.int().positive().nullish(),
  activation_function: z.string().default('gelu_new'),
  layer_norm_epsilon: z.number().positive().default(1e-5),
  resid_pdrop: z.number().min(0).max(1).default(0),
  scale_attn_weights: z.boolean().default(true),
  scale_attn_by_inverse_layer_idx: z.boolean().default(false),
  tie_word_embeddings: z.boolean().default(true),
  inheritune: z.object({ bias: z.boolean(), vocab: z.int().positive() }).optional(),
});

/** config.json for transformers. Bias-free models say so in a key of our own: the file format always has biases. */
export function toHubConfig(
  config: Gpt2Config,
  { beginOfText, endOfText }: { beginOfText?: number | null; endOfText: number | null },
): object {
  return {
    architectures: ['GPT2LMHeadModel'],
    model_type: 'gpt2',
    n_layer: config.layers,
    n_head: config.heads,
    n_embd: config.width,
    n_positions: config.context,
    n_ctx: config.context,
    vocab_size: config.paddedVocab,
    activation_function: 'gelu_new',
    layer_norm_epsilon: config.layerNormEpsilon,
    attn_pdrop: config.dropout,
    embd_pdrop: config.dropout,
    resid_pdrop: config.dropout,
    scale_attn_weights: true,
    scale_attn_by_inverse_layer_idx: config.scaleAttentionByInverseLayer,
    reorder_and_upcast_attn: false,
    tie_word_embeddings: true,
    bos_token_id: beginOfText ?? endOfText,
    eos_token_id: endOfText,
    dtype: 'float32',
    inheritune: { bias: config.bias, vocab: config.vocab },
  };
}

/**
 * Our configuration from a config.json.
 *
 * @param where  the file's path, for messages
 * @throws Error  with exit code 65 for another family, an untied head or another activation
 */
export function fromHubConfig(json: unknown, where: string): Gpt2Config {
  const parsed = hubConfig.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw failure(
      'data',
      `${where}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not a model configuration'}`,
    );
  }
  const hub = parsed.data;
  const refuse = (key: string, found: unknown, expected: string) =>
    failure('data', `${where}: ${key}: expected ${expected}, found ${String(found)}`);
  if (hub.model_type !== 'gpt2') throw refuse('model_type', hub.model_type, "'gpt2'");
  if (!['gelu_new', 'gelu_pytorch_tanh'].includes(hub.activation_function))
    throw refuse('activation_function', hub.activation_function, "'gelu_new'");
  if (!hub.tie_word_embeddings) throw refuse('tie_word_embeddings', false, 'true');
  if (!hub.scale_attn_weights) throw refuse('scale_attn_weights', false, 'true');
  if (hub.n_embd % hub.n_head !== 0) throw refuse('n_head', hub.n_head, `a divisor of n_embd ${hub.n_embd}`);
  if (hub.n_inner && hub.n_inner !== 4 * hub.n_embd)
    throw refuse('n_inner', hub.n_inner, String(4 * hub.n_embd));
  const vocab = hub.inheritune?.vocab ?? hub.vocab_size;
  if (vocab > hub.vocab_size) throw refuse('inheritune.vocab', vocab, `at most vocab_size ${hub.vocab_size}`);
  return {
    family: 'gpt2',
    layers: hub.n_layer,
    heads: hub.n_head,
    width: hub.n_embd,
    context: hub.n_positions,
    vocab,
    paddedVocab: hub.vocab_size,
    bias: hub.inheritune?.bias ?? true,
    dropout: hub.resid_pdrop,
    scaleAttentionByInverseLayer: hub.scale_attn_by_inverse_layer_idx,
    layerNormEpsilon: hub.layer_norm_epsilon,
  };
}

/** Views under transformers' names; linear weights become Conv1D's [in, out], absent biases zeros. Release them. */
export function toHubTensors(weights: Gpt2Weights): Map<string, Tensor> {
  const tensors = new Map<string, Tensor>();
  const put = (name: string, make: () => Tensor) => {
    tensors.set(
      `transformer.${name}`,
      scope(() => keep(noGrad(make))),
    );
  };
  const zerosLike = (weight: Tensor, axis: number) =>
    ops.zeros([weight.shape[axis]], { dtype: weight.dtype, device: weight.device });
  const putNorm = (name: string, { weight, bias }: Norm) => {
    put(`${name}.weight`, () => weight.detach());
    put(`${name}.bias`, () => bias?.detach() ?? zerosLike(weight, 0));
  };
  const putLinear = (name: string, { weight, bias }: Linear) => {
    put(`${name}.weight`, () => weight.detach().t()); // [in, out]
    put(`${name}.bias`, () => bias?.detach() ?? zerosLike(weight, 0));
  };
  put('wte.weight', () => weights.tokenEmbedding.detach());
  put('wpe.weight', () => weights.positionEmbedding.detach());
  weights.blocks.forEach((block, layer) => {
    for (const [name, part] of normsOf(block)) putNorm(`h.${layer}.${name}`, part);
    for (const [name, part] of linearsOf(block)) putLinear(`h.${layer}.${name}`, part);
  });
  putNorm('ln_f', weights.finalNorm);
  return tensors;
}

/** Gives the tensor of a name (without `transformer.`); the caller has checked that all names are there. */
export type ReadTensor = (name: string) => Promise<Tensor>;

/** The weight tree from tensors under transformers' names, read one at a time. */
export async function fromHubTensors(config: Gpt2Config, read: ReadTensor): Promise<Gpt2Weights> {
  const embeddings = await readHubEmbeddings(read);
  const blocks: Gpt2Block[] = [];
  for (let layer = 0; layer < config.layers; layer++) blocks.push(await readHubBlock(config, layer, read));
  return { ...embeddings, blocks, finalNorm: await readHubNorm(config, 'ln_f', read) };
}

/** The embeddings alone. */
export async function readHubEmbeddings(
  read: ReadTensor,
): Promise<Pick<Gpt2Weights, 'tokenEmbedding' | 'positionEmbedding'>> {
  return { tokenEmbedding: await read('wte.weight'), positionEmbedding: await read('wpe.weight') };
}

/** One block alone. */
export async function readHubBlock(config: Gpt2Config, layer: number, read: ReadTensor): Promise<Gpt2Block> {
  const at = `h.${layer}`;
  const readLinear = async (name: string): Promise<Linear> => {
    const stored = await read(`${name}.weight`); // [in, out]
    const weight = scope(() => keep(noGrad(() => stored.t().clone({ memoryFormat: 'contiguous' })))); // [out, in]
    stored.release();
    return { weight, bias: await readBias(config, name, read) };
  };
  return {
    norm1: await readHubNorm(config, `${at}.ln_1`, read),
    attention: {
      queryKeyValue: await readLinear(`${at}.attn.c_attn`),
      output: await readLinear(`${at}.attn.c_proj`),
    },
    norm2: await readHubNorm(config, `${at}.ln_2`, read),
    mlp: { up: await readLinear(`${at}.mlp.c_fc`), down: await readLinear(`${at}.mlp.c_proj`) },
  };
}

async function readHubNorm(config: Gpt2Config, name: string, read: ReadTensor): Promise<Norm> {
  return { weight: await read(`${name}.weight`), bias: await readBias(config, name, read) };
}

async function readBias({ bias }: Gpt2Config, name: string, read: ReadTensor): Promise<Tensor | null> {
  return bias ? read(`${name}.bias`) : null;
}

/** Every tensor a GPT-2 folder must have, with its shape, without the `transformer.` prefix. */
export function hubShapes({ layers, width: C, context, paddedVocab }: Gpt2Config): Map<string, number[]> {
  const shapes = new Map<string, number[]>([
    ['wte.weight', [paddedVocab, C]],
    ['wpe.weight', [context, C]],
  ]);
  const norm = (name: string) => shapes.set(`${name}.weight`, [C]).set(`${name}.bias`, [C]);
  const linear = (name: string, rows: number, columns: number) =>
    shapes.set(`${name}.weight`, [rows, columns]).set(`${name}.bias`, [columns]);
  for (let layer = 0; layer < layers; layer++) {
    norm(`h.${layer}.ln_1`);
    linear(`h.${layer}.attn.c_attn`, C, 3 * C);
    linear(`h.${layer}.attn.c_proj`, C, C);
    norm(`h.${layer}.ln_2`);
    linear(`h.${layer}.mlp.c_fc`, C, 4 * C);
    linear(`h.${layer}.mlp.c_proj`, 4 * C, C);
  }
  norm('ln_f');
  return shapes;
}

function normsOf({ norm1, norm2 }: Gpt2Block): [string, Norm][] {
  return [
    ['ln_1', norm1],
    ['ln_2', norm2],
  ];
}

function linearsOf({ attention, mlp }: Gpt2Block): [string, Linear][] {
  return [
    ['attn.c_attn', attention.queryKeyValue],
    ['attn.c_proj', attention.output],
    ['mlp.c_fc', mlp.up],
    ['mlp.c_proj', mlp.down],
  ];
}
