// The small measure inside a training run: rank and mass of every head each so many steps, so that collapse over time
// can be drawn. A hook for train; its figures go to metrics.jsonl as records of type `attention`.

import { heaviestFolder } from '../data/mixture.ts';
import type { TokensOption } from '../data/mixture.ts';
import { openSplit, readTokensInfo } from '../data/tokens.ts';
import { blocksInMemory } from '../model/blocks.ts';
import type { Model } from '../model/family.ts';
import type { MetricRecord } from '../run/metrics.ts';
import { fromTypedArray } from '../torch/index.ts';
import { measureModel } from './measure.ts';
import { measureOptions } from './options.ts';
import { layerRecords } from './profile.ts';
import { readSequences } from './sequences.ts';

/** What a training run says of its small measure. */
export interface DuringTraining {
  analysis: { every: number; sequences: number; length?: number | undefined };
  tokens: TokensOption;
  seed: number;
}

/** One hook where `analysis.every` asks for it, none where it is 0. The measure draws no random number of the run's. */
export function attentionHooks({ analysis, tokens, seed }: DuringTraining): AttentionHook[] {
  if (analysis.every === 0) return [];
  const { tau, eta, columnOrder, causal, collapsedBelow } = measureOptions.parse({});
  let ids: BigInt64Array | null = null;
  const run: AttentionHook['run'] = async ({ step, model }) => {
    const { sequences, length = Math.min(100, model.config.context) } = analysis;
    ids ??= await readIds(tokens, { sequences, length, seed });
    const { device } = model.weights.tokenEmbedding;
    const input = fromTypedArray(ids, [sequences, length], { device }); // [N, T]
    const samples = await measureModel(blocksInMemory(model), input, { taus: [tau], eta, causal }).finally(
      () => input.release(),
    );
    const layers = layerRecords(samples, { tauIndex: 0, columnOrder });
    const heads = layers.flatMap((layer) => layer.heads);
    return {
      type: 'attention',
      step,
      maxRank: layers.map(({ maxRank }) => maxRank.value),
      mass: layers.map(({ mass }) => mass.mean),
      sink: layers.map(({ sink }) => sink.mean),
      collapsedShare: heads.filter(({ rank }) => rank.mean < collapsedBelow).length / heads.length,
    };
  };
  return [{ name: 'attention', every: analysis.every, atStart: true, run }];
}

/** The form of train's hooks. */
export interface AttentionHook {
  name: 'attention';
  every: number;
  atStart: boolean;
  run(at: { step: number; model: Model }): Promise<MetricRecord>;
}

async function readIds(
  tokens: TokensOption,
  which: { sequences: number; length: number; seed: number },
): Promise<BigInt64Array> {
  const folder = heaviestFolder(tokens);
  const info = await readTokensInfo(folder, { warn: () => undefined }); // train has warned
  const file = await openSplit(folder, info, 'val');
  return readSequences(file, which).finally(() => file.close());
}
