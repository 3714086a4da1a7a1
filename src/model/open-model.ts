// A model whose tensors are read when asked for, so that memory need not hold it: names and shapes are checked at first.

import { failure } from '../run/failure.ts';
import { keep, scope } from '../torch/index.ts';
import type { Dtype, Tensor } from '../torch/index.ts';
import { familyOf } from './families.ts';
import type { ModelConfig } from './family.ts';
import { hubShapes } from './huggingface.ts';
import type { ReadTensor } from './huggingface.ts';
import type { WeightFiles } from './weight-files.ts';

/** How tensors are read. */
export interface ReadOptions {
  device?: string;
  /** What they are converted to, one at a time; 'stored' leaves them as the file has them. */
  dtype?: Dtype | 'stored';
}

/** An opened model. */
export interface OpenModel {
  config: ModelConfig;
  /** A tensor by its name in the family's table, laid out as in the file. It belongs to the caller. */
  read: ReadTensor;
  /** Dtype of that tensor in the file. */
  dtypeOf(name: string): Dtype;
  close(): Promise<void>;
}

/**
 * Checks names and shapes of opened files against a configuration; no tensor is read yet. The files are closed with
 * the model, or when they do not fit.
 *
 * @throws Error  with exit code 65 that lists missing, extra and misshapen tensors
 */
export async function openModelFiles(
  config: ModelConfig,
  file: WeightFiles,
  { device = 'cpu', dtype = 'float32' }: ReadOptions = {},
): Promise<OpenModel> {
  try {
    const { names, problems } = matchNames(file, config);
    if (problems.length > 0)
      throw failure(
        'data',
        `${file.path}: ${problems.slice(0, 8).join('; ')}${problems.length > 8 ? `; and ${problems.length - 8} more` : ''}`,
      );
    return {
      config,
      read: async (name) => converted(await file.read(names.get(name) ?? name, { device }), dtype),
      dtypeOf: (name) => file.entries.get(names.get(name) ?? name)?.dtype ?? 'float32',
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** The file's name for each name of the family's table, and what is missing, misshapen or unexpected. */
function matchNames(file: WeightFiles, config: ModelConfig) {
  const { prefix, ignored } = familyOf(config);
  const shapes = hubShapes(config);
  const bare = (name: string) => (name.startsWith(prefix) ? name.slice(prefix.length) : name);
  const names = new Map<string, string>();
  const problems: string[] = [];
  for (const [name, shape] of shapes) {
    const own = [name, bare(name)].find((candidate) => file.entries.has(candidate));
    const found = own === undefined ? undefined : file.entries.get(own);
    if (own === undefined || !found) problems.push(`missing ${bare(name)}`);
    else if (found.shape.join() !== shape.join())
      problems.push(`${own} is [${found.shape.join(', ')}], expected [${shape.join(', ')}]`);
    else names.set(name, own);
  }
  const used = new Set(names.values());
  for (const name of file.entries.keys()) {
    const isKnown = used.has(name) || shapes.has(name) || shapes.has(`${prefix}${name}`);
    const isTiedHead = /^(lm_head|embed_out)\.weight$/.test(name); // old files hold the token embedding twice
    if (!isKnown && !isTiedHead && !ignored.test(name)) problems.push(`unexpected ${name}`);
  }
  return { names, problems };
}

function converted(tensor: Tensor, dtype: Dtype | 'stored'): Tensor {
  if (dtype === 'stored' || tensor.dtype === dtype) return tensor;
  const other = scope(() => keep(tensor.to(dtype)));
  tensor.release();
  return other;
}
