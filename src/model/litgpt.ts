// Checkpoints of litgpt and lit-gpt (lit_model.pth beside model_config.yaml or lit_config.json): Llama and GPT-NeoX models in
// their names, queries, keys and values in one matrix.

import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { exists } from '../run/atomic.ts';
import { failure } from '../run/failure.ts';
import { keep, noGrad, ops, scope } from '../torch/index.ts';
import type { Tensor, TensorKind } from '../torch/index.ts';
import { familyOf } from './families.ts';
import type { ModelConfig } from './family.ts';
import { demand } from './hub-config.ts';
import { openModelFiles } from './open-model.ts';
import type { OpenModel, ReadOptions } from './open-model.ts';
import { storedShape } from './parameters.ts';
import { openWeightFile } from './weight-files.ts';
import type { WeightFiles } from './weight-files.ts';

const litConfig = z.looseObject({
  block_size: z.int().positive(),
  padded_vocab_size: z.int().positive(),
  vocab_size: z.int().positive().optional(),
  n_layer: z.int().positive().max(10_000),
  n_head: z.int().positive(),
  n_embd: z.int().positive(),
  head_size: z.int().positive().nullish(),
  n_query_groups: z.int().positive().nullish(),
  intermediate_size: z.int().positive().nullish(),
  rotary_percentage: z.number().min(0).max(1).default(0.25),
  parallel_residual: z.boolean().default(true),
  bias: z.boolean().default(true),
  lm_head_bias: z.boolean().default(false),
  shared_attention_norm: z.boolean().default(false),
  norm_class_name: z.string().optional(),
  _norm_class: z.string().optional(), // its name in lit-gpt, as below
  mlp_class_name: z.string().optional(),
  _mlp_class: z.string().optional(),
  norm_eps: z.number().positive().default(1e-5),
  gelu_approximate: z.string().default('none'),
  rope_condense_ratio: z.number().default(1),
  rope_base: z.number().positive().default(10_000),
  rope_adjustments: z.unknown().optional(),
});

/** Whether a path is that of a litgpt checkpoint file, and not of a folder. */
export function isLitgpt(path: string): boolean {
  return path.endsWith('.pth');
}

/** The configuration of a checkpoint. @throws Error  with exit code 65 for models that this code does not compute */
export async function readLitgptConfig(path: string): Promise<ModelConfig> {
  const folder = dirname(path);
  const found = join(
    folder,
    (await exists(join(folder, 'model_config.yaml'))) ? 'model_config.yaml' : 'lit_config.json',
  );
  const text = await readFile(found, 'utf8').catch(() => null);
  if (text === null)
    throw failure('data', `${path}: expected model_config.yaml or lit_config.json beside it, found neither`);
  let json: unknown;
  try {
    json = parse(text, { maxAliasCount: 0 });
  } catch {
    throw failure('data', `${found}: it is neither YAML nor JSON`);
  }
  const parsed = litConfig.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw failure(
      'data',
      `${found}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not a configuration'}`,
    );
  }
  const lit = parsed.data;
  const isLlama = (lit.mlp_class_name ?? lit._mlp_class) === 'LLaMAMLP';
  const heads = lit.n_head;
  demand(found, {
    mlp_class_name: [lit.mlp_class_name ?? lit._mlp_class, 'LLaMAMLP', 'GptNeoxMLP'],
    norm_class_name: [lit.norm_class_name ?? lit._norm_class, isLlama ? 'RMSNorm' : 'LayerNorm'],
    shared_attention_norm: [lit.shared_attention_norm, false],
    lm_head_bias: [lit.lm_head_bias, false],
    rope_condense_ratio: [lit.rope_condense_ratio, 1],
    rope_adjustments: [lit.rope_adjustments ?? null, null],
    'n_embd / n_head (a whole head width)': [lit.n_embd % heads, 0],
    ...(isLlama
      ? {
          parallel_residual: [lit.parallel_residual, false],
          rotary_percentage: [lit.rotary_percentage, 1],
          bias: [lit.bias, false],
        }
      : {
          n_query_groups: [lit.n_query_groups ?? heads, heads],
          gelu_approximate: [lit.gelu_approximate, 'none'],
          bias: [lit.bias, true],
        }),
  });
  const shared = {
    num_hidden_layers: lit.n_layer,
    num_attention_heads: heads,
    hidden_size: lit.n_embd,
    intermediate_size: lit.intermediate_size ?? 4 * lit.n_embd,
    max_position_embeddings: lit.block_size,
    vocab_size: lit.padded_vocab_size,
    tie_word_embeddings: false,
    inheritune: { vocab: Math.min(lit.vocab_size ?? lit.padded_vocab_size, lit.padded_vocab_size) },
  };
  if (!isLlama) {
    const rotary = { rotary_pct: lit.rotary_percentage, rotary_emb_base: lit.rope_base };
    const rest = { layer_norm_eps: lit.norm_eps, use_parallel_residual: lit.parallel_residual, ...rotary };
    return familyOf({ family: 'gpt-neox' }).fromHub({ ...shared, ...rest }, found);
  }
  const rest = { rms_norm_eps: lit.norm_eps, rope_theta: lit.rope_base, head_dim: lit.head_size };
  const own = { ...shared, ...rest, model_type: 'llama', num_key_value_heads: lit.n_query_groups ?? heads };
  return familyOf({ family: 'llama' }).fromHub(own, found);
}

/**
 * Opens a checkpoint as if it were a model folder.
 *
 * @throws Error  with exit code 65 as `openModelFolder`
 */
export async function openLitgpt(path: string, options: ReadOptions = {}): Promise<OpenModel> {
  const config = await readLitgptConfig(path);
  return openModelFiles(config, asHub(await openWeightFile(path), config), options);
}

/** Our tree's parts by litgpt's names. */
const names: readonly (readonly [RegExp, string])[] = [
  [/^tokenEmbedding$/, 'transformer.wte.weight'],
  [/^head$/, 'lm_head.weight'],
  [/^finalNorm\.(\w+)$/, 'transformer.ln_f.$1'],
  [/^blocks\.(\d+)\.norm([12])\.(\w+)$/, 'transformer.h.$1.norm_$2.$3'],
  [/^blocks\.(\d+)\.attention\.output\.(\w+)$/, 'transformer.h.$1.attn.proj.$2'],
  [/^blocks\.(\d+)\.attention\.(?:query|key|value|queryKeyValue)\.(\w+)$/, 'transformer.h.$1.attn.qkv.$2'],
  [/^blocks\.(\d+)\.mlp\.gate\.(\w+)$/, 'transformer.h.$1.mlp.fc_1.$2'],
  [/^blocks\.(\d+)\.mlp\.down\.(\w+)$/, 'transformer.h.$1.mlp.proj.$2'],
];

/** The same tensors under Hugging Face's names. */
function asHub(file: WeightFiles, config: ModelConfig): WeightFiles {
  const up = config.family === 'llama' ? 'fc_2' : 'fc';
  const table = [...names, [/^blocks\.(\d+)\.mlp\.up\.(\w+)$/, `transformer.h.$1.mlp.${up}.$2`] as const];
  const entries = new Map<string, TensorKind>();
  const readers = new Map<string, () => Promise<Tensor>>();
  const used = new Set<string>();
  for (const parameter of familyOf(config).parameters(config)) {
    const { path, name } = parameter;
    const rule = table.find(([pattern]) => pattern.test(path));
    if (name === null || !rule) continue;
    const lit = path.replace(rule[0], rule[1]);
    const older = lit.replace('.attn.qkv.', '.attn.attn.'); // lit-gpt's: by groups of heads, not all queries first
    const own = file.entries.has(lit) ? lit : older;
    const found = file.entries.get(own);
    if (!found) continue; // said with all others that are missing
    used.add(own);
    const part = /\.attention\.(query|key|value|queryKeyValue)\./.exec(path)?.[1];
    entries.set(name, { dtype: found.dtype, shape: part ? storedShape(parameter) : found.shape });
    readers.set(name, async () => {
      const tensor = await file.read(own);
      return part ? partOf(tensor, part, own === older && own !== lit, config) : tensor;
    });
  }
  for (const [name, kind] of file.entries) if (!used.has(name)) entries.set(name, kind);
  return {
    ...file,
    entries,
    read: async (name, options) => {
      const tensor = await (readers.get(name)?.() ?? file.read(name));
      if (options?.device === undefined || options.device === 'cpu') return tensor;
      const moved = scope(() => keep(tensor.to({ device: options.device ?? 'cpu' })));
      tensor.release();
      return moved;
    },
  };
}

/** Rows of queries, keys or values, or all of them head by head as GPT-NeoX has them, out of one matrix or bias. */
function partOf(joint: Tensor, part: string, isByGroups: boolean, config: ModelConfig): Tensor {
  const K = 'keyValueHeads' in config ? Number(config.keyValueHeads) : config.heads;
  const D = 'headWidth' in config ? Number(config.headWidth) : config.width / config.heads;
  const q = config.heads / K; // queries of a group
  const rest = joint.shape.slice(1);
  const [rows] = joint.shape;
  if (rows !== (config.heads + 2 * K) * D) {
    joint.release();
    throw failure('data', `attn.qkv: expected ${(config.heads + 2 * K) * D} rows, found ${rows}`);
  }
  const result = scope(() =>
    noGrad(() => {
      const sizes = [config.heads * D, K * D, K * D];
      const [queries, keys, values] = isByGroups
        ? joint
            .view([K, q + 2, D, ...rest])
            .splitWithSizes([q, 1, 1], 1)
            .map((each) => each.reshape([-1, ...rest]))
        : joint.splitWithSizes(sizes, 0);
      const byHead = () =>
        ops
          .stack(
            [queries, keys, values].map((each) => each.reshape([config.heads, D, ...rest])),
            1,
          )
          .reshape([-1, ...rest]);
      const chosen = { query: queries, key: keys, value: values }[part] ?? byHead();
      return keep(chosen.clone({ memoryFormat: 'contiguous' }));
    }),
  );
  joint.release();
  return result;
}
