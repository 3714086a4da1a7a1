// Which tensor of the target comes from where: the inheritance map, and a model made from it. Reads no files.

import { initModel } from '../model/families.ts';
import type { ModelConfig } from '../model/family.ts';
import { isGpt2 } from '../model/gpt2.ts';
import type { Model } from '../model/family.ts';
import { flattenWeights } from '../model/weights.ts';
import { noGrad, scope } from '../torch/index.ts';
import type { Tensor } from '../torch/index.ts';

/** Parts beside the blocks that are inherited; the others start at random. A tied head is the token embedding. */
export interface InheritedParts {
  embeddings: boolean;
  positions: boolean;
  finalNorm: boolean;
  head: boolean;
}

/** Everything, as the paper says. */
export const allParts: InheritedParts = { embeddings: true, positions: true, finalNorm: true, head: true };

/** Blocks and the tied head only, as upstream's GPT-2 script does. */
export const upstreamParts: InheritedParts = {
  embeddings: false,
  positions: false,
  finalNorm: false,
  head: true,
};

/** Where one block of the target comes from: a layer of the reference, or null for random weights. */
export type BlockSource = number | null;

/** Where one tensor of the target comes from. */
export interface Inheritance {
  target: string;
  /** Path in the reference, or null for random weights. */
  source: string | null;
  /** Factor on the query's rows: not 1 where a moved block keeps its own attention scale. */
  queryFactor: number;
}

/** The target's configuration: the reference's with another number of layers. */
export function targetConfig(reference: ModelConfig, blocks: readonly BlockSource[]): ModelConfig {
  return { ...reference, layers: blocks.length };
}

/**
 * The origin of every tensor of the target.
 *
 * @param paths   the target's tensors, as flattenWeights names them
 * @param blocks  for each place of the target, the reference's layer that goes there
 * @param keepScale  fold (new + 1) / (old + 1) into the query of a moved block, so that it attends as it did
 */
export function inheritanceMap(
  paths: Iterable<string>,
  blocks: readonly BlockSource[],
  reference: ModelConfig,
  { parts = allParts, keepScale = false }: { parts?: InheritedParts; keepScale?: boolean } = {},
): Inheritance[] {
  const targets = [...paths];
  const isTied = !targets.includes('head'); // then the head is the token embedding: one tensor
  return targets.map((target) => {
    const place = /^blocks\.(\d+)\.(.+)$/.exec(target);
    if (!place)
      return { target, source: inheritsPart(target, isTied, parts) ? target : null, queryFactor: 1 };
    const layer = Number(place[1]);
    const source = blocks[layer] ?? null;
    if (source === null) return { target, source: null, queryFactor: 1 };
    const folds = keepScale && isScaled(reference) && place[2]?.startsWith('attention.queryKeyValue.');
    return {
      target,
      source: `blocks.${source}.${place[2]}`,
      queryFactor: folds ? (layer + 1) / (source + 1) : 1,
    };
  });
}

/**
 * A new model with copies of what it inherits: training it never touches the reference.
 *
 * @param blocks  for each place of the target, the reference's layer that goes there
 * @param seed    of the tensors that start at random
 * @throws RangeError  when the reference has no such layer
 */
export function inheritModel(
  reference: Model,
  blocks: readonly BlockSource[],
  {
    parts = allParts,
    keepScale = false,
    seed = 1337,
  }: { parts?: InheritedParts; keepScale?: boolean; seed?: number } = {},
): { model: Model; map: Inheritance[] } {
  const { layers } = reference.config;
  const missing = blocks.find((layer) => layer !== null && !(layer in reference.weights.blocks));
  if (missing !== undefined)
    throw new RangeError(
      `inherit: layers must be 0..${layers - 1} (the reference has ${layers}), got ${missing}`,
    );
  const config = targetConfig(reference.config, blocks);
  const weights = initModel(config, seed);
  const targets = flattenWeights(weights);
  const sources = flattenWeights(reference.weights);
  const map = inheritanceMap(targets.keys(), blocks, reference.config, { parts, keepScale });
  noGrad(() =>
    scope(() => {
      for (const { target, source, queryFactor } of map) {
        const to = targets.get(target);
        const from = source === null ? undefined : sources.get(source);
        if (!to || !from) continue;
        to.copy_(from);
        if (queryFactor !== 1) scaleQuery(to, config, queryFactor);
      }
    }),
  );
  return { model: { config, weights }, map };
}

/** The map as lines for people: `blocks.3.mlp.up.weight <- blocks.7.mlp.up.weight`. */
export function describeInheritance(map: readonly Inheritance[]): string[] {
  return map.map(({ target, source, queryFactor }) => {
    const factor = queryFactor === 1 ? '' : `  (query x ${queryFactor.toFixed(4)})`;
    return `${target} <- ${source ?? 'random'}${factor}`;
  });
}

function inheritsPart(
  path: string,
  isTied: boolean,
  { embeddings, positions, finalNorm, head }: InheritedParts,
): boolean {
  if (path === 'tokenEmbedding') return embeddings || (head && isTied);
  if (path === 'positionEmbedding') return positions;
  if (path === 'head') return head;
  return path.startsWith('finalNorm.') ? finalNorm : embeddings;
}

/** Whether attention depends on the place of a block in the stack. */
function isScaled(config: ModelConfig): boolean {
  return isGpt2(config) && config.scaleAttentionByInverseLayer;
}

/** Multiplies the query's rows of a joint [3C, C] weight, or [3C] bias. */
export function scaleQuery(queryKeyValue: Tensor, { width }: ModelConfig, factor: number): void {
  queryKeyValue.narrow(0, 0, width).mul_(factor);
}

/** A block that changes nothing: its two output projections are zero, so the residual stream passes through. */
export function silenceBlock(model: Model, layer: number): void {
  const block = model.weights.blocks[layer];
  if (!block) throw new RangeError(`silenceBlock: the model has ${model.config.layers} layers, got ${layer}`);
  noGrad(() =>
    scope(() => {
      for (const [path, leaf] of flattenWeights(block))
        if (/^(attention\.output|mlp\.down)\./.test(path)) leaf.zero_();
    }),
  );
}
