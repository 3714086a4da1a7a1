// bench:train: our training step beside PyTorch's, eager and compiled, in one run: same model, tokens and torch build; and the
// rate of torch.mm on the step's own products, which is the limit.
//
//   npm run bench:train [-- --model gpt2,llama --size small,124m --precision bfloat16 --rounds 6 --no-compile --json FILE]
//   npm run bench:train -- --start           from the start of a process to the end of step 20
//   npm run bench:train -- --instructions    the plain path and eager on narrower instructions

import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { countOf, namesOf } from './arguments.ts';
import { compareInstructions } from './instructions.ts';
import { compareSteps } from './compare-steps.ts';
import { comparisonTable } from './figures.ts';
import { benchModel, modelNames, sizeNames } from './models.ts';
import { compareStarts } from './start.ts';
import { bestAllocator } from './training-peers.ts';

const { values } = parseArgs({
  options: {
    model: { type: 'string', default: 'gpt2' },
    size: { type: 'string', default: 'small,124m' },
    precision: { type: 'string', default: 'bfloat16' },
    kernels: { type: 'string', default: 'auto' },
    rounds: { type: 'string' },
    threads: { type: 'string', default: String(cpus().length) },
    python: { type: 'string', default: process.env.INHERITUNE_ORACLE_PYTHON ?? '.venv/bin/python' },
    compile: { type: 'boolean', default: true },
    start: { type: 'boolean', default: false },
    instructions: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
  allowNegative: true,
});

const { python } = values;
const models = namesOf('model', values.model, modelNames);
const sizes = namesOf('size', values.size, sizeNames);
const precisions = namesOf('precision', values.precision, ['bfloat16', 'float32'] as const);
const [kernels = 'auto'] = namesOf('kernels', values.kernels, ['auto', 'plain'] as const);
const threads = countOf('threads', values.threads);
const results: object[] = [];
const machine = `${cpus()[0]?.model ?? 'unknown CPU'}, ${cpus().length} cores, ${threads} threads`;
console.log(`${machine}${matrixFlags()}; ${new Date().toISOString().slice(0, 10)}`);
if (bestAllocator().name !== 'tcmalloc')
  console.log(
    'tcmalloc is not installed (Debian: libtcmalloc-minimal4): glibc with raised thresholds instead',
  );
if (values.start) {
  const rounds = countOf('rounds', values.rounds ?? '3');
  for (const model of models)
    for (const size of sizes)
      results.push(await compareStarts(model, size, { python, threads, rounds, compile: values.compile }));
} else if (values.instructions) {
  const rounds = countOf('rounds', values.rounds ?? '3');
  for (const model of models)
    for (const precision of precisions)
      results.push(...(await compareInstructions(model, precision, { python, threads, rounds })));
} else {
  const rounds = countOf('rounds', values.rounds ?? '6');
  const peers = [
    'eager',
    'eager best',
    ...(values.compile ? (['compile', 'compile best'] as const) : []),
    'mm',
  ] as const;
  for (const model of models)
    for (const size of sizes)
      for (const precision of precisions) {
        const options = { model, size, precision, kernels, threads, rounds, python, peers };
        const result = await compareSteps(benchModel(model, size), options);
        console.log(`\n${model}, ${size}, ${precision}; kernels ${result.kernels}; load ${load()}`);
        console.log(comparisonTable(result));
        results.push(result);
      }
  console.log(
    '\nrate: (6 N + 12 L C T) FLOPs a token, attention as the full square; of mm: the share of torch.mm’s rate on the same linear layers',
  );
}
if (values.json !== undefined) {
  const date = new Date().toISOString();
  await writeFile(values.json, `${JSON.stringify({ date, machine, load: load(), results }, null, 2)}\n`);
}

/** Instructions for bfloat16 products that the CPU says it has. */
function matrixFlags(): string {
  const flags = existsSync('/proc/cpuinfo') ? readFileSync('/proc/cpuinfo', 'utf8') : '';
  const found = ['amx_bf16', 'avx512_bf16'].filter((flag) => new RegExp(`\\b${flag}\\b`).test(flags));
  return found.length > 0 ? `, ${found.join(' and ')}` : ', no bfloat16 instructions known';
}

function load(): string {
  return loadavg()
    .map((each) => each.toFixed(1))
    .join(' ');
}
