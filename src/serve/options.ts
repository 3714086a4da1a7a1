// Options of the job serve. What they do is in serve.ts.

import { z } from 'zod';

export const serveOptions = z.strictObject({
  model: z.string().min(1).describe('A run, a checkpoint or a model folder'),
  host: z.string().min(1).default('127.0.0.1').describe('Address to listen on; there is no password'),
  port: z.int().min(0).max(65535).default(8000).describe('0 takes a free one'),
  device: z.string().default('auto').describe('auto, cpu, cuda or cuda:N'),
  threads: z.int().positive().optional().describe('Threads of one operator; by default all cores'),
  requestBytes: z.int().positive().default(4_194_304).describe('Largest request that is read'),
  waiting: z
    .int()
    .positive()
    .default(256)
    .describe('Requests that may wait for the one before; more are refused'),
});

export type ServeOptions = z.infer<typeof serveOptions>;
