// The schema of inheritance.json: where each tensor of an inherited model comes from. No tensors; reports read it.

import { z } from 'zod';
import { readIfThere } from '../run/atomic.ts';
import { failure } from '../run/failure.ts';

const inheritanceSchema = z.object({
  /** What was inherited, in words. */
  origin: z.string(),
  tensors: z.array(
    z.object({
      target: z.string(),
      /** Path in the model it was copied from, or null for random weights. */
      source: z.string().nullable(),
      /** Factor on the query's rows, where a moved block keeps its own attention scale. */
      queryFactor: z.number(),
    }),
  ),
});

export type InheritanceRecord = z.infer<typeof inheritanceSchema>;

/**
 * Reads an inheritance.json; null where there is none.
 *
 * @throws Error  with exit code 65 when it is damaged
 */
export async function readInheritanceRecord(path: string): Promise<InheritanceRecord | null> {
  const text = await readIfThere(path);
  if (text === null) return null;
  try {
    return inheritanceSchema.parse(JSON.parse(text.toString()));
  } catch (cause) {
    throw failure('data', `${path}: expected the origins of a model's tensors, found something else`, {
      cause,
    });
  }
}
