// How a run begins: the model's configuration from options and data, and weights that are random, loaded or resumed.

import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { tokensText } from '../data/mixture.ts';
import { isPadded } from '../data/padded-vocab.ts';
import type { TokenizerInfo } from '../tokenizers/tokenizer.ts';
import { familyOf, initModel } from '../model/families.ts';
import type { ModelConfig, Weights } from '../model/family.ts';
import { readModelConfig, readModelFolder } from '../model/folder.ts';
import { locateModel } from '../model/locate.ts';
import { presets } from '../model/presets.ts';
import { flattenWeights, mapWeights, releaseWeights } from '../model/weights.ts';
import { checkpointSteps, newestCheckpoint } from '../run/checkpoints.ts';
import type { JobConsole } from '../run/console.ts';
import { failure } from '../run/failure.ts';
import { verifyManifest } from '../run/manifest.ts';
import { keep, scope } from '../torch/index.ts';
import type { Dtype, Tensor } from '../torch/index.ts';
import { initAdamw } from './optimizer.ts';
import type { Adamw } from './optimizer.ts';
import type { TrainOptions } from './options.ts';
import { readTrainerState } from './state.ts';
import type { Counters } from './state.ts';

/** A model in training: its weights are leaves that require gradients. */
export interface TrainedModel {
  config: ModelConfig;
  weights: Weights;
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
 * @param vocab      tokens of the data's tokenizer
 * @param tokenizer  what it is; null where nobody says
 * @param console    told what is fetched, where the model is one of the hub
 * @throws Error  with exit code 64 when options and starting model disagree, or sizes are missing
 */
export async function modelConfig(
  options: TrainOptions,
  vocab: number,
  { tokenizer = null, console }: { tokenizer?: TokenizerInfo | null; console?: JobConsole } = {},
): Promise<ModelConfig> {
  const { model } = options;
  const told = console ? { console } : {};
  if (options.from !== 'random') {
    const folder = await locateModel(options.from, told);
    const config = await readModelConfig(folder);
    if (config.vocab !== vocab && !(await isPadded(folder, config, vocab, tokenizer)))
      throw failure(
        'usage',
        `${folder}: the model knows ${config.vocab} tokens, ${tokensText(options.tokens)} has ${vocab}; prepare the data with the model's tokenizer`,
      );
    checkSizes(model, config, folder, ['layers', 'heads', 'width', 'context']);
    return { ...config, vocab, dropout: model.dropout };
  }
  if (model.like !== undefined) {
    const folder = await locateModel(model.like, told);
    const config = await readModelConfig(folder);
    checkSizes(model, config, folder, ['heads', 'width', 'context']);
    const rows = vocab === config.vocab ? config.paddedVocab : paddedVocab(vocab, model);
    const { layers = config.layers, dropout } = model;
    return { ...config, layers, dropout, vocab, paddedVocab: rows };
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
  const { bias, dropout, scaleAttentionByInverseLayer, keyValueHeads, hidden, tied } = model;
  const rows = paddedVocab(vocab, model);
  const sizes = {
    layers,
    heads,
    width,
    context,
    vocab,
    paddedVocab: rows,
    dropout,
    keyValueHeads,
    hidden,
    tied,
  };
  return familyOf(model).fromSizes({ ...sizes, bias, scaleAttentionByInverseLayer });
}

function paddedVocab(vocab: number, { padVocabTo }: TrainOptions['model']): number {
  return Math.ceil(vocab / padVocabTo) * padVocabTo;
}

/** @throws Error  with exit code 64 when the options name another size than the model has */
function checkSizes(
  model: TrainOptions['model'],
  config: ModelConfig,
  folder: string,
  keys: readonly ('layers' | 'heads' | 'width' | 'context')[],
): void {
  for (const key of keys)
    if (model[key] !== undefined && model[key] !== config[key])
      throw failure(
        'usage',
        `model.${key}: asked for ${model[key]}, ${folder} has ${config[key]}; leave it out to take the model's`,
      );
}

/** @throws Error  with exit code 64 for weights narrower than what is computed with them */
export function checkWeightDtype({ weights, precision }: TrainOptions): void {
  if (weights === 'bfloat16' && precision === 'float32')
    throw failure('usage', 'weights: bfloat16 needs precision bfloat16, got float32; set one as the other');
}

/** The checkpoint to resume from where the options allow and there is one, else a fresh start. */
export async function chooseStart(
  options: TrainOptions,
  config: ModelConfig,
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

async function startFresh(options: TrainOptions, config: ModelConfig, device: string): Promise<Start> {
  const folder = options.from === 'random' ? null : await locateModel(options.from);
  const weights = folder
    ? (await readModelFolder(folder, { device, dtype: options.weights })).weights
    : convert(initModel(config, options.seed), device, options.weights);
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
  { seed, weights: dtype }: TrainOptions,
  config: ModelConfig,
  device: string,
  console: JobConsole,
): Promise<Start> {
  const folder = join(checkpoint, 'model');
  const stored = await readModelConfig(folder);
  const changed = changedKeys({ ...stored, dropout: config.dropout }, config);
  if (changed.length > 0)
    throw failure(
      'usage',
      `${checkpoint}: its model has ${changed.join(', ')} as asked for; use another run directory`,
    );
  const { weights } = await readModelFolder(folder, { device, dtype });
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

/** What differs, as `layers 4, not 5`. */
function changedKeys(stored: ModelConfig, asked: ModelConfig): string[] {
  const askedFor = new Map<string, unknown>(Object.entries(asked));
  return Object.entries(stored)
    .filter(([key, value]) => !isDeepStrictEqual(value, askedFor.get(key)))
    .map(([key, value]) => `${key} ${JSON.stringify(value)}, not ${JSON.stringify(askedFor.get(key))}`);
}

/** Frees a start's weights, moments and gradients. */
export function releaseStart({ model, adamw }: Start): void {
  for (const tensors of [model.leaves, adamw.moment1, adamw.moment2])
    for (const tensor of tensors.values()) tensor.release();
}

function asLeaves(config: ModelConfig, weights: Weights): TrainedModel {
  const leaves = flattenWeights(weights);
  for (const leaf of leaves.values()) leaf.requiresGrad = true;
  return { config, weights, leaves };
}

function convert(weights: Weights, device: string, dtype: Dtype): Weights {
  if (device === 'cpu' && dtype === 'float32') return weights;
  return mapWeights(weights, (leaf) => {
    const moved = scope(() => keep(leaf.to({ device, dtype })));
    leaf.release();
    return moved;
  });
}
