// scores.jsonl: what is kept, for whom, torn lines, two writers.

import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openScoreCache } from '../../src/evaluate/score-cache.ts';
import type { Request } from '../../src/evaluate/request.ts';

const folder = mkdtempSync(join(tmpdir(), 'inheritune-scores-'));
afterAll(() => rmSync(folder, { recursive: true }));

const request = (continuation: string): Request => ({ kind: 'loglikelihood', context: 'a', continuation });
const score = (logLikelihood: number) => ({ logLikelihood, greedy: false, tokens: 2, cut: 1 });

test('a score is there again for the same model, settings and request, to the last bit', async () => {
  const path = join(folder, 'again', 'scores.jsonl');
  const cache = await openScoreCache(path, { model: 'x' });
  cache.add(request(' b'), score(-1.1234567890123457));
  expect(cache.get(request(' b'))).toEqual(score(-1.1234567890123457));
  await cache.close();
  const again = await openScoreCache(path, { model: 'x' });
  expect(again.get(request(' b'))).toEqual(score(-1.1234567890123457));
  expect(again.get(request(' c'))).toBeNull();
  expect(again.get({ kind: 'rolling', text: 'a b' })).toBeNull();
  await again.close();
  const other = await openScoreCache(path, { model: 'y' });
  expect(other.get(request(' b'))).toBeNull();
  await other.close();
});

test('a torn last line is a score that is missing; the next one stands on a line of its own', async () => {
  const path = join(folder, 'torn.jsonl');
  const first = await openScoreCache(path, {});
  first.add(request(' b'), score(-1));
  first.add(request(' c'), score(-2));
  await first.close();
  truncateSync(path, readFileSync(path).length - 20);
  const second = await openScoreCache(path, {});
  expect([second.get(request(' b')), second.get(request(' c'))]).toEqual([score(-1), null]);
  second.add(request(' d'), score(-3));
  await second.close();
  const third = await openScoreCache(path, {});
  expect([' b', ' c', ' d'].map((text) => third.get(request(text))?.logLikelihood)).toEqual([
    -1,
    undefined,
    -3,
  ]);
  await third.close();
});

test('lines that are none of ours are passed over', async () => {
  const path = join(folder, 'foreign.jsonl');
  appendFileSync(
    path,
    'hello\n{"key":1}\n[]\n{"key":"k","logLikelihood":"x","greedy":true,"tokens":1,"cut":0}\n\n',
  );
  const cache = await openScoreCache(path, {});
  cache.add(request(' b'), score(-4));
  await cache.close();
  const again = await openScoreCache(path, {});
  expect(again.get(request(' b'))).toEqual(score(-4));
  await again.close();
});

test('two writers share a file', async () => {
  const path = join(folder, 'shared.jsonl');
  const [one, two] = [await openScoreCache(path, {}), await openScoreCache(path, {})];
  for (let i = 0; i < 20; i++) {
    one.add(request(` one ${i}`), score(-1 - i));
    two.add(request(` two ${i}`), score(-1 - i));
    await Promise.all([one.flush(), two.flush()]);
  }
  await one.close();
  await two.close();
  const all = await openScoreCache(path, {});
  for (let i = 0; i < 20; i++)
    expect([all.get(request(` one ${i}`)), all.get(request(` two ${i}`))]).toEqual([
      score(-1 - i),
      score(-1 - i),
    ]);
  await all.close();
});
