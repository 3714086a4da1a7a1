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
 * Quantile of Student's t, by bisection of its distribution.
 *
 * @param probability  in (0, 1)
 * @param freedom      degrees of freedom, a whole number from 1 on
 */
export function studentQuantile(probability: number, freedom: number): number {
  let [low, high] = [-Math.PI / 2, Math.PI / 2]; // of atan(t / sqrt(freedom)), so that no quantile is out of reach
  for (let round = 0; round < 60; round++) {
    const middle = (low + high) / 2;
    if (studentDistribution(middle, freedom) < probability) low = middle;
    else high = middle;
  }
  return Math.sqrt(freedom) * Math.tan((low + high) / 2);
}

/** P(T < t) at `angle` = atan(t / sqrt(freedom)). Exact: Abramowitz and Stegun 26.7.3 (odd) and 26.7.4 (even). */
function studentDistribution(angle: number, freedom: number): number {
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  const isOdd = freedom % 2 === 1;
  let term = isOdd ? cosine : 1;
  let sum = 0;
  for (let power = isOdd ? 1 : 0; power <= freedom - 2; power += 2) {
    sum += term;
    term *= ((power + 1) / (power + 2)) * cosine ** 2;
  }
  const share = isOdd ? (2 / Math.PI) * (angle + sine * sum) : sine * sum; // P(-t < T < t)
  return (1 + share) / 2;
}
