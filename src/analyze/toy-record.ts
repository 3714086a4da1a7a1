// The schema of analysis/toy.json: what both demos of "pure attention loses rank" measured. No tensors; reports read it.

import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { failure, systemCode } from '../run/failure.ts';

const sizeSchema = z.object({
  /** Tokens of a sequence, T; an attention matrix is [T, T]. */
  tokens: z.int().positive(),
  /** Width of the input, C. */
  hidden: z.int().positive(),
  heads: z.int().positive(),
  /** Sequences that logits and attention are averaged over. */
  batch: z.int().positive(),
  /** Share of the squared singular values that the rank holds. */
  tau: z.number(),
});

const demo1Schema = sizeSchema.extend({
  /** Of each head, before softmax: rank of the batch-mean logits. */
  ranksBefore: z.array(z.number()).min(1),
  /** Of each head, after softmax, upstream's definition: rank of the batch-mean attention. */
  ranksAfter: z.array(z.number()).min(1),
  /** Of each head, after softmax, v4's definition: mean over sequences of each sequence's own rank. */
  meanRanksAfter: z.array(z.number()).min(1),
  /** Standard deviation of all logits; near 0 softmax is uniform, whatever the rank before. */
  logitDeviation: z.number(),
});

const demo2Schema = sizeSchema
  .extend({
    /** Where ranks were measured, from 0; each after the update of that step. */
    steps: z.array(z.int().min(0)).min(1),
    /** At each of `steps`: mean over heads of `rankPerHead`. */
    meanRank: z.array(z.number()),
    /** At each of `steps`, of each head, upstream's definition: rank of the batch-mean attention. */
    rankPerHead: z.array(z.array(z.number())),
    /** At each of `steps`, v4's definition: mean over heads and sequences of each sequence's own rank. */
    meanOfRanks: z.array(z.number()),
    /** At each of `steps`: entropy of a query's attention in nats, mean over queries, heads and sequences; uniform is ln T. */
    entropy: z.array(z.number()),
    /** Mean squared error against that step's noise, before its update. */
    loss: z.array(z.number()),
  })
  .refine(
    ({ steps, meanRank, rankPerHead, meanOfRanks, entropy, loss }) =>
      [meanRank, rankPerHead, meanOfRanks, entropy, loss].every(({ length }) => length === steps.length),
    'expected as many values as steps',
  );

export const toySchema = z.object({
  version: z.literal(1),
  seed: z.int().min(0),
  demo1: demo1Schema,
  demo2: demo2Schema,
});

export type ToyRecord = z.infer<typeof toySchema>;
export type LogitRanks = z.infer<typeof demo1Schema>;
export type RankHistory = z.infer<typeof demo2Schema>;

/**
 * Reads a toy.json; null where there is none.
 *
 * @throws Error  with exit code 65 when it is damaged or of another version
 */
export async function readToyRecord(path: string): Promise<ToyRecord | null> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    if (systemCode(cause) === 'ENOENT' || systemCode(cause) === 'ENOTDIR') return null;
    throw cause;
  });
  if (text === null) return null;
  try {
    return toySchema.parse(JSON.parse(text));
  } catch (cause) {
    const issue = cause instanceof z.ZodError ? cause.issues[0] : undefined;
    throw failure(
      'data',
      `${path}: ${issue ? `${issue.path.join('.')}: ${issue.message}` : 'not JSON'}; run \`inheritune toy\` again`,
      { cause },
    );
  }
}
