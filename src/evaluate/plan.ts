// Which tokens are run beside which: sequences with equal beginnings share them, and fill batches without padding.
// Sharing is by tokens, not by what texts they came from: choices of a question, questions after the same examples.

import type { TokenForest } from '../model/packed.ts';
import type { Sequence } from './encode.ts';

/** A forest and what is to be scored in it. */
export interface ScoredForest extends TokenForest {
  ids: number[];
  parents: number[];
  /** One entry a scored token: the node that predicts it, its id, and the sequence that it counts for. */
  nodes: number[];
  targets: number[];
  owners: number[];
}

/** What goes through the model at once. */
export interface Batch {
  /** Tokens before all of its texts; the same array as in the batch before where it is the same. */
  prefix: readonly number[];
  forests: ScoredForest[];
}

export interface PlanOptions {
  /** Tokens of a batch, prefix not counted; one long forest may have more. */
  batchTokens: number;
  /** Tokens up to which texts with nothing in common share a forest: attention over small ones costs calls, over large ones work. */
  forestTokens?: number;
}

/** Sequences in sorted order, from token `from` on, with what each shares with the one before. */
interface Run {
  members: readonly Member[];
  from: number;
}

interface Member {
  index: number;
  sequence: Sequence;
  /** Tokens fed. */
  length: number;
  /** Tokens shared with the member before; 0 for the first of all. */
  shared: number;
}

const worthwhilePrefix = 32; // tokens; below, filling a cache costs more calls than it saves
const worthwhileRest = 128; // tokens behind a prefix, below which prefix and rest are better one forest

/** The batches that score all sequences, in order of their tokens. `owners` are indices into `sequences`. */
export function planBatches(
  sequences: readonly Sequence[],
  { batchTokens, forestTokens = 192 }: PlanOptions,
): Batch[] {
  const batches: Batch[] = [];
  const loose: ScoredForest[] = []; // without a prefix
  for (const run of runsOf({ members: sortedMembers(sequences), from: 0 }, forestTokens)) {
    const prefix = prefixLength(run, forestTokens);
    if (prefix === 0) loose.push(...cutRun(run, 4 * forestTokens).map(forestOf));
    else {
      const forests = runsOf({ ...run, from: prefix }, forestTokens).map(forestOf);
      const ids = Array.from(run.members[0]?.sequence.tokens.subarray(0, prefix) ?? []);
      batches.push(...fill(forests, ids, batchTokens));
    }
  }
  return [...fill(loose, [], batchTokens), ...batches];
}

/** Tokens that a run's members have in common and that are worth a cache; 0 where there are none. */
function prefixLength(run: Run, forestTokens: number): number {
  const size = sizeOf(run);
  if (size <= forestTokens || run.members.length < 2) return 0;
  let prefix = Infinity;
  for (const [i, { length, shared, sequence }] of run.members.entries())
    prefix = Math.min(prefix, length - sequence.scored, i === 0 ? Infinity : shared);
  return prefix >= worthwhilePrefix && size - prefix >= worthwhileRest ? prefix : 0;
}

/** Cuts a run into runs of about `forestTokens`, between members that have less than half in common. */
function runsOf({ members, from }: Run, forestTokens: number): Run[] {
  const clusters: Run[] = [];
  let cluster: Member[] = [];
  for (const member of members) {
    const before = cluster.at(-1);
    const shorter = Math.min(member.length, before?.length ?? 0) - from;
    if (before && member.shared - from < shorter / 2) {
      clusters.push({ members: cluster, from });
      cluster = [];
    }
    cluster.push(member);
  }
  if (cluster.length > 0) clusters.push({ members: cluster, from });

  const runs: Run[] = [];
  let joined: Member[] = [];
  let size = 0;
  for (const { members: next } of clusters) {
    const more = sizeOf({ members: next, from });
    if (joined.length > 0 && size + more > forestTokens) {
      runs.push({ members: joined, from });
      [joined, size] = [[], 0];
    }
    joined = joined.length === 0 ? [...next] : [...joined, ...next];
    size += more;
  }
  if (joined.length > 0) runs.push({ members: joined, from });
  return runs;
}

/** A run in parts whose branches have at most `most` tokens beside their first text: attention grows with the square. */
function cutRun({ members, from }: Run, most: number): Run[] {
  const parts: Member[][] = [];
  let branches = Infinity;
  for (const member of members) {
    branches += member.length - Math.max(from, member.shared);
    if (branches > most) {
      parts.push([]);
      branches = 0;
    }
    parts.at(-1)?.push(member);
  }
  return parts.map((part) => ({ members: part, from }));
}

/** Tokens of a run as a forest. */
function sizeOf({ members, from }: Run): number {
  return members.reduce(
    (sum, { length, shared }, i) => sum + length - (i === 0 ? from : Math.max(from, shared)),
    0,
  );
}

function forestOf({ members, from }: Run): ScoredForest {
  const forest: ScoredForest = { ids: [], parents: [], nodes: [], targets: [], owners: [] };
  const path: number[] = []; // node of each place of the member at hand, from `from` on
  for (const [i, { index, sequence, length, shared }] of members.entries()) {
    const { tokens, scored } = sequence;
    path.length = i === 0 ? 0 : Math.max(0, shared - from);
    for (let place = from + path.length; place < length; place++) {
      forest.parents.push(path.at(-1) ?? -1);
      path.push(forest.ids.length);
      forest.ids.push(tokens[place] ?? 0);
    }
    for (let place = length - scored; place < length; place++) {
      forest.nodes.push(path[place - from] ?? 0);
      forest.targets.push(tokens[place + 1] ?? 0);
      forest.owners.push(index);
    }
  }
  return forest;
}

function fill(forests: readonly ScoredForest[], prefix: readonly number[], batchTokens: number): Batch[] {
  const batches: Batch[] = [];
  let size = Infinity;
  for (const forest of forests) {
    size += forest.ids.length;
    const last = batches.at(-1);
    if (last && size <= batchTokens) last.forests.push(forest);
    else {
      batches.push({ prefix, forests: [forest] });
      size = forest.ids.length;
    }
  }
  return batches;
}

function sortedMembers(sequences: readonly Sequence[]): Member[] {
  const order = sequences.map((_, index) => index);
  const inputs = sequences.map(({ tokens }) => tokens.subarray(0, tokens.length - 1));
  const at = (index: number) => inputs[index] ?? new Uint32Array();
  order.sort((a, b) => compare(at(a), at(b)) || a - b);
  return order.flatMap((index, i) => {
    const sequence = sequences[index];
    if (!sequence) return [];
    const shared = i === 0 ? 0 : sharedLength(at(order[i - 1] ?? index), at(index));
    return [{ index, sequence, length: at(index).length, shared }];
  });
}

function compare(a: Uint32Array, b: Uint32Array): number {
  const shared = sharedLength(a, b);
  const [left, right] = [a[shared] ?? -1, b[shared] ?? -1];
  return left - right;
}

function sharedLength(a: Uint32Array, b: Uint32Array): number {
  const length = Math.min(a.length, b.length);
  let i = 0;
  while (i < length && a[i] === b[i]) i++;
  return i;
}
