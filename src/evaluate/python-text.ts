// Text as Python has it, where JavaScript differs: what white space is, what a character is, capitals, and repr.
// Python counts code points; its white space has U+001C to U+001F and U+0085, and not U+FEFF.

/** The inside of a character class: what Python's str.strip, str.split and re's \s take for white space. */
export const whiteSpace =
  '\\t-\\r\\u001c-\\u001f \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';

const leading = new RegExp(`^[${whiteSpace}]+`);
const runs = new RegExp(`[${whiteSpace}]+`, 'g');
const anyWhiteSpace = new RegExp(`[${whiteSpace}]`);

/** str.lstrip(), or lstrip(characters). */
export function leftStripped(text: string, characters: string | null = null): string {
  if (characters === null) return text.replace(leading, '');
  const set = new Set(characters);
  const points = [...text];
  const start = points.findIndex((point) => !set.has(point));
  return start < 0 ? '' : points.slice(start).join('');
}

/** str.rstrip(), or rstrip(characters). By hand: a regular expression for the end takes quadratic time. */
export function rightStripped(text: string, characters: string | null = null): string {
  if (characters === null) {
    let end = text.length;
    while (end > 0 && anyWhiteSpace.test(text.charAt(end - 1))) end -= 1;
    return text.slice(0, end);
  }
  const set = new Set(characters);
  const points = [...text];
  const last = points.findLastIndex((point) => !set.has(point));
  return points.slice(0, last + 1).join('');
}

/** str.strip(), or strip(characters). */
export function stripped(text: string, characters: string | null = null): string {
  return rightStripped(leftStripped(text, characters), characters);
}

/** str.split(): the words between white space; no empty ones. */
export function words(text: string): string[] {
  const inner = stripped(text);
  return inner === '' ? [] : inner.split(runs);
}

/** len(re.split(r'\s+', text)): the pieces between white space, empty ones at the ends counted. */
export function countPieces(text: string): number {
  return text.split(runs).length;
}

/** len(text): code points, not JavaScript's units of 16 bits. */
export function codePoints(text: string): number {
  let count = text.length;
  for (let i = 1; i < text.length; i += 1)
    if (isLow(text.charCodeAt(i)) && isHigh(text.charCodeAt(i - 1))) count -= 1;
  return count;
}

/** text[start:stop] by code points; negative numbers count from the end. */
export function pythonSlice(text: string, start: number | null, stop: number | null = null): string {
  if (!hasSurrogates.test(text)) return text.slice(start ?? 0, stop ?? text.length);
  return [...text].slice(start ?? 0, stop ?? undefined).join('');
}

/** text[index] by code points; null where Python raises an IndexError. */
export function characterAt(text: string, index: number): string | null {
  const points = hasSurrogates.test(text) ? [...text] : text;
  return points[index < 0 ? points.length + index : index] ?? null;
}

/** str.capitalize(): the first character in title case, all others in lower case. */
export function capitalized(text: string): string {
  const point = text.codePointAt(0);
  if (point === undefined) return '';
  const first = String.fromCodePoint(point);
  // The whole is lowered, not the rest alone: a final sigma looks at the letters before it.
  return titleCase(first, point) + text.toLowerCase().slice(first.toLowerCase().length);
}

/** re.sub(r'...', ...) and the like: `\s` and `.` in a JavaScript pattern as Python's re reads them. */
export function pythonPattern(source: string): string {
  return source.replace(/\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|\./g, (piece) => {
    if (piece === '\\s') return `[${whiteSpace}]`;
    if (piece === '\\S') return `[^${whiteSpace}]`;
    if (piece === '.') return '[^\\n]';
    if (piece.startsWith('[')) return piece.replace(/\\s/g, whiteSpace);
    return piece;
  });
}

function titleCase(first: string, point: number): string {
  if (point >= 0x10d0 && point <= 0x10ff) return first; // Georgian has capitals, and no title case
  for (const digraph of [0x1c5, 0x1c8, 0x1cb, 0x1f2])
    if (point >= digraph - 1 && point <= digraph + 1) return String.fromCodePoint(digraph);
  if (point >= 0x1f80 && point <= 0x1faf) return String.fromCodePoint(point | 8);
  if (iotaBelow.includes(point)) return String.fromCodePoint((point & ~15) | 12);
  const upper = first.toUpperCase();
  const [capital = '', ...rest] = upper;
  if (rest.length === 0 || point === 0x149) return upper;
  // Ligatures and sharp s: only the first of their letters is a capital. A Greek iota stays below its vowel.
  return (
    capital +
    rest
      .join('')
      .toLowerCase()
      .replace(/\u03b9$/, point >= 0x1f00 ? '\u0345' : '\u03b9')
  );
}

const iotaBelow = [0x1fb3, 0x1fbc, 0x1fc3, 0x1fcc, 0x1ff3, 0x1ffc];

const hasSurrogates = /[\ud800-\udfff]/;

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}
