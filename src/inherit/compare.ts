// Paired comparison of two models on the same windows, and the rule that says whether the target has matched.

/** The target's loss minus the reference's, with its uncertainty. Nats per token. */
export interface PairedDifference {
  mean: number;
  standardError: number;
  /** One-sided upper bound of the difference at the confidence asked for. */
  upperBound: number;
  /** Blocks of neighbouring windows that the error was computed over. */
  blocks: number;
}

/**
 * Mean difference target - reference over windows that both models were scored on. Neighbouring windows share
 * documents, so the standard error is over means of blocks of them; what is left of the last block joins it.
 *
 * @param block       windows in one block
 * @param confidence  of the one-sided bound, by Student's t with blocks - 1 degrees of freedom
 * @throws RangeError  when the lists differ in length or give fewer than two blocks
 */
export function pairedDifference(
  target: Float64Array,
  reference: Float64Array,
  { block = 16, confidence = 0.95 }: { block?: number; confidence?: number } = {},
): PairedDifference {
  if (target.length !== reference.length)
    throw new RangeError(
      `pairedDifference: expected losses of the same windows, got ${target.length} and ${reference.length}`,
    );
  const blocks = Math.floor(target.length / block);
  if (blocks < 2)
    throw new RangeError(
      `pairedDifference: expected at least ${2 * block} windows for blocks of ${block}, got ${target.length}`,
    );
  const sums = new Float64Array(blocks);
  const counts = new Float64Array(blocks);
  let total = 0;
  for (let window = 0; window < target.length; window++) {
    const difference = target[window] - reference[window];
    const into = Math.min(Math.floor(window / block), blocks - 1);
    sums[into] = sums[into] + difference;
    counts[into] = counts[into] + 1;
    total += difference;
  }
  const mean = total / target.length;
  const means = sums.map((sum, index) => sum / counts[index]);
  const center = means.reduce((sum, value) => sum + value, 0) / blocks;
  const variance = means.reduce((sum, value) => sum + (value - center) ** 2, 0) / (blocks - 1);
  const standardError = Math.sqrt(variance / blocks);
  return {
    mean,
    standardError,
    upperBound: mean + studentQuantile(confidence, blocks - 1) * standardError,
    blocks,
  };
}

/** When growth stops: the bound of the paired difference is below a tolerance, or (the paper) one mean is below the other. */
export function isMatched(
  difference: PairedDifference,
  { rule, tolerance }: { rule: 'paired' | 'single'; tolerance: number },
): boolean {
  return rule === 'single' ? difference.mean <= 0 : difference.upperBound < tolerance;
}

/**
 * Quantile of Student's t by Hill's expansion; within 1e-3 of tables from 3 degrees of freedom on.
 * @see Hill, Algorithm 396, Communications of the ACM 13 (1970)
 */
export function studentQuantile(probability: number, freedom: number): number {
  const z = normalQuantile(probability);
  const [z3, z5, z7, z9] = [z ** 3, z ** 5, z ** 7, z ** 9];
  const n = freedom;
  return (
    z +
    (z3 + z) / (4 * n) +
    (5 * z5 + 16 * z3 + 3 * z) / (96 * n ** 2) +
    (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * n ** 3) +
    (79 * z9 + 776 * z7 + 1482 * z5 - 1920 * z3 - 945 * z) / (92160 * n ** 4)
  );
}

/** Quantile of the normal distribution by bisection of the complementary error function. */
function normalQuantile(probability: number): number {
  let [low, high] = [-10, 10];
  for (let round = 0; round < 80; round++) {
    const middle = (low + high) / 2;
    if (normalDistribution(middle) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Abramowitz and Stegun 26.2.17; error below 7.5e-8. */
function normalDistribution(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const tail =
    (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return x >= 0 ? 1 - tail : tail;
}
