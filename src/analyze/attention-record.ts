// The schema of analysis/attention.json: what was measured of every head, and what follows. No tensors; reports read it.
// Layers and heads are 0-based here; figures show layers from 1, as the paper does.

import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { failure, systemCode } from '../run/failure.ts';

/** A quantity over sequences: mean, standard deviation (n - 1), 10th and 90th percentile. */
const spreadSchema = z.object({ mean: z.number(), std: z.number(), p10: z.number(), p90: z.number() });

const headSchema = z.object({
  head: z.int().min(0),
  /** Approximate rank k* at `measure.tau`. Rank(h, l) of the paper is its mean. */
  rank: spreadSchema,
  /** Mean rank at each of `measure.taus`. */
  rankAtTaus: z.array(z.number()),
  /** m*: columns that hold `measure.eta` of the squared mass, in the order of `measure.columnOrder`. */
  columns: spreadSchema,
  /** Share of attention on the first token, mean over queries. */
  sink: spreadSchema,
  /** Entropy of a query's attention in nats, mean over queries. */
  entropy: spreadSchema,
});

const layerSchema = z.object({
  layer: z.int().min(0),
  heads: z.array(headSchema).min(1),
  /** MaxRank(l), Def. G.1: largest over heads of the mean over sequences; `head` is where. */
  maxRank: z.object({
    value: z.number(),
    head: z.int().min(0),
    /** MaxRank at each of `measure.taus`. */
    atTaus: z.array(z.number()),
    /** The band drawn around it: over sequences, of the rank of that head. */
    ofHead: spreadSchema,
    /** The other reading (PAPER Q3): over sequences, of the largest rank over heads. */
    ofMax: spreadSchema,
  }),
  /** AvgMass(l): over sequences, of the mean over heads of m*. */
  mass: spreadSchema,
  /** m* with columns summed in the other order, mean over heads and sequences. */
  massOtherOrder: z.number(),
  sink: spreadSchema,
  entropy: spreadSchema,
});

const groupSchema = z.object({
  /** First and last layer, 0-based, both in the group. */
  first: z.int().min(0),
  last: z.int().min(0),
  /** AvgRank: mean of MaxRank over the group. */
  averageRank: z.number(),
});

export const attentionSchema = z.object({
  version: z.literal(1),
  model: z.object({
    path: z.string(),
    family: z.string(),
    layers: z.int().positive(),
    heads: z.int().positive(),
    width: z.int().positive(),
    context: z.int().positive(),
    parameters: z.int().positive(),
    scaleAttentionByInverseLayer: z.boolean(),
    /** Optimizer step of the checkpoint that was measured; null for a bare model folder. */
    step: z.int().min(0).nullable(),
  }),
  data: z.object({
    tokens: z.string(),
    split: z.string(),
    sequences: z.int().positive(),
    /** Tokens in a sequence, T. */
    length: z.int().positive(),
    seed: z.int().min(0),
  }),
  measure: z.object({
    tau: z.number(),
    taus: z.array(z.number()),
    eta: z.number(),
    columnOrder: z.enum(['sorted', 'index']),
    causal: z.boolean(),
    /** A head counts as collapsed when its mean rank is below this. */
    collapsedBelow: z.number(),
    /** A layer counts as near-lazy when its MaxRank is below this. */
    nearLazyBelow: z.number(),
  }),
  layers: z.array(layerSchema).min(1),
  lazy: z.object({
    /** Layers with MaxRank = 1 exactly. */
    strict: z.array(z.int()),
    /** Layers with MaxRank below `measure.nearLazyBelow`. */
    near: z.array(z.int()),
    /** Maximal runs of layers that are lazy as a group: floor(AvgRank) = 1. */
    groups: z.array(groupSchema),
    /** Share of heads whose mean rank is below each threshold. */
    collapsedShare: z.array(z.object({ below: z.number(), share: z.number() })),
  }),
  /** Rank and columns of known matrices at this T, tau and eta, to compare with. */
  nullValues: z.array(
    z.object({ name: z.string(), rank: z.number(), rankAtTaus: z.array(z.number()), columns: z.number() }),
  ),
  suggestion: z.object({ layers: z.int().positive(), reason: z.string() }),
  /** Pictures beside this file, relative to it: every head's map in one sheet, layers down and heads across. */
  maps: z
    .object({
      sheet: z.string(),
      values: z.string(),
      /** Tokens along each side of a map. */
      length: z.int().positive(),
      /** Strings that a map is the mean of. */
      sequences: z.int().positive(),
      causal: z.boolean(),
      /** Side of a map in the sheet, in pixels, and pixels between maps. */
      side: z.int().positive(),
      gap: z.int().min(0),
    })
    .nullable(),
});

export type AttentionRecord = z.infer<typeof attentionSchema>;
export type LayerRecord = z.infer<typeof layerSchema>;
export type HeadRecord = z.infer<typeof headSchema>;
export type Spread = z.infer<typeof spreadSchema>;

/**
 * Reads an attention.json; null where there is none.
 *
 * @throws Error  with exit code 65 when it is damaged or of another version
 */
export async function readAttentionRecord(path: string): Promise<AttentionRecord | null> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    if (systemCode(cause) === 'ENOENT' || systemCode(cause) === 'ENOTDIR') return null;
    throw cause;
  });
  if (text === null) return null;
  try {
    return attentionSchema.parse(JSON.parse(text));
  } catch (cause) {
    const issue = cause instanceof z.ZodError ? cause.issues[0] : undefined;
    throw failure(
      'data',
      `${path}: ${issue ? `${issue.path.join('.')}: ${issue.message}` : 'not JSON'}; run \`inheritune analyze\` again`,
      { cause },
    );
  }
}
