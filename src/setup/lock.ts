// Keeps two set-ups from downloading and compiling the same thing at once. Saves work only: what set-up makes is
// renamed into place whole, so that even two at once leave nothing broken. (The addon with flock is not built yet.)

import { mkdir, open, readFile, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const beatMs = 5_000;
const staleMs = 30_000; // six missed beats: the holder was killed, or its machine was

/** Runs `body` while this process alone holds `folder`/setup.lock; waits, saying so once, while another does. */
export async function withSetupLock<R>(
  folder: string,
  say: (line: string) => void,
  body: () => Promise<R>,
): Promise<R> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'setup.lock');
  const mine = `${process.pid} ${hostname()}\n`;
  for (let waited = false; !(await create(path, mine)); ) {
    const holder = await readFile(path, 'utf8').catch(() => '');
    if (holder !== '' && (await isStale(path, holder))) {
      await rm(path, { force: true });
      continue;
    }
    if (!waited) say(`waiting for another set-up (process ${holder.trim().replace(' ', ' on ')})`);
    waited = true;
    await sleep(300);
  }
  const beat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined);
  }, beatMs);
  try {
    return await body();
  } finally {
    clearInterval(beat);
    if ((await readFile(path, 'utf8').catch(() => '')) === mine) await rm(path, { force: true });
  }
}

async function create(path: string, text: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    await file.writeFile(text);
    await file.close();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

async function isStale(path: string, holder: string): Promise<boolean> {
  const info = await stat(path).catch(() => null);
  if (info === null) return false;
  if (Date.now() - info.mtimeMs > staleMs) return true;
  const [pid, host] = holder.trim().split(' ');
  if (host !== hostname()) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
