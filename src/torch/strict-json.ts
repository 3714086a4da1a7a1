// JSON of a file that is not trusted, taken no looser than the format's own parser takes it. Knows no format.

/** An error that names the file and says what is wrong with it. */
export type Malformed = (problem: string) => Error;

/** Deepest nesting that the format needs is 3. */
const maximalDepth = 64;

/**
 * The value of UTF-8 bytes.
 *
 * @param malformed  makes the error that is thrown for what is no JSON, nests deeply, or is `looseness`
 */
export function parseStrictJson(bytes: Uint8Array, malformed: Malformed): unknown {
  const notJson = () => malformed('it is not JSON in UTF-8');
  const text = attempt(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes), notJson);
  if (isDeep(text)) throw malformed(`it nests more than ${maximalDepth} levels deep`);
  const parsed = attempt((): unknown => JSON.parse(text), notJson);
  const loose = looseness(text);
  if (loose !== null) throw malformed(loose);
  return parsed;
}

function attempt<R>(run: () => R, failed: () => Error): R {
  try {
    return run();
  } catch {
    throw failed();
  }
}

/**
 * What in `json`, which is valid JSON, is not as strict as the format: an object's key that is there twice (JSON.parse would
 * take the last), text that is no Unicode, numbers that are not whole. Null when there is nothing.
 */
function looseness(json: string): string | null {
  const open: (Set<string> | null)[] = []; // keys of an object, null for an array
  for (let i = 0; i < json.length; i += 1) {
    const character = json[i];
    if (character === '{' || character === '[') open.push(character === '{' ? new Set() : null);
    else if (character === '}' || character === ']') open.pop();
    else if (character === '-' || character === '.' || isExponent(json, i))
      return 'a number in it is not whole, or not written so';
    else if (character === '"') {
      const start = i;
      for (i += 1; json[i] !== '"'; i += 1) if (json[i] === '\\') i += 1;
      const text = json.slice(start, i + 1);
      if (/\\u[dD]/.test(text) && /\p{Surrogate}/u.test(String(JSON.parse(text))))
        return `${quoted(text)} is not Unicode`;
      while (' \n\r\t'.includes(json[i + 1] ?? '.')) i += 1;
      if (json[i + 1] !== ':') continue; // a value
      const key = String(JSON.parse(text));
      const keys = open.at(-1);
      if (keys?.has(key)) return `${quoted(key)} is there twice`;
      keys?.add(key);
    }
  }
  return null;
}

function isExponent(json: string, at: number): boolean {
  return (json[at] === 'e' || json[at] === 'E') && /\d/.test(json[at - 1] ?? '');
}

/** Looked at before it is parsed: a parser takes seconds for ten million brackets. */
function isDeep(json: string): boolean {
  let depth = 0;
  for (let i = 0; i < json.length && depth <= maximalDepth; i += 1) {
    const character = json[i];
    if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    else if (character === '"')
      for (i += 1; i < json.length && json[i] !== '"'; i += 1) if (json[i] === '\\') i += 1;
  }
  return depth > maximalDepth;
}

/** A word of the file in a message: escaped, and cut where it is long. */
export function quoted(word: unknown): string {
  const text = JSON.stringify(word) ?? 'undefined';
  return text.length > 80 ? `${text.slice(0, 80)}...` : text;
}
