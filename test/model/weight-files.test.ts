// Models in other people's files: shards, torch.save, nanoGPT; and one line for each way that they may be incomplete.

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { forward } from '../../src/model/families.ts';
import { readModelFolder, writeModelFolder } from '../../src/model/folder.ts';
import { toHubTensors } from '../../src/model/huggingface.ts';
import { locateModel } from '../../src/model/locate.ts';
import { openWeightFiles } from '../../src/model/weight-files.ts';
import { writeShards } from '../../src/model/shards.ts';
import { releaseWeights } from '../../src/model/weights.ts';
import { exitCodeOf } from '../../src/run/failure.ts';
import { fromTypedArray, noGrad, openSafetensors, scope } from '../../src/torch/index.ts';
import type { Tensor } from '../../src/torch/index.ts';
import { checkLiveTensors } from '../live-tensors.ts';
import { smallModel } from '../inherit/models.ts';

const golden = join(import.meta.dirname, '..', 'golden', 'torch');
const values = JSON.parse(readFileSync(join(golden, 'values.json'), 'utf8')) as {
  plain: Record<string, number[]>;
  nanogpt: Record<string, number[]>;
  gpt2: number[];
} & Record<string, number[]>;
const folder = mkdtempSync(join(tmpdir(), 'inheritune-weight-files-'));
afterAll(() => rmSync(folder, { recursive: true }));
const newPath = (name: string) => join(mkdtempSync(join(folder, 'case-')), name);

checkLiveTensors();

function numbersOf(tensor: Tensor): number[] {
  return scope(() => Array.from(tensor.to('float64').contiguous().data() as Float64Array));
}

async function errorOf(run: () => Promise<unknown>): Promise<string> {
  const error: unknown = await run().then(
    () => 'no error',
    (caught: unknown) => caught,
  );
  expect(exitCodeOf(error), String(error)).toBe(65);
  expect(String(error)).not.toContain('\n');
  return String(error);
}

test('shards of torch.save are one set of tensors, without the wrappers’ prefixes', async () => {
  const files = await openWeightFiles(join(golden, 'sharded'));
  const bare = (name: string) => name.replace('module._orig_mod.', '');
  expect([...files.entries.keys()].sort()).toEqual(Object.keys(values.plain).map(bare).sort());
  for (const [name, expected] of Object.entries(values.plain)) {
    const tensor = await files.read(bare(name));
    expect(numbersOf(tensor), name).toEqual(expected);
    tensor.release();
  }
  await files.close();
});

test('a GPT-2 in pytorch_model.bin, without `transformer.` and with old masks, has transformers’ logits', async () => {
  const model = await readModelFolder(join(golden, 'gpt2'));
  const logits = noGrad(() =>
    scope(() => numbersOf(forward(fromTypedArray(BigInt64Array.of(1n, 2n, 3n), [1, 3]), model))),
  );
  const largest = Math.max(...values.gpt2.map(Math.abs));
  logits.forEach((value, i) =>
    expect(Math.abs(value - (values.gpt2[i] ?? NaN)) / largest).toBeLessThan(1e-5),
  );
  releaseWeights(model.weights);
});

test('a nanoGPT checkpoint of a compiled model: sizes from model_args, no biases, weights as they were', async () => {
  const model = await readModelFolder(join(golden, 'nanogpt.pt'));
  expect(model.config).toMatchObject({ layers: 2, heads: 2, width: 8, context: 16, vocab: 32, bias: false });
  const tensors = toHubTensors(model);
  for (const [name, expected] of Object.entries(values.nanogpt)) {
    if (name === 'lm_head.weight') continue;
    const tensor = tensors.get(name);
    if (!tensor) throw new Error(`no ${name}`);
    const isLinear = /attn\.c_|mlp\.c_/.test(name); // nanoGPT's are [out, in], transformers' Conv1D [in, out]
    expect(
      scope(() => numbersOf(isLinear ? tensor.t() : tensor)),
      name,
    ).toEqual(expected);
  }
  for (const tensor of tensors.values()) tensor.release();
  releaseWeights(model.weights);
});

test.each(['litgpt-llama', 'lit-gpt-llama', 'litgpt-neox', 'lit-gpt-neox'])(
  '%s: queries, keys and values taken apart, and transformers’ logits',
  async (name) => {
    const path = await locateModel(join(golden, name));
    expect(path).toBe(join(golden, name, 'lit_model.pth'));
    const model = await readModelFolder(path);
    expect(model.config).toMatchObject({
      layers: 2,
      heads: 4,
      width: 16,
      context: 16,
      vocab: 30,
      paddedVocab: 32,
    });
    const logits = noGrad(() =>
      scope(() => numbersOf(forward(fromTypedArray(BigInt64Array.of(1n, 2n, 3n), [1, 3]), model))),
    ).filter((_, i) => i % 32 < 30);
    const expected = (values[name] ?? []).filter((_, i) => i % 32 < 30);
    const largest = Math.max(...expected.map(Math.abs));
    expect(logits.length).toBe(90);
    logits.forEach((value, i) => expect(Math.abs(value - (expected[i] ?? NaN)) / largest).toBeLessThan(1e-5));
    releaseWeights(model.weights);
  },
);

test.each([
  ['no configuration', null, 'expected model_config.yaml or lit_config.json beside it'],
  ['no YAML', '{', 'it is neither YAML nor JSON'],
  [
    'another kind of layer',
    'mlp_class_name: LLaMAMoE',
    'mlp_class_name: expected LLaMAMLP or GptNeoxMLP, found LLaMAMoE',
  ],
  ['frequencies scaled', 'rope_condense_ratio: 4', 'rope_condense_ratio: expected 1, found 4'],
])('a litgpt checkpoint with %s', async (_, line, problem) => {
  const path = newPath('litgpt');
  cpSync(join(golden, 'litgpt-llama'), path, { recursive: true });
  const config = join(path, 'model_config.yaml');
  const key = line?.split(':')[0] ?? '';
  if (line === null) rmSync(config);
  else if (line === '{') writeFileSync(config, line);
  else {
    const others = readFileSync(config, 'utf8')
      .split('\n')
      .filter((each) => !each.startsWith(`${key}:`));
    writeFileSync(config, [...others, line].join('\n'));
  }
  expect(await errorOf(() => readModelFolder(join(path, 'lit_model.pth')))).toContain(problem);
});

describe('shards of ours', () => {
  test('are read as the whole they were, and the index says where each tensor is', async () => {
    const model = smallModel(1);
    const out = newPath('whole');
    const { mkdirSync } = await import('node:fs');
    mkdirSync(out);
    await writeModelFolder(out, model, { tokenizerFiles: new Map(), endOfText: null, card: '' });
    const tensors = toHubTensors(model);
    rmSync(join(out, 'model.safetensors'));
    const source = {
      kinds: tensors,
      make: (name: string) => ({ tensor: tensors.get(name) ?? fail(name), isOurs: false }),
    };
    await writeShards(out, source, { maximalBytes: 4000 });
    const index = JSON.parse(readFileSync(join(out, 'model.safetensors.index.json'), 'utf8')) as {
      metadata: { total_size: number };
      weight_map: Record<string, string>;
    };
    const total = [...tensors.values()].reduce((sum, tensor) => sum + tensor.byteLength, 0);
    expect(index.metadata.total_size).toBe(total);
    const shards = [...new Set(Object.values(index.weight_map))];
    expect(shards.length).toBeGreaterThan(3);
    for (const [name, file] of Object.entries(index.weight_map)) {
      const shard = await openSafetensors(join(out, file));
      expect(shard.names).toContain(name);
      expect(shard.metadata).toEqual({ format: 'pt' });
      await shard.close();
    }
    const again = await readModelFolder(out);
    const read = toHubTensors(again);
    for (const [name, tensor] of tensors) expect(tensor.equal(read.get(name) ?? fail(name)), name).toBe(true);
    for (const tensor of [...tensors.values(), ...read.values()]) tensor.release();
    releaseWeights(again.weights);
    releaseWeights(model.weights);
  });
});

describe('incomplete and hostile sets of files', () => {
  const copy = () => {
    const path = newPath('sharded');
    cpSync(join(golden, 'sharded'), path, { recursive: true });
    return path;
  };
  const index = 'pytorch_model.bin.index.json';
  const edit = (path: string, change: (map: Record<string, string>) => void) => {
    const json = JSON.parse(readFileSync(join(path, index), 'utf8')) as {
      weight_map: Record<string, string>;
    };
    change(json.weight_map);
    writeFileSync(join(path, index), JSON.stringify(json));
  };

  test('no file at all', async () => {
    expect(await errorOf(() => openWeightFiles(newPath('.')))).toContain('model.safetensors is missing');
  });

  test('a shard is missing', async () => {
    const path = copy();
    rmSync(join(path, 'pytorch_model-00002-of-00002.bin'));
    expect(await errorOf(() => openWeightFiles(path))).toContain('00002-of-00002.bin: is missing, which');
  });

  test.each(['../x.bin', '/etc/x.bin', 'a/b.bin', 'a\\b.bin', '.hidden.bin', 'x.txt', '', 'x\0.bin'])(
    'a shard called %j',
    async (name) => {
      const path = copy();
      edit(path, (map) => (map.whole = name));
      expect(await errorOf(() => openWeightFiles(path))).toContain('is no name of a file beside it');
    },
  );

  test('a tensor that its shard has not, and one that no one placed', async () => {
    const missing = copy();
    edit(missing, (map) => (map.nowhere = 'pytorch_model-00001-of-00002.bin'));
    expect(await errorOf(() => openWeightFiles(missing))).toContain('nowhere is missing');
    const extra = copy();
    edit(extra, (map) => delete map.whole);
    expect(await errorOf(() => openWeightFiles(extra))).toContain('unexpected whole');
  });

  test.each(['', '{', '[]', '{"weight_map": {}}', '{"weight_map": {"a": 1}}'])(
    'an index %j',
    async (text) => {
      const path = copy();
      writeFileSync(join(path, index), text);
      expect(await errorOf(() => openWeightFiles(path))).toContain('not an index of shards');
    },
  );

  test('a file that is no nanoGPT checkpoint', async () => {
    const path = newPath('other.pt');
    cpSync(join(golden, 'plain.bin'), path);
    expect(await errorOf(() => readModelFolder(path))).toContain(
      'expected a nanoGPT checkpoint with model_args',
    );
  });
});

function fail(name: string): never {
  throw new Error(`no ${name}`);
}
