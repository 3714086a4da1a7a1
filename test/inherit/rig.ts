// What tests of the recipe share: a folder of synthetic tokens, tiny options, consoles that listen or throw.

import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { prepare } from '../../src/prepare/prepare.ts';
import { growOptions } from '../../src/inherit/grow-options.ts';
import type { GrowOptions } from '../../src/inherit/grow-options.ts';
import { grow } from '../../src/inherit/grow.ts';
import type { GrowResult } from '../../src/inherit/grow.ts';
import { silentConsole } from '../../src/run/console.ts';
import type { JobConsole } from '../../src/run/console.ts';
import type { JobContext } from '../../src/run/context.ts';

/** A new folder for a test file; remove it in afterAll. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'inheritune-test-'));
}

/** FOLDER/tokens: characters of a text in which each letter hints at the next. 4,000 to train on, 1,000 to validate. */
export async function makeTokens(folder: string, { letters = 5000 } = {}): Promise<string> {
  let state = 1;
  const random = (below: number) => {
    state = (state * 48271) % 2147483647; // Park and Miller
    return state % below;
  };
  let letter = 0;
  const text = Array.from({ length: letters }, () => {
    letter = random(4) === 0 ? random(12) : (letter * 5 + 1) % 12;
    return 'abcdefghijkl'[letter];
  }).join('');
  writeFileSync(join(folder, 'text.txt'), text);
  await prepare({
    source: [join(folder, 'text.txt')],
    out: join(folder, 'tokens'),
    tokenizer: 'characters',
    validationSplit: 'tail',
    validationFraction: 0.2,
  });
  return join(folder, 'tokens');
}

/**
 * A reference of 4 layers, targets of 2 and more; seconds for the whole job. Targets start without the embeddings, so that
 * their few steps do not bring them near the reference.
 */
export function tinyGrow(folder: string, changes: object = {}): GrowOptions {
  const training = {
    steps: 4,
    tokensPerStep: 64,
    microBatch: 4,
    learningRate: { peak: 0.01, floor: 0.001, warmupSteps: 1 },
    evaluation: { every: 2, windows: 8 },
    checkpoint: { every: 2 },
    precision: 'float32',
    device: 'cpu',
    threads: 1,
    logEvery: 1,
  };
  const model = { layers: 4, heads: 2, width: 16, context: 8, padVocabTo: 16, dropout: 0.1 };
  return growOptions.parse({
    out: join(folder, 'grow'),
    tokens: join(folder, 'tokens'),
    referenceTraining: { ...training, steps: 12, model },
    training: { ...training, model: { dropout: 0.1 } },
    first: 2,
    add: 1,
    parts: { embeddings: false, head: false },
    stop: { windows: 64, block: 8, tolerance: 0 },
    ...changes,
  });
}

/** A context without signals, and every line that was said. */
export function listen(onLine: (line: string) => void = () => undefined): {
  context: JobContext;
  lines: string[];
} {
  const lines: string[] = [];
  const say = (line: string) => {
    lines.push(line);
    onLine(line);
  };
  const console: JobConsole = { ...silentConsole, info: say, warn: say, metrics: say, print: say };
  const stop = { requested: () => null, takeSaveRequest: () => false, dispose: () => undefined };
  return { context: { console, stop, command: ['test'] }, lines };
}

/** Runs a tiny grow job to its end or its error, with all it said. */
export async function runGrow(
  folder: string,
  changes: object,
  onLine?: (line: string) => void,
): Promise<{ options: GrowOptions; result: GrowResult | null; error: unknown; lines: string[] }> {
  const { context, lines } = listen(onLine);
  const options = tinyGrow(folder, changes);
  try {
    return { options, result: await grow(options, context), error: null, lines };
  } catch (error) {
    return { options, result: null, error, lines };
  }
}

/** Hashes of a folder's files by their path in it. */
export function hashes(
  folder: string,
  isWanted: (path: string) => boolean = () => true,
): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (at: string) => {
    for (const name of readdirSync(at).sort()) {
      const path = join(at, name);
      if (statSync(path).isDirectory()) visit(path);
      else if (isWanted(relative(folder, path)))
        found.set(relative(folder, path), createHash('sha256').update(readFileSync(path)).digest('hex'));
    }
  };
  visit(folder);
  return found;
}

/** The hashes that must depend neither on kills nor on where a job lies: weights, optimizer states, origins of tensors. */
export function resultHashes(folder: string): Map<string, string> {
  return hashes(folder, (path) => /(\.safetensors|state\.json|inheritance\.json)$/.test(path));
}
