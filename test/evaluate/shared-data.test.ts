// Prompts and metrics over the real data of ../shared/evaldata against lm-eval 0.4.12's own (skips without ../shared).

import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { prepareTasks } from '../../src/evaluate/prepare.ts';
import { summarize } from '../../src/evaluate/results.ts';
import { dummyScores } from './dummy-scores.ts';
import type { PreparedTask, PreparedTasks } from '../../src/evaluate/task.ts';

const dataDir = '../shared/evaldata';
const goldenFile = `${dataDir}/golden/lm_eval_0.4.12.json`;
const haveShared = existsSync(goldenFile);

interface GoldenTask {
  version: number;
  num_fewshot: number;
  docs: number;
  requests: number;
  requests_sha256: string;
  dummy: Record<string, number | string>;
}
interface Golden {
  tasks: Record<string, GoldenTask>;
  groups: Record<string, Record<string, number>>;
}
const golden: Golden = haveShared
  ? (JSON.parse(readFileSync(goldenFile, 'utf8')) as Golden)
  : { tasks: {}, groups: {} };

/** sha256 of json.dumps of all requests, non-ASCII escaped, without spaces. */
function requestsHash({ items }: PreparedTask): string {
  const list = items.flatMap(({ requests }) =>
    requests.map((request) =>
      request.kind === 'rolling' ? [request.text] : [request.context, request.continuation],
    ),
  );
  const ascii = JSON.stringify(list).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return createHash('sha256').update(ascii.replaceAll('\\u007f', '\u007f')).digest('hex');
}

/**
 * The golden run read `gold` of OLMo's BoolQ, a place in [yes, no], as the label, where 1 is yes: its labels are the other
 * way round. Ours are right: 2,033 of 3,270 are yes, the 62.17 % that is known of this data.
 */
function withGoldenLabels(prepared: PreparedTasks): PreparedTasks {
  const turned = (task: PreparedTask): PreparedTask => ({
    ...task,
    items: task.items.map((item) => ({ ...item, gold: item.gold.map((place) => 1 - place) })),
  });
  return { ...prepared, tasks: prepared.tasks.map((task) => (task.name === 'boolq' ? turned(task) : task)) };
}

describe.skipIf(!haveShared)('real data (skips without ../shared)', () => {
  const names = Object.entries(golden.tasks).map(([name]) => name);

  test.each(names.filter((name) => !name.startsWith('mmlu_')))('%s: requests and metrics', async (name) => {
    const prepared = withGoldenLabels(await prepareTasks([name], { dataDir }));
    const [task] = prepared.tasks;
    expectGolden(task);
    const { results } = await summarize(prepared, dummyScores(prepared), { bootstrapIterations: 2000 });
    expect(results[name]).toMatchObject(golden.tasks[name]?.dummy ?? {});
  });

  test('mmlu with 5 examples: requests of the 57 subjects, metrics and groups', async () => {
    const prepared = await prepareTasks(['mmlu'], { dataDir, shots: 5 });
    expect(prepared.tasks.length).toBe(57);
    for (const task of prepared.tasks) expectGolden(task);
    const { results, groups } = await summarize(prepared, dummyScores(prepared));
    for (const { name } of prepared.tasks)
      expect(results[name]).toMatchObject(golden.tasks[name]?.dummy ?? {});
    for (const [name, values] of Object.entries(golden.groups)) expect(groups?.[name]).toMatchObject(values);
  });

  test('boolq: 62.17 % of the answers are yes', async () => {
    const { tasks } = await prepareTasks(['boolq'], { dataDir });
    expect(tasks[0]?.items.filter(({ gold }) => gold[0] === 1).length).toBe(2033);
  });

  function expectGolden(task: PreparedTask | undefined): void {
    if (!task) throw new Error('no task');
    const expected = golden.tasks[task.name];
    expect(task.items.length).toBe(expected?.docs);
    expect(task.items.flatMap(({ requests }) => requests).length).toBe(expected?.requests);
    expect([task.name, task.version, task.shots]).toEqual([
      task.name,
      expected?.version,
      expected?.num_fewshot,
    ]);
    expect([task.name, requestsHash(task)]).toEqual([task.name, expected?.requests_sha256]);
  }
});
