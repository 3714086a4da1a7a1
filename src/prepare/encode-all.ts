// Encodes all groups on workers and joins their parts in order, saving how far it is every few seconds.

import { checkFaults } from './faults.ts';
import type { Joiner } from './join.ts';
import { isStopped, throwIfStopped } from './job.ts';
import type { PrepareContext, PrepareJob } from './job.ts';
import { readPart } from './parts.ts';
import { progressMeter } from './progress.ts';
import { openPool } from './worker-pool.ts';
import type { Group, Part, Task, WorkSettings } from './work.ts';

const checkpointEveryMs = 2000;

/**
 * Makes the parts that are not there, and joins all; hashes files when nothing is left to encode, for they are in the page cache then.
 *
 * @param files    paths to hash
 * @returns their SHA-256, hexadecimal, by path
 * @throws Error  with the exit code of the first thing that went wrong, or 75; what was made is kept
 */
export async function encodeAll(
  groups: readonly Group[],
  files: readonly string[],
  joiner: Joiner,
  settings: WorkSettings,
  job: PrepareJob,
  context: PrepareContext,
): Promise<Map<string, string>> {
  const hashes = new Map<string, string>();
  const ready = new Map<number, Part>();
  for (const { number } of groups.slice(joiner.groups)) {
    const part = await readPart(settings.folder, number);
    if (part !== null) ready.set(number, part);
  }
  if (joiner.groups + ready.size > 0)
    context.console.info(
      `${job.options.out}: going on; ${joiner.groups + ready.size} of ${groups.length} parts are there`,
    );
  const missing = groups.slice(joiner.groups).filter(({ number }) => !ready.has(number));
  const meter = progressMeter(missing, context.console);

  let saved = performance.now();
  const joinReady = async (): Promise<void> => {
    for (let part = ready.get(joiner.groups); part !== undefined; part = ready.get(joiner.groups)) {
      await joiner.append(part);
      ready.delete(part.group);
      const { documents, faults } = joiner.joined;
      checkFaults(faults, documents.train + documents.val, job.options.faults);
      if (performance.now() - saved < checkpointEveryMs) continue;
      await joiner.checkpoint();
      saved = performance.now();
    }
  };
  let joining = Promise.resolve(); // one part after the other, whoever brings them
  const joinInTurn = (): Promise<void> => (joining = joining.then(joinReady));

  await joinInTurn();
  const pool = openPool(settings, job.workers);
  try {
    await pool.run(
      [
        ...missing.map((group): Task => ({ kind: 'encode', group })),
        ...files.map((path): Task => ({ kind: 'hash', path })),
      ],
      {
        take: async (outcome) => {
          if (outcome.kind === 'hash') hashes.set(outcome.path, outcome.sha256);
          if (outcome.kind !== 'encode') return;
          ready.set(outcome.part.group, outcome.part);
          meter.done(outcome.part);
          await joinInTurn();
        },
        report: meter.report,
        isStopped: () => isStopped(context),
      },
    );
  } finally {
    await pool.close();
    await joining.catch(() => undefined); // whoever brought the part was told
    meter.end();
  }
  if (isStopped(context)) await joiner.checkpoint();
  throwIfStopped(context);
  return hashes;
}
