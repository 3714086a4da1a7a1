// Every figure of every head of three small models equals numpy's in float64 on transformers' attention.

import { describe, expect, test } from 'vitest';
import { measureModel } from '../../src/analyze/measure.ts';
import type { ModelSamples } from '../../src/analyze/measure.ts';
import { layerRecords } from '../../src/analyze/profile.ts';
import { blocksInMemory } from '../../src/model/blocks.ts';
import { fromHubConfig, fromHubTensors } from '../../src/model/huggingface.ts';
import { releaseWeights } from '../../src/model/weights.ts';
import { fromTypedArray } from '../../src/torch/index.ts';
import { readGoldenJson, readGoldenTensors } from '../golden.ts';
import { checkLiveTensors } from '../live-tensors.ts';

checkLiveTensors();

interface Figures {
  ranks: number[];
  columnsSorted: number;
  columnsByIndex: number;
  sink: number;
  entropy: number;
}
interface Golden {
  taus: number[];
  eta: number;
  cases: Record<
    string,
    {
      tokens: number[][];
      layers: Figures[][][];
      maxRank: number[];
      maxRankP10: number[];
      maxRankStd: number[];
      mass: number[];
    }
  >;
}
const golden = readGoldenJson('attention') as Golden;

describe.each(Object.keys(golden.cases))('%s', (name) => {
  const { tokens, layers, maxRank, maxRankP10, maxRankStd, mass } = golden.cases[name];

  test('equals numpy head by head, and in its aggregates, in pieces of any size', async () => {
    const model = await readModel(name);
    const ids = fromTypedArray(BigInt64Array.from(tokens.flat(), BigInt), [tokens.length, tokens[0].length]);
    const { taus, eta } = golden;
    const samples = await measureModel(blocksInMemory(model), ids, { taus, eta, causal: true });
    // Groups of 3, 3 and 2 sequences; one sequence and one head at a time, then two sequences with all heads.
    for (const workBytes of [576, 6144]) {
      const inPieces = { taus, eta, causal: true, stateBytes: 3 * 768, workBytes };
      const pieces = await measureModel(blocksInMemory(model), ids, inPieces);
      figuresOf(pieces).forEach((figure, at) => expect(figure).toBeCloseTo(figuresOf(samples)[at], 5)); // products of other shapes may round otherwise
    }
    ids.release();
    releaseWeights(model.weights);

    samples.forEach((heads, layer) =>
      heads.forEach(({ ranks, columnsSorted, columnsByIndex, sink, entropy }, head) =>
        layers[layer][head].forEach((expected, n) => {
          expect(ranks.map((ofTau) => ofTau[n])).toEqual(expected.ranks);
          expect([columnsSorted[n], columnsByIndex[n]]).toEqual([
            expected.columnsSorted,
            expected.columnsByIndex,
          ]);
          expect(sink[n]).toBeCloseTo(expected.sink, 5);
          expect(entropy[n]).toBeCloseTo(expected.entropy, 5);
        }),
      ),
    );
    const records = layerRecords(samples, { tauIndex: taus.indexOf(0.9), columnOrder: 'sorted' });
    const close = (actual: number[], expected: number[]) =>
      actual.forEach((value, layer) => expect(value).toBeCloseTo(expected[layer], 10));
    expect(records).toHaveLength(maxRank.length);
    close(
      records.map((record) => record.maxRank.value),
      maxRank,
    );
    close(
      records.map((record) => record.maxRank.ofMax.p10),
      maxRankP10,
    );
    close(
      records.map((record) => record.maxRank.ofMax.std),
      maxRankStd,
    );
    close(
      records.map((record) => record.mass.mean),
      mass,
    );
  });
});

/** Ranks, columns, sinks and entropies in one row. */
function figuresOf(samples: ModelSamples): number[] {
  return samples
    .flat()
    .flatMap(({ ranks, columnsSorted, columnsByIndex, sink, entropy }) => [
      ...ranks.flat(),
      ...columnsSorted,
      ...columnsByIndex,
      ...sink,
      ...entropy,
    ]);
}

async function readModel(name: string) {
  const json = readGoldenJson(`gpt2-${name.replace('gpt2-', '')}`) as { config: object };
  const tensors = await readGoldenTensors(name);
  const config = { ...fromHubConfig(json.config, name), bias: !name.includes('plain') };
  const weights = await fromHubTensors(config, async (key) => {
    const tensor = tensors.get(key);
    if (!tensor) throw new Error(`golden file has no ${key}`);
    tensors.delete(key);
    return tensor;
  });
  for (const left of tensors.values()) left.release();
  return { config, weights };
}
