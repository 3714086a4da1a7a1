// Tables of parameters: what a family's model consists of, what it is called in Hugging Face's files, how it starts.
// Reading, writing, counting, random weights and the shapes of a folder all follow from a family's table.

import { streamSeed } from '../run/seed.ts';
import { keep, manualSeed, noGrad, ops, scope } from '../torch/index.ts';
import type { Tensor } from '../torch/index.ts';
import type { WeightTree } from './weights.ts';

/** One leaf of the weight tree. */
export interface Parameter {
  /** Dotted path in the tree, e.g. `blocks.0.mlp.up.weight`. */
  path: string;
  /** Shape in the tree. Linear weights are [out, in]. */
  shape: readonly number[];
  /** Name in model.safetensors; null where the file has no such tensor, and the tree has null. */
  name: string | null;
  /** Standard deviation of random weights around 0, or the one value that all start with. */
  init: { deviation: number } | { value: number };
  /** The file holds the transpose, as GPT-2's Conv1D does. */
  transposed: boolean;
  /** The tree has null; the file must have the tensor all the same, and gets zeros. */
  zeros: boolean;
}

/** A linear layer's parameters: weight [out, in] and bias [out]. 'zeros' as in `Parameter`. */
export function linearParameters(
  path: string,
  name: string,
  [rows, columns]: readonly [number, number],
  {
    deviation,
    bias,
    transposed = false,
  }: { deviation: number; bias: boolean | 'zeros'; transposed?: boolean },
): Parameter[] {
  const weight = { path: `${path}.weight`, name: `${name}.weight`, shape: [rows, columns] };
  return [
    { ...weight, init: { deviation }, transposed, zeros: false },
    biasParameter(path, name, rows, bias),
  ];
}

/** A norm's parameters: weight [C] and bias [C]. */
export function normParameters(
  path: string,
  name: string,
  width: number,
  bias: boolean | 'zeros',
): Parameter[] {
  const weight = { path: `${path}.weight`, name: `${name}.weight`, shape: [width] };
  return [
    { ...weight, init: { value: 1 }, transposed: false, zeros: false },
    biasParameter(path, name, width, bias),
  ];
}

/** A table of rows that are looked up, or that logits are made with: [rows, width]. */
export function tableParameter(
  path: string,
  name: string,
  shape: readonly [number, number],
  deviation = 0.02,
): Parameter {
  return { path, name, shape, init: { deviation }, transposed: false, zeros: false };
}

/** A leaf that this configuration has not, in the tree or in the file. */
export function absentParameter(path: string): Parameter {
  return { path, name: null, shape: [0], init: { value: 0 }, transposed: false, zeros: false };
}

/** Whether the tree has a tensor there. */
export function isPresent({ name, zeros }: Parameter): boolean {
  return name !== null && !zeros;
}

/** Shape of the tensor in the file. */
export function storedShape({ shape, transposed }: Parameter): readonly number[] {
  return transposed ? [...shape].reverse() : shape;
}

/** A fresh tensor: `init` by a random stream of its own, named by its path, so that the order of drawing does not matter. */
export function initParameter({ path, shape, init }: Parameter, seed: number): Tensor {
  if ('value' in init) return keep(ops.full(shape, init.value, { dtype: 'float32' }));
  return scope(() => {
    manualSeed(streamSeed(seed, `init.${path.replace(/\.weight$/, '')}`));
    return keep(noGrad(() => ops.empty(shape, { dtype: 'float32' }).normal_(0, init.deviation)));
  });
}

/**
 * The weight tree that a table tells of.
 *
 * @param tensors  by path; what is not there is null
 * @param prefix   only what lies below this path, and as if the tree began there: `blocks.3`
 */
export function buildTree(
  parameters: readonly Parameter[],
  tensors: ReadonlyMap<string, Tensor>,
  prefix = '',
): WeightTree {
  const start = prefix === '' ? 0 : prefix.length + 1;
  return nested(
    parameters
      .filter(({ path }) => isBelow(path, prefix))
      .map(({ path }) => [path.slice(start), tensors.get(path) ?? null]),
  );
}

/** Whether a path lies below another; all lie below ''. */
export function isBelow(path: string, prefix: string): boolean {
  return prefix === '' || path.startsWith(`${prefix}.`);
}

function biasParameter(path: string, name: string, size: number, bias: boolean | 'zeros'): Parameter {
  if (bias === false) return absentParameter(`${path}.bias`);
  const zeros = bias === 'zeros';
  return {
    path: `${path}.bias`,
    name: `${name}.bias`,
    shape: [size],
    init: { value: 0 },
    transposed: false,
    zeros,
  };
}

/** Objects and, where the names are numbers, arrays. */
function nested(leaves: readonly (readonly [string, Tensor | null])[]): WeightTree {
  const branches = new Map<string, [string, Tensor | null][]>();
  const tree: Record<string, WeightTree> = {};
  for (const [path, leaf] of leaves) {
    const dot = path.indexOf('.');
    const name = dot < 0 ? path : path.slice(0, dot);
    if (dot < 0) tree[name] = leaf;
    else {
      const branch = branches.get(name) ?? [];
      branch.push([path.slice(dot + 1), leaf]);
      if (branch.length === 1) tree[name] = null; // keeps the order of the table
      branches.set(name, branch);
    }
  }
  for (const [name, branch] of branches) tree[name] = nested(branch);
  const names = Object.keys(tree);
  return names.length > 0 && names.every((name) => /^\d+$/.test(name)) ? Object.values(tree) : tree;
}
