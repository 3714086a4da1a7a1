// JOB analyze: rank and mass of every head of a model, lazy layers, maps. Reads a model and tokens, writes analysis/.

import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { isPadded } from '../data/padded-vocab.ts';
import { openSplit, readTokensInfo } from '../data/tokens.ts';
import { blocksOfFolder } from '../model/blocks.ts';
import { parameterCount } from '../model/families.ts';
import type { ModelConfig } from '../model/family.ts';
import { isGpt2 } from '../model/gpt2.ts';
import { makeFolder, writeFileAtomic } from '../run/atomic.ts';
import type { JobContext } from '../run/context.ts';
import { failure } from '../run/failure.ts';
import { fromTypedArray, resolveDevice, setThreads } from '../torch/index.ts';
import type { AttentionRecord } from './attention-record.ts';
import { headTable } from './attention-table.ts';
import { findLazyLayers, suggestLayers } from './lazy-layers.ts';
import { addToMaps, emptyMaps, mapSheet, mapValues, sheetLayout } from './maps.ts';
import type { AttentionMaps } from './maps.ts';
import { measureModel } from './measure.ts';
import { measureNullValues } from './null-values.ts';
import type { AnalyzeOptions } from './options.ts';
import { layerRecords } from './profile.ts';
import { readSequences } from './sequences.ts';
import { findSubject, tokensOf } from './subject.ts';

/** What was measured, and the folder it was written to. */
export interface AnalyzeResult {
  out: string;
  record: AttentionRecord;
}

/**
 * Measures the attention of every head and writes attention.json, heads.csv and the maps.
 *
 * @throws Error  with exit code 64 (options that do not fit the model), 65 (no model, of an unknown family, damaged, not
 * finite; too little text), 73 or 74 (cannot be written)
 */
export async function analyze(
  options: AnalyzeOptions,
  { console }: Pick<JobContext, 'console'>,
): Promise<AnalyzeResult> {
  const device = resolveDevice(options.device);
  setThreads(options.threads ?? availableParallelism());
  const subject = await findSubject(options.model, { console });
  const tokens = tokensOf(options.model, subject, options.tokens);
  const out = options.out ?? subject.out;
  const source = await blocksOfFolder(subject.folder, { device });
  try {
    const { config } = source;
    const info = await readTokensInfo(tokens, console);
    const length = sequenceLength(options, config, subject.folder);
    if (info.vocab !== config.vocab && !(await isPadded(subject.folder, config, info.vocab, info.tokenizer)))
      throw failure(
        'usage',
        `${subject.folder}: the model knows ${config.vocab} tokens, ${tokens} has ${info.vocab}; prepare the text with the model's tokenizer`,
      );
    const file = await openSplit(tokens, info, 'val');
    const { sequences, seed, eta, causal } = options;
    const ids = await readSequences(file, { sequences, length, seed }).finally(() => file.close());
    const input = fromTypedArray(ids, [sequences, length], { device }); // [N, T]
    const maps = mapsOf(options, config, length);
    const taus = [...new Set([options.tau, ...options.taus])].sort((a, b) => a - b);
    const began = performance.now();
    const samples = await measureModel(source, input, {
      taus,
      eta,
      causal,
      onLayer: maps
        ? (layer, first, queries, keys) => addToMaps(maps, layer, first, queries, keys)
        : undefined,
      onProgress: (share) => console.status(progressText(share, performance.now() - began)),
    }).finally(() => {
      input.release();
      console.status('');
    });
    const layers = layerRecords(samples, {
      tauIndex: taus.indexOf(options.tau),
      columnOrder: options.columnOrder,
    });
    const record: AttentionRecord = {
      version: 1,
      model: {
        path: options.model,
        family: config.family,
        layers: config.layers,
        heads: config.heads,
        width: config.width,
        context: config.context,
        parameters: parameterCount(config),
        scaleAttentionByInverseLayer: isGpt2(config) && config.scaleAttentionByInverseLayer,
        step: subject.step,
      },
      data: { tokens, split: 'val', sequences, length, seed },
      measure: {
        tau: options.tau,
        taus,
        eta,
        columnOrder: options.columnOrder,
        causal,
        collapsedBelow: options.collapsedBelow,
        nearLazyBelow: options.nearLazyBelow,
      },
      layers,
      lazy: findLazyLayers(layers, options),
      nullValues: measureNullValues(length, {
        tau: options.tau,
        taus,
        eta,
        columnOrder: options.columnOrder,
      }),
      suggestion: suggestLayers(layers.map(({ maxRank }) => maxRank.value)),
      maps: maps && {
        sheet: 'maps.png',
        values: 'maps.csv',
        length: maps.length,
        sequences: maps.sequences,
        causal,
        side: maps.length * sheetLayout.scale,
        gap: sheetLayout.gap,
      },
    };
    await writeAnalysis(out, record, maps);
    return { out, record };
  } finally {
    await source.close();
  }
}

/** The pictures and tables first, attention.json last: where it is, all of it is. */
async function writeAnalysis(
  out: string,
  record: AttentionRecord,
  maps: AttentionMaps | null,
): Promise<void> {
  await makeFolder(out);
  if (maps && record.maps) {
    await writeFileAtomic(join(out, record.maps.sheet), mapSheet(maps));
    await writeFileAtomic(join(out, record.maps.values), mapValues(maps));
  }
  await writeFileAtomic(join(out, 'heads.csv'), headTable(record));
  await writeFileAtomic(join(out, 'attention.json'), `${JSON.stringify(record)}\n`);
}

function sequenceLength({ length }: AnalyzeOptions, { context }: ModelConfig, folder: string): number {
  if (length !== undefined && length > context)
    throw failure(
      'usage',
      `length: must be at most the context of ${folder}, ${context} tokens, got ${length}`,
    );
  return length ?? Math.min(100, context);
}

function mapsOf(
  { maps: { length, sequences }, sequences: measured, causal }: AnalyzeOptions,
  config: ModelConfig,
  T: number,
): AttentionMaps | null {
  if (length === 0) return null;
  return emptyMaps(config, { length: Math.min(length, T), sequences: Math.min(sequences, measured), causal });
}

function progressText(share: number, elapsedMs: number): string {
  const left = (elapsedMs * (1 - share)) / share / 1000;
  return `measured ${(100 * share).toFixed(0)} %, ${left.toFixed(0)} s left`;
}
