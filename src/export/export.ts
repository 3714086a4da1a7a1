// JOB export: a model as a Hugging Face folder of its own, in a chosen dtype, read again and compared with the original.

import { copyFile, mkdir, readFile, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { readTokenizerFiles } from '../tokenizers/tokenizer-files.ts';
import { familyOf, forward, parameterCount } from '../model/families.ts';
import type { ModelConfig } from '../model/family.ts';
import { openModelFolder, readModelFolder, readSpecialTokens, writeModelParts } from '../model/folder.ts';
import { folderAround, locateModel } from '../model/locate.ts';
import type { OpenModel } from '../model/open-model.ts';
import { storedShape } from '../model/parameters.ts';
import type { TensorSource } from '../model/shards.ts';
import { releaseWeights } from '../model/weights.ts';
import { commitFolder, exists, temporaryName } from '../run/atomic.ts';
import type { JobContext } from '../run/context.ts';
import { failure } from '../run/failure.ts';
import { formatCount } from '../run/format.ts';
import { streamSeed } from '../run/seed.ts';
import { fromTypedArray, keep, noGrad, ops, scope } from '../torch/index.ts';
import type { Dtype, Tensor } from '../torch/index.ts';
import type { ExportOptions } from './options.ts';

const dtypes = { bf16: 'bfloat16', f32: 'float32', f16: 'float16', stored: 'stored' } as const;

export interface ExportResult {
  folder: string;
  /** Largest difference of the written model's logits from the original's, and the largest logit; null where not asked for. */
  difference: { largest: number; scale: number } | null;
}

/**
 * Writes the folder, which appears whole or not at all; one that is there is not overwritten.
 *
 * @throws Error  with exit code 65 when there is no model, 73 when `out` exists, 76 when the written model's logits are not finite
 */
export async function exportModel(
  { model, out, dtype, check }: ExportOptions,
  { console }: Pick<JobContext, 'console'>,
): Promise<ExportResult> {
  const from = await locateModel(model, { console });
  if (await exists(out))
    throw failure('locked', `${out}: exists already; choose another folder or remove it`);
  const source = await openModelFolder(from, { dtype: dtypes[dtype] });
  const temporary = join(dirname(out), temporaryName(basename(out)));
  await mkdir(dirname(out), { recursive: true });
  await mkdir(temporary);
  try {
    await writeModelParts(temporary, source.config, tensorsOf(source, dtypes[dtype]), {
      tokenizerFiles: await readTokenizerFiles(folderAround(from)),
      ...(await readSpecialTokens(folderAround(from))),
      card: await cardOf(from, source.config),
    });
    if (await exists(join(from, 'inheritance.json')))
      await copyFile(join(from, 'inheritance.json'), join(temporary, 'inheritance.json'));
    await commitFolder(temporary, out);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  } finally {
    await source.close();
  }
  console.info(
    `wrote ${out}: ${formatCount(parameterCount(source.config))} parameters, ${dtype}, from ${from}`,
  );
  const difference = check ? await compare(from, out, source.config) : null;
  if (difference) console.info(describeDifference(out, difference));
  return { folder: out, difference };
}

/** Tensors as they are or in another dtype, one at a time; biases that the model has not are zeros. */
function tensorsOf(source: OpenModel, dtype: Dtype | 'stored'): TensorSource {
  const table = familyOf(source.config)
    .parameters(source.config)
    .filter(({ name }) => name !== null);
  const kindOf = (name: string) => (dtype === 'stored' ? source.dtypeOf(name) : dtype);
  const kinds = new Map(
    table.map((each) => [each.name ?? '', { dtype: kindOf(each.name ?? ''), shape: storedShape(each) }]),
  );
  const zeros = new Set(table.filter((each) => each.zeros).map(({ name }) => name));
  return {
    kinds,
    async make(name) {
      const kind = kinds.get(name);
      const tensor =
        zeros.has(name) && kind
          ? keep(ops.zeros(kind.shape, { dtype: kind.dtype }))
          : await source.read(name);
      return { tensor, isOurs: true };
    },
  };
}

/** Logits of both on the same random tokens, in float32, one model in memory at a time. */
async function compare(
  from: string,
  out: string,
  config: ModelConfig,
): Promise<{ largest: number; scale: number }> {
  const T = Math.min(config.context, 64);
  const ids = BigInt64Array.from(
    { length: T },
    (_, index) => streamSeed(1, 'export', index) % BigInt(config.vocab),
  );
  const logitsOf = async (folder: string): Promise<Tensor> => {
    const model = await readModelFolder(folder);
    try {
      return noGrad(() => scope(() => keep(forward(fromTypedArray(ids, [1, T]), model)))); // [1, T, V]
    } finally {
      releaseWeights(model.weights);
    }
  };
  const [before, after] = [await logitsOf(from), await logitsOf(out)];
  const found = scope(() => ({
    largest: after.sub(before).abs().max().item(),
    scale: before.abs().max().item(),
  }));
  before.release();
  after.release();
  if (!Number.isFinite(found.largest))
    throw failure(
      'numerics',
      `${out}: its logits are not finite; the weights do not fit the dtype, take f32 or bf16`,
    );
  return found;
}

/** The difference in words. */
function describeDifference(out: string, { largest, scale }: { largest: number; scale: number }): string {
  const share = scale === 0 ? 0 : largest / scale;
  return `${out}: read again; logits differ by at most ${largest.toExponential(2)}, ${share.toExponential(2)} of the largest`;
}

async function cardOf(from: string, config: ModelConfig): Promise<string> {
  const own = await readFile(join(from, 'README.md'), 'utf8').catch(() => null);
  if (own !== null) return own;
  return `---
library_name: transformers
tags: [inheritune, ${config.family}]
---
# A ${familyOf(config).title} of ${config.layers} layers

Written by Inheritune (arXiv:2404.08634) from ${basename(from)}. Load it with transformers' \`AutoModelForCausalLM.from_pretrained\`.
`;
}
