// A training process of the benchmark, ours or a peer: started with its environment, asked by JSON lines.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface StepsAnswer {
  ms: number[];
  losses: number[];
}

export interface Peer {
  name: string;
  /** Sends one message and waits for its answer. @throws Error  when the process ends or answers with an error */
  ask<T>(message: object): Promise<T>;
  end(): Promise<void>;
  /** Ends the process, whatever it does. */
  kill(): void;
}

/** Starts `command`; `environment` is laid over this process's. */
export function startPeer(
  name: string,
  [program, ...args]: readonly [string, ...string[]],
  environment: NodeJS.ProcessEnv = {},
): Peer {
  const child = spawn(program, args, {
    env: { ...process.env, ...environment },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async <T>(message: object): Promise<T> => {
    child.stdin.write(`${JSON.stringify(message)}\n`);
    const line: IteratorResult<string, undefined> = await lines.next();
    if (line.done) throw new Error(`${name}: the process ended; its last words are above`);
    const answer = JSON.parse(line.value) as T & { error?: string };
    if (answer.error) throw new Error(`${name}: ${answer.error}`);
    return answer;
  };
  return {
    name,
    ask,
    end: async () => {
      await ask({ cmd: 'end' });
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
