// Scores out of Python's random numbers, as the golden files' lm-eval got them: no model.

import { pythonRandom } from '../../src/evaluate/python-random.ts';
import type { TaskScores } from '../../src/evaluate/results.ts';
import type { PreparedTasks } from '../../src/evaluate/task.ts';

/**
 * random.seed(42) for each task; per request -20 * random() and random() < 0.3, of a rolling one only the first.
 *
 * @param coarse  log-likelihoods are whole numbers, which tie often
 */
export function dummyScores({ tasks }: PreparedTasks, coarse = false): TaskScores {
  return new Map(
    tasks.map(({ name, items }) => {
      const { random } = pythonRandom(42);
      const scores = items.map(({ requests }) =>
        requests.map(({ kind }) => {
          const value = -20 * random();
          const logLikelihood = coarse ? roundHalfEven(value / 5) - 1 : value;
          return { logLikelihood, greedy: kind !== 'rolling' && random() < 0.3, tokens: 1 };
        }),
      );
      return [name, scores];
    }),
  );
}

/** Python's round. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
