// Signals as flags that a loop asks for between steps. Ends the process itself only at a second signal.

import { constants } from 'node:os';

/** What signals have asked for so far. */
export interface StopWatch {
  /** The first SIGINT, SIGTERM or SIGHUP: finish what runs, save, leave. Null while there was none. */
  requested(): NodeJS.Signals | null;
  /** Whether SIGUSR1 asked for a save since the last call. */
  takeSaveRequest(): boolean;
  /** Takes the handlers away again, but never lets SIGUSR1 open Node's debugger port. */
  dispose(): void;
}

const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Watches the process's signals. The first one is remembered, the second ends the process at once with 128 + its number
 * (130 for Ctrl-C, 143 for SIGTERM). As PID 1 of a container too, where the kernel ignores unhandled ones.
 *
 * @param leave  ends the process; replaced in tests
 */
export function watchSignals({ leave = process.exit }: { leave?: (code: number) => void } = {}): StopWatch {
  let requested: NodeJS.Signals | null = null;
  let saveRequested = false;

  const onStop = (signal: NodeJS.Signals): void => {
    if (requested) leave(128 + constants.signals[signal]);
    else requested = signal;
  };
  const onSave = (): void => {
    saveRequested = true;
  };
  keepDebuggerClosed();
  for (const signal of stopSignals) process.on(signal, onStop);
  process.on('SIGUSR1', onSave);
  return {
    requested: () => requested,
    takeSaveRequest: () => {
      const asked = saveRequested;
      saveRequested = false;
      return asked;
    },
    dispose: () => {
      for (const signal of stopSignals) process.off(signal, onStop);
      process.off('SIGUSR1', onSave);
    },
  };
}

/**
 * Keeps SIGUSR1 from opening the inspector on port 9229, which Node does while it has no handler.
 * For the first line of a program; calling it again changes nothing.
 */
export function keepDebuggerClosed(): void {
  if (!process.listeners('SIGUSR1').includes(ignore)) process.on('SIGUSR1', ignore);
}

function ignore(): void {}
