// Regular expressions of tokenizer.json that we know, as JavaScript's. A foreign one is refused: it could take hours on some text,
// and the two dialects differ in what \s, \w and ignoring case mean.

/** \s inside brackets: Unicode's White_Space, as Rust and Oniguruma read it (JavaScript's lacks U+0085 and has U+FEFF). */
export const space = '\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';

/** \w inside brackets, as Rust and Oniguruma read it. */
export const word = '\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\u200c\\u200d';

const spaces = `[${space}]+(?![^${space}])|[${space}]+`;
const contractions = "'[sS\\u017f]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD]";

/** Words as of cl100k_base, with so many digits in one piece. */
function words(digits: string): string {
  return (
    `${contractions}|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|${digits}| ?[^${space}\\p{L}\\p{N}]+[\\r\\n]*|` +
    `[${space}]*[\\r\\n]+|${spaces}`
  );
}

/** GPT-2's pattern. */
export const gpt2Words = `'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^${space}\\p{L}\\p{N}]+|${spaces}`;

const ignoringCase = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|";
const rest = '| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+';

const known: ReadonlyMap<string, string> = new Map([
  ["'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+", gpt2Words],
  [`${ignoringCase}\\p{N}{1,3}${rest}`, words('\\p{N}{1,3}')], // Llama 3
  [`${ignoringCase}\\p{N}${rest}`, words('\\p{N}')], // Qwen 2
  ['[\\s\\S]', '[^]'], // our characters
  ['[0-9][0-9][0-9]', '[0-9][0-9][0-9]'], // Falcon
  ['\\p{N}{1,3}', '\\p{N}{1,3}'], // DeepSeek
  ['\\d', '\\p{Nd}'],
  ['\\s+', `[${space}]+`],
  [' {2,}', ' {2,}'],
]);

/** The pattern of a tokenizer.json: a string as it is, or a regular expression that we know. @throws Error  for another */
export function patternOf(pattern: { String: string } | { Regex: string }): RegExp {
  if ('String' in pattern) {
    if (pattern.String === '') throw new Error('an empty pattern');
    return new RegExp(pattern.String.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'gu');
  }
  const source = known.get(pattern.Regex);
  if (source === undefined) throw new Error(`the regular expression ${JSON.stringify(pattern.Regex)}`);
  return new RegExp(source, 'gu');
}
