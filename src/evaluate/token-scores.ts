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

const rowsAtOnce = 256; // of logits: 51 MB in float32 for GPT-2's vocabulary

/**
 * Scores of targets: log-softmax in float32 over all rows of the head, those of a padded vocabulary among them, as
 * transformers' logits have them.
 *
 * @param states   before the last norm, [N, C]
 * @param nodes    for each target the row of `states` that predicts it, ascending or not
 * @param targets  token ids, as many
 */
export function tokenScores(
  states: Tensor,
  nodes: readonly number[],
  targets: readonly number[],
  model: Model,
): TokenScores {
  const rows = [...new Set(nodes)].sort((a, b) => a - b);
  const placeOf = new Map(rows.map((row, place) => [row, place]));
  const byChunk: number[][] = Array.from({ length: Math.ceil(rows.length / rowsAtOnce) }, () => []);
  for (const [i, node] of nodes.entries())
    byChunk[Math.floor((placeOf.get(node) ?? 0) / rowsAtOnce)]?.push(i);

  const scores = {
    logProbabilities: new Float64Array(nodes.length),
    greedy: new Uint8Array(nodes.length),
  };
  for (const [chunk, wanted] of byChunk.entries()) {
    const first = chunk * rowsAtOnce;
    const own = rows.slice(first, first + rowsAtOnce);
    const places = wanted.map((i) => (placeOf.get(nodes[i] ?? 0) ?? 0) - first);
    const ids = wanted.map((i) => targets[i] ?? 0);
    const found = scope(() => scoresOfRows(states, own, places, ids, model));
    for (const [k, i] of wanted.entries()) {
      scores.logProbabilities[i] = found.logProbabilities[k] ?? NaN;
      scores.greedy[i] = found.greedy[k] ?? 0;
    }
  }
  return scores;
}

function scoresOfRows(
  states: Tensor,
  rows: readonly number[],
  places: readonly number[],
  ids: readonly number[],
  model: Model,
): { logProbabilities: Float32Array; greedy: Uint8Array } {
  const { device } = states;
  const { config, weights } = model;
  const chosen = states.indexSelect(0, integers(rows, device)); // [R, C]
  const logits = headLogits(familyOf(config).finish(chosen, weights, config), model); // [R, V]
  const V = logits.shape[1];
  const wide = logits.dtype === 'float32' ? logits : logits.to('float32');
  const all = wide.logSoftmax(-1); // [R, V]
  const flat = integers(
    places.map((place, k) => place * V + (ids[k] ?? 0)),
    device,
  );
  const logProbabilities = all.view([-1]).indexSelect(0, flat).data() as Float32Array; // [P]
  const best = all.amax([-1]).data() as Float32Array; // [R]
  const greedy = Uint8Array.from(places, (place, k) => (logProbabilities[k] === best[place] ? 1 : 0));
  confirmFirst(greedy, all, places, ids);
  return { logProbabilities, greedy };
}

/** Of several likeliest tokens only the first counts. Few rows come here, as argmax is the slowest pass of all. */
function confirmFirst(
  greedy: Uint8Array,
  all: Tensor,
  places: readonly number[],
  ids: readonly number[],
): void {
  const likely = Array.from(greedy.keys()).filter((k) => greedy[k] === 1);
  if (likely.length === 0) return;
  const rows = all.indexSelect(
    0,
    integers(
      likely.map((k) => places[k] ?? 0),
      all.device,
    ),
  );
  const first = ops.argmax(rows, -1).data() as BigInt64Array;
  for (const [j, k] of likely.entries()) greedy[k] = Number(first[j]) === ids[k] ? 1 : 0;
}

function integers(values: readonly number[], device: string): Tensor {
  return fromTypedArray(BigInt64Array.from(values, BigInt), [values.length], { device });
}
