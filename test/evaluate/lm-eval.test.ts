// Every task on documents of our own against lm-eval 0.4.12's own output (tools/golden/evaluate_tasks.py): requests, values
// of each item, hashes, results; zero-shot and with examples, and with log-likelihoods that tie.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { prepareTasks } from '../../src/evaluate/prepare.ts';
import { summarize } from '../../src/evaluate/results.ts';
import { samplesOf } from '../../src/evaluate/samples.ts';
import { dummyScores } from './dummy-scores.ts';

interface GoldenSamples {
  requests: string[][] | null;
  hash: string;
  docHashes: string[];
  targets: string[];
  metrics: Record<string, unknown>[];
}
interface Case {
  tasks: string[];
  shots: number | null;
  coarse: boolean;
  limit: number | null;
  results: Record<string, Record<string, unknown>>;
  'n-shot': Record<string, number>;
  'n-samples': Record<string, unknown>;
  higher_is_better: Record<string, Record<string, boolean>>;
  samples: Record<string, GoldenSamples>;
}
const golden = JSON.parse(readFileSync('test/golden/evaluate/lm_eval.json', 'utf8')) as {
  data: Record<string, Record<string, object[]>>;
  cases: Case[];
};

const dataDir = mkdtempSync(join(tmpdir(), 'inheritune-tasks-'));
beforeAll(() => {
  for (const [task, splits] of Object.entries(golden.data)) {
    mkdirSync(join(dataDir, task));
    for (const [split, rows] of Object.entries(splits))
      writeFileSync(
        join(dataDir, task, `${split}.jsonl`),
        rows.map((row) => `${JSON.stringify(row)}\n`).join(''),
      );
  }
});
afterAll(() => rmSync(dataDir, { recursive: true }));

describe.each(golden.cases)('$tasks, $shots examples, coarse: $coarse, limit $limit', (expected) => {
  test('equals lm-eval', async () => {
    const { tasks: names, shots, limit, coarse } = expected;
    const prepared = await prepareTasks(names, { dataDir, shots, limit });
    const scores = dummyScores(prepared, coarse);
    for (const task of prepared.tasks) {
      const wanted = expected.samples[task.name];
      const requests = task.items.flatMap((item) =>
        item.requests.map((one) => (one.kind === 'rolling' ? [one.text] : [one.context, one.continuation])),
      );
      if (wanted?.requests) expect(requests).toEqual(wanted.requests);
      const { lines, taskHash } = samplesOf(task, scores);
      const samples = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
      expect(samples.map(({ target }) => target)).toEqual(wanted?.targets);
      for (const [index, metrics] of (wanted?.metrics ?? []).entries())
        expect(samples[index]).toMatchObject(metrics);
      expect(samples.map(({ doc_hash }) => doc_hash)).toEqual(wanted?.docHashes);
      expect(taskHash).toBe(wanted?.hash);
    }
    const results = await summarize(prepared, scores, { bootstrapIterations: 2000 });
    expect(results.results).toMatchObject(expected.results);
    expect(results['n-shot']).toEqual(expected['n-shot']);
    expect(results['n-samples']).toEqual(expected['n-samples']);
    expect(results.higher_is_better).toMatchObject(expected.higher_is_better);
  });
});
