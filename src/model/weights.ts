// Weight trees: nested objects and arrays whose leaves are tensors. A checkpoint is a tree, flattened.

import { Tensor } from '../torch/index.ts';

/** A model's weights: plain data. An absent leaf (no bias, a tied head) is null. */
export type WeightTree = Tensor | null | readonly WeightTree[] | { readonly [name: string]: WeightTree };

/**
 * Leaves by dotted path in the tree's own order, e.g. `blocks.0.attention.output.weight`. Null leaves are left out.
 */
export function flattenWeights(tree: WeightTree): Map<string, Tensor> {
  const leaves = new Map<string, Tensor>();
  collect(tree, '', leaves);
  return leaves;
}

/** The same tree with every leaf replaced. `replace` is told the leaf's dotted path. */
export function mapWeights<T extends WeightTree>(
  tree: T,
  replace: (leaf: Tensor, path: string) => Tensor,
): T {
  return rebuild(tree, '', replace) as T;
}

/** Number of elements in all leaves. */
export function parameterCount(tree: WeightTree): number {
  let count = 0;
  for (const leaf of flattenWeights(tree).values())
    count += leaf.shape.reduce((product, size) => product * size, 1);
  return count;
}

/** Frees every leaf. */
export function releaseWeights(tree: WeightTree): void {
  for (const leaf of flattenWeights(tree).values()) leaf.release();
}

function collect(tree: WeightTree, path: string, leaves: Map<string, Tensor>): void {
  if (tree === null) return;
  if (tree instanceof Tensor) leaves.set(path, tree);
  else for (const [name, branch] of Object.entries(tree)) collect(branch, join(path, name), leaves);
}

function rebuild(
  tree: WeightTree,
  path: string,
  replace: (leaf: Tensor, path: string) => Tensor,
): WeightTree {
  if (tree === null) return null;
  if (tree instanceof Tensor) return replace(tree, path);
  if (isList(tree)) return tree.map((branch, index) => rebuild(branch, join(path, String(index)), replace));
  return Object.fromEntries(
    Object.entries(tree).map(([name, branch]) => [name, rebuild(branch, join(path, name), replace)]),
  );
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

function isList(tree: WeightTree): tree is readonly WeightTree[] {
  return Array.isArray(tree);
}
