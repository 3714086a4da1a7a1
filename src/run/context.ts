// What every job needs of the process around it: where to speak, when to stop, what was typed. No behaviour.

import type { JobConsole } from './console.ts';
import type { StopWatch } from './stop.ts';

export interface JobContext {
  console: JobConsole;
  stop: StopWatch;
  /** The command line as typed, for run.json. */
  command: readonly string[];
  /** The recipe's text as given, for config.yaml. */
  configText?: string;
}
