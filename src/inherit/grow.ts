// JOB grow: the whole recipe. Reference, inherit, train, compare, add layers, until the reference is matched.

import { join } from 'node:path';
import { fixedWindows } from '../data/sampler.ts';
import { openSplit, readTokensInfo } from '../data/tokens.ts';
import type { TokenFile } from '../data/tokens.ts';
import { readModelConfig, readModelFolder } from '../model/folder.ts';
import { gpt2ParameterCount, gpt2TrainingFlopsPerToken } from '../model/gpt2-init.ts';
import { locateModel } from '../model/locate.ts';
import { releaseWeights } from '../model/weights.ts';
import type { JobContext } from '../run/context.ts';
import { openRun } from '../run/directory.ts';
import { failure } from '../run/failure.ts';
import { resolveDevice } from '../torch/index.ts';
import type { TrainOptions } from '../train/options.ts';
import { train } from '../train/train.ts';
import { mean, windowLosses } from '../train/validation.ts';
import { isMatched, pairedDifference } from './compare.ts';
import type { GrowOptions } from './grow-options.ts';
import { readGrowState, writeGrowState } from './grow-state.ts';
import type { Contender, GrowState } from './grow-state.ts';
import { describeRound } from './grow-table.ts';
import { controlTraining, lastRound, layersOfRound, roundCount, scheduleOfRound } from './plan.ts';
import { makeRoundStart } from './round-start.ts';

export interface GrowResult extends GrowState {
  folder: string;
  /** The reference, which a finished job always has. */
  reference: Contender;
  matched: boolean;
}

/**
 * Grows a target until it matches the reference or runs out of layers or rounds. Reference, rounds and controls are runs
 * of their own under `out`; a killed job goes on where it was, between rounds too.
 *
 * @throws Error  as train does; with exit code 64 when rounds and reference do not fit
 */
export async function grow(options: GrowOptions, context: JobContext): Promise<GrowResult> {
  const { console } = context;
  const info = await readTokensInfo(options.tokens, console);
  const parents = options.reference === 'train' ? [] : [options.reference];
  const job = await openRun(options.out, { ...context, resolved: options, parents });
  const validation = await openSplit(options.tokens, info, 'val');
  try {
    const state = await readGrowState(options.out);
    const save = () => writeGrowState(options.out, state);

    state.reference ??=
      parents.length > 0
        ? await givenReference(options)
        : await trained('reference', 'random', options.referenceTraining, options, context);
    state.referenceLosses ??= [...(await score(state.reference.run, validation, options))];
    const losses = Float64Array.from(state.referenceLosses);
    state.reference.loss = mean(losses);
    await save();
    console.info(
      `reference: ${state.reference.layers} layers, validation loss ${state.reference.loss.toFixed(4)} on ${losses.length} fixed windows`,
    );
    const compared = async (target: Contender) => {
      const own = await score(target.run, validation, options);
      return { ...target, loss: mean(own), difference: pairedDifference(own, losses, options.stop) };
    };

    const rounds = roundCount(state.reference.layers, options);
    while (state.rounds.length < rounds && !lastRound(state)?.matched) {
      const round = state.rounds.length + 1;
      const layers = layersOfRound(round, state.reference.layers, options);
      const from = await makeRoundStart(state, round, layers, options, console);
      const training = { ...options.training, learningRate: scheduleOfRound(round, rounds, options) };
      const target = await compared(await trained(`round-${round}`, from, training, options, context));
      state.rounds.push({ ...target, round, matched: isMatched(target.difference, options.stop) });
      await save();
      console.info(describeRound(state, options));
    }
    const size = await readModelConfig(await locateModel(lastRound(state)?.run ?? state.reference.run));
    for (const control of options.controls.slice(state.controls.length)) {
      state.controls.push(
        await compared(
          await trained(control, 'random', controlTraining(control, size, state, options), options, context),
        ),
      );
      await save();
    }
    await job.update({ state: 'done' });
    return {
      ...state,
      reference: state.reference,
      folder: options.out,
      matched: lastRound(state)?.matched ?? false,
    };
  } finally {
    await validation.close();
    await job.close();
  }
}

/** Trains one of the job's models, or finds that it was trained already. */
async function trained(
  name: string,
  from: string,
  training: GrowOptions['training'],
  { out, tokens }: GrowOptions,
  context: JobContext,
): Promise<Contender> {
  const options: TrainOptions = { ...training, out: join(out, name), tokens, from, resume: 'auto' };
  const { configText: _, ...inner } = context; // the recipe is the job's, not the round's
  const result = await train(options, inner);
  const { run, config, parameters, flops } = result;
  return {
    name,
    run,
    layers: config.layers,
    parameters,
    tokens: result.tokens,
    flops,
    loss: result.last.validationLoss,
    difference: null,
  };
}

/** A reference that somebody else trained. */
async function givenReference({ reference, referenceTokens }: GrowOptions): Promise<Contender> {
  const config = await readModelConfig(await locateModel(reference));
  const flops = referenceTokens === undefined ? null : referenceTokens * gpt2TrainingFlopsPerToken(config);
  const parameters = gpt2ParameterCount(config);
  return {
    name: 'reference',
    run: reference,
    layers: config.layers,
    parameters,
    tokens: referenceTokens ?? null,
    flops,
    loss: NaN,
    difference: null,
  };
}

/** Losses of a model on the job's fixed windows. */
async function score(
  run: string,
  validation: TokenFile,
  { stop, training, tokens }: GrowOptions,
): Promise<Float64Array> {
  const device = resolveDevice(training.device);
  const model = await readModelFolder(await locateModel(run), { device });
  try {
    const { context } = model.config;
    const starts = fixedWindows({ tokens: validation.length, context, count: stop.windows });
    if (starts.length < 2 * stop.block)
      throw failure(
        'usage',
        `${tokens}: the validation split has ${starts.length} windows of ${context} tokens, the comparison needs ${2 * stop.block}; lower stop.block or prepare more text`,
      );
    const { microBatch: batch, precision, lossRows } = training;
    return await windowLosses(model, validation, starts, { batch, precision, lossRows, device });
  } finally {
    releaseWeights(model.weights);
  }
}
