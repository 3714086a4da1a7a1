// One round's starting weights: how a target of more layers is made from the reference and the round before.

import type { Model } from '../model/family.ts';
import { releaseWeights } from '../model/weights.ts';
import type { GrowOptions } from './grow-options.ts';
import { inheritModel, silenceBlock } from './inheritance.ts';
import type { Inheritance } from './inheritance.ts';

export type Growth = GrowOptions['growth'];

export interface GrownModel {
  model: Model;
  /**
   * Origin of each tensor: of the reference in the first round and for 'reference', else of the model before. For
   * 'reference-keep', sources in the reference begin with `reference.`.
   */
  map: Inheritance[];
}

/**
 * The target of a round before its training, with `layers` layers. The reference and `before` stay as they are.
 *
 * @param before  the trained target of the round before; null in the first round
 * @throws RangeError  when the reference has fewer layers than asked for
 */
export function growModel(
  reference: Model,
  before: Model | null,
  layers: number,
  growth: Growth,
  options: Pick<GrowOptions, 'parts' | 'keepScale'> & { seed: number },
): GrownModel {
  if (layers > reference.config.layers)
    throw new RangeError(
      `grow: the reference has ${reference.config.layers} layers, the target would have ${layers}`,
    );
  const first = Array.from({ length: layers }, (_, layer) => layer);
  if (!before || growth === 'reference') return inheritModel(reference, first, options);
  const kept = before.config.layers;
  const added = layers - kept;
  if (added < 1) throw new RangeError(`grow: ${layers} layers are no more than the ${kept} there are`);
  if (growth === 'reference-keep') return withBlocksOf(reference, before, layers, options);
  const copied = Math.min(added, kept); // its own last layers, again and again where more are added than there are
  const sources = first.map((layer) => {
    if (layer < kept) return layer;
    return growth === 'copy-last' ? kept - copied + ((layer - kept) % copied) : null;
  });
  const grown = inheritModel(before, sources, { seed: options.seed, keepScale: options.keepScale });
  if (growth === 'zero') for (let layer = kept; layer < layers; layer++) silenceBlock(grown.model, layer);
  return grown;
}

/** All that was trained stays; the blocks after it are the reference's at the same places. */
function withBlocksOf(
  reference: Model,
  before: Model,
  layers: number,
  { seed }: { seed: number },
): GrownModel {
  const kept = before.config.layers;
  const places = Array.from({ length: layers }, (_, layer) => layer);
  const upper = inheritModel(reference, places, { seed });
  const lower = inheritModel(before, places.slice(0, kept), { seed });
  const blocks = [...lower.model.weights.blocks, ...upper.model.weights.blocks.slice(kept)];
  releaseWeights({ ...upper.model.weights, blocks: upper.model.weights.blocks.slice(0, kept) });
  return {
    model: { config: upper.model.config, weights: { ...lower.model.weights, blocks } },
    map: [
      ...lower.map,
      ...upper.map
        .filter(({ target }) => Number(/^blocks\.(\d+)\./.exec(target)?.[1] ?? -1) >= kept)
        .map((each) => ({ ...each, source: `reference.${each.source}` })),
    ],
  };
}
