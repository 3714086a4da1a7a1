// Commands that use a model: sample, serve, export.

import type { Command } from 'commander';
import type { JobConsole } from '../run/console.ts';
import { exitCodes } from '../run/failure.ts';
import { loadOptions } from '../run/options.ts';
import type { StopWatch } from '../run/stop.ts';
import { recipeFlag, setFlag } from './flags.ts';
import type { RecipeFlags } from './flags.ts';

/** Adds them to the program. */
export function addUseCommands(
  program: Command,
  { console, stop }: { console: JobConsole; stop: StopWatch },
): void {
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
        import('../sample/sample.ts'),
        import('../sample/options.ts'),
      ]);
      const flags = { ...rest, model, cache: cache ? undefined : false };
      const { options } = await loadOptions(sampleOptions, { recipe, sets: set, flags });
      const write = (text: string) => void process.stdout.write(text);
      await sample(options, { console, stop, write });
      if (stop.requested() !== null) process.exitCode = exitCodes.stopped;
    });

  program
    .command('serve')
    .description('serve a model over HTTP, as OpenAI’s /v1/completions')
    .argument('<model>', 'a run, a checkpoint or a model folder')
    .option(...recipeFlag)
    .option(...setFlag)
    .option('--host <address>', 'address to listen on; by default 127.0.0.1')
    .option('--port <number>', 'by default 8000; 0 takes a free one')
    .option('--device <name>', 'auto, cpu, cuda or cuda:N')
    .action(async (model: string, { recipe, set, ...flags }: RecipeFlags) => {
      const [{ serve }, { serveOptions }] = await Promise.all([
        import('../serve/serve.ts'),
        import('../serve/options.ts'),
      ]);
      const { options } = await loadOptions(serveOptions, { recipe, sets: set, flags: { ...flags, model } });
      await serve(options, { console, stop });
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
        import('../export/export.ts'),
        import('../export/options.ts'),
      ]);
      const flags = { ...rest, model, check: check ? undefined : false };
      const { options } = await loadOptions(exportOptions, { recipe, sets: set, flags });
      stop.dispose(); // nothing to save
      const { folder } = await exportModel(options, { console });
      console.print(folder);
    });
}
