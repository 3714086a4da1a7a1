// Learning rate of a step: linear warmup, then a cosine down to a floor. Knows nothing of optimizers.
// After nanoGPT's get_lr, whose first step already has a rate above 0 (upstream Inheritune starts at 0).

export interface Schedule {
  peak: number;
  floor: number;
  warmupSteps: number;
  /** Step at which the floor is reached. */
  decaySteps: number;
}

/** Learning rate for `step`, counted from 0. */
export function learningRate(step: number, { peak, floor, warmupSteps, decaySteps }: Schedule): number {
  if (step < warmupSteps) return (peak * (step + 1)) / (warmupSteps + 1);
  if (step >= decaySteps) return floor;
  const progress = (step - warmupSteps) / (decaySteps - warmupSteps); // 0 to 1
  return floor + 0.5 * (1 + Math.cos(Math.PI * progress)) * (peak - floor);
}
