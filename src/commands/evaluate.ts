// The evaluate command.

import type { Command } from 'commander';
import type { JobConsole } from '../run/console.ts';
import { loadOptions } from '../run/options.ts';
import type { StopWatch } from '../run/stop.ts';
import { collect, recipeFlag, setFlag } from './flags.ts';
import type { RecipeFlags } from './flags.ts';

interface EvaluateFlags extends RecipeFlags {
  tasks?: string;
  includePath: string[];
  numFewshot?: string;
  addBosToken?: string;
  logSamples: boolean;
  cache: boolean;
  [flag: string]: unknown;
}

/** Adds it to the program. */
export function addEvaluateCommand(
  program: Command,
  { console, stop }: { console: JobConsole; stop: StopWatch },
): void {
  program
    .command('evaluate')
    .description('score a model on tasks, zero-shot or few-shot, as lm-evaluation-harness does')
    .argument('<model>', 'a run, a checkpoint, a model folder, or a model of the hub')
    .option(...recipeFlag)
    .option(...setFlag)
    .option('--tasks <names>', 'tasks, groups or sets, with commas: arc_easy,piqa')
    .option('--out <folder>', 'folder to write; by default evaluation/ in the run or model folder')
    .option('--data-dir <folder>', 'the data sets’ files; by default they are the hub’s')
    .option('--include-path <path>', 'task files of your own; repeatable', collect, [] as string[])
    .option('--offline', 'never ask the network')
    .option('--compat <version>', 'lm-eval-0.4, or lm-eval-2023 as in the paper')
    .option('--shots, --num-fewshot <count>', 'examples before each document; by default as each task says')
    .option('--limit <count>', 'documents of each task; below 1 a share')
    .option('--add-bos-token <when>', 'begin texts with begin-of-text: auto, true or false')
    .option('--precision <dtype>', 'float32 or bfloat16')
    .option('--batch-tokens <count>', 'tokens that go through the model at once; by default 2048')
    .option('--bootstrap <count>', 'resamples for the error of a perplexity; by default 100000')
    .option('--no-log-samples', 'do not write what each item came to')
    .option('--against <results>', 'compare with other results, item by item')
    .option('--no-cache', 'score everything again')
    .option('--device <name>', 'auto, cpu, cuda or cuda:N')
    .action(async (model: string, given: EvaluateFlags) => {
      const { recipe, set, tasks, includePath, numFewshot, addBosToken, logSamples, cache, ...rest } = given;
      const [{ evaluate }, { evaluateOptions }, { evaluationText }] = await Promise.all([
        import('../evaluate/evaluate.ts'),
        import('../evaluate/options.ts'),
        import('../evaluate/evaluation-text.ts'),
      ]);
      const flags = {
        ...rest,
        model,
        tasks: tasks
          ?.split(',')
          .map((name) => name.trim())
          .filter((name) => name !== ''),
        includePath: includePath.length > 0 ? includePath : undefined,
        shots: numFewshot,
        beginOfText: addBosToken,
        logSamples: logSamples ? undefined : false,
        cache: cache ? undefined : false,
      };
      const { options } = await loadOptions(evaluateOptions, { recipe, sets: set, flags });
      const evaluated = await evaluate(options, { console, stop });
      console.print(evaluationText(evaluated));
      console.info(evaluated.resultsPath);
    });
}
