// bench:train --instructions: our plain path and PyTorch's eager step as if on older CPUs: ATen and oneDNN are told to use no more than
// some instructions, in the environment of both. The small size only.

import { loadavg } from 'node:os';
import { table } from '../src/run/format.ts';
import { compareSteps } from './compare-steps.ts';
import { quantile } from './figures.ts';
import { benchModel } from './models.ts';
import type { ModelName } from './models.ts';

/** What ATen and oneDNN are held to; nothing is the CPU's own. */
export const limits: Readonly<Record<string, NodeJS.ProcessEnv>> = {
  'all of this CPU': {},
  'oneDNN AVX-512 without bfloat16': { ONEDNN_MAX_CPU_ISA: 'AVX512_CORE' },
  AVX2: { ATEN_CPU_CAPABILITY: 'avx2', ONEDNN_MAX_CPU_ISA: 'AVX2' },
  'no vectors in ATen, oneDNN AVX2': { ATEN_CPU_CAPABILITY: 'default', ONEDNN_MAX_CPU_ISA: 'AVX2' },
};

/** Prints ours over eager for each limit and returns the comparisons. */
export async function compareInstructions(
  model: ModelName,
  precision: string,
  { python, threads, rounds }: { python: string; threads: number; rounds: number },
): Promise<object[]> {
  const results = [];
  const rows: string[][] = [];
  for (const [limit, environment] of Object.entries(limits)) {
    const shared = {
      model,
      size: 'small',
      precision,
      kernels: 'plain',
      threads,
      rounds,
      python,
      environment,
    };
    const peers = ['eager', 'eager best'] as const;
    const { warmUp: _, block: __, ...size } = benchModel(model, 'small');
    const result = await compareSteps({ ...size, warmUp: 3, block: 3 }, { ...shared, peers });
    const [ours = NaN, ...theirs] = result.sides.map(({ ms }) => quantile(ms, 0.5));
    rows.push([
      limit,
      `${ours.toFixed(1)} ms`,
      ...theirs.flatMap((ms) => [`${ms.toFixed(1)} ms`, `${(ms / ours).toFixed(2)}x`]),
    ]);
    results.push({ limit, environment, ...result });
  }
  console.log(`\n${model}, small, ${precision}, kernels plain; load ${loadavg()[0]?.toFixed(1)}`);
  const header = ['', 'ours', 'eager, as shipped', 'over ours', 'eager, best allocator', 'over ours'];
  console.log(table([header, ...rows]));
  return results;
}
