// A trie of texts, for the longest of them that begins somewhere in another text. Takes hundreds of thousands of texts, hostile ones
// too, where a regular expression of so many alternatives takes minutes. Knows no tokenizer.

export interface TextTrie {
  /** The node below `node` (0 is the root) by one UTF-16 unit; undefined where there is none. */
  next(node: number, unit: number): number | undefined;
  /** Value of the text that ends at a node, or -1. */
  valueAt(node: number): number;
}

/** @param entries  texts and their values, 0 or more; of two equal texts the later counts */
export function textTrie(entries: Iterable<readonly [text: string, value: number]>): TextTrie {
  const children = new Map<number, number>();
  const values: number[] = [-1];
  for (const [text, value] of entries) {
    let node = 0;
    for (let i = 0; i < text.length; i++) {
      const key = node * 0x10000 + text.charCodeAt(i);
      let child = children.get(key);
      if (child === undefined) {
        child = values.push(-1) - 1;
        children.set(key, child);
      }
      node = child;
    }
    values[node] = value;
  }
  const valueAt = Int32Array.from(values);
  return {
    next: (node, unit) => children.get(node * 0x10000 + unit),
    valueAt: (node) => valueAt[node] ?? -1,
  };
}

/**
 * The places of a trie's texts in a text: from left to right, the longest at each place, none within another.
 *
 * @param found  gets where each begins and ends, and its value
 */
export function findAll(
  trie: TextTrie,
  text: string,
  found: (start: number, end: number, value: number) => void,
): void {
  for (let start = 0; start < text.length; ) {
    let node: number | undefined = 0;
    let [end, value] = [start, -1];
    for (let at = start; at < text.length; at++) {
      node = trie.next(node, text.charCodeAt(at));
      if (node === undefined) break;
      const here = trie.valueAt(node);
      if (here >= 0) [end, value] = [at + 1, here];
    }
    if (value >= 0) found(start, end, value);
    start = value >= 0 ? end : start + 1;
  }
}
