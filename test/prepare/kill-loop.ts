// Kills prepare with SIGKILL at random moments until it is done, and compares with an undisturbed run, byte by byte.
// The long run: node --import ./tools/typescript.mjs test/prepare/kill-loop.ts KILLS GROUP_BYTES FILE...

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PrepareInput } from '../../src/prepare/options.ts';

export interface KillLoop {
  /** Runs that were killed while they worked. */
  killed: number;
  /** Runs that came to their end. */
  finished: number;
  /** SHA-256 of every file, of both folders. */
  disturbed: Record<string, string>;
  undisturbed: Record<string, string>;
}

/**
 * Runs prepare, killed at a random moment each time, until `kills` runs were killed; where one comes to its end before, its
 * folder is compared and the next begins anew.
 *
 * @param random  0 to 1, from a seed
 */
export async function killLoop(
  options: Omit<PrepareInput, 'out'>,
  { kills, groupBytes, random }: { kills: number; groupBytes: number; random: () => number },
): Promise<KillLoop> {
  const root = mkdtempSync(join(tmpdir(), 'inheritune-kills-'));
  try {
    const started = performance.now();
    await run({ ...options, out: join(root, 'undisturbed') }, groupBytes, null);
    const wholeMs = performance.now() - started;
    const undisturbed = hashes(join(root, 'undisturbed'));

    const out = join(root, 'disturbed');
    const result: KillLoop = { killed: 0, finished: 0, disturbed: {}, undisturbed };
    while (result.killed < kills || result.finished === 0) {
      const afterMs = result.killed < kills ? random() * wholeMs * 0.7 : null;
      const wasKilled = await run({ ...options, out }, groupBytes, afterMs);
      if (wasKilled) {
        result.killed++;
        continue;
      }
      result.finished++;
      result.disturbed = hashes(out);
      if (JSON.stringify(result.disturbed) !== JSON.stringify(undisturbed)) return result;
      rmSync(out, { recursive: true });
    }
    return result;
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** Whether it was killed. */
async function run(options: PrepareInput, groupBytes: number, killAfterMs: number | null): Promise<boolean> {
  const child = spawn(
    process.execPath,
    ['test/prepare/prepare-child.mjs', JSON.stringify(options), String(groupBytes)],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  child.stderr.on('data', (text: Buffer) => (said += text.toString()));
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) =>
    child.on('close', (code, signal) => resolve({ code, signal })),
  );
  if (killAfterMs !== null) {
    await Promise.race([ended, sleep(killAfterMs)]);
    child.kill('SIGKILL');
  }
  const { code, signal } = await ended;
  if (code !== 0 && signal !== 'SIGKILL') throw new Error(`prepare ended with ${code}: ${said}`);
  return signal === 'SIGKILL';
}

function hashes(folder: string): Record<string, string> {
  const files = readdirSync(folder)
    .filter((name) => name !== '.prepare.lock')
    .sort();
  return Object.fromEntries(
    files.map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ]),
  );
}

if (process.argv[1]?.endsWith('kill-loop.ts')) {
  const [kills, groupBytes, ...source] = process.argv.slice(2);
  const { killed, finished, disturbed, undisturbed } = await killLoop(
    { source },
    { kills: Number(kills), groupBytes: Number(groupBytes), random: Math.random },
  );
  const isEqual = JSON.stringify(disturbed) === JSON.stringify(undisturbed);
  console.log(
    `${killed} killed, ${finished} finished: ${isEqual ? 'every file equal' : 'DIFFERENT'}`,
    disturbed,
  );
  if (!isEqual) process.exitCode = 1;
}
