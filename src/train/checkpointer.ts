// Saves checkpoints of a run: the model as a Hugging Face folder, the trainer's state, retention, and failed saves.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { commonInfo } from '../data/mixture.ts';
import { loadTokenizer } from '../tokenizers/tokenizers.ts';
import { writeModelFolder } from '../model/folder.ts';
import { retainCheckpoints, saveCheckpoint } from '../run/checkpoints.ts';
import type { JobConsole } from '../run/console.ts';
import { errorLine, exitCodeOf, exitCodes, failure } from '../run/failure.ts';
import { modelCard } from './card.ts';
import type { TrainOptions } from './options.ts';
import type { Start } from './start.ts';
import { writeTrainerState } from './state.ts';

export interface Checkpointer {
  /**
   * Saves the run as it is now, unless this step is saved already. A full disk costs the save, not the run.
   *
   * @param needed  the process is about to end: then a failed save is an error at once
   * @throws Error  with exit code 74 when it is needed or the third in a row that failed
   */
  save(needed: boolean): Promise<void>;
}

/** A checkpointer of one run. */
export function checkpointer(
  run: string,
  start: Start,
  options: TrainOptions,
  info: ReturnType<typeof commonInfo>,
  console: JobConsole,
): Checkpointer {
  const { model, adamw, counters } = start;
  const { keepLast, keepEvery, keepBest } = options.checkpoint;
  let savedStep = start.resumed ? counters.step : -1;
  const folder = join(run, 'checkpoints');
  let failures = 0;
  const write = async (temporary: string) => {
    const tokenizer = await loadTokenizer(info.tokenizer, { tokens: info.folder });
    await mkdir(join(temporary, 'model'));
    await writeModelFolder(join(temporary, 'model'), model, {
      tokenizerFiles: tokenizer.files(),
      endOfText: tokenizer.endOfText,
      card: modelCard(model.config, options, counters),
    });
    await writeTrainerState(temporary, counters, adamw);
  };
  return {
    async save(needed) {
      if (savedStep === counters.step) return;
      try {
        const path = await saveCheckpoint(folder, counters.step, write);
        await retainCheckpoints(folder, {
          last: keepLast,
          every: keepEvery,
          best: keepBest && counters.best ? [counters.best.step] : [],
        });
        savedStep = counters.step;
        failures = 0;
        console.info(`step ${counters.step}: saved ${path}`);
      } catch (error) {
        if (exitCodeOf(error) !== exitCodes.disk) throw error;
        failures += 1;
        if (needed || failures === 3)
          throw failure(
            'disk',
            `${errorLine(error)}${needed ? '' : '; the third save in a row that failed'}; make room and run the same command again`,
            { cause: error },
          );
        console.warn(`${errorLine(error)}; training goes on`);
      }
    },
  };
}
