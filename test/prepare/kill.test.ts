import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { killLoop } from './kill-loop.ts';

const root = mkdtempSync(join(tmpdir(), 'inheritune-kill-'));
afterAll(() => rmSync(root, { recursive: true }));

/** 0 to 1, the same every time. */
function seeded(): () => number {
  let state = 7;
  return () => (state = (state * 48271) % 0x7fffffff) / 0x7fffffff;
}

test.each([
  ['shards of llm.c on two workers', { layout: 'llm.c', shardTokens: 50_000, workers: 2 }],
  ['the split by datasets, permuted', { validationSplit: 'datasets', trainOrder: 'permuted', workers: 0 }],
] as const)(
  'killed at random moments, %s: what comes out is an undisturbed run’s',
  async (_, options) => {
    const source = Array.from({ length: 60 }, (_, file) => {
      const path = join(root, `${file}.jsonl`);
      const lines = Array.from({ length: 50 }, (_, i) =>
        JSON.stringify({
          text: `Document ${i} of file ${file}: ${'several words, '.repeat((i * 7) % 40)}end.`,
        }),
      );
      writeFileSync(path, `${lines.join('\n')}\n`);
      return path;
    });
    const { killed, finished, disturbed, undisturbed } = await killLoop(
      { source, ...options },
      { kills: 5, groupBytes: 20_000, random: seeded() },
    );
    expect(killed).toBe(5);
    expect(finished).toBeGreaterThan(0);
    expect(disturbed).toEqual(undisturbed);
  },
  60_000,
);
