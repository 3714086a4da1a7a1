// Tasks on worker threads, or where it is called when there are none. Knows no text and no tokens.

import { Worker } from 'node:worker_threads';
import { failure, failureOfCode } from '../run/failure.ts';
import { groupWorker } from './encode-group.ts';
import type { Outcome, Progress, Task, WorkSettings } from './work.ts';

/** What a worker thread says. */
export type FromWorker = { progress: Progress } | { outcome: Outcome } | { error: string; exitCode: number };

export interface Pool {
  /**
   * Does all tasks, several at a time, in their order; `take` gets each outcome as it comes, in any order, and is waited for.
   *
   * @param isStopped  asked before each task; true begins no more, and gives up those that run
   * @throws Error  the first that a task or `take` ended with; what else ran is given up
   */
  run(
    tasks: readonly Task[],
    hooks: {
      take(outcome: Outcome): Promise<void>;
      report(worker: number, progress: Progress | null): void;
      isStopped(): boolean;
    },
  ): Promise<void>;
  close(): Promise<void>;
}

/** @param workers  threads; 0 works where it is called */
export function openPool(settings: WorkSettings, workers: number): Pool {
  return workers === 0 ? inPlace(settings) : onThreads(settings, workers);
}

function inPlace(settings: WorkSettings): Pool {
  const work = groupWorker(settings);
  return {
    async run(tasks, { take, report, isStopped }) {
      for (const task of tasks) {
        if (isStopped()) return;
        const outcome = await work(task, (progress) => report(0, progress));
        report(0, null);
        await take(outcome);
      }
    },
    close: async () => {},
  };
}

const pollMs = 100;

function onThreads(settings: WorkSettings, count: number): Pool {
  // The same file name as this one's: .js when compiled, .ts when a loader of TypeScript runs us.
  const entry = new URL(import.meta.url.replace(/worker-pool(\.\w+)$/, 'worker$1'));
  const threads: Worker[] = [];
  return {
    async run(tasks, { take, report, isStopped }) {
      while (threads.length < Math.min(count, tasks.length))
        threads.push(new Worker(entry, { workerData: settings }));
      let next = 0;
      let timer: NodeJS.Timeout | undefined;
      const stopped = new Promise<void>((resolve) => {
        timer = setInterval(() => isStopped() && resolve(), pollMs);
      });
      const serve = async (thread: Worker, worker: number): Promise<void> => {
        for (;;) {
          const task = tasks[next++];
          if (task === undefined || isStopped()) return;
          const outcome = await ask(thread, task, (progress) => report(worker, progress));
          report(worker, null);
          await take(outcome);
        }
      };
      try {
        await Promise.race([stopped, Promise.all(threads.map(serve))]);
      } finally {
        clearInterval(timer);
      }
    },
    close: async () => {
      await Promise.all(threads.map((thread) => thread.terminate()));
    },
  };
}

/** One task on one thread. */
function ask(thread: Worker, task: Task, report: (progress: Progress) => void): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const settle = (end: () => void): void => {
      thread.off('message', onMessage).off('error', onError).off('exit', onExit);
      end();
    };
    const onMessage = (message: FromWorker): void => {
      if ('progress' in message) report(message.progress);
      else if ('outcome' in message) settle(() => resolve(message.outcome));
      else settle(() => reject(failureOfCode(message.exitCode, message.error)));
    };
    const onError = (error: Error): void => settle(() => reject(error)); // out of memory, for one
    const onExit = (code: number): void =>
      settle(() => reject(failure('internal', `prepare: a worker ended with ${code}; run it again`)));
    thread.on('message', onMessage).on('error', onError).on('exit', onExit);
    thread.postMessage(task);
  });
}
