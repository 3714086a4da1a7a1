// One job after another: libtorch works on the main thread, and there is one model.

import { RequestError } from './errors.ts';

export interface Queue {
  /** Jobs that run or wait. */
  readonly length: number;
  /** Runs a job when those before it are done. @throws RequestError  503, when too many wait or the server stops */
  run<T>(job: () => Promise<T>): Promise<T>;
  /** The error that `run` would throw now, or null. */
  refusal(): RequestError | null;
  /** Lets the running job end and refuses those that wait; resolves when it has ended. */
  close(): Promise<void>;
}

/** @param limit  jobs that may wait */
export function jobQueue(limit: number): Queue {
  let length = 0;
  let closed = false;
  let last: Promise<unknown> = Promise.resolve();
  const refusal = (): RequestError | null => {
    if (closed) return new RequestError(503, 'the server is stopping');
    return length > limit
      ? new RequestError(503, `${limit} requests are waiting already; try again later`)
      : null;
  };
  return {
    get length() {
      return length;
    },
    refusal,
    async run(job) {
      const refused = refusal();
      if (refused) throw refused;
      length += 1;
      const result = last.then(() => {
        if (closed) throw new RequestError(503, 'the server is stopping');
        return job();
      });
      last = result.catch(() => undefined); // the next one does not care
      return result.finally(() => {
        length -= 1;
      });
    },
    async close() {
      closed = true;
      await last;
    },
  };
}
