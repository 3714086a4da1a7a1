// The config command: a job's options as YAML, and their JSON Schema.

import type { Command } from 'commander';
import type { z } from 'zod';
import type { JobConsole } from '../run/console.ts';
import { failure } from '../run/failure.ts';
import { nearestName } from '../run/nearest.ts';
import { configText, loadOptions, optionsJsonSchema } from '../run/options.ts';
import { recipeFlag, setFlag } from './flags.ts';
import type { RecipeFlags } from './flags.ts';

/** Jobs with options. */
const jobNames = [
  'prepare',
  'train',
  'inherit',
  'grow',
  'analyze',
  'evaluate',
  'report',
  'sample',
  'serve',
  'export',
  'toy',
];

/** Adds `config show` and `config schema` to the program. */
export function addConfigCommands(program: Command, console: JobConsole): void {
  const config = program.command('config').description('show options and their JSON Schema');
  config
    .command('show')
    .description('a job’s options with every default, as YAML')
    .argument('<job>', jobNames.join(', '))
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
    .argument('<job>', jobNames.join(', '))
    .action(async (job: string) =>
      console.print(JSON.stringify(optionsJsonSchema(await schemaOf(job)), null, 2)),
    );
}

async function schemaOf(job: string): Promise<z.ZodObject> {
  switch (job) {
    case 'prepare':
      return (await import('../prepare/options.ts')).prepareOptionsSchema;
    case 'train':
      return (await import('../train/options.ts')).trainOptions;
    case 'inherit':
      return (await import('../inherit/inherit.ts')).inheritOptions;
    case 'grow':
      return (await import('../inherit/grow-options.ts')).growOptions;
    case 'analyze':
      return (await import('../analyze/options.ts')).analyzeOptions;
    case 'evaluate':
      return (await import('../evaluate/options.ts')).evaluateOptions;
    case 'serve':
      return (await import('../serve/options.ts')).serveOptions;
    case 'report':
      return (await import('../report/options.ts')).reportOptions;
    case 'export':
      return (await import('../export/options.ts')).exportOptions;
    case 'sample':
      return (await import('../sample/options.ts')).sampleOptions;
    case 'toy':
      return (await import('../analyze/toy-options.ts')).toyOptions;
    default: {
      const nearest = nearestName(job, jobNames);
      throw failure(
        'usage',
        `config: expected ${jobNames.join(', ')}, got ${job}${nearest ? `; did you mean ${nearest}?` : ''}`,
      );
    }
  }
}
