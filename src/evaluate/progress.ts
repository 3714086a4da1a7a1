// What an evaluation says while it scores: a bar on a terminal, a line now and then elsewhere.

import type { JobConsole } from '../run/console.ts';
import { formatDuration } from '../run/format.ts';

const lineEveryMs = 30_000;

export interface ScoringProgress {
  /** The share of the work that is done, and the requests. */
  show(share: number, scored: number): void;
  /** Takes the bar away. */
  end(): void;
}

/** Progress over `total` requests. */
export function scoringProgress(console: JobConsole, total: number): ScoringProgress {
  const began = performance.now();
  let lastLine = began;
  return {
    show(share, scored) {
      const now = performance.now();
      const rate = (1000 * scored) / (now - began);
      const left = share > 0 ? ((now - began) * (1 - share)) / share : Infinity;
      const text = `${(100 * share).toFixed(0).padStart(3)} %  ${scored}/${total} requests  ${rate.toFixed(0)} a second  ${formatDuration(left)} left`;
      console.status(`evaluate ${bar(share)} ${text}`);
      if (now - lastLine < lineEveryMs) return;
      console.metrics(text.trim());
      lastLine = now;
    },
    end: () => console.status(''),
  };
}

function bar(share: number): string {
  const filled = Math.floor(share * 24);
  return `[${'#'.repeat(filled)}${'.'.repeat(24 - filled)}]`;
}
