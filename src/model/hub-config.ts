// Reading a config.json: one line for what is wrong with it.

import { z } from 'zod';
import { failure } from '../run/failure.ts';

/** A number of layers, of which a table is made before any tensor is seen. */
export const layerCount = z.int().positive().max(10_000);

/** The checked keys. @throws Error  with exit code 65 that names the key */
export function parseHubConfig<T>(schema: z.ZodType<T>, json: unknown, where: string): T {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw failure(
    'data',
    `${where}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not a model configuration'}`,
  );
}

/** Each key must have one of its values, as others would need code that there is not. @throws Error  with exit code 65 */
export function demand(
  where: string,
  keys: Readonly<Record<string, readonly [found: unknown, ...allowed: unknown[]]>>,
): void {
  for (const [key, [found, ...allowed]] of Object.entries(keys))
    if (!allowed.includes(found)) {
      const words = [
        ...new Set(allowed.filter((value) => value !== null && value !== undefined).map(String)),
      ];
      throw failure('data', `${where}: ${key}: expected ${words.join(' or ')}, found ${String(found)}`);
    }
}

/** @throws Error  with exit code 65 when `divisor` does not divide `whole` */
export function demandDivisor(
  where: string,
  divisorKey: string,
  divisor: number,
  wholeKey: string,
  whole: number,
): void {
  if (whole % divisor !== 0)
    throw failure(
      'data',
      `${where}: ${divisorKey}: expected a divisor of ${wholeKey} ${whole}, found ${divisor}`,
    );
}

/** Tokens the tokenizer knows: `inheritune.vocab` of our own folders, else all rows. @throws Error  with exit code 65 */
export function knownVocab(where: string, rows: number, own: number | undefined): number {
  const vocab = own ?? rows;
  if (vocab > rows)
    throw failure('data', `${where}: inheritune.vocab: expected at most vocab_size ${rows}, found ${vocab}`);
  return vocab;
}

/**
 * A number for a key that transformers takes with a fraction only. JSON.stringify writes 6 for 6.0, so a whole number is
 * written a bit larger, by less than float32 can tell: 6.000000000000001.
 */
export function withFraction(value: number): number {
  return Number.isInteger(value) ? value * (1 + Number.EPSILON) : value;
}

/** The number that `withFraction` was given. */
export function withoutFraction(value: number): number {
  const whole = Math.round(value);
  return Math.abs(value - whole) <= 2 * Number.EPSILON * whole ? whole : value;
}
