#!/usr/bin/env node
// The command line: parses, and calls one job, loaded when it is called. Knows no job's insides.

import { Command, CommanderError } from 'commander';
import { openConsole } from './run/console.ts';
import { errorLine, exitCodeOf, exitCodes } from './run/failure.ts';
import { watchSignals } from './run/stop.ts';
import { packageVersion } from './run/version.ts';
import { usageLine } from './usage.ts';

// First of all, so that no signal finds the process without a handler (SIGUSR1 would open the debugger).
const stop = watchSignals();
const console = openConsole();

const program = new Command('inheritune')
  .description(
    'Train smaller language models: inherit the first layers of a trained one, train, grow until it is matched.',
  )
  .configureOutput({ outputError: () => {} }) // said below, in one line
  .version(packageVersion())
  .exitOverride()
  .showSuggestionAfterError();

program
  .command('setup')
  .description('find or fetch libtorch, and build the engine')
  .action(async () => {
    leaveAtFirstSignal();
    const { setup } = await import('./setup/setup.ts');
    const { addon } = await setup({ say: console.info });
    console.info(`the engine is ready: ${addon.torch}`);
  });

program
  .command('doctor')
  .description('say what the engine runs on, and what is wrong with it')
  .option('--json', 'print JSON, for bug reports')
  .action(async ({ json }: { json?: boolean }) => {
    leaveAtFirstSignal();
    const { doctor, doctorText } = await import('./setup/doctor.ts');
    const diagnosis = await doctor();
    console.print(json ? JSON.stringify(diagnosis, null, 2) : doctorText(diagnosis));
    if (diagnosis.problems.length > 0) process.exitCode = exitCodes.internal;
  });

/** For jobs with nothing to save. */
function leaveAtFirstSignal(): void {
  stop.dispose();
}

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) {
    console.info(`error: ${errorLine(error)}`);
    process.exitCode = exitCodeOf(error);
  } else if (error.exitCode !== 0) {
    if (error.code !== 'commander.help') console.info(`error: ${usageLine(error.message)}`);
    process.exitCode = exitCodes.usage;
  }
}
