// JOB grow: the whole recipe. Reference, inherit, train, compare, add layers, until the reference is matched.

import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { openSources, readSources } from '../data/mixture.ts';
import type { MixedFile } from '../data/mixture.ts';
import { readModelConfig } from '../model/folder.ts';
import { parameterCount, trainingFlopsPerToken } from '../model/families.ts';
import { locateModel } from '../model/locate.ts';
import type { JobConsole } from '../run/console.ts';
import type { JobContext } from '../run/context.ts';
import { openRun } from '../run/directory.ts';
import { exitCodeOf, exitCodes, failure } from '../run/failure.ts';
import type { TrainOptions } from '../train/options.ts';
import { train } from '../train/train.ts';
import type { TrainHook } from '../train/train.ts';
import { mean } from '../train/validation.ts';
import { isMatched, pairedDifference } from './compare.ts';
import type { PairedDifference } from './compare.ts';
import { controlName, controlTraining } from './controls.ts';
import { checkGrow } from './grow-check.ts';
import { runOptions } from './grow-options.ts';
import type { GrowOptions } from './grow-options.ts';
import { score } from './grow-score.ts';
import { readGrowState, writeGrowState } from './grow-state.ts';
import type { Contender, GrowState } from './grow-state.ts';
import { describeRound } from './grow-table.ts';
import { lastRound, layersOfRound, roundCount, scheduleOfRound } from './plan.ts';
import { makeRoundStart, roundStart } from './round-start.ts';

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
 * @param hooksOf  what to do inside a training run of these options
 * @throws Error  as train does; with exit code 64, before anything is trained, when the options do not fit together
 */
export async function grow(
  options: GrowOptions,
  context: JobContext,
  hooksOf: (options: TrainOptions) => TrainHook[] | Promise<TrainHook[]> = () => [],
): Promise<GrowResult> {
  const { out, tokens, reference } = options;
  const { console } = context;
  const sources = await readSources(tokens, console);
  await checkGrow(options, sources);
  const parents = reference === 'train' ? [] : [reference];
  const job = await openRun(out, { ...context, resolved: options, parents });
  try {
    for (const change of job.changes) console.info(`${out}: changed since the last start: ${change}`);
    const validation = await openSources(sources, 'val');
    const result = await runRounds(options, validation, { ...context, hooksOf }).finally(() =>
      validation.close(),
    );
    await job.update({ state: 'done' });
    return result;
  } catch (error) {
    const state = exitCodeOf(error) === exitCodes.stopped ? 'stopped' : 'failed';
    await job.update({ state }).catch(() => undefined); // the first error is the one to tell
    throw error;
  } finally {
    await job.close();
  }
}

/** A job's context, and what it does inside each of its training runs. */
interface GrowContext extends JobContext {
  hooksOf: (options: TrainOptions) => TrainHook[] | Promise<TrainHook[]>;
}

/** Does what is not done yet. After each model grow.json is written, and a restart goes on from there. */
async function runRounds(
  options: GrowOptions,
  validation: MixedFile,
  context: GrowContext,
): Promise<GrowResult> {
  const { out, stop } = options;
  const { console } = context;
  const state = await readGrowState(out);
  const save = () => writeGrowState(out, state);

  const reference = await referenceOf(state, options, context);
  const wasComparedSo = isDeepStrictEqual(state.stop, stop);
  if (!wasComparedSo || !state.referenceLosses)
    state.referenceLosses = [...(await score(reference.run, validation, options))];
  const losses = Float64Array.from(state.referenceLosses);
  reference.loss = mean(losses);
  const compared = async <T extends Contender>(
    target: T,
  ): Promise<T & { difference: PairedDifference; matched: boolean }> => {
    const own = await score(target.run, validation, options);
    const difference = pairedDifference(own, losses, stop);
    return { ...target, loss: mean(own), difference, matched: isMatched(difference, stop) };
  };
  if (!wasComparedSo) {
    for (const [index, round] of state.rounds.entries()) state.rounds[index] = await compared(round);
    state.controls = []; // compared again below; their training is not done again
    state.stop = stop;
  }
  state.reference = reference;
  await save();
  console.info(
    `reference: ${reference.layers} layers, validation loss ${reference.loss.toFixed(4)} on ${losses.length} fixed windows`,
  );

  const rounds = roundCount(reference.layers, options);
  while (state.rounds.length < rounds && !lastRound(state)?.matched) {
    const round = state.rounds.length + 1;
    const layers = layersOfRound(round, reference.layers, options);
    const from = await makeRoundStart(state, reference, layers, options, console);
    const training = { ...options.training, learningRate: scheduleOfRound(round, rounds, options) };
    const target = await trained(`round-${round}`, from, training, options, context);
    state.rounds.push({ ...(await compared(target)), round });
    await save();
    console.info(describeRound(state, options));
  }

  const last = lastRound(state);
  const folder = last ? roundStart(out, last.round) : await locateModel(reference.run);
  const size = await readModelConfig(folder);
  state.controls = state.controls.filter(({ layers }) => layers === size.layers); // others are of an earlier target
  for (const control of options.controls) {
    const name = controlName(control, size);
    if (state.controls.some((each) => each.name === name)) continue;
    const training = controlTraining(control, { config: size, folder }, state, options);
    const { matched: _, ...model } = await compared(
      await trained(name, 'random', training, options, context),
    );
    state.controls.push(model);
    await save();
  }
  return { ...state, reference, folder: out, matched: lastRound(state)?.matched ?? false };
}

/** The reference: of an earlier start, given, or trained now. */
async function referenceOf(
  { reference: before }: GrowState,
  options: GrowOptions,
  context: GrowContext,
): Promise<Contender> {
  const { out, reference: given } = options;
  if (given === 'train')
    return before
      ? { ...before, run: join(out, 'reference') } // the folder may have been moved
      : trained('reference', 'random', options.referenceTraining, options, context);
  if (before && before.run !== given)
    throw failure(
      'usage',
      `${out}: was begun with the reference ${before.run}, got ${given}; use another out`,
    );
  return givenReference(options, context.console);
}

/** A reference that somebody else trained. */
async function givenReference(
  { reference, referenceTokens }: GrowOptions,
  console: JobConsole,
): Promise<Contender> {
  const config = await readModelConfig(await locateModel(reference, { console }));
  const tokens = referenceTokens ?? null;
  return {
    name: 'reference',
    run: reference,
    layers: config.layers,
    parameters: parameterCount(config),
    tokens,
    flops: tokens === null ? null : tokens * trainingFlopsPerToken(config),
    loss: NaN, // until it is scored
    difference: null,
  };
}

/** Trains one of the job's models, or finds that it was trained already. */
async function trained(
  name: string,
  from: string,
  training: GrowOptions['training'],
  options: GrowOptions,
  { configText: _, hooksOf, ...context }: GrowContext, // the recipe is the job's, not the round's
): Promise<Contender> {
  const own = runOptions(name, from, training, options);
  const { run, config, parameters, tokens, flops, last } = await train(own, context, await hooksOf(own));
  const loss = last.validationLoss;
  return { name, run, layers: config.layers, parameters, tokens, flops, loss, difference: null };
}
