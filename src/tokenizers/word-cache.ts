// Ids of words that were met before: nearly every word of a text. Knows no tokenizer.

const most = 100_000; // words: some 20 MB
const longest = 32;
const flat = 12; // V8 keeps a longer slice as a pointer into its text, which would never be freed

/** A memory of words' ids that forgets all when it is full. */
export function wordCache(): {
  get(word: string): readonly number[] | undefined;
  set(word: string, ids: readonly number[]): void;
} {
  const known = new Map<string, readonly number[]>();
  return {
    get: (word) => known.get(word),
    set(word, ids) {
      if (word.length > longest) return;
      if (known.size >= most) known.clear();
      known.set(word.length > flat ? Buffer.from(word, 'utf16le').toString('utf16le') : word, ids);
    },
  };
}
