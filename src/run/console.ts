// What a job says while it works: lines on stderr, results on stdout, a live status where stderr is a terminal.

import { plainLine } from './format.ts';

/** Where a job's words go. Each call is one line; control characters are taken out. */
export interface JobConsole {
  /** What is being done, or was done. */
  info(line: string): void;
  /** Something is not as it should be, and the job goes on. */
  warn(line: string): void;
  /** One line of figures, once a log interval. */
  metrics(line: string): void;
  /** Replaces the live status at the foot of a terminal; nothing elsewhere. An empty line clears it. */
  status(line: string): void;
  /** A result: text for stdout, kept as it is. */
  print(text: string): void;
}

/** The part of a stream the console needs. */
export interface LineStream {
  write(text: string): unknown;
  on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown;
  isTTY?: boolean;
  columns?: number;
}

/** A console that says nothing, for callers of the library. */
export const silentConsole: JobConsole = {
  info: () => {},
  warn: () => {},
  metrics: () => {},
  status: () => {},
  print: () => {},
};

/** A console on two streams. A stream whose reader has left (`| head`) is written no more, and the job goes on. */
export function openConsole({
  output = process.stdout,
  messages = process.stderr,
}: {
  output?: LineStream;
  messages?: LineStream;
} = {}): JobConsole {
  const say = writer(messages);
  const result = writer(output);
  let status = '';

  const redraw = (): void => {
    if (messages.isTTY && status) say(`\r${clearLine}${status.slice(0, (messages.columns ?? 80) - 1)}`);
  };
  const line = (text: string): void => {
    say(`${status ? `\r${clearLine}` : ''}${plainLine(text)}\n`);
    redraw();
  };
  return {
    info: line,
    warn: (text) => line(`warning: ${text}`),
    metrics: line,
    status: (text) => {
      if (!messages.isTTY) return;
      if (status && !text) say(`\r${clearLine}`);
      status = plainLine(text);
      redraw();
    },
    print: (text) => {
      if (status) say(`\r${clearLine}`);
      result(text.endsWith('\n') ? text : `${text}\n`);
      redraw();
    },
  };
}

const clearLine = '\u001b[2K';

function writer(stream: LineStream): (text: string) => void {
  let open = true;
  // A closed pipe shows as an 'error' event, and without a listener would end the process.
  stream.on('error', () => {
    open = false;
  });
  return (text) => {
    if (!open) return;
    try {
      stream.write(text);
    } catch {
      open = false; // the words are lost, the work is not; metrics.jsonl has the figures
    }
  };
}
