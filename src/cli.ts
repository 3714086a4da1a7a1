#!/usr/bin/env node
// The command line: parses, and calls one job, loaded when it is called. Knows no job's insides.

import { Command, CommanderError } from 'commander';
import { addConfigCommands } from './commands/config.ts';
import { addDataCommands } from './commands/data.ts';
import { collect, recipeFlag, setFlag } from './commands/flags.ts';
import type { RecipeFlags } from './commands/flags.ts';
import { addEvaluateCommand } from './commands/evaluate.ts';
import { addUseCommands } from './commands/use.ts';
import { openConsole } from './run/console.ts';
import { errorLine, exitCodeOf, exitCodes } from './run/failure.ts';
import { loadOptions } from './run/options.ts';
import { watchSignals } from './run/stop.ts';
import { packageVersion } from './run/version.ts';
import { usageLine } from './usage.ts';

// First of all, so that no signal finds the process without a handler (SIGUSR1 would open the debugger).
const stop = watchSignals();
const console = openConsole();
const command = ['inheritune', ...process.argv.slice(2)];

const program = new Command('inheritune')
  .description(
    'Train smaller language models: inherit the first layers of a trained one, train, grow until it is matched.',
  )
  .configureOutput({ outputError: () => {} }) // said below, in one line
  .version(packageVersion())
  .exitOverride()
  .showSuggestionAfterError();

program
  .command('setup')
  .description('find or fetch libtorch, and build the engine')
  .action(async () => {
    leaveAtFirstSignal();
    const { setup } = await import('./setup/setup.ts');
    const { addon } = await setup({ say: console.info });
    console.info(`the engine is ready: ${addon.torch}`);
  });

program
  .command('doctor')
  .description('say what the engine runs on, and what is wrong with it')
  .option('--json', 'print JSON, for bug reports')
  .action(async ({ json }: { json?: boolean }) => {
    leaveAtFirstSignal();
    const { doctor, doctorText } = await import('./setup/doctor.ts');
    const diagnosis = await doctor();
    console.print(json ? JSON.stringify(diagnosis, null, 2) : doctorText(diagnosis));
    if (diagnosis.problems.length > 0) process.exitCode = exitCodes.internal;
  });

program
  .command('fetch')
  .description('fetch a model of the Hugging Face hub into its cache, and print the folder')
  .argument('<model>', 'ORG/NAME, or ORG/NAME@REVISION')
  .option('--revision <name>', 'branch, tag or commit; by default main')
  .option('--include <glob...>', 'these files only; by default configuration, tokenizer and weights')
  .action(async (model: string, flags: { revision?: string; include?: string[] }) => {
    leaveAtFirstSignal(); // what was fetched is kept: the next call goes on from there
    const { fetchModel } = await import('./hub/fetch.ts');
    console.print(await fetchModel({ model, ...flags }, { console }));
  });

const duringTrainingFlag = [
  '--during-training <steps>',
  'measure rank and mass of every head each so many steps (see analyze)',
] as const;

interface DuringTrainingFlag {
  duringTraining?: string;
}

program
  .command('prepare')
  .description('turn text into token files: train.bin, val.bin, tokens.json')
  .argument('[source...]', 'text files, folders of .txt files, or the embedded corpus: sotu')
  .option(...recipeFlag)
  .option(...setFlag)
  .option('--out <folder>', 'folder to write')
  .option('--tokenizer <name>', 'gpt2, bytes, characters, or a folder with a model’s tokenizer')
  .option('--overwrite', 'replace what was prepared otherwise')
  .action(async (source: string[], { recipe, set, ...flags }: RecipeFlags) => {
    const [{ prepare }, { prepareOptionsSchema }] = await Promise.all([
      import('./prepare/prepare.ts'),
      import('./prepare/options.ts'),
    ]);
    const given = { ...flags, source: source.length > 0 ? source : undefined };
    const { options } = await loadOptions(prepareOptionsSchema, { recipe, sets: set, flags: given });
    await prepare(options, { console, stop });
  });

program
  .command('train')
  .description('train one model; the same command goes on where it stopped')
  .option(...recipeFlag)
  .option(...setFlag)
  .option('--out <folder>', 'run directory')
  .option('--tokens <folder>', 'folder made by prepare')
  .option('--from <model>', 'random, or a run, checkpoint or model folder')
  .option('--steps <count>', 'optimizer steps')
  .option('--device <name>', 'auto, cpu, cuda or cuda:N')
  .option('--seed <number>', 'seed of weights, order and dropout')
  .option('--resume <what>', 'auto, none, or a checkpoint folder')
  .option(...duringTrainingFlag)
  .action(async ({ recipe, set, duringTraining, ...rest }: RecipeFlags & DuringTrainingFlag) => {
    const [{ train }, { trainOptions }, { attentionHooks }, { downstreamHooks }] = await Promise.all([
      import('./train/train.ts'),
      import('./train/options.ts'),
      import('./analyze/during-training.ts'),
      import('./evaluate/during-training.ts'),
    ]);
    const flags = { ...rest, 'analysis.every': duringTraining };
    const { options, text } = await loadOptions(trainOptions, { recipe, sets: set, flags });
    const context = { console, stop, command, configText: text };
    const { run, last } = await train(options, context, [
      ...attentionHooks(options),
      ...(await downstreamHooks(options, { console })),
    ]);
    console.print(`${run}: validation loss ${last.validationLoss.toFixed(4)} after ${last.step} steps`);
  });

program
  .command('inherit')
  .description('copy the first layers of a trained reference into a new, smaller model folder')
  .option(...recipeFlag)
  .option(...setFlag)
  .option('--from <model>', 'reference: a run, checkpoint or model folder')
  .option('--out <folder>', 'model folder to make')
  .option('--first <count>', 'inherit this many first layers; by default half')
  .option('--layers <list>', 'inherit these layers instead, 0-based: 0-7 or 0,2,5')
  .option('--no-embeddings', 'random token embeddings (and tied head, unless --head)')
  .option('--no-positions', 'random position embeddings')
  .option('--no-final-norm', 'a fresh final norm')
  .option('--no-head', 'a random head (a tied one comes with the embeddings)')
  .option('--as-upstream', 'blocks and tied head only')
  .option('--keep-scale', 'moved blocks keep the attention scale of their old place')
  .option('--dry-run', 'print the tensor map and write nothing')
  .action(async ({ recipe, set, ...flags }: RecipeFlags) => {
    const { inherit, inheritOptions } = await import('./inherit/inherit.ts');
    const { options } = await loadOptions(inheritOptions, {
      recipe,
      sets: set,
      flags: withoutDefaults(flags),
    });
    leaveAtFirstSignal();
    await inherit(options, { console });
  });

program
  .command('grow')
  .description('the whole recipe: reference, inherit, train, compare, add layers until it is matched')
  .option(...recipeFlag)
  .option(...setFlag)
  .option('--out <folder>', 'folder of the whole job')
  .option('--tokens <folder>', 'folder made by prepare')
  .option('--reference <model>', 'a run or model folder; train makes one')
  .option('--first <count>', 'layers of the first round')
  .option('--growth <how>', 'reference, reference-keep, copy-last, random or zero')
  .option(...duringTrainingFlag)
  .action(async ({ recipe, set, duringTraining, ...rest }: RecipeFlags & DuringTrainingFlag) => {
    const [{ grow }, { growOptions }, { showGrown }, { attentionHooks }, { downstreamHooks }] =
      await Promise.all([
        import('./inherit/grow.ts'),
        import('./inherit/grow-options.ts'),
        import('./inherit/show-grown.ts'),
        import('./analyze/during-training.ts'),
        import('./evaluate/during-training.ts'),
      ]);
    const flags = {
      ...rest,
      'referenceTraining.analysis.every': duringTraining,
      'training.analysis.every': duringTraining,
    };
    const { options, text } = await loadOptions(growOptions, { recipe, sets: set, flags });
    for (const { downstream, precision } of [options.referenceTraining, options.training])
      await downstreamHooks({ downstream, precision, tokens: options.tokens }, { console }); // tells now what is missing
    const result = await grow(options, { console, stop, command, configText: text }, async (own) => [
      ...attentionHooks(own),
      ...(await downstreamHooks(own, { console })),
    ]);
    console.print(await showGrown(result, options));
  });

program
  .command('analyze')
  .description('measure rank and mass of every head of a model: which layers are lazy')
  .argument('<model>', 'a run, a checkpoint or a model folder')
  .option(...recipeFlag)
  .option(...setFlag)
  .option('--tokens <folder>', 'folder made by prepare; by default the one the run was trained on')
  .option('--out <folder>', 'folder to write; by default analysis/ in the run or model folder')
  .option('--sequences <count>', 'sequences of the validation split; by default 100')
  .option('--length <tokens>', 'tokens in each; by default 100')
  .option('--seed <number>', 'of the choice of sequences')
  .option('--tau <share>', 'of the squared singular values that the rank holds; by default 0.9')
  .option('--eta <share>', 'of the squared column norms that the columns hold; by default 0.9')
  .option('--column-order <how>', 'sorted or index')
  .option('--full-attention', 'let every token see all, which the paper draws but no model computes')
  .option('--device <name>', 'auto, cpu, cuda or cuda:N')
  .option('--json', 'print attention.json instead of the table')
  .action(async (model: string, { recipe, set, json, fullAttention, ...rest }: AnalyzeFlags) => {
    const [{ analyze }, { analyzeOptions }, { attentionText }] = await Promise.all([
      import('./analyze/analyze.ts'),
      import('./analyze/options.ts'),
      import('./analyze/attention-table.ts'),
    ]);
    leaveAtFirstSignal(); // nothing to save: what is half measured is measured again
    const flags = { ...rest, model, causal: fullAttention ? false : undefined };
    const { options } = await loadOptions(analyzeOptions, { recipe, sets: set, flags });
    const { record, out } = await analyze(options, { console });
    console.print(json ? JSON.stringify(record, null, 2) : attentionText(record));
    console.info(`${out}: attention.json, heads.csv${record.maps ? ', maps.png, maps.csv' : ''}`);
  });

interface AnalyzeFlags extends RecipeFlags {
  json?: boolean;
  fullAttention?: boolean;
}

program
  .command('report')
  .description('one page of runs, with every figure as SVG, PNG and CSV')
  .argument('<runs...>', 'training runs, grow folders, or folders with an analysis')
  .option(...recipeFlag)
  .option(...setFlag)
  .option('--out <folder>', 'folder to write; by default report/ in the first run')
  .option(
    '--upstream <name>',
    'draw published curves beside: openwebtext-medium ...; repeatable',
    collect,
    [] as string[],
  )
  .option('--smoothing <how>', 'none, or upstream: trailing mean of 10 evaluations')
  .option('--title <text>', 'title of the page')
  .action(
    async (runs: string[], { recipe, set, upstream, ...rest }: RecipeFlags & { upstream: string[] }) => {
      const [{ report }, { reportOptions }] = await Promise.all([
        import('./report/report.ts'),
        import('./report/options.ts'),
      ]);
      const flags = { ...rest, runs, upstream: upstream.length > 0 ? upstream : undefined };
      const { options } = await loadOptions(reportOptions, { recipe, sets: set, flags });
      leaveAtFirstSignal();
      const { page } = await report(options, { console });
      console.print(page);
    },
  );

program
  .command('toy')
  .description('the toy demos of the paper’s repository: attention alone loses rank')
  .option(...recipeFlag)
  .option(...setFlag)
  .option('--out <folder>', 'folder to write analysis/toy.json in')
  .option('--device <name>', 'auto, cpu, cuda or cuda:N')
  .option('--seed <number>', 'seed of weights and noise')
  .action(async ({ recipe, set, ...flags }: RecipeFlags) => {
    const [{ attentionToy }, { toyOptions }] = await Promise.all([
      import('./analyze/toy.ts'),
      import('./analyze/toy-options.ts'),
    ]);
    const { options } = await loadOptions(toyOptions, { recipe, sets: set, flags });
    leaveAtFirstSignal();
    await attentionToy(options, { console });
  });

program
  .command('demo')
  .description(
    'the recipe in minutes on a laptop: real text, a small reference, a smaller model that matches it',
  )
  .option(...setFlag)
  .option('--out <folder>', 'folder of the whole job', 'runs/demo')
  .action(async ({ set, out }: RecipeFlags & { out: string }) => {
    const { demo } = await import('./demo.ts');
    console.print(await demo({ out, sets: set }, { console, stop, command }));
  });

addDataCommands(program, { console, stop });
addEvaluateCommand(program, { console, stop });
addUseCommands(program, { console, stop });
addConfigCommands(program, console);

/** Commander gives every --no-X flag a true by default, which must not win over a recipe. */
function withoutDefaults(flags: Record<string, unknown>): Record<string, unknown> {
  const negatable = ['embeddings', 'positions', 'finalNorm', 'head'];
  return Object.fromEntries(
    Object.entries(flags).filter(([name, value]) => value !== true || !negatable.includes(name)),
  );
}

/** For jobs with nothing to save. */
function leaveAtFirstSignal(): void {
  stop.dispose();
}

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) {
    console.info(`error: ${errorLine(error)}`);
    process.exitCode = exitCodeOf(error);
  } else if (error.exitCode !== 0) {
    if (error.code !== 'commander.help') console.info(`error: ${usageLine(error.message)}`);
    process.exitCode = exitCodes.usage;
  }
}
