// The requests of all tasks as one list, and the list of their scores as tasks and items again.

import type { Request, Score } from './request.ts';
import type { TaskScores } from './results.ts';
import type { PreparedTasks } from './task.ts';

/** All requests of all tasks, in order. */
export function requestsOf({ tasks }: PreparedTasks): Request[] {
  return tasks.flatMap(({ items }) => items.flatMap(({ requests }) => requests));
}

/** Scores in the order of `requestsOf`, by task and item. @throws Error  where one is missing */
export function scoresByTask({ tasks }: PreparedTasks, scores: readonly (Score | null)[]): TaskScores {
  let next = 0;
  return new Map(
    tasks.map(({ name, items }) => [
      name,
      items.map(({ requests }) =>
        requests.map(() => {
          const score = scores[next];
          next += 1;
          if (!score) throw new Error(`${name}: a request has no score`);
          return { logLikelihood: score.logLikelihood, greedy: score.greedy, tokens: score.tokens };
        }),
      ),
    ]),
  );
}
