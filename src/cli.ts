#!/usr/bin/env node
// The command line: parses, and calls one job, loaded when it is called. Knows no job's insides.

import { Command, CommanderError } from 'commander';
import { openConsole } from './run/console.ts';
import type { z } from 'zod';
import { errorLine, exitCodeOf, exitCodes, failure } from './run/failure.ts';
import { nearestName } from './run/nearest.ts';
import { configText, loadOptions, optionsJsonSchema } from './run/options.ts';
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

const recipeFlag = ['--recipe <file>', 'options from a YAML file'] as const;
const setFlag = [
  '--set <key=value>',
  'set one option, for example learningRate.peak=1e-3; repeatable',
  collect,
  [] as string[],
] as const;

const duringTrainingFlag = [
  '--during-training <steps>',
  'measure rank and mass of every head each so many steps (see analyze)',
] as const;

interface DuringTrainingFlag {
  duringTraining?: string;
}

/** Flags every job with a recipe has. */
interface RecipeFlags {
  recipe?: string;
  set: string[];
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
      import('./data/prepare.ts'),
      import('./data/options.ts'),
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
    const [{ train }, { trainOptions }, { attentionHooks }] = await Promise.all([
      import('./train/train.ts'),
      import('./train/options.ts'),
      import('./analyze/during-training.ts'),
    ]);
    const flags = { ...rest, 'analysis.every': duringTraining };
    const { options, text } = await loadOptions(trainOptions, { recipe, sets: set, flags });
    const context = { console, stop, command, configText: text };
    const { run, last } = await train(options, context, attentionHooks(options));
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
    const [{ grow }, { growOptions }, { showGrown }, { attentionHooks }] = await Promise.all([
      import('./inherit/grow.ts'),
      import('./inherit/grow-options.ts'),
      import('./inherit/show-grown.ts'),
      import('./analyze/during-training.ts'),
    ]);
    const flags = {
      ...rest,
      'referenceTraining.analysis.every': duringTraining,
      'training.analysis.every': duringTraining,
    };
    const { options, text } = await loadOptions(growOptions, { recipe, sets: set, flags });
    const result = await grow(options, { console, stop, command, configText: text }, attentionHooks);
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
  .command('sample')
  .description('continue a text with a model, token by token')
  .argument('<model>', 'a run, a checkpoint or a model folder')
  .option(...recipeFlag)
  .option(...setFlag)
  .option('--prompt <text>', 'text to continue; by default an empty document')
  .option('--prompt-file <file>', 'file whose text is to be continued')
  .option('--tokens <count>', 'most tokens to make; by default 200')
  .option('--samples <count>', 'how many samples; by default 1')
  .option('--temperature <number>', '0 takes the likeliest token; by default 0.8')
  .option('--top-k <count>', 'only so many of the likeliest tokens; by default 200, 0 all')
  .option('--top-p <share>', 'only the likeliest that hold this share; by default 1, all')
  .option('--seed <number>', 'of the first sample')
  .option('--ignore-end-of-text', 'go on after an end of text')
  .option('--no-cache', 'run the whole text again for each token: the same tokens, slower')
  .option('--precision <dtype>', 'float32 or bfloat16')
  .option('--device <name>', 'auto, cpu, cuda or cuda:N')
  .action(async (model: string, { recipe, set, cache, ...rest }: RecipeFlags & { cache: boolean }) => {
    const [{ sample }, { sampleOptions }] = await Promise.all([
      import('./sample/sample.ts'),
      import('./sample/options.ts'),
    ]);
    const flags = { ...rest, model, cache: cache ? undefined : false };
    const { options } = await loadOptions(sampleOptions, { recipe, sets: set, flags });
    const write = (text: string) => void process.stdout.write(text);
    await sample(options, { console, stop, write });
    if (stop.requested() !== null) process.exitCode = exitCodes.stopped;
  });

const exportCommand = program.command('export').description('write a model for other tools');
exportCommand
  .command('hf')
  .description('a Hugging Face folder in a chosen dtype, read again and compared with the original')
  .argument('<model>', 'a run, a checkpoint, a model folder, or nanoGPT’s ckpt.pt')
  .option(...recipeFlag)
  .option(...setFlag)
  .option('--out <folder>', 'folder to make')
  .option('--dtype <dtype>', 'bf16, f32, f16, or stored: as they are; by default f32')
  .option('--no-check', 'do not read it again')
  .action(async (model: string, { recipe, set, check, ...rest }: RecipeFlags & { check: boolean }) => {
    const [{ exportModel }, { exportOptions }] = await Promise.all([
      import('./export/export.ts'),
      import('./export/options.ts'),
    ]);
    const flags = { ...rest, model, check: check ? undefined : false };
    const { options } = await loadOptions(exportOptions, { recipe, sets: set, flags });
    leaveAtFirstSignal();
    const { folder } = await exportModel(options, { console });
    console.print(folder);
  });

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

const config = program.command('config').description('show options and their JSON Schema');
config
  .command('show')
  .description('a job’s options with every default, as YAML')
  .argument('<job>', 'prepare, train, inherit, grow, analyze, report, sample, export or toy')
  .option(...recipeFlag)
  .option(...setFlag)
  .action(async (job: string, { recipe, set }: RecipeFlags) => {
    const schema = (await schemaOf(job)).partial(); // what a job needs and has no default may be missing here
    const { options } = await loadOptions(schema, { recipe, sets: set });
    console.print(configText(options));
  });
config
  .command('schema')
  .description('JSON Schema of a job’s recipes, for editors')
  .argument('<job>', 'prepare, train, inherit, grow, analyze, report, sample, export or toy')
  .action(async (job: string) =>
    console.print(JSON.stringify(optionsJsonSchema(await schemaOf(job)), null, 2)),
  );

async function schemaOf(job: string): Promise<z.ZodObject> {
  switch (job) {
    case 'prepare':
      return (await import('./data/options.ts')).prepareOptionsSchema;
    case 'train':
      return (await import('./train/options.ts')).trainOptions;
    case 'inherit':
      return (await import('./inherit/inherit.ts')).inheritOptions;
    case 'grow':
      return (await import('./inherit/grow-options.ts')).growOptions;
    case 'analyze':
      return (await import('./analyze/options.ts')).analyzeOptions;
    case 'report':
      return (await import('./report/options.ts')).reportOptions;
    case 'export':
      return (await import('./export/options.ts')).exportOptions;
    case 'sample':
      return (await import('./sample/options.ts')).sampleOptions;
    case 'toy':
      return (await import('./analyze/toy-options.ts')).toyOptions;
    default: {
      const known = ['prepare', 'train', 'inherit', 'grow', 'analyze', 'report', 'sample', 'export', 'toy'];
      const nearest = nearestName(job, known);
      throw failure(
        'usage',
        `config: expected ${known.join(', ')}, got ${job}${nearest ? `; did you mean ${nearest}?` : ''}`,
      );
    }
  }
}

function collect(value: string, before: string[]): string[] {
  return [...before, value];
}

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
