// grow on several token folders: every model is trained on the same mixture and compared on windows of each source.

import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { sourceParts, readSources } from '../../src/data/mixture.ts';
import { comparedWindows } from '../../src/inherit/grow-score.ts';
import { grow } from '../../src/inherit/grow.ts';
import { readMetrics } from '../../src/run/metrics.ts';
import { listen, makeTokens, temporaryFolder, tinyGrow } from './rig.ts';

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true }));

test('rounds are trained and compared on the mixture', async () => {
  const first = await makeTokens(folder);
  const second = join(folder, 'second');
  cpSync(first, second, { recursive: true });
  const tokens = [
    { folder: first, weight: 3 },
    { folder: second, weight: 1 },
  ];
  const options = tinyGrow(folder, { tokens, maxRounds: 1 });
  const parts = sourceParts(await readSources(tokens, { warn: (line) => expect(line).toBe('') }), 'val');
  const starts = comparedWindows(parts, 8, options);
  const border = parts[1]?.start ?? 0;
  expect([starts.filter((start) => start < border).length, starts.length]).toEqual([48, 64]);

  const { reference, rounds } = await grow(options, listen().context);
  expect(reference.loss).toBeGreaterThan(0);
  expect(rounds.map(({ layers }) => layers)).toEqual([2]);
  const records = await readMetrics(join(options.out, 'round-1', 'metrics.jsonl'));
  expect(records.find(({ type }) => type === 'train')?.epochs).toHaveLength(2);
});
