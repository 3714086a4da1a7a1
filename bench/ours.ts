// Our side of bench:train and bench:curves: one training process that answers the same JSON lines as peer_train.py does.

import { createInterface } from 'node:readline';
import { readFileSync } from 'node:fs';
import { readBatch } from '../src/data/batches.ts';
import { openTokens } from '../src/data/tokens.ts';
import type { TokenFile } from '../src/data/tokens.ts';
import { readModelFolder } from '../src/model/folder.ts';
import { chooseKernels } from '../src/model/fused/families.ts';
import { flattenWeights } from '../src/model/weights.ts';
import { parallelThreads, setThreads } from '../src/torch/index.ts';
import { initAdamw } from '../src/train/optimizer.ts';
import type { Adamw } from '../src/train/optimizer.ts';
import type { TrainedModel } from '../src/train/start.ts';
import { trainStep } from '../src/train/step.ts';
import type { StepOptions } from '../src/train/step.ts';
import { mean, windowLosses } from '../src/train/validation.ts';

interface Init {
  cmd: 'init';
  folder: string;
  tokens: string;
  precision: 'bfloat16' | 'float32';
  kernels: 'auto' | 'plain';
  threads: number;
  rate: number;
  clip: number;
}

interface Steps {
  cmd: 'steps';
  starts: number[][];
  /** Learning rate of each step; by default the one of init. */
  rates?: number[];
}

interface Validate {
  cmd: 'validate';
  starts: number[][];
  tokens: string;
}

interface Session {
  model: TrainedModel;
  adamw: Adamw;
  file: TokenFile;
  init: Init;
  options: StepOptions;
  step: number;
}

async function open(init: Init): Promise<Session> {
  setThreads(init.threads);
  const { config, weights } = await readModelFolder(init.folder);
  const leaves = flattenWeights(weights);
  for (const leaf of leaves.values()) leaf.requiresGrad = true;
  const optimizer = {
    beta1: 0.9,
    beta2: 0.95,
    epsilon: 1e-8,
    weightDecay: 0.1,
    decay: 'matrices',
    clip: init.clip,
  } as const;
  const options = {
    microSteps: 1,
    gradients: 'mean',
    precision: init.precision,
    kernels: init.kernels,
    recompute: false,
    lossRows: 0,
    optimizer,
  } as const;
  return {
    model: { config, weights, leaves },
    adamw: initAdamw(leaves),
    file: await openTokens(init.tokens),
    init,
    options,
    step: 0,
  };
}

async function runSteps(
  session: Session,
  { starts, rates }: Steps,
): Promise<{ ms: number[]; losses: number[]; norms: number[] }> {
  const { model, adamw, file, init, options } = session;
  const result: { ms: number[]; losses: number[]; norms: number[] } = { ms: [], losses: [], norms: [] };
  for (const [index, windows] of starts.entries()) {
    const began = performance.now();
    const at = { step: session.step++, seed: 1, learningRate: rates?.[index] ?? init.rate };
    const next = () => readBatch(file, windows, model.config.context, 'cpu');
    const done = await trainStep(model, adamw, at, next, options, () => false);
    result.ms.push(performance.now() - began);
    result.losses.push(done?.loss ?? NaN);
    result.norms.push(done?.gradientNorm ?? NaN);
  }
  return result;
}

/** Mean loss of each batch of windows, without gradients; by one path for all, whatever kernels they were trained with. */
async function validate(
  { model, init: { precision } }: Session,
  message: Validate,
): Promise<{ losses: number[] }> {
  const file = await openTokens(message.tokens);
  const losses: number[] = [];
  for (const starts of message.starts) {
    const scoring = { batch: starts.length, precision, kernels: 'plain', device: 'cpu' } as const;
    losses.push(mean(await windowLosses(model, file, starts, scoring)));
  }
  await file.close();
  return { losses };
}

/** Peak and present resident memory, as the kernel counts them. */
function memory(): { peakRssBytes: number; rssBytes: number } {
  const status = readFileSync('/proc/self/status', 'utf8');
  const bytes = (name: string) => 1024 * Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? NaN);
  return { peakRssBytes: bytes('VmHWM'), rssBytes: bytes('VmRSS') };
}

let session: Session | null = null;
for await (const line of createInterface({ input: process.stdin })) {
  const began = performance.now();
  const message = JSON.parse(line) as Init | Steps | Validate | { cmd: 'memory' } | { cmd: 'end' };
  let answer: object = { ended: true };
  if (message.cmd === 'init') {
    session = await open(message);
    const { fused, reason } = chooseKernels(session.options, session.model.config, session.model.weights);
    const kernels = `${fused ? 'fused' : 'plain'}: ${reason}`;
    const seconds = (performance.now() - began) / 1000;
    answer = { ready: true, seconds, threads: parallelThreads(), kernels };
  } else if (message.cmd === 'steps' && session) {
    answer = await runSteps(session, message);
  } else if (message.cmd === 'validate' && session) {
    answer = await validate(session, message);
  } else if (message.cmd === 'memory') {
    answer = memory();
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
  if (message.cmd === 'end') process.exit(0);
}
