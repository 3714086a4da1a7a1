// bench:train --instructions: our plain path and PyTorch's eager step as if on older CPUs: ATen, oneDNN and MKL are told to use no
// more than some instructions, in the environment of both. The small size only: a bfloat16 step without vectors takes ten seconds.

import { loadavg } from 'node:os';
import { table } from '../src/run/format.ts';
import { compareSteps } from './compare-steps.ts';
import type { StepsOptions } from './compare-steps.ts';
import { quantile } from './figures.ts';
import { benchModel } from './models.ts';
import type { ModelName } from './models.ts';

const avx2 = { ONEDNN_MAX_CPU_ISA: 'AVX2', MKL_ENABLE_INSTRUCTIONS: 'AVX2' };

/** What ATen and oneDNN are held to; nothing is the CPU's own. */
export const limits: Readonly<Record<string, NodeJS.ProcessEnv>> = {
  'all of this CPU': {},
  'oneDNN AVX-512 without bfloat16': { ONEDNN_MAX_CPU_ISA: 'AVX512_CORE' },
  AVX2: { ATEN_CPU_CAPABILITY: 'avx2', ...avx2 },
  'no vectors in ATen, AVX2 in oneDNN': { ATEN_CPU_CAPABILITY: 'default', ...avx2 },
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
    const shared: StepsOptions = {
      model,
      size: 'small',
      precision,
      kernels: 'plain',
      threads,
      rounds,
      python,
      environment,
      peers: ['eager best'],
    };
    const { warmUp: _, block: __, ...size } = benchModel(model, 'small');
    const result = await compareSteps({ ...size, warmUp: 1, block: 1 }, shared);
    const [ours = NaN, eager = NaN] = result.sides.map(({ ms }) => quantile(ms, 0.5));
    rows.push([limit, `${ours.toFixed(1)} ms`, `${eager.toFixed(1)} ms`, `${(eager / ours).toFixed(2)}x`]);
    results.push({ limit, environment, ...result });
  }
  console.log(`\n${model}, small, ${precision}, kernels plain; load ${loadavg()[0]?.toFixed(1)}`);
  console.log(table([['', 'ours', 'eager, best allocator', 'over ours'], ...rows]));
  return results;
}
