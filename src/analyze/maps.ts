// Attention maps: the mean attention of each head on a few short strings, as one grey picture and as numbers.

import { PNG } from 'pngjs';
import { noGrad, scope } from '../torch/index.ts';
import type { Tensor } from '../torch/index.ts';
import { attentionMatrices } from './attention.ts';

/** Sums of attention by layer: each [H, M, M], row-major. */
export interface AttentionMaps {
  length: number;
  sequences: number;
  causal: boolean;
  heads: number;
  layers: Float64Array[];
}

/** Maps of a model that nothing was added to yet. */
export function emptyMaps(
  { layers, heads }: { layers: number; heads: number },
  { length, sequences, causal }: { length: number; sequences: number; causal: boolean },
): AttentionMaps {
  const size = heads * length * length;
  return {
    length,
    sequences,
    causal,
    heads,
    layers: Array.from({ length: layers }, () => new Float64Array(size)),
  };
}

/**
 * Adds the first tokens' attention of those sequences that the maps are the mean of.
 *
 * @param first    place of the first sequence among all
 * @param queries  [B, H, T, D], and keys, as measureModel hands them over
 */
export function addToMaps(
  { length, sequences, causal, layers }: AttentionMaps,
  layer: number,
  first: number,
  queries: Tensor,
  keys: Tensor,
): void {
  const count = Math.min(queries.shape[0], sequences - first);
  if (count <= 0) return;
  const begin = (all: Tensor) => all.narrow(0, 0, count).narrow(2, 0, length);
  const sums = noGrad(() =>
    scope(() => attentionMatrices(begin(queries), begin(keys), { causal }).sum([0]).to('float64').data()),
  );
  const into = layers[layer];
  for (let i = 0; i < into.length; i++) into[i] += Number(sums[i]) / sequences;
}

/** Pixels of the sheet's maps and of the lines between them. */
export const sheetLayout = { scale: 2, gap: 4 } as const;

/** All maps as a PNG: layers down, heads across, queries down and keys across within one; black is all attention. */
export function mapSheet({ length, heads, layers }: AttentionMaps): Buffer {
  const { scale, gap } = sheetLayout;
  const side = length * scale;
  const width = heads * (side + gap) - gap;
  const height = layers.length * (side + gap) - gap;
  const picture = new PNG({ width, height, colorType: 0 });
  picture.data.fill(255);
  layers.forEach((map, layer) => {
    for (let head = 0; head < heads; head++)
      for (let y = 0; y < side; y++)
        for (let x = 0; x < side; x++) {
          const [query, key] = [Math.floor(y / scale), Math.floor(x / scale)];
          const attention = map[(head * length + query) * length + key];
          const at = 4 * ((layer * (side + gap) + y) * width + head * (side + gap) + x);
          picture.data.fill(shade(attention), at, at + 3);
        }
  });
  return PNG.sync.write(picture, { colorType: 0 });
}

/** The maps' numbers as CSV: layer, head, query, key, attention; 0-based, what a causal map leaves out is left out. */
export function mapValues({ length, heads, causal, layers }: AttentionMaps): string {
  const lines = ['layer,head,query,key,attention'];
  layers.forEach((map, layer) => {
    for (let head = 0; head < heads; head++)
      for (let query = 0; query < length; query++)
        for (let key = 0; key < (causal ? query + 1 : length); key++)
          lines.push(
            `${layer},${head},${query},${key},${rounded(map[(head * length + query) * length + key])}`,
          );
  });
  return `${lines.join('\n')}\n`;
}

function rounded(attention: number): number {
  return Number(attention.toFixed(5));
}

/** White for nothing; the square root, so that weak attention shows. */
function shade(attention: number): number {
  return Math.round(255 * (1 - Math.sqrt(Math.min(1, attention))));
}
