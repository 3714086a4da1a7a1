// JOB serve: one model behind an HTTP server with OpenAI's completions, until a signal ends it.

import type { Server } from 'node:http';
import { availableParallelism } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { createAdaptorServer } from '@hono/node-server';
import { loadTokenizer } from '../tokenizers/tokenizers.ts';
import { familyOf, parameterCount } from '../model/families.ts';
import { readModelFolder } from '../model/folder.ts';
import { layOutForSampling } from '../model/layout.ts';
import { folderAround, locateModel } from '../model/locate.ts';
import { releaseWeights } from '../model/weights.ts';
import type { JobContext } from '../run/context.ts';
import { failure, systemCode } from '../run/failure.ts';
import { formatCount } from '../run/format.ts';
import { resolveDevice, setThreads } from '../torch/index.ts';
import { completionApp } from './app.ts';
import type { Served } from './complete.ts';
import type { ServeOptions } from './options.ts';
import { jobQueue } from './queue.ts';

export interface RunningServer {
  /** http://127.0.0.1:8000 */
  url: string;
  /** Lets the request that runs end, refuses the others, and frees the model. */
  close(): Promise<void>;
}

/**
 * Serves a model until a signal comes.
 *
 * @throws Error  with exit code 64 (options), 65 (no model or tokenizer, damaged), 73 (the port is taken)
 */
export async function serve(
  options: ServeOptions,
  context: Pick<JobContext, 'console' | 'stop'>,
): Promise<void> {
  const server = await startServer(options, context);
  while (context.stop.requested() === null) await wait(50);
  context.console.info(`${context.stop.requested()}: finishing what runs`);
  await server.close();
}

/** Starts a server, for callers who end it themselves. @throws Error  as `serve` */
export async function startServer(
  options: ServeOptions,
  { console }: Pick<JobContext, 'console'>,
): Promise<RunningServer> {
  const device = resolveDevice(options.device);
  setThreads(options.threads ?? availableParallelism());
  const folder = await locateModel(options.model, { console });
  const tokenizer = await loadTokenizer(folderAround(folder));
  const model = layOutForSampling(await readModelFolder(folder, { device }));
  try {
    if (tokenizer.vocab > model.config.vocab)
      throw failure(
        'data',
        `${folder}: the tokenizer knows ${tokenizer.vocab} tokens, the model ${model.config.vocab}; they do not belong together`,
      );
    const served: Served = { name: options.model, model, tokenizer };
    const queue = jobQueue(options.waiting);
    const app = completionApp({ served, queue, console, requestBytes: options.requestBytes });
    const http = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false }) as Server;
    const url = await listen(http, options);
    if (!/^(127\.|localhost$|::1$)/.test(options.host))
      console.warn(`${options.host}: whoever reaches this address can use the model; there is no password`);
    const { config } = model;
    console.info(
      `${url}/v1/completions: ${options.model}, ${familyOf(config).title} of ${config.layers} layers and ` +
        `${formatCount(parameterCount(config))} parameters, tokenizer ${tokenizer.name}; Ctrl-C ends it`,
    );
    return {
      url,
      async close() {
        const closed = new Promise<'closed'>((resolve) => http.close(() => resolve('closed')));
        await queue.close();
        // Clients keep connections open: those without a request are closed at once, the last after a second.
        for (let tries = 0; tries < 50; tries++) {
          http.closeIdleConnections();
          if ((await Promise.race([closed, wait(20)])) === 'closed') break;
        }
        http.closeAllConnections();
        await closed;
        releaseWeights(model.weights);
      },
    };
  } catch (error) {
    releaseWeights(model.weights);
    throw error;
  }
}

async function listen(http: Server, { host, port }: ServeOptions): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen({ host, port }, resolve);
  }).catch((cause: unknown) => {
    const code = systemCode(cause);
    const why =
      code === 'EADDRINUSE'
        ? 'another process listens there; choose another --port'
        : code === 'EACCES'
          ? 'not allowed; choose a --port above 1023'
          : `no address to listen on (${code}); choose another --host`;
    throw failure(
      code === 'EADDRINUSE' || code === 'EACCES' ? 'locked' : 'usage',
      `${host}:${port}: ${why}`,
      {
        cause,
      },
    );
  });
  const address = http.address();
  const taken = typeof address === 'object' && address !== null ? address.port : port;
  return `http://${host.includes(':') ? `[${host}]` : host}:${taken}`;
}
