// The entry of a worker thread: does one task after another. What a task is lies in encode-group.ts.

import { parentPort, workerData } from 'node:worker_threads';
import { errorLine, exitCodeOf } from '../run/failure.ts';
import { groupWorker } from './encode-group.ts';
import type { FromWorker } from './worker-pool.ts';
import type { Task, WorkSettings } from './work.ts';

const reportEveryMs = 200;

if (parentPort !== null) answer(parentPort, groupWorker(workerData as WorkSettings));

function answer(port: NonNullable<typeof parentPort>, work: ReturnType<typeof groupWorker>): void {
  const say = (message: FromWorker): void => port.postMessage(message);
  port.on('message', (task: Task) => {
    let last = 0;
    const done = work(task, (progress) => {
      const now = performance.now();
      if (now - last < reportEveryMs) return;
      last = now;
      say({ progress });
    });
    done.then(
      (outcome) => say({ outcome }),
      (error: unknown) => say({ error: errorLine(error), exitCode: exitCodeOf(error) }),
    );
  });
}
