// Measures every head of a model on some sequences, layer by layer: attention is never held for more than a few heads.

import type { BlockSource } from '../model/blocks.ts';
import { familyOf } from '../model/families.ts';
import type { Block } from '../model/family.ts';
import { flattenWeights } from '../model/weights.ts';
import { failure } from '../run/failure.ts';
import { noGrad, scope } from '../torch/index.ts';
import type { Tensor } from '../torch/index.ts';
import { attentionMatrices } from './attention.ts';
import { entropies, massColumns, sinkShares } from './matrix-measures.ts';
import { approximateRanks } from './rank.ts';

/** One head's figures for each sequence, in the order of the sequences. */
export interface HeadSamples {
  /** k* at each tau. */
  ranks: number[][];
  /** m*, heaviest columns first, and in index order. */
  columnsSorted: number[];
  columnsByIndex: number[];
  sink: number[];
  entropy: number[];
}

/** Samples by layer and head. */
export type ModelSamples = HeadSamples[][];

export interface MeasureSettings {
  /** Ascending. */
  taus: readonly number[];
  eta: number;
  causal: boolean;
  /** Called with each layer's queries and keys [B, H, T, D], B sequences from `first` on. For the maps. */
  onLayer?: (layer: number, first: number, queries: Tensor, keys: Tensor) => void;
  /** Called after each layer of each group of sequences, with the share that is done. */
  onProgress?: (share: number) => void;
  /** Bytes of the states of a group of sequences, which live through all layers. Figures do not depend on it. */
  stateBytes?: number;
  /** Bytes of the attention matrices, or of the widest states, that are made at once. Nor on this. */
  workBytes?: number;
}

/**
 * Runs the model on the sequences and measures all attention matrices on the way.
 *
 * @param tokens  ids [N, T] int64 on the model's device
 * @throws Error  with exit code 65 when a weight is NaN or infinite, or attention becomes so
 */
export async function measureModel(
  source: BlockSource,
  tokens: Tensor,
  settings: MeasureSettings,
): Promise<ModelSamples> {
  const { config } = source;
  const [N, T] = tokens.shape;
  const samples: ModelSamples = Array.from({ length: config.layers }, () =>
    Array.from({ length: config.heads }, () => emptySamples(settings.taus.length)),
  );
  const { stateBytes = 64 << 20 } = settings;
  const group = Math.max(1, Math.min(N, Math.floor(stateBytes / (4 * T * config.width))));
  let done = 0;
  for (let first = 0; first < N; first += group) {
    const count = Math.min(group, N - first);
    const part = scope(() => tokens.narrow(0, first, count));
    const states = await source.embed(part); // [G, T, C]; becomes what enters each block in turn
    part.release();
    try {
      for (let layer = 0; layer < config.layers; layer++) {
        await source.withBlock(layer, async (weights) => {
          checkFinite(weights, layer);
          await measureLayer(states, weights, layer, first, samples[layer], source, settings);
        });
        done += count;
        settings.onProgress?.(done / (N * config.layers));
      }
    } finally {
      states.release();
    }
  }
  return samples;
}

/** Measures one layer on a group of sequences, and turns its states into what enters the next layer, in place. */
async function measureLayer(
  states: Tensor,
  weights: Block,
  layer: number,
  first: number,
  samples: HeadSamples[],
  { config }: BlockSource,
  { taus, eta, causal, onLayer, workBytes = 32 << 20 }: MeasureSettings,
): Promise<void> {
  const [count, T] = states.shape;
  const { heads } = config;
  const { block, queriesAndKeys } = familyOf(config);
  const together = Math.max(1, Math.floor(workBytes / (4 * T * Math.max(4 * config.width, T)))); // sequences at once
  for (let start = 0; start < count; start += together) {
    const B = Math.min(together, count - start);
    noGrad(() =>
      scope(() => {
        const x = states.narrow(0, start, B); // [B, T, C]
        const { queries, keys } = queriesAndKeys(x, weights, layer, config); // [B, H, T, D] each
        onLayer?.(layer, first + start, queries, keys);
        const step = Math.max(1, Math.floor(workBytes / (4 * T * T * B))); // heads together
        for (let head = 0; head < heads; head += step) {
          const some = (all: Tensor) => all.narrow(1, head, Math.min(step, heads - head));
          scope(() => {
            const attention = attentionMatrices(some(queries), some(keys), { causal }); // [B, h, T, T]
            addSamples(samples, attention, head, { taus, eta, causal }, layer);
          });
        }
        x.copy_(scope(() => block(x, weights, layer, config)));
      }),
    );
    await new Promise(setImmediate); // finalizers, signals and logging get their turn
  }
}

/** Adds the figures of matrices [B, h, T, T] of heads `head`, `head + 1`, ... */
function addSamples(
  samples: HeadSamples[],
  attention: Tensor,
  head: number,
  { taus, eta, causal }: { taus: readonly number[]; eta: number; causal: boolean },
  layer: number,
): void {
  const [B, h, T] = attention.shape;
  const matrices = attention.view([B * h, T, T]);
  const sink = sinkShares(matrices); // [B * h]
  const bad = sink.findIndex((share) => !Number.isFinite(share));
  if (bad >= 0)
    throw failure(
      'data',
      `layer ${layer}, head ${head + (bad % h)}: attention is not finite; the model's weights overflow`,
    );
  const columns = massColumns(matrices, eta);
  const entropy = entropies(matrices);
  const { ranks } = approximateRanks(matrices, { taus, causal }); // [B * h * taus]
  for (let n = 0; n < B * h; n++) {
    const into = samples[head + (n % h)];
    taus.forEach((_, index) => into.ranks[index].push(ranks[n * taus.length + index]));
    into.columnsSorted.push(columns.sorted[n]);
    into.columnsByIndex.push(columns.index[n]);
    into.sink.push(sink[n]);
    into.entropy.push(entropy[n]);
  }
}

function checkFinite(weights: Block, layer: number): void {
  for (const [path, leaf] of flattenWeights(weights))
    if (!scope(() => leaf.detach().isfinite().all().item()))
      throw failure('data', `blocks.${layer}.${path}: expected finite weights, found NaN or infinity`);
}

function emptySamples(taus: number): HeadSamples {
  const ranks = Array.from({ length: taus }, () => []);
  return { ranks, columnsSorted: [], columnsByIndex: [], sink: [], entropy: [] };
}
