// Log-probabilities of tokens after states of a model: the head, on the states that predict something, and nothing else.

import { familyOf, headLogits } from '../model/families.ts';
import type { Model } from '../model/family.ts';
import { fromTypedArray, ops, scope } from '../torch/index.ts';
import type { Tensor } from '../torch/index.ts';

export interface TokenScores {
  /** In nats, one for each target. */
  logProbabilities: Float64Array;
  /** 1 where the target is the likeliest token, the first of them where several are. */
  greedy: Uint8Array;
}

/** A target: the row of states that predicts it, its id, and its place in the lists. */
interface Target {
  row: number;
  id: number;
  place: number;
}

const rowsOfProduct = 256; // of logits: 51 MB in float32 for GPT-2's vocabulary; more rows read the head's matrix less often
const bytesOfSoftmax = 1 << 21; // at once on a CPU: what stays in a core's cache is a tenth of the time of what does not

/**
 * Scores of targets: log-softmax in float32 over all rows of the head, those of a padded vocabulary among them, as
 * transformers' logits have them.
 *
 * @param states   before the last norm, [N, C]
 * @param nodes    for each target the row of `states` that predicts it, in any order
 * @param targets  token ids, as many
 */
export function tokenScores(
  states: Tensor,
  nodes: readonly number[],
  targets: readonly number[],
  model: Model,
): TokenScores {
  const wanted = nodes.map((row, place) => ({ row, place, id: targets[place] ?? 0 }));
  wanted.sort((a, b) => a.row - b.row);
  const scores = {
    logProbabilities: new Float64Array(nodes.length),
    greedy: new Uint8Array(nodes.length),
  };
  for (const part of byRows(wanted, rowsOfProduct)) scope(() => scorePart(states, part, model, scores));
  return scores;
}

/** Sorted targets in parts with at most so many different rows. */
function byRows(targets: readonly Target[], most: number): Target[][] {
  const parts: Target[][] = [];
  let [rows, last] = [Infinity, -1];
  for (const target of targets) {
    if (target.row !== last) rows += 1;
    last = target.row;
    if (rows > most) {
      parts.push([]);
      rows = 1;
    }
    parts.at(-1)?.push(target);
  }
  return parts;
}

/** One product with the head, and softmaxes over as many of its rows as fit the cache. */
function scorePart(states: Tensor, targets: readonly Target[], model: Model, scores: TokenScores): void {
  const { device } = states;
  const { config, weights } = model;
  const rows = [...new Set(targets.map(({ row }) => row))];
  const chosen = states.indexSelect(0, integers(rows, device)); // [R, C]
  const logits = headLogits(familyOf(config).finish(chosen, weights, config), model); // [R, V]
  const V = logits.shape[1];
  const atOnce = device === 'cpu' ? Math.max(1, Math.floor(bytesOfSoftmax / (4 * V))) : rows.length;
  let first = 0;
  for (const part of byRows(targets, atOnce)) {
    const own = [...new Set(part.map(({ row }) => row))];
    const slice = logits.narrow(0, first, own.length); // [r, V]
    first += own.length;
    scope(() => scoreSlice(slice, own, part, scores));
  }
}

function scoreSlice(
  logits: Tensor,
  rows: readonly number[],
  targets: readonly Target[],
  { logProbabilities, greedy }: TokenScores,
): void {
  const { device, shape } = logits;
  const V = shape[1];
  const placeOf = new Map(rows.map((row, place) => [row, place]));
  const wide = logits.dtype === 'float32' ? logits : logits.to('float32');
  const all = wide.logSoftmax(-1); // [r, V]
  const flat = integers(
    targets.map(({ row, id }) => (placeOf.get(row) ?? 0) * V + id),
    device,
  );
  const values = all.view([-1]).indexSelect(0, flat).data() as Float32Array; // [targets]
  const best = all.amax([-1]).data() as Float32Array; // [r]
  for (const [k, { row, id, place }] of targets.entries()) {
    const row0 = placeOf.get(row) ?? 0;
    logProbabilities[place] = values[k] ?? NaN;
    // Of several likeliest tokens only the first counts. Few come so far: argmax is the slowest pass of all.
    if (values[k] === best[row0]) greedy[place] = ops.argmax(all.select(0, row0)).item() === id ? 1 : 0;
  }
}

function integers(values: readonly number[], device: string): Tensor {
  return fromTypedArray(BigInt64Array.from(values, BigInt), [values.length], { device });
}
