// How a run begins: the model's configuration from options and data, and weights that are random, loaded or resumed.

import { join } from 'node:path';
import { initGpt2 } from '../model/gpt2-init.ts';
import type { Gpt2Config, Gpt2Weights } from '../model/gpt2.ts';
import { readModelConfig, readModelFolder } from '../model/folder.ts';
import { locateModel } from '../model/locate.ts';
import { presets } from '../model/presets.ts';
import { flattenWeights, mapWeights, releaseWeights } from '../model/weights.ts';
import { checkpointSteps, newestCheckpoint } from '../run/checkpoints.ts';
import type { JobConsole } from '../run/console.ts';
import { failure } from '../run/failure.ts';
import { verifyManifest } from '../run/manifest.ts';
import { keep, scope } from '../torch/index.ts';
import type { Tensor } from '../torch/index.ts';
import { initAdamw } from './optimizer.ts';
import type { Adamw } from './optimizer.ts';
import type { TrainOptions } from './options.ts';
import { readTrainerState } from './state.ts';
import type { Counters } from './state.ts';

/** A model in training: its weights are leaves that require gradients. */
export interface TrainedModel {
  config: Gpt2Config;
  weights: Gpt2Weights;
  leaves: ReadonlyMap<string, Tensor>;
}

export interface Start {
  /** Where the weights came from: 'random weights', a model folder, or a checkpoint of this run. */
  from: string;
  /** True when the run goes on from a checkpoint of its own. */
  resumed: boolean;
  model: TrainedModel;
  adamw: Adamw;
  counters: Counters;
}

/**
 * The configuration a run trains: of the model it starts from, or of its options.
 *
 * @param vocab  tokens of the data's tokenizer
 * @throws Error  with exit code 64 when options and starting model disagree, or sizes are missing
 */
export async function modelConfig(options: TrainOptions, vocab: number): Promise<Gpt2Config> {
  const { model } = options;
  if (options.from !== 'random') {
    const folder = await locateModel(options.from);
    const config = await readModelConfig(folder);
    if (config.vocab !== vocab)
      throw failure(
        'usage',
        `${folder}: the model knows ${config.vocab} tokens, ${options.tokens} has ${vocab}; prepare the data with the model's tokenizer`,
      );
    for (const key of ['layers', 'heads', 'width', 'context'] as const) {
      const wanted = model[key];
      if (wanted !== undefined && wanted !== config[key])
        throw failure(
          'usage',
          `model.${key}: asked for ${wanted}, ${folder} has ${config[key]}; leave it out to take the model's`,
        );
    }
    return { ...config, dropout: model.dropout };
  }
  const size = model.preset ? presets[model.preset] : undefined;
  const { layers = size?.layers, heads = size?.heads, width = size?.width, context = size?.context } = model;
  if (!layers || !heads || !width || !context)
    throw failure(
      'usage',
      'model: expected a preset, or layers, heads, width and context; try --set model.preset=tiny',
    );
  if (width % heads !== 0)
    throw failure('usage', `model.heads: must divide the width ${width}, got ${heads}`);
  return {
    family: 'gpt2',
    layers,
    heads,
    width,
    context,
    vocab,
    paddedVocab: Math.ceil(vocab / model.padVocabTo) * model.padVocabTo,
    bias: model.bias,
    dropout: model.dropout,
    scaleAttentionByInverseLayer: model.scaleAttentionByInverseLayer,
    layerNormEpsilon: 1e-5,
  };
}

/** The checkpoint to resume from where the options allow and there is one, else a fresh start. */
export async function chooseStart(
  options: TrainOptions,
  config: Gpt2Config,
  device: string,
  run: string,
  console: JobConsole,
): Promise<Start> {
  const { resume } = options;
  const folder = join(run, 'checkpoints');
  if (resume !== 'auto' && resume !== 'none') {
    const verdict = await verifyManifest(resume);
    if (verdict.ok) return startFromCheckpoint(resume, options, config, device, console);
    throw failure('data', `${resume}: expected a whole checkpoint, found ${verdict.reason}; name another`);
  }
  const saved = await checkpointSteps(folder);
  if (saved.length === 0) return startFresh(options, config, device);
  if (resume === 'none')
    throw failure(
      'usage',
      `${run}: resume is none, but the run has ${saved.length} checkpoints; use another run directory`,
    );
  const newest = await newestCheckpoint(folder, console);
  if (newest) return startFromCheckpoint(newest.path, options, config, device, console);
  throw failure(
    'data',
    `${folder}: none of its ${saved.length} checkpoints is whole; move them away to begin again, or use another run directory`,
  );
}

async function startFresh(options: TrainOptions, config: Gpt2Config, device: string): Promise<Start> {
  const folder = options.from === 'random' ? null : await locateModel(options.from);
  const weights = folder
    ? (await readModelFolder(folder, { device })).weights
    : moveTo(initGpt2(config, options.seed), device);
  const model = asLeaves(config, weights);
  const counters = { step: 0, tokens: 0, position: 0, seed: options.seed, skipped: 0, best: null };
  return {
    from: folder ?? 'random weights',
    resumed: false,
    model,
    adamw: initAdamw(model.leaves),
    counters,
  };
}

async function startFromCheckpoint(
  checkpoint: string,
  { seed }: TrainOptions,
  config: Gpt2Config,
  device: string,
  console: JobConsole,
): Promise<Start> {
  const folder = join(checkpoint, 'model');
  const stored = await readModelConfig(folder);
  for (const key of [
    'layers',
    'heads',
    'width',
    'context',
    'vocab',
    'paddedVocab',
    'bias',
    'scaleAttentionByInverseLayer',
  ] as const) {
    if (stored[key] !== config[key])
      throw failure(
        'usage',
        `${checkpoint}: its model has ${key} ${stored[key]}, the options ask for ${config[key]}; use another run directory`,
      );
  }
  const { weights } = await readModelFolder(folder, { device });
  const model = asLeaves(config, weights);
  try {
    const state = await readTrainerState(checkpoint, model.leaves, { device });
    if (state.counters.seed !== seed)
      console.warn(
        `seed: expected ${state.counters.seed} as in ${checkpoint}, got ${seed}; the checkpoint's is used`,
      );
    return { from: checkpoint, resumed: true, model, ...state };
  } catch (error) {
    releaseWeights(weights);
    throw error;
  }
}

/** Frees a start's weights, moments and gradients. */
export function releaseStart({ model, adamw }: Start): void {
  for (const tensors of [model.leaves, adamw.moment1, adamw.moment2])
    for (const tensor of tensors.values()) tensor.release();
}

function asLeaves(config: Gpt2Config, weights: Gpt2Weights): TrainedModel {
  const leaves = flattenWeights(weights);
  for (const leaf of leaves.values()) leaf.requiresGrad = true;
  return { config, weights, leaves };
}

function moveTo(weights: Gpt2Weights, device: string): Gpt2Weights {
  if (device === 'cpu') return weights;
  return mapWeights(weights, (leaf) => {
    const moved = scope(() => keep(leaf.to({ device })));
    leaf.release();
    return moved;
  });
}
