// Rotary settings of a config.json, in the keys of transformers before 5 (rope_theta, rope_scaling) and since (rope_parameters).

import { z } from 'zod';
import { failure } from '../run/failure.ts';
import { plainRotary } from './rotary.ts';
import type { RotaryScaling } from './rotary.ts';

const scaling = z.looseObject({
  rope_type: z.string().optional(),
  type: z.string().optional(), // its name before transformers 4.43
  rope_theta: z.number().positive().optional(),
  factor: z.number().positive().optional(),
  low_freq_factor: z.number().positive().optional(),
  high_freq_factor: z.number().positive().optional(),
  original_max_position_embeddings: z.int().positive().optional(),
  partial_rotary_factor: z.number().positive().max(1).optional(),
});

/** Keys for a family's schema. */
export const hubRotary = {
  rope_theta: z.number().positive().nullish(),
  rope_scaling: scaling.nullish(),
  rope_parameters: scaling.nullish(),
};

type HubRotary = z.infer<z.ZodObject<typeof hubRotary>>;

/** @throws Error  with exit code 65 for a scaling that there is no code for */
export function readRotary(hub: HubRotary, context: number, where: string, theta = 10_000): RotaryScaling {
  const found = hub.rope_parameters ?? hub.rope_scaling ?? {};
  const plain = plainRotary(found.rope_theta ?? hub.rope_theta ?? theta);
  const type = found.rope_type ?? found.type ?? 'default';
  if (type === 'default') return plain;
  if (type !== 'linear' && type !== 'llama3')
    throw failure('data', `${where}: rope_type: expected default, linear or llama3, found ${type}`);
  const { factor, low_freq_factor: low, high_freq_factor: high } = found;
  if (factor === undefined || (type === 'llama3' && (low === undefined || high === undefined || low >= high)))
    throw failure(
      'data',
      `${where}: rope_type ${type}: expected factor${type === 'llama3' ? ', and low_freq_factor below high_freq_factor' : ''}, found ${JSON.stringify(found)}`,
    );
  return {
    ...plain,
    type,
    factor,
    lowFrequencyFactor: low ?? plain.lowFrequencyFactor,
    highFrequencyFactor: high ?? plain.highFrequencyFactor,
    originalContext: found.original_max_position_embeddings ?? context,
  };
}

/** Both spellings, so that old and new transformers read the same. */
export function toHubRotary({ theta, type, ...rest }: RotaryScaling): object {
  if (type === 'default')
    return { rope_theta: theta, rope_scaling: null, rope_parameters: { rope_type: type, rope_theta: theta } };
  const llama3 = {
    low_freq_factor: rest.lowFrequencyFactor,
    high_freq_factor: rest.highFrequencyFactor,
    original_max_position_embeddings: rest.originalContext,
  };
  const scaled = { rope_type: type, factor: rest.factor, ...(type === 'llama3' ? llama3 : {}) };
  return { rope_theta: theta, rope_scaling: scaled, rope_parameters: { ...scaled, rope_theta: theta } };
}
