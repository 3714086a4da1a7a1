// What is run beside what: every beginning once, no token of another text seen, batches of a number of tokens.

import { expect, test } from 'vitest';
import type { Sequence } from '../../src/evaluate/encode.ts';
import { planBatches } from '../../src/evaluate/plan.ts';
import type { Batch } from '../../src/evaluate/plan.ts';

const sequence = (tokens: readonly number[], scored = 1): Sequence => ({
  tokens: Uint32Array.from(tokens),
  scored,
});
const counted = (count: number, first = 0) => Array.from({ length: count }, (_, i) => first + i);

/** Tokens run, prefixes once for as long as they stay the same. */
function tokensRun(batches: readonly Batch[]): number {
  let [sum, last] = [0, null as readonly number[] | null];
  for (const { prefix, forests } of batches) {
    if (prefix !== last) sum += prefix.length;
    last = prefix;
    for (const { ids } of forests) sum += ids.length;
  }
  return sum;
}

/** For each scored token of each sequence the tokens that its node sees, and the target. */
function seen(batches: readonly Batch[]): Map<number, string[]> {
  const found = new Map<number, string[]>();
  for (const { prefix, forests } of batches)
    for (const { ids, parents, nodes, targets, owners } of forests)
      for (const [i, node] of nodes.entries()) {
        const path: number[] = [];
        for (let at = node; at >= 0; at = parents[at] ?? -1) path.unshift(ids[at] ?? -1);
        const owner = owners[i] ?? -1;
        found.set(owner, [...(found.get(owner) ?? []), `${[...prefix, ...path].join(' ')} -> ${targets[i]}`]);
      }
  return found;
}

/** The same from the sequences themselves. */
function wanted(sequences: readonly Sequence[]): Map<number, string[]> {
  return new Map(
    sequences.map(({ tokens, scored }, index) => [
      index,
      Array.from({ length: scored }, (_, k) => {
        const end = tokens.length - scored + k;
        return `${Array.from(tokens.subarray(0, end)).join(' ')} -> ${tokens[end]}`;
      }),
    ]),
  );
}

test('choices of a question, and letters after one text', () => {
  const choices = [10, 20, 30].map((id) => sequence([...counted(40), id, id + 1, id + 2], 3));
  const letters = [1, 2, 3, 4].map((id) => sequence([...counted(40, 500), id]));
  const all = [...choices, ...letters];
  const batches = planBatches(all, { batchTokens: 1000 });
  expect(batches).toHaveLength(1);
  expect(tokensRun(batches)).toBe(40 + 3 * 2 + 40);
  expect(seen(batches)).toEqual(wanted(all));
});

test('equal texts that fill the context run once, and so do long ones with short ends', () => {
  const full = [1, 2, 3, 4].map((id) => sequence([...counted(1024), id]));
  expect(tokensRun(planBatches(full, { batchTokens: 64 }))).toBe(1024);
  const long = [1, 2, 3, 4].map((id) => sequence([...counted(900), ...counted(21, 1000 * id)], 21));
  const batches = planBatches(long, { batchTokens: 64 });
  expect(tokensRun(batches)).toBe(900 + 4 * 20);
  expect(seen(batches)).toEqual(wanted(long));
});

test('questions after the same examples: these are a prefix, run once over many batches', () => {
  const questions = Array.from({ length: 30 }, (_, q) =>
    [1, 2].map((id) => sequence([...counted(300), ...counted(50, 1000 + 100 * q), id])),
  ).flat();
  const batches = planBatches(questions, { batchTokens: 256 });
  expect(batches.length).toBeGreaterThan(5);
  expect(batches.every(({ prefix }) => prefix === batches[0]?.prefix)).toBe(true);
  expect(tokensRun(batches)).toBe(300 + 30 * 50);
  for (const { forests } of batches)
    expect(forests.reduce((sum, { ids }) => sum + ids.length, 0)).toBeLessThanOrEqual(256);
  expect(seen(batches)).toEqual(wanted(questions));
});

test('a scored token is never inside a prefix', () => {
  const rolling = [0, 1].map((last) => sequence([...counted(400), ...counted(200, 7000 * (last + 1))], 300));
  const batches = planBatches(rolling, { batchTokens: 2048 });
  expect(seen(batches)).toEqual(wanted(rolling));
});

test('a chain of texts, each like half of the one before, is cut before its forest is large', () => {
  const chain = Array.from({ length: 60 }, (_, i) => sequence([...counted(16), ...counted(17, 1000 * i)], 1));
  const batches = planBatches(chain, { batchTokens: 100_000, forestTokens: 32 });
  const sizes = batches.flatMap(({ forests }) => forests.map(({ ids }) => ids.length));
  expect(Math.max(...sizes)).toBeLessThanOrEqual(32 + 4 * 32);
  expect(seen(batches)).toEqual(wanted(chain));
});
