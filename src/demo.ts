// The demo: prepares the embedded corpus and runs the whole recipe of recipes/demo.yaml on it. Two jobs in a row.

import { join } from 'node:path';
import { prepareOptionsSchema } from './data/options.ts';
import { prepare } from './data/prepare.ts';
import { growOptions } from './inherit/grow-options.ts';
import { grow } from './inherit/grow.ts';
import { showGrown } from './inherit/show-grown.ts';
import type { JobContext } from './run/context.ts';
import { formatDuration } from './run/format.ts';
import { loadOptions } from './run/options.ts';
import { packageRoot } from './run/store.ts';

/**
 * Runs the demo; run again, it goes on where it was.
 *
 * @param sets  changes to the recipe, as key=value
 * @returns the final table and what to try next
 */
export async function demo(
  { out, sets }: { out: string; sets: readonly string[] },
  context: JobContext,
): Promise<string> {
  const began = performance.now();
  const tokens = join(out, 'tokens');
  const recipe = join(packageRoot(), 'recipes', 'demo.yaml');
  const { options, text } = await loadOptions(growOptions, { recipe, sets, flags: { out, tokens } });
  await prepare(
    prepareOptionsSchema.parse({ source: ['sotu'], out: tokens, tokenizer: 'characters' }),
    context,
  );
  const result = await grow(options, { ...context, configText: text });
  return [
    await showGrown(result, options),
    '',
    `This took ${formatDuration(performance.now() - began)}. A run this short proves little: it shows that every part works, and how`,
    'the recipe behaves on small models. docs/experiments.md says what came out here, and what follows.',
    '',
    'Try next:',
    `  npx inheritune train --recipe recipes/tiny.yaml --tokens ${tokens} --out runs/tiny   a model of your own`,
    `  npx inheritune inherit --from ${out}/reference --first 2 --out runs/two          any slice of the reference`,
    '  npx inheritune config schema grow                                                every option there is',
  ].join('\n');
}
