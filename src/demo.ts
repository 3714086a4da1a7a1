// The demo: the embedded corpus, the whole recipe of recipes/demo.yaml on it, the attention of its models, a report.
// Four jobs in a row.

import { join } from 'node:path';
import { analyze } from './analyze/analyze.ts';
import { attentionComparison } from './analyze/attention-table.ts';
import type { AttentionRecord } from './analyze/attention-record.ts';
import { attentionHooks } from './analyze/during-training.ts';
import { analyzeOptions } from './analyze/options.ts';
import { prepareOptionsSchema } from './prepare/options.ts';
import { prepare } from './prepare/prepare.ts';
import { growOptions } from './inherit/grow-options.ts';
import { grow } from './inherit/grow.ts';
import type { GrowResult } from './inherit/grow.ts';
import { lastRound } from './inherit/plan.ts';
import { showGrown } from './inherit/show-grown.ts';
import { reportOptions } from './report/options.ts';
import { report } from './report/report.ts';
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
  const result = await grow(options, { ...context, configText: text }, attentionHooks);
  const table = await showGrown(result, options);
  const measured = await measureAttention(result, tokens, context);
  const { page } = await report(reportOptions.parse({ runs: [out] }), context);
  return [
    table,
    '',
    'Attention, mean over 100 validation sequences of 100 tokens (docs/analyze.md):',
    attentionComparison(measured),
    '',
    `The report, with every figure: ${page}`,
    '',
    `This took ${formatDuration(performance.now() - began)}. A run this short proves little: it shows that every part works, and how`,
    'the recipe behaves on small models. docs/experiments.md says what came out here, and what follows.',
    '',
    'Try next:',
    `  npx inheritune train --recipe recipes/tiny.yaml --tokens ${tokens} --out runs/tiny   a model of your own`,
    `  npx inheritune analyze ${out}/round-1 --length 128                            every head of the smaller model`,
    `  npx inheritune inherit --from ${out}/reference --first 2 --out runs/two          any slice of the reference`,
    '  npx inheritune config schema grow                                                every option there is',
  ].join('\n');
}

/** The reference, and the last round's target before it was trained and after. */
async function measureAttention(
  { folder, reference, ...state }: GrowResult,
  tokens: string,
  context: JobContext,
): Promise<{ name: string; record: AttentionRecord }[]> {
  const target = lastRound(state);
  const models = [
    { name: 'reference', model: reference.run },
    ...(target
      ? [
          { name: 'target, inherited', model: join(folder, `${target.name}-start`) },
          { name: 'target, trained', model: target.run },
        ]
      : []),
  ];
  const measured = [];
  for (const { name, model } of models) {
    context.console.info(`measuring the attention of ${model}`);
    const { record } = await analyze(analyzeOptions.parse({ model, tokens }), context);
    measured.push({ name, record });
  }
  return measured;
}
