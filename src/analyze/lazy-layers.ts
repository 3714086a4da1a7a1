// Which layers and groups of layers are lazy (Def. G.1 of v4), how many heads have collapsed, and what to inherit.

import type { AttentionRecord, LayerRecord } from './attention-record.ts';

type Lazy = AttentionRecord['lazy'];
type Group = Lazy['groups'][number];

const thresholds = [1.1, 1.25, 1.5, 2, 3, 5];
const keptShare = 0.9; // of the rank above one, as tau and eta are 0.9

/**
 * Lazy layers and groups, and the share of collapsed heads.
 *
 * @param nearLazyBelow   a layer with MaxRank below this is nearly lazy
 * @param collapsedBelow  a head with mean rank below this is collapsed; listed beside fixed thresholds
 */
export function findLazyLayers(
  layers: readonly LayerRecord[],
  { nearLazyBelow, collapsedBelow }: { nearLazyBelow: number; collapsedBelow: number },
): Lazy {
  const maxRanks = layers.map(({ maxRank }) => maxRank.value);
  const ranks = layers.flatMap(({ heads }) => heads.map(({ rank }) => rank.mean));
  const below = [...new Set([...thresholds, collapsedBelow])].sort((a, b) => a - b);
  const which = (isWanted: (rank: number) => boolean) =>
    maxRanks.flatMap((rank, layer) => (isWanted(rank) ? [layer] : []));
  return {
    strict: which((rank) => rank === 1),
    near: which((rank) => rank < nearLazyBelow),
    groups: lazyGroups(maxRanks),
    collapsedShare: below.map((limit) => ({ below: limit, share: shareBelow(ranks, limit) })),
  };
}

/**
 * Contiguous groups of two layers or more with floor(AvgRank) = 1, longest first. No two share a layer, and each begins and
 * ends with a layer that is below 2 itself, so that the average does not draw a layer in that attends well.
 */
export function lazyGroups(maxRanks: readonly number[]): Group[] {
  const groups: Group[] = [];
  const taken = new Set<number>();
  for (let length = maxRanks.length; length >= 2; length--) {
    for (let first = 0; first + length <= maxRanks.length; first++) {
      const members = maxRanks.slice(first, first + length);
      if (members[0] >= 2 || members[length - 1] >= 2) continue;
      if (members.some((_, index) => taken.has(first + index))) continue;
      const averageRank = average(members);
      if (averageRank >= 2) continue;
      members.forEach((_, index) => taken.add(first + index));
      groups.push({ first, last: first + length - 1, averageRank });
    }
  }
  return groups;
}

/**
 * How many first layers to inherit: the fewest that hold 90 % of the rank above one, summed over layers. A rule of ours, not
 * the paper's, which takes half and grows; on its published profiles it gives 11 of 24 (Medium) and 18 of 36 (Large).
 */
export function suggestLayers(maxRanks: readonly number[]): AttentionRecord['suggestion'] {
  const total = maxRanks.reduce((sum, rank) => sum + rank - 1, 0);
  const L = maxRanks.length;
  if (total === 0) {
    const half = Math.ceil(L / 2);
    return {
      layers: half,
      reason: `every layer is lazy, so the ranks say nothing: half of ${L}, as the paper`,
    };
  }
  let held = 0;
  let layers = 0;
  while (held < keptShare * total) held += maxRanks[layers++] - 1;
  const rest = maxRanks.slice(layers);
  const holds = `the first ${layers} of ${L} layers hold ${Math.round((100 * held) / total)} % of the rank above one`;
  if (rest.length === 0) return { layers, reason: `${holds}: no lazy layers at the end to leave out` };
  const mean = average(rest);
  const verdict =
    mean < 2
      ? 'lazy'
      : 'not lazy, so the ranks give little reason to leave them out; compare with half, as the paper takes';
  const others = rest.length === 1 ? 'the last one has MaxRank' : `the other ${rest.length} have AvgRank`;
  return { layers, reason: `${holds}; ${others} ${mean.toFixed(2)}, ${verdict}` };
}

function shareBelow(ranks: readonly number[], limit: number): number {
  return ranks.filter((rank) => rank < limit).length / ranks.length;
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
