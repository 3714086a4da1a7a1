// Where a text can be cut before its pieces are known: between two characters that no piece has side by side. What stands on one side
// of such a place never merges with the other, so that each part can be encoded, and remembered, on its own.

const tracked = 2048; // units whose pairs are looked up, those of most pieces first; others are never cut apart

/**
 * A function that gives a text's parts to `take`, in order.
 *
 * @param pieces  all texts that merging can make
 */
export function pieceCutter(pieces: readonly string[]): (text: string, take: (part: string) => void) => void {
  const indexOf = unitIndexes(pieces);
  const together = new Uint8Array((tracked + 1) ** 2);
  for (const piece of pieces)
    for (let i = 1; i < piece.length; i++) {
      const [left = 0, right = 0] = [indexOf[piece.charCodeAt(i - 1)], indexOf[piece.charCodeAt(i)]];
      if (left <= tracked && right <= tracked) together[left * (tracked + 1) + right] = 1;
    }
  return (text, take) => {
    let start = 0;
    let left = indexOf[text.charCodeAt(0)] ?? 0;
    for (let i = 1; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      const right = indexOf[unit] ?? 0;
      const joined =
        left === 0 || right === 0
          ? false // in no piece at all
          : left > tracked || right > tracked || together[left * (tracked + 1) + right] === 1;
      // Never inside a surrogate pair.
      if (!joined && (unit & 0xfc00) !== 0xdc00) {
        take(text.slice(start, i));
        start = i;
      }
      left = right;
    }
    if (start < text.length) take(text.slice(start));
  };
}

/** A number from 1 on for each UTF-16 unit that is in a piece, the most frequent first; 0 for the others. */
function unitIndexes(pieces: readonly string[]): Uint16Array {
  const counts = new Uint32Array(0x10000);
  for (const piece of pieces)
    for (let i = 0; i < piece.length; i++) {
      const unit = piece.charCodeAt(i);
      counts[unit] = (counts[unit] ?? 0) + 1;
    }
  const used = Array.from(counts.keys()).filter((unit) => (counts[unit] ?? 0) > 0);
  used.sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0));
  const indexes = new Uint16Array(0x10000);
  used.forEach((unit, i) => (indexes[unit] = Math.min(i + 1, tracked + 1)));
  return indexes;
}
