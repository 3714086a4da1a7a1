// Options of the report job. What they do is in report.ts.

import { z } from 'zod';

export const reportOptions = z.strictObject({
  runs: z
    .array(z.string().min(1))
    .min(1)
    .describe(
      'Folders to report on: runs, grow jobs, or folders with analysis/, evaluation/ or inheritance.json',
    ),
  out: z.string().min(1).optional().describe('Folder of the report; by default report/ in the first of runs'),
  upstream: z
    .array(z.string().min(1))
    .default([])
    .describe(
      'Published curves to draw in grey: openwebtext-medium, fineweb-large ... or single ids such as M1',
    ),
  smoothing: z
    .enum(['none', 'upstream'])
    .default('none')
    .describe(
      'upstream: losses as a trailing mean of 10 evaluations, placed at the last, as in the paper’s figures',
    ),
  title: z.string().min(1).optional().describe('Heading of the page; by default the names of the runs'),
});

export type ReportOptions = z.infer<typeof reportOptions>;
