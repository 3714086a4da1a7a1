// config.json of GPT-NeoX, OPT and MPT: sizes of published models by their parameter counts, numbers that are awkward to write, and what is
// refused, in words.

import { describe, expect, test } from 'vitest';
import { parameterCount } from '../../src/model/families.ts';
import { fromHubConfig, toHubConfig } from '../../src/model/huggingface.ts';
import { exitCodeOf } from '../../src/run/failure.ts';

const pythia = {
  model_type: 'gpt_neox',
  hidden_act: 'gelu',
  rotary_pct: 0.25,
  rotary_emb_base: 10000,
  max_position_embeddings: 2048,
  use_parallel_residual: true,
  tie_word_embeddings: false,
  layer_norm_eps: 1e-5,
};
const opt = { model_type: 'opt', vocab_size: 50272, activation_function: 'relu', pad_token_id: 1 };
const mpt = {
  model_type: 'mpt',
  expansion_ratio: 4,
  learned_pos_emb: true,
  no_bias: true,
  vocab_size: 50432,
  logit_scale: null,
  attn_config: {
    attn_type: 'multihead_attention',
    attn_impl: 'torch',
    attn_pdrop: 0,
    alibi: true,
    alibi_bias_max: 8,
    clip_qkv: null,
    prefix_lm: false,
    qk_ln: false,
    softmax_scale: null,
  },
};

/** Sizes of published models, and how many parameters transformers 5.23 makes of them. */
const published: [string, object, number][] = [
  ['Pythia-70M', { ...pythia, ...neoxSizes(6, 8, 512), vocab_size: 50304 }, 70_426_624],
  ['Pythia-410M', { ...pythia, ...neoxSizes(24, 16, 1024), vocab_size: 50304 }, 405_334_016],
  ['Pythia-6.9B', { ...pythia, ...neoxSizes(32, 32, 4096), vocab_size: 50432 }, 6_857_302_016],
  ['GPT-NeoX-20B', { ...pythia, ...neoxSizes(44, 64, 6144), vocab_size: 50432 }, 20_554_567_680],
  ['OPT-125M', { ...opt, ...optSizes(12, 12, 768) }, 125_239_296],
  [
    'OPT-350M',
    { ...opt, ...optSizes(24, 16, 1024), do_layer_norm_before: false, word_embed_proj_dim: 512 },
    331_196_416,
  ],
  ['OPT-1.3B', { ...opt, ...optSizes(24, 32, 2048) }, 1_315_758_080],
  ['MPT-7B', { ...mpt, d_model: 4096, n_heads: 32, n_layers: 32 }, 6_649_286_656],
  ['MPT-30B', { ...mpt, d_model: 7168, n_heads: 64, n_layers: 48 }, 29_957_200_896],
];

function neoxSizes(layers: number, heads: number, width: number) {
  return {
    num_hidden_layers: layers,
    num_attention_heads: heads,
    hidden_size: width,
    intermediate_size: 4 * width,
  };
}

function optSizes(layers: number, heads: number, width: number) {
  return { num_hidden_layers: layers, num_attention_heads: heads, hidden_size: width, ffn_dim: 4 * width };
}

test.each(published)('%s has as many parameters as in transformers', (_, json, count) => {
  const config = fromHubConfig(json, 'config.json');
  expect(parameterCount(config)).toBe(count);
  expect(again(config)).toEqual(config);
});

const small = {
  'gpt-neox': { ...pythia, ...neoxSizes(1, 2, 16), vocab_size: 64 },
  opt: { ...opt, ...optSizes(1, 2, 16) },
  mpt: { ...mpt, d_model: 16, n_heads: 4, n_layers: 1 },
};

describe('numbers that JSON could change', () => {
  test('every even share of a head of GPT-NeoX is read back, and transformers’ rounding gives it too', () => {
    const base = fromHubConfig(small['gpt-neox'], 'config.json');
    for (let D = 2; D <= 256; D++)
      for (let turned = 2; turned <= D; turned += 2) {
        const config = { ...base, width: 3 * D, heads: 3, rotaryWidth: turned };
        const hub = toHubConfig(config, { endOfText: null }) as { rotary_pct: number };
        expect(Math.floor(D * hub.rotary_pct), `${turned} of ${D}`).toBe(turned);
        expect(hub.rotary_pct).toBeLessThanOrEqual(1);
        expect(again(config)).toEqual(config);
      }
  });

  test('MPT’s clip and scale are fractions in the file, as transformers wants, and whole when read', () => {
    for (const value of [1, 6, 8, 0.9, 1e-3, 12345]) {
      const attn_config = { ...mpt.attn_config, clip_qkv: value, softmax_scale: value };
      const config = fromHubConfig({ ...small.mpt, attn_config }, 'config.json');
      expect(config).toMatchObject({ clip: value, scale: value });
      const hub = toHubConfig(config, { endOfText: null }) as { attn_config: { clip_qkv: number } };
      expect(Number.isInteger(hub.attn_config.clip_qkv)).toBe(false);
      expect(Math.fround(hub.attn_config.clip_qkv)).toBe(Math.fround(value)); // the same to float32
      expect(again(config)).toEqual(config);
    }
  });

  test('every width of MPT’s feed-forward layers is read back', () => {
    for (let hidden = 1; hidden < 400; hidden++) {
      const config = { ...fromHubConfig({ ...small.mpt, d_model: 92 }, 'config.json'), hidden };
      expect(again(config)).toEqual(config);
    }
  });
});

test('rotary settings of GPT-NeoX in the keys of old and new transformers', () => {
  const { rotary_pct: _, rotary_emb_base: __, ...bare } = small['gpt-neox'];
  const turned = (keys: object) => fromHubConfig({ ...bare, ...keys }, 'config.json');
  expect(turned({})).toMatchObject({ rotaryWidth: 2, rotaryTheta: 10_000 });
  expect(turned({ rotary_pct: 0.5, rotary_emb_base: 500 })).toMatchObject({
    rotaryWidth: 4,
    rotaryTheta: 500,
  });
  const parameters = { rope_type: 'default', rope_theta: 77, partial_rotary_factor: 1 };
  expect(turned({ rope_parameters: parameters })).toMatchObject({ rotaryWidth: 8, rotaryTheta: 77 });
});

test('shared keys and values of MPT by llm-foundry’s names', () => {
  const heads = (attn_config: object) =>
    fromHubConfig({ ...small.mpt, attn_config: { ...mpt.attn_config, ...attn_config } }, 'config.json');
  expect(heads({ attn_type: 'multiquery_attention' })).toMatchObject({ keyValueHeads: 1 });
  expect(heads({ attn_type: 'grouped_query_attention', kv_n_heads: 2 })).toMatchObject({ keyValueHeads: 2 });
  expect(fromHubConfig({ ...small.mpt, attn_config: null }, 'config.json')).toMatchObject({ alibiMax: 8 });
});

test.each<[keyof typeof small, object, string]>([
  ['gpt-neox', { hidden_act: 'gelu_fast' }, 'hidden_act: expected gelu, found gelu_fast'],
  [
    'gpt-neox',
    { num_attention_heads: 3 },
    'num_attention_heads: expected a divisor of hidden_size 16, found 3',
  ],
  [
    'gpt-neox',
    { rotary_pct: 0.4 },
    "rotary_pct: expected a share that turns an even number of a head's 8 channels",
  ],
  ['gpt-neox', { rotary_pct: 0.1 }, 'found 0.1, which turns 0'],
  ['gpt-neox', { rope_scaling: { type: 'linear', factor: 2 } }, 'rope_type: expected default, found linear'],
  ['opt', { activation_function: 'gelu' }, 'activation_function: expected relu, found gelu'],
  [
    'opt',
    { layer_norm_elementwise_affine: false },
    'layer_norm_elementwise_affine: expected true, found false',
  ],
  ['opt', { layerdrop: 0.1 }, 'layerdrop: expected 0, found 0.1'],
  ['opt', { num_attention_heads: 3 }, 'num_attention_heads: expected a divisor of hidden_size 16, found 3'],
  ['mpt', { no_bias: false }, 'no_bias: expected true, found false'],
  [
    'mpt',
    { norm_type: 'rmsnorm' },
    'norm_type: expected low_precision_layernorm or layernorm, found rmsnorm',
  ],
  [
    'mpt',
    { expansion_ratio: 1.3 },
    'expansion_ratio: expected a whole number when multiplied with d_model 16',
  ],
  ['mpt', { logit_scale: 'inv_sqrt_d_model' }, 'logit_scale: expected null, found inv_sqrt_d_model'],
  ['mpt', { attn_config: { alibi: false } }, 'attn_config.alibi: expected true, found false'],
  ['mpt', { attn_config: { prefix_lm: true } }, 'attn_config.prefix_lm: expected false, found true'],
  ['mpt', { attn_config: { qk_ln: true } }, 'attn_config.qk_ln: expected false, found true'],
  ['mpt', { attn_config: { rope: true } }, 'attn_config.rope: expected false, found true'],
  ['mpt', { attn_config: { sliding_window_size: 512 } }, 'sliding_window_size: expected -1, found 512'],
  ['mpt', { attn_config: { attn_type: 'grouped_query_attention' } }, 'kv_n_heads: expected a number'],
  [
    'mpt',
    { attn_config: { attn_type: 'grouped_query_attention', kv_n_heads: 3 } },
    'attn_config.kv_n_heads: expected a divisor of n_heads 4, found 3',
  ],
  ['mpt', { ffn_config: { ffn_type: 'mptglu' } }, 'ffn_config.ffn_type: expected mptmlp, found mptglu'],
])('%s refuses %j', (family, changes, problem) => {
  const refused = () => fromHubConfig({ ...small[family], ...changes }, 'model/config.json');
  expect(refused).toThrow(problem);
  expect(refused).toThrow(/^model\/config\.json: /);
  expect(codeOf(refused)).toBe(65);
});

test.each([
  ['gpt2', 'n_layer', { n_head: 2, n_embd: 4, n_positions: 8 }],
  ['llama', 'num_hidden_layers', { num_attention_heads: 2, hidden_size: 4, intermediate_size: 4 }],
  ['gpt_neox', 'num_hidden_layers', small['gpt-neox']],
  ['opt', 'num_hidden_layers', small.opt],
  ['mpt', 'n_layers', small.mpt],
])(
  '%s: a number of layers that no model has is refused before a table of them is made',
  (type, key, json) => {
    for (const layers of [10_001, 5e9, 2 ** 53]) {
      const refused = () =>
        fromHubConfig({ vocab_size: 8, ...json, model_type: type, [key]: layers }, 'c.json');
      expect(refused).toThrow(new RegExp(`^c\\.json: ${key}: .*Too big`));
      expect(codeOf(refused)).toBe(65);
    }
    const deep = fromHubConfig({ vocab_size: 8, ...json, model_type: type, [key]: 10_000 }, 'c.json');
    expect(deep.layers).toBe(10_000);
  },
);

function again(config: Parameters<typeof toHubConfig>[0]) {
  const text = JSON.stringify(toHubConfig(config, { endOfText: null }));
  return fromHubConfig(JSON.parse(text), 'again.json');
}

function codeOf(job: () => unknown): number | null {
  try {
    job();
  } catch (error) {
    return exitCodeOf(error);
  }
  return null;
}
