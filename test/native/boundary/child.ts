// Runs the boundary's cases one after another in a process that may die of one: each is announced before it runs.
// Usage: node --expose-gc --import ./tools/typescript.mjs test/native/boundary/child.ts FOREIGN_ADDON FIRST_CASE

import { writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Tensor, fromTypedArray, liveTensors } from '../../../src/torch/index.ts';
import { native } from '../../../src/torch/native.ts';
import { registerTensorClass } from '../../../src/torch/tensor.ts';
import { uncoveredEntries, validCalls } from './calls.ts';
import { hostileValues, thrownByTest } from './hostile.ts';
import type { ForeignAddon } from './hostile.ts';

/** One line of output after a case. */
export interface Outcome {
  call: string;
  /** Which argument was replaced, or -1. */
  argument: number;
  value: string;
  /** Name of the error, 'passed on' for the test's own, null where the call was accepted. */
  error: string | null;
  message: string;
  /** What is no longer as it was before the case. */
  damage: string;
}

interface Case {
  call: string;
  argument: number;
  value: string;
  run: () => unknown;
}

const [foreignPath = '', first = '0'] = process.argv.slice(2);
const foreign = createRequire(import.meta.url)(foreignPath) as ForeignAddon;
registerTensorClass();
const hostile = hostileValues(foreign);
const table = native();

function* cases(): Generator<Case> {
  for (const [call, { call: run, make }] of validCalls()) {
    yield { call, argument: -1, value: 'valid arguments', run: () => run(...make()) };
    yield { call, argument: -1, value: 'no arguments', run: () => run() };
    yield { call, argument: -1, value: '41 arguments', run: () => run(...make(), ...new Array<unknown>(41)) };
    yield {
      call,
      argument: -1,
      value: '5000 arguments',
      run: () => run(...make(), ...new Array<unknown>(5000)),
    };
    for (let argument = 0; argument < make().length; argument += 1) {
      for (const [value, makeValue] of hostile) {
        const replaced = (): unknown[] => make().map((valid, i) => (i === argument ? makeValue() : valid));
        yield { call, argument, value, run: () => run(...replaced()) };
      }
    }
  }
}

/** Runs in a scope, then puts every mode back and looks whether the engine still works. */
function outcomeOf({ call, argument, value, run }: Case): Outcome {
  const outcome: Outcome = { call, argument, value, error: null, message: '', damage: '' };
  const before = liveTensors();
  table.openScope();
  table.openScope(); // two: the case may close one
  try {
    const result = run();
    if (call === 'keep' && result instanceof Tensor) result.release();
  } catch (error) {
    outcome.error = error === thrownByTest ? 'passed on' : error instanceof Error ? error.name : 'no Error';
    outcome.message = error instanceof Error ? error.message : String(error);
  }
  for (let depth = table.openScope(); depth > 0; depth -= 1) table.closeScope([]);
  table.setTensorClass(Tensor);
  table.setGradMode(true);
  table.setAutocast('cpu', null);
  table.setThreads(1);
  if (liveTensors() !== before) outcome.damage = `${liveTensors() - before} tensors more`;
  const sum = fromTypedArray(new Float32Array([1, 2]), [2])
    .add(1)
    .sum();
  if (sum.item() !== 5) outcome.damage = `1 + 2 + 2 = ${sum.item()}`;
  for (let depth = table.openScope(); depth > 0; depth -= 1) table.closeScope([]);
  return outcome;
}

const uncovered = uncoveredEntries();
if (uncovered.length > 0) throw new Error(`no valid call for ${uncovered.join(', ')}`);
let index = 0;
for (const one of cases()) {
  if (index >= Number(first)) {
    writeSync(1, `> ${one.call} argument ${one.argument}: ${one.value}\n`);
    writeSync(1, `${JSON.stringify(outcomeOf(one))}\n`);
    if (index % 500 === 0) globalThis.gc?.();
  }
  index += 1;
}
writeSync(1, 'done\n');
