// SentencePiece's normalizing of a text before it is cut into pieces: its compiled rules (nmt_nfkc ...), spaces, the space in front.
// After normalizer.cc of SentencePiece and the double array of Darts-clone.

import type { SentencePieceModel } from './sentencepiece-model.ts';

/** How a space is written inside pieces. */
export const spaceSymbol = '\u2581';

/**
 * A function that normalizes well-formed text as the model was trained to see it.
 *
 * @throws Error  when the model's compiled rules are damaged
 */
export function sentencePieceNormalizer(model: SentencePieceModel): (text: string) => string {
  const { charsmap, addDummyPrefix, removeExtraWhitespaces, escapeWhitespaces } = model.normalizer;
  const space = escapeWhitespaces ? spaceSymbol : ' ';
  const prefix = addDummyPrefix && !model.whitespaceAsSuffix ? space : '';
  const suffix = addDummyPrefix && model.whitespaceAsSuffix ? space : '';
  const kept = model.pieces.filter(({ type }) => type === 'user-defined').map(({ text }) => text);
  if (charsmap.length === 0 && !removeExtraWhitespaces && !(escapeWhitespaces && kept.length > 0))
    return (text) => (text === '' ? '' : prefix + text.replaceAll(' ', space) + suffix);
  const rules = charsmap.length > 0 ? readRules(charsmap) : null;
  const keptBytes = byFirstByte(kept);
  return (text) => {
    const normalized = normalizeBytes(Buffer.from(text), { rules, keptBytes, removeExtraWhitespaces });
    if (normalized === null) return '';
    const body = escapeWhitespaces ? normalized.replaceAll(' ', spaceSymbol) : normalized;
    // In this order: of a text that ends up as spaces alone not even the one in front is left.
    return (removeExtraWhitespaces ? withoutTrailing(prefix + body, space) : prefix + body) + suffix;
  };
}

interface Rules {
  /** Units of the double array that finds the longest rule. */
  units: Uint32Array;
  /** What the rules write, each ended by NUL. */
  written: Uint8Array;
}

const spaceByte = 0x20;

/** The text by its rules, extra spaces removed but for those at the end; null where nothing but spaces is left. */
function normalizeBytes(
  bytes: Uint8Array,
  {
    rules,
    keptBytes,
    removeExtraWhitespaces,
  }: {
    rules: Rules | null;
    keptBytes: ReadonlyMap<number, readonly Uint8Array[]>;
    removeExtraWhitespaces: boolean;
  },
): string | null {
  const out = new ByteList(bytes.length + 16);
  const step = { length: 0, from: bytes, start: 0, end: 0 };
  let at = 0;
  if (removeExtraWhitespaces)
    for (; at < bytes.length; at += step.length) {
      normalizePrefix(bytes, at, rules, keptBytes, step);
      if (step.end - step.start !== 1 || step.from[step.start] !== spaceByte) break;
    }
  if (at === bytes.length) return null;
  let afterSpace = removeExtraWhitespaces;
  while (at < bytes.length) {
    normalizePrefix(bytes, at, rules, keptBytes, step);
    at += step.length;
    let { start } = step;
    while (afterSpace && start < step.end && step.from[start] === spaceByte) start++;
    if (start === step.end) continue;
    out.append(step.from, start, step.end);
    afterSpace = removeExtraWhitespaces && step.from[step.end - 1] === spaceByte;
  }
  return out.text();
}

interface Step {
  /** Bytes of the text that were read. */
  length: number;
  /** What stands for them: bytes `start` to `end` of `from`. */
  from: Uint8Array;
  start: number;
  end: number;
}

/** What the beginning of the rest of the text becomes: a user-defined piece stays, else the longest rule, else the character. */
function normalizePrefix(
  bytes: Uint8Array,
  at: number,
  rules: Rules | null,
  keptBytes: ReadonlyMap<number, readonly Uint8Array[]>,
  step: Step,
): void {
  const first = bytes[at] ?? 0;
  const keptLength = keptBytes.size === 0 ? 0 : longestKept(bytes, at, keptBytes.get(first));
  const match = keptLength > 0 || rules === null ? null : longestRule(rules, bytes, at);
  if (match !== null && rules !== null) {
    step.length = match.length;
    step.from = rules.written;
    step.start = match.value;
    step.end = rules.written.indexOf(0, match.value);
    return;
  }
  step.length = keptLength > 0 ? keptLength : characterLength(first);
  step.from = bytes;
  step.start = at;
  step.end = at + step.length;
}

function characterLength(first: number): number {
  return first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

function byFirstByte(texts: readonly string[]): Map<number, Uint8Array[]> {
  const result = new Map<number, Uint8Array[]>();
  for (const bytes of texts.map((text) => Buffer.from(text)).sort((a, b) => b.length - a.length)) {
    const list = result.get(bytes[0] ?? 0) ?? [];
    list.push(bytes);
    result.set(bytes[0] ?? 0, list);
  }
  return result;
}

function longestKept(bytes: Uint8Array, at: number, candidates: readonly Uint8Array[] = []): number {
  const matches = (candidate: Uint8Array): boolean => candidate.every((byte, i) => bytes[at + i] === byte);
  return candidates.find(matches)?.length ?? 0;
}

function readRules(charsmap: Uint8Array): Rules {
  const { buffer, byteOffset, length } = charsmap;
  const size = length < 4 ? 0 : new DataView(buffer, byteOffset, 4).getUint32(0, true);
  if (size === 0 || size % 4 !== 0 || 4 + size >= length)
    throw new Error('rules of normalizing that are cut off');
  const written = charsmap.subarray(4 + size);
  if (written.at(-1) !== 0) throw new Error('rules of normalizing without an end');
  const units = new Uint32Array(size / 4);
  const view = new DataView(buffer, byteOffset + 4, size);
  for (let i = 0; i < units.length; i++) units[i] = view.getUint32(i * 4, true);
  return { units, written };
}

/** The longest rule that begins the rest of the text, and where in `written` it points. */
function longestRule(
  { units, written }: Rules,
  bytes: Uint8Array,
  at: number,
): { length: number; value: number } | null {
  let node = 0;
  let unit = units[0] ?? 0;
  node ^= offsetOf(unit);
  let found: { length: number; value: number } | null = null;
  for (let i = at; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    node ^= byte;
    unit = units[node] ?? 0;
    if (byte === 0 || labelOf(unit) !== byte) break; // a rule has no NUL in it
    node ^= offsetOf(unit);
    if (((unit >>> 8) & 1) === 1) {
      const value = (units[node] ?? 0) & 0x7fffffff;
      if (value >= written.length) throw new Error('rules of normalizing that point outside');
      found = { length: i + 1 - at, value };
    }
  }
  return found;
}

function offsetOf(unit: number): number {
  return ((unit >>> 10) << ((unit & 0x200) >>> 6)) >>> 0;
}

function labelOf(unit: number): number {
  return (unit & 0x800000ff) >>> 0;
}

function withoutTrailing(text: string, space: string): string {
  let end = text.length;
  while (end > 0 && text.endsWith(space, end)) end -= space.length;
  return text.slice(0, end);
}

/** Bytes that are appended to. */
class ByteList {
  private bytes: Buffer;
  private length = 0;

  constructor(expected: number) {
    this.bytes = Buffer.allocUnsafe(expected);
  }

  append(from: Uint8Array, start: number, end: number): void {
    if (this.length + end - start > this.bytes.length) {
      const larger = Buffer.allocUnsafe(2 * (this.length + end - start));
      this.bytes.copy(larger, 0, 0, this.length);
      this.bytes = larger;
    }
    for (let i = start; i < end; i++) this.bytes[this.length++] = from[i] ?? 0;
  }

  text(): string {
    return this.bytes.toString('utf8', 0, this.length);
  }
}
