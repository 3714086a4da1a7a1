// Byte-pair merging as Hugging Face tokenizers and SentencePiece do it: always the best pair, the leftmost among equals. Knows no text.
// byte-pairs.ts is the simpler kind, for vocabularies whose merges only ever get worse (GPT-2's).

/** A pair of ids (pairKey) to the rank of its merge and the id that it gives, as packed by `packMerge`. */
export type Merges = ReadonlyMap<number, number>;

/** Ids, and ranks, must be below this. */
export const mergeLimit = 0x100000;

/** In an array of ids: a symbol that merges with nothing. */
export const inert = -1;

/** In an array of ids: a symbol that has been merged into one before it. */
export const merged = -2;

/** A merge of this rank (0 first) that gives this id. */
export function packMerge(rank: number, id: number): number {
  return rank * mergeLimit + id;
}

/**
 * A function that merges symbols in place until no pair is left: the survivors stand where they began, the rest become
 * `merged`. Time is n log n, so that a megabyte without a space takes a second.
 *
 * @param idOfRank  the id each rank gives: then a proposal holds as long as the pair in its place gives that id, as in Hugging
 *                  Face tokenizers; else as long as it has that rank, as in SentencePiece
 */
export function pairMerger(
  merges: Merges,
  { idOfRank }: { idOfRank?: ArrayLike<number> } = {},
): (ids: Int32Array) => void {
  const heap = new KeyHeap();
  let [previous, next] = [new Int32Array(64), new Int32Array(64)]; // kept: making them costs more than merging a word
  return (ids) => {
    const n = ids.length;
    if (n > next.length) [previous, next] = [new Int32Array(2 * n), new Int32Array(2 * n)];
    for (let i = 0; i < n; i++) {
      previous[i] = i - 1;
      next[i] = i + 1;
    }
    const found = (left: number, right: number): number | undefined => {
      const [a = inert, b = inert] = [ids[left], ids[right]];
      return a < 0 || b < 0 ? undefined : merges.get(a * mergeLimit + b);
    };
    const propose = (left: number, right: number): void => {
      if (left < 0 || right >= n) return;
      const merge = found(left, right);
      if (merge !== undefined) heap.push(Math.floor(merge / mergeLimit) * placeLimit + left);
    };
    for (let i = 0; i + 1 < n; i++) propose(i, i + 1);
    for (let key = heap.pop(); key >= 0; key = heap.pop()) {
      const left = key % placeLimit;
      const right = next[left] ?? n;
      if (ids[left] === merged || right >= n) continue;
      const merge = found(left, right);
      if (merge === undefined) continue;
      const rank = Math.floor(key / placeLimit);
      // Another pair may stand here by now than when this was proposed.
      const stillGood = idOfRank
        ? idOfRank[rank] === merge % mergeLimit
        : Math.floor(merge / mergeLimit) === rank;
      if (!stillGood) continue;
      ids[left] = merge % mergeLimit;
      ids[right] = merged;
      const after = next[right] ?? n;
      next[left] = after;
      if (after < n) previous[after] = left;
      propose(previous[left] ?? -1, left);
      propose(left, after);
    }
  };
}

const placeLimit = 2 ** 32; // rank and place together stay below 2^53

/** A binary heap of numbers, the least first. A class for the buffer that it keeps. */
class KeyHeap {
  private keys = new Float64Array(64);
  private size = 0;

  push(key: number): void {
    if (this.size === this.keys.length) {
      const larger = new Float64Array(this.size * 2);
      larger.set(this.keys);
      this.keys = larger;
    }
    let at = this.size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = this.keys[parent] ?? 0;
      if (above <= key) break;
      this.keys[at] = above;
      at = parent;
    }
    this.keys[at] = key;
  }

  /** The least key, or -1 when there is none. */
  pop(): number {
    if (this.size === 0) return -1;
    const least = this.keys[0] ?? -1;
    const last = this.keys[--this.size] ?? 0;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.size) break;
      if (child + 1 < this.size && (this.keys[child + 1] ?? 0) < (this.keys[child] ?? 0)) child++;
      const below = this.keys[child] ?? 0;
      if (below >= last) break;
      this.keys[at] = below;
      at = child;
    }
    this.keys[at] = last;
    return least;
  }
}
